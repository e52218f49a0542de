/* SPDX-License-Identifier: MIT
 * markup: an article whose sources, cues and contents are marked in line: ⟦s1:…⟧, ⟦c1:…⟧, ⟦v1|speaker|target|stance:…⟧. */
#ifndef IO_MARKUP_H
#define IO_MARKUP_H
#include "../base/str.h"

struct mark {
    char kind;          /* v: content, s: source, c: cue */
    size_t number;      /* equal numbers belong together */
    stance_str speaker, target, stance; /* of a v; trimmed views into the marked-up bytes; ptr NULL when the head is bare, as in ⟦v1:…⟧ */
    size_t start, end;  /* bytes in the text without marks */
    size_t line;        /* where it opens, from 1 */
};

/* All zero is empty. */
struct markup {
    struct strbuf text; /* the article: what is left when the marks are taken out */
    struct mark *marks; /* [n] in the order in which they open */
    size_t n, cap;
    size_t line;        /* where parsing ended or failed, from 1 */
};

/* Parses raw into *out, which may hold an earlier article. The marks' heads point into raw. False with "NAME, line N: ..." when a mark is
 * wrong; *out is then not to be used, but for its line. A head stands on one line; speaker and target may hold colons, but no bar. */
bool markup_parse(const char *name, stance_str raw, struct markup *out, stance_error *err);
void markup_free(struct markup *m);
/* True when a content is marked somewhere in raw. */
bool markup_present(stance_str raw);
/* The first mark of the kind with this number, or NULL. */
const struct mark *markup_find(const struct markup *m, char kind, size_t number);
/* What a mark encloses, without the marks inside it; valid as long as m. */
stance_str markup_words(const struct markup *m, const struct mark *mark);
/* direct: between quotation marks; mixed: with some inside; else indirect. Static. */
const char *markup_kind(const struct markup *m, const struct mark *mark);
/* Appends valid UTF-8 with every run of blanks and newlines made one space, none at the ends. */
void markup_flatten(stance_str text, struct strbuf *out);
/* The article's id: the last part of its path, without .gz and .txt. */
stance_str markup_article(const char *path);
#endif
