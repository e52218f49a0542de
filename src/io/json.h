/* SPDX-License-Identifier: MIT
 * json: one object of JSON text to a flat list of pairs, and text to JSON strings. The one home of yajl. */
#ifndef IO_JSON_H
#define IO_JSON_H
#include "../base/error.h"
#include "../base/str.h"

struct json_pair {
    stance_str key;     /* nested keys joined by '.', elements by their number from 0: "meta.tags.0" */
    stance_str value;   /* strings unescaped; numbers, true and false as written; null: ptr NULL */
};

/* All zero is ready. Holds the pairs of the object parsed last. */
struct json_object {
    struct json_pair *pairs;   /* [n] in text order; a key that repeats stands once, with its last value */
    size_t n, cap;
    struct strbuf text;        /* what the pairs point into, once parsing is done */
    size_t max_depth, max_values; /* 0: 64 and 65,536 */
    struct json_level *levels; /* [levels_cap] of parsing */
    size_t levels_cap;
};

/* Parses one object. Bytes that are not UTF-8 pass unchanged. On failure the message begins with "column N: " (bytes from 1). */
bool json_parse(struct json_object *o, stance_str text, stance_error *err);
/* The same, by yajl from the first byte on; json_parse asks it only for what is not a flat object of plain values. */
bool json_parse_all(struct json_object *o, stance_str text, stance_error *err);
/* The value of an exact key, or NULL when there is no such key. */
const stance_str *json_get(const struct json_object *o, stance_str key);
void json_free(struct json_object *o);

/* Appends valid UTF-8 as a JSON string with its quotation marks; control characters, U+2028, U+2029 and the slash of "</" are escaped, so
 * that the text is safe inside JavaScript and HTML. ptr NULL gives null. */
void json_put_string(struct strbuf *out, stance_str text);
enum { JSON_MOST = 6, JSON_MORE = 16 };
/* As json_put_string, to a place with room for JSON_MOST * text.len + JSON_MORE bytes; returns where it ends. */
char *json_write_string(char *to, stance_str text);
/* Appends the shortest decimal that reads back as the same double; null for NaN and infinities. */
void json_put_number(struct strbuf *out, double value);
/* As json_put_number, to a place with room for 32 bytes; returns where it ends. */
char *json_write_number(char *to, double value);
/* The same of a number rounded to six decimals. */
char *json_write_share(char *to, double value);
/* Appends the rest of a key whose quotation mark, and perhaps more, stands there: `name":`. */
void json_put_name(struct strbuf *out, stance_str name);
/* Appends `"key":`, with a comma before it unless an object has just been opened. */
void json_put_key(struct strbuf *out, const char *key);
#endif
