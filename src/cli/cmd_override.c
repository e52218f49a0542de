/* SPDX-License-Identifier: MIT
 * cmd_override: corrects views of a store, and lists the corrections.
 * Method: the library's; all fields of one command or none. Limits: one view at a time; rows of other names by --speakers. */
#include <stdio.h>
#include <string.h>

#include "common.h"

struct listing {
    struct writer *writer;
    struct strbuf line;
    stance_error *err;
    bool failed;
};

static void put_field(struct strbuf *out, const char *name, stance_str value)
{
    if (!value.ptr) return;
    strbuf_print(out, "\t%s=", name);
    strbuf_add(out, value);
}

/* ID or where it was, tab, fields. */
static bool list_one(void *ctx, const stance_correction *c)
{
    struct listing *l = ctx;
    strbuf_clear(&l->line);
    strbuf_add(&l->line, c->view.ptr ? c->view : c->article);
    if (!c->view.ptr) strbuf_print(&l->line, " %zu-%zu (its view is not there any more)", c->span.start, c->span.end);
    put_field(&l->line, "stance", c->stance);
    put_field(&l->line, "speaker", c->speaker);
    put_field(&l->line, "target", c->target);
    if (c->new_span.start != STANCE_NONE) strbuf_print(&l->line, "\tspan=%zu-%zu", c->new_span.start, c->new_span.end);
    put_field(&l->line, "text", c->text);
    for (size_t i = 0; i < l->line.len; i++)
        if (l->line.ptr[i] == '\n' || l->line.ptr[i] == '\r') l->line.ptr[i] = ' ';
    strbuf_char(&l->line, '\n');
    l->failed = l->line.failed ? !error_nomem(l->err, "listing corrections") : !writer_write(l->writer, strbuf_str(&l->line), l->err);
    return !l->failed;
}

static int list(stance_store *store, const struct options *o)
{
    stance_error err = {0};
    struct listing l = {.writer = writer_open(o->output, &err), .err = &err};
    bool ok = l.writer && stance_store_overrides(store, list_one, &l, &err) && !l.failed;
    strbuf_free(&l.line);
    return close_output(l.writer, ok, STANCE_OK, &err);
}

static bool apply(stance_store *store, const char *id, const char *given, stance_error *err)
{
    char field[48];
    const char *equals = strchr(given, '=');
    if (!equals || equals == given || (size_t)(equals - given) >= sizeof field)
        return error_set(err, STANCE_USAGE, 0, "%.80s: give FIELD=VALUE with stance, speaker, target or span; FIELD= takes the correction back", given);
    snprintf(field, sizeof field, "%.*s", (int)(equals - given), given);
    return stance_store_override(store, id, field, str_of(equals + 1), err);
}

static bool change(stance_store *store, const struct options *o, stance_error *err)
{
    if (o->speakers && !stance_store_add_speakers(store, o->speakers, err)) return false;
    for (size_t i = 2; i < o->inputs.n; i++)
        if (!apply(store, o->inputs.items[1], o->inputs.items[i], err)) return false;
    return stance_store_settle(store, err);
}

int cmd_override(const struct options *o)
{
    stance_error err = {0};
    bool lists = o->inputs.n == 1 && !o->speakers;
    if (o->inputs.n == 2) {
        error_set(&err, STANCE_USAGE, 0, "override %s %s: what is to be corrected? give FIELD=VALUE behind", o->inputs.items[0], o->inputs.items[1]);
        return fail(&err);
    }
    if (!stance_store_is(o->inputs.items[0])) {
        error_set(&err, STANCE_INPUT, 0, "%s: is no store of stance; classify --db makes one", o->inputs.items[0]);
        return fail(&err);
    }
    stance_store *store = stance_store_open(o->inputs.items[0], !lists && !o->dry_run, &err);
    int status = STANCE_OK;
    if (!store) status = fail(&err);
    else if (lists) status = list(store, o);
    else if (!o->dry_run && !change(store, o, &err)) status = fail(&err);
    stance_store_free(store);
    return status;
}
