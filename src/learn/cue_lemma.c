/* SPDX-License-Identifier: MIT
 * cue_lemma: data/cues.tsv, read by inflected forms.
 * Method: endings are taken off by rule and the rest looked up by halves, for the table is sorted; irregular forms stand in rows of the same
 * first letter. Limits: a form with another first letter than its lemma's is not found. */
#include "cue_lemma.h"

#include <stdlib.h>
#include <string.h>
#define ROWS_CUES
#define STARTS_CUES
#include "tables.h"

enum { COLUMN_LEMMA, COLUMN_FORMS = 2, COLUMN_POLARITY = 5, ROWS = sizeof starts_cues / sizeof *starts_cues, LONGEST = 64 };

/* NUL-ended: the first text of the row that begins there. */
static const char *lemma_at(uint32_t start)
{
    return rows_cues + start + 1;
}

static int by_lemma(const void *key, const void *start)
{
    return strcmp(key, lemma_at(*(const uint32_t *)start));
}

static stance_str column_of(const uint32_t *start, int column)
{
    struct table_cells row;
    const char *at = rows_cues + *start;
    table_next(&at, &row);
    return row.column[column];
}

/* Where the row of first + ending + rest begins. */
static const uint32_t *row_of(stance_str first, const char *ending, stance_str rest)
{
    char lemma[LONGEST];
    size_t n = strlen(ending);
    if (first.len + n + rest.len >= sizeof lemma) return NULL;
    memcpy(lemma, first.ptr, first.len);
    memcpy(lemma + first.len, ending, n);
    if (rest.len) memcpy(lemma + first.len + n, rest.ptr, rest.len);
    lemma[first.len + n + rest.len] = 0;
    return bsearch(lemma, starts_cues, ROWS, sizeof *starts_cues, by_lemma);
}

static const uint32_t *regular(stance_str first, stance_str rest)
{
    static const struct { const char *off, *on; } endings[] = {
        {"", ""}, {"s", ""}, {"es", ""}, {"ies", "y"}, {"ed", ""}, {"ed", "e"}, {"ied", "y"}, {"ing", ""}, {"ing", "e"},
    };
    const uint32_t *row = NULL;
    for (size_t i = 0; i < sizeof endings / sizeof *endings && !row; i++) {
        stance_str off = str_of(endings[i].off);
        if (first.len > off.len + 1 && str_ends(first, off)) row = row_of(str_slice(first, 0, first.len - off.len), endings[i].on, rest);
    }
    return row;
}

static bool has_form(stance_str forms, stance_str cue)
{
    for (stance_str list = forms; list.ptr;)
        if (str_equal(str_split(&list, '|'), cue)) return true;
    return false;
}

static const uint32_t *irregular(stance_str cue)
{
    size_t low = 0, high = ROWS;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if ((unsigned char)*lemma_at(starts_cues[middle]) < (unsigned char)cue.ptr[0]) low = middle + 1;
        else high = middle;
    }
    for (; low < ROWS && *lemma_at(starts_cues[low]) == cue.ptr[0]; low++) {
        stance_str forms = column_of(&starts_cues[low], COLUMN_FORMS);
        if (forms.ptr[0] != '-' && has_form(forms, cue)) return &starts_cues[low];
    }
    return NULL;
}

static size_t last_blank(stance_str s)
{
    size_t at = s.len;
    while (at > 0 && s.ptr[at - 1] != ' ') at--;
    return at ? at - 1 : 0;
}

static struct cue_lemma lemma_of(const uint32_t *row)
{
    if (!row) return (struct cue_lemma){{NULL, 0}, 0};
    char sign = column_of(row, COLUMN_POLARITY).ptr[0];
    return (struct cue_lemma){str_of(lemma_at(*row)), sign == '+' ? 1 : sign == '-' ? -1 : 0};
}

static const uint32_t *find(stance_str cue)
{
    stance_str rest = cue, first = str_split(&rest, ' ');
    if (first.len == 0) return NULL;
    const uint32_t *row = regular(first, str_slice(cue, first.len, cue.len));
    return row ? row : irregular(cue);
}

struct cue_lemma cue_lemma_of(stance_str folded)
{
    stance_str cue = str_trim(folded);
    if (cue.len == 0) return lemma_of(NULL);
    struct cue_lemma found = lemma_of(find(cue));
    size_t blank = last_blank(cue);
    stance_str last = str_slice(cue, blank ? blank + 1 : 0, cue.len);
    bool cut = false;
    while (!found.lemma.ptr && blank) {
        cut = true;
        found = lemma_of(find(cue = str_slice(cue, 0, blank)));
        blank = last_blank(cue);
    }
    if (cut && found.polarity == 0) {
        struct cue_lemma noun = lemma_of(find(last));
        if (noun.polarity != 0) return noun;
    }
    return found;
}
