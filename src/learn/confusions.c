/* SPDX-License-Identifier: MIT
 * confusions: counts by gold label and label given.
 * Method: one pass over the rows per kind. Limits: kinds other than those of views count as unknown. */
#include "confusions.h"

#include <string.h>

static const char *const kinds[] = {"direct", "mixed", "indirect", NULL};
enum { KINDS = sizeof kinds / sizeof *kinds };

struct table {
    double given[STANCE_MAX_LABELS * STANCE_MAX_LABELS], probable[STANCE_MAX_LABELS * STANCE_MAX_LABELS];
    size_t rows;
};

static void put_string(struct strbuf *out, const char *text)
{
    strbuf_char(out, '"');
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c < 0x20) strbuf_print(out, "\\u%04x", c);
        else strbuf_print(out, c == '"' || c == '\\' ? "\\%c" : "%c", c);
    }
    strbuf_char(out, '"');
}

static void put_numbers(struct strbuf *out, const char *name, const double *v, size_t n)
{
    strbuf_print(out, ",\"%s\":[", name);
    for (size_t i = 0; i < n; i++) strbuf_print(out, "%s%.6f", i ? "," : "", v[i]);
    strbuf_char(out, ']');
}

static size_t kind_of(stance_str kind)
{
    size_t i = 0;
    while (kinds[i] && !str_equal(kind, str_of(kinds[i]))) i++;
    return i;
}

static void count(const stance_rows *rows, const stance_prediction *predictions, size_t kind, struct table *t)
{
    size_t n = rows->labels_n;
    memset(t, 0, sizeof *t);
    for (size_t i = 0; i < rows->n; i++) {
        if (kind_of(rows->rows[i].kind) != kind || predictions[i].label >= n || predictions[i].abstained == STANCE_LOW_MARGIN) continue;
        size_t row = rows->rows[i].label * n;
        t->given[row + predictions[i].label]++;
        for (size_t k = 0; k < n; k++) t->probable[row + k] += predictions[i].p[k];
        t->rows++;
    }
}

void confusions_write(const stance_rows *rows, const stance_prediction *predictions, struct strbuf *out)
{
    struct table t;
    const char *before = "";
    strbuf_add(out, STR("{\"labels\":["));
    for (size_t i = 0; i < rows->labels_n; i++) {
        if (i) strbuf_char(out, ',');
        put_string(out, rows->labels[i]);
    }
    strbuf_add(out, STR("],\"kinds\":["));
    for (size_t k = 0; k < KINDS; k++) {
        count(rows, predictions, k, &t);
        if (!t.rows) continue;
        strbuf_print(out, "%s{\"kind\":%s%s%s", before, kinds[k] ? "\"" : "", kinds[k] ? kinds[k] : "null", kinds[k] ? "\"" : "");
        put_numbers(out, "given", t.given, rows->labels_n * rows->labels_n);
        put_numbers(out, "probable", t.probable, rows->labels_n * rows->labels_n);
        strbuf_char(out, '}');
        before = ",";
    }
    strbuf_add(out, STR("]}"));
}
