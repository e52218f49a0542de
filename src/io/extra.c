/* SPDX-License-Identifier: MIT
 * extra: names and values of foreign columns.
 * Method: small arrays, searched from the front. Limits: EXTRA_MOST columns, EXTRA_VALUE bytes a value; what is beyond is left out. */
#include "extra.h"

#include <string.h>

#include "record_reader.h"

/* What a document record has besides the fields of a view; "key." are the columns of a part of a report. */
static bool of_document(stance_str name)
{
    return str_equal(name, STR("views")) || str_equal(name, STR("error")) || str_starts(name, STR("views.")) || str_starts(name, STR("error.")) ||
           str_starts(name, STR("key."));
}

bool extra_is_ours(stance_str name)
{
    return str_equal(name, STR("schema")) || str_starts(name, STR("p_")) || of_document(name) || record_field_known(name);
}

const stance_extra *extra_find(const stance_extra *all, size_t n, stance_str name)
{
    for (size_t i = 0; i < n; i++)
        if (str_equal(all[i].name, name)) return &all[i];
    return NULL;
}

static bool own_name(struct arena *arena, stance_str name, stance_str *to)
{
    struct strbuf longer = {0};
    if (!extra_is_ours(name)) return arena_copy(arena, name, to);
    strbuf_add(&longer, STR("meta_"));
    strbuf_add(&longer, name);
    bool ok = !longer.failed && arena_copy(arena, strbuf_str(&longer), to);
    strbuf_free(&longer);
    return ok;
}

bool extras_put(struct extras *e, struct arena *arena, stance_str name, stance_str value)
{
    stance_str own;
    value = str_trim(value);
    if (value.len == 0 || value.len > EXTRA_VALUE) value = (stance_str){NULL, 0};
    if (name.len == 0 || name.len > EXTRA_NAME) return true;
    if (!own_name(arena, name, &own)) return false;
    size_t at = 0;
    while (at < e->n && !str_equal(e->items[at].name, own)) at++;
    if (at == EXTRA_MOST || (at < e->n && e->items[at].value.ptr)) return true;
    if (at == e->n) e->items[e->n++] = (stance_extra){own, {NULL, 0}};
    return arena_copy(arena, value, &e->items[at].value);
}

bool extras_add(struct extras *e, struct arena *arena, const struct table *t, enum table_format format, const enum column *known, size_t n)
{
    bool flat = format == TABLE_CSV || format == TABLE_TSV;
    size_t ours[COLUMNS];
    for (size_t k = 0; k < n; k++) ours[k] = table_find(t, column_names(known[k]));
    for (size_t i = 0; i < table_columns(t) && e->n < EXTRA_MOST; i++) {
        stance_str name = str_trim(table_names(t)[i]);
        bool foreign = name.len && (flat || !memchr(name.ptr, '.', name.len));
        for (size_t k = 0; k < n; k++) foreign = foreign && ours[k] != i;
        if (foreign && !extras_put(e, arena, name, table_fields(t)[i])) return false;
    }
    return true;
}

bool extras_keep(struct arena *arena, const stance_extra *from, size_t n, const stance_extra **to)
{
    *to = NULL;
    stance_extra *own = n ? arena_array(arena, n, sizeof *own) : NULL;
    for (size_t i = 0; own && i < n; i++)
        if (!arena_copy(arena, from[i].name, &own[i].name) || !arena_copy(arena, from[i].value, &own[i].value)) return false;
    *to = own;
    return n == 0 || own;
}
