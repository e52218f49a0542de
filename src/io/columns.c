/* SPDX-License-Identifier: MIT
 * columns: names and aliases.
 * Method: one table; add an alias at the end of its row. Limits: English names. */
#include "columns.h"

#include <string.h>

enum { MAX_NAMES = 12 };

static const char *const names[COLUMNS][MAX_NAMES] = {
    [COLUMN_ID] = {"id", "article_id", "doc_id"},
    [COLUMN_FILE] = {"file", "filename", "path"},
    /* data.text: Label Studio */
    [COLUMN_TEXT] = {"text", "body", "content", "quote", "statement", "sentence", "tweet", "data.text"},
    [COLUMN_HTML] = {"html"},
    /* label.0, labels.0: doccano; accept.0: Prodigy's choices; the last: Label Studio */
    [COLUMN_LABEL] = {"label", "stance", "sentiment", "class", "category", "polarity", "label.0", "labels", "labels.0", "accept.0",
                      "annotations.0.result.0.value.choices.0"},
    [COLUMN_OUTLET] = {"outlet", "publisher", "source", "media_name"},
    [COLUMN_URL] = {"url", "link"},
    [COLUMN_DATE] = {"date", "published", "publish_date"},
    [COLUMN_TITLE] = {"title", "headline"},
    [COLUMN_AUTHOR] = {"author", "byline"},
    [COLUMN_TARGET] = {"target"},
    [COLUMN_TARGET_START] = {"target_start", "from"},
    [COLUMN_TARGET_END] = {"target_end", "to"},
    [COLUMN_CUE] = {"cue"},
    [COLUMN_KIND] = {"kind"},
    [COLUMN_SPEAKER] = {"speaker"},
    [COLUMN_GROUP] = {"group", "gid"},
    [COLUMN_WEIGHT] = {"weight"},
    [COLUMN_SPLIT] = {"split"},
    [COLUMN_PAIR] = {"pair"},
    [COLUMN_ANSWER] = {"answer"},
};

const char *const *column_names(enum column c)
{
    return names[c];
}

stance_str column_value(const struct table *t, enum column c)
{
    stance_str value = str_trim(table_get(t, names[c]));
    return value.len ? value : (stance_str){NULL, 0};
}

void column_report(const struct table *t, const enum column *wanted, size_t n, struct strbuf *out)
{
    for (size_t i = 0; i < n; i++) {
        size_t at = table_find(t, names[wanted[i]]);
        stance_str own = str_of(names[wanted[i]][0]);
        if (at == STANCE_NONE || str_equal(table_names(t)[at], own)) continue;
        if (out->len) strbuf_add(out, STR(", "));
        strbuf_add(out, own);
        strbuf_add(out, STR(" = "));
        strbuf_add(out, table_names(t)[at]);
    }
}
