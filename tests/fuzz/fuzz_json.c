/* SPDX-License-Identifier: MIT
 * fuzz_json: one JSON object of any bytes.
 * Holds: a refusal has its sentence; it is read as yajl alone reads it; every key is found with its value; strings taken out of JSON and put back
 * in read the same; what is written is UTF-8, JSON, and safe inside a page's script. */
#include "fuzz.h"

#include "io/json.h"
#include "text/unicode.h"

static void check_round_trip(stance_str value)
{
    struct strbuf text = {0};
    struct json_object o = {0};
    if (!value.ptr || !unicode_valid(value)) return;
    strbuf_add(&text, STR("{\"a\":"));
    json_put_string(&text, value);
    strbuf_char(&text, '}');
    CHECK(!text.failed && str_find(strbuf_str(&text), STR("</")) == STANCE_NONE);
    fuzz_check_json_lines(strbuf_str(&text));
    CHECK(json_parse(&o, strbuf_str(&text), NULL) && o.n == 1 && str_equal(o.pairs[0].value, value));
    json_free(&o);
    strbuf_free(&text);
}

/* yajl alone reads the same. */
static void check_same(const struct json_object *o, bool ok, stance_str text, const stance_error *err)
{
    struct json_object all = {0};
    stance_error why = {0};
    CHECK(json_parse_all(&all, text, &why) == ok && (ok || strcmp(why.text, err->text) == 0));
    CHECK(!ok || all.n == o->n);
    for (size_t i = 0; ok && i < o->n; i++)
        CHECK(str_equal(o->pairs[i].key, all.pairs[i].key) && str_equal(o->pairs[i].value, all.pairs[i].value) &&
              !o->pairs[i].value.ptr == !all.pairs[i].value.ptr);
    json_free(&all);
}

static void check_object(stance_str text)
{
    struct json_object o = {0};
    stance_error err = {0};
    bool ok = json_parse(&o, text, &err);
    CHECK(ok || err.text[0]);
    check_same(&o, ok, text, &err);
    for (size_t i = 0; ok && i < o.n; i++) {
        const stance_str *found = json_get(&o, o.pairs[i].key);
        CHECK(found && str_equal(*found, o.pairs[i].value));
        check_round_trip(o.pairs[i].value);
        check_round_trip(o.pairs[i].key);
    }
    json_free(&o);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_object((stance_str){(const char *)data, size});
    return 0;
}
