/* SPDX-License-Identifier: MIT
 * record_json: members of a view record as JSON.
 * Method: the type of the field decides. Limits: bytes that are no UTF-8 pass unchanged. */
#include "record_json.h"

#include "../io/json.h"

static void put_position(struct strbuf *out, const char *key, size_t n)
{
    json_put_key(out, key);
    if (n == STANCE_NONE) strbuf_add(out, STR("null"));
    else strbuf_print(out, "%zu", n);
}

static void put_probabilities(struct strbuf *out, const stance_record *x)
{
    struct strbuf name = {0};
    for (size_t i = 0; i < x->labels_n; i++) {
        strbuf_clear(&name);
        strbuf_add(&name, STR("p_"));
        strbuf_add(&name, x->labels[i]);
        out->failed = out->failed || name.failed;
        if (out->failed) break;
        if (out->ptr[out->len - 1] != '{') strbuf_char(out, ',');
        json_put_string(out, strbuf_str(&name));
        strbuf_char(out, ':');
        json_put_number(out, x->p[i]);
    }
    strbuf_free(&name);
}

void record_json_put(struct strbuf *out, const struct record_field *f, const stance_record *x)
{
    const void *at = record_at(x, f);
    switch (f->type) {
    case FIELD_TEXT:
        json_put_key(out, f->name);
        json_put_string(out, *(const stance_str *)at);
        break;
    case FIELD_POSITION: put_position(out, f->name, *(const size_t *)at); break;
    case FIELD_SHARES: put_probabilities(out, x); break;
    case FIELD_NUMBER:
        json_put_key(out, f->name);
        json_put_number(out, *(const double *)at);
        break;
    }
}
