/* SPDX-License-Identifier: MIT
 * decided: words by their share in a label.
 * Method: a word's sum is compared with the strongest word's, as explain does. Limits: words end at ASCII blanks. */
#include "decided.h"

#include <math.h>

#include "page.h"

static const double STRONG = 0.35, SOME = 0.12; /* of the strongest word */

static size_t word_end(stance_str text, size_t i)
{
    while (i < text.len && (unsigned char)text.ptr[i] > ' ') i++;
    return i;
}

static double word_sum(const double *sums, size_t from, size_t to)
{
    double sum = 0;
    for (size_t i = from; i < to; i++) sum += sums[i];
    return sum;
}

static double strongest(stance_str text, const double *sums)
{
    double most = 0;
    for (size_t i = 0, end; i < text.len; i = end + 1) {
        end = word_end(text, i);
        most = fmax(most, fabs(word_sum(sums, i, end)));
    }
    return most;
}

static void put_word(struct strbuf *out, stance_str word, double part, const char *css)
{
    bool strong = fabs(part) > STRONG;
    if (!(fabs(part) > SOME)) {
        page_text(out, word);
        return;
    }
    if (part > 0) strbuf_print(out, "<mark class=\"%s\">%s", css, strong ? "<b>" : "");
    else strbuf_add(out, STR("<mark class=\"against\">"));
    page_text(out, word);
    strbuf_add(out, part > 0 && strong ? STR("</b></mark>") : STR("</mark>"));
}

void decided_put(struct strbuf *out, stance_str text, const double *sums, const char *css)
{
    double most = strongest(text, sums);
    for (size_t i = 0, end; i < text.len; i = end) {
        end = word_end(text, i);
        if (end > i) put_word(out, str_slice(text, i, end), most > 0 ? word_sum(sums, i, end) / most : 0, css);
        else end++, page_text(out, str_slice(text, i, end));
    }
}
