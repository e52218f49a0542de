/* SPDX-License-Identifier: MIT
 * labels: normalising label values.
 * Method: a table of words. Limits: English, ASCII case. */
#include "labels.h"

static const struct synonym {
    const char *word, *label;
} synonyms[] = {
    {"bullish", "bullish"}, {"positive", "bullish"}, {"favor", "bullish"}, {"favour", "bullish"}, {"for", "bullish"}, {"support", "bullish"},
    {"skeptical", "skeptical"}, {"sceptical", "skeptical"}, {"bearish", "skeptical"}, {"negative", "skeptical"}, {"against", "skeptical"},
    {"oppose", "skeptical"},
    {"neutral", "neutral"}, {"none", "neutral"},
};
enum { SYNONYMS = sizeof synonyms / sizeof *synonyms };

bool labels_check_maps(const char *const *maps, size_t n, stance_error *err)
{
    for (size_t i = 0; i < n; i++) {
        stance_str to = str_of(maps[i]), from = str_split(&to, '=');
        if (!to.ptr || str_trim(from).len == 0)
            return error_set(err, STANCE_USAGE, 0, "--map %s: write it as --map 0=skeptical", maps[i]);
    }
    return true;
}

static stance_str synonym(stance_str word)
{
    for (size_t i = 0; i < SYNONYMS; i++)
        if (str_equal_nocase(word, str_of(synonyms[i].word))) return str_of(synonyms[i].label);
    return word;
}

stance_str labels_normalise(stance_str raw, const char *const *maps, size_t n)
{
    raw = str_trim(raw);
    for (size_t i = 0; i < n; i++) {
        stance_str to = str_of(maps[i]), from = str_trim(str_split(&to, '='));
        if (!str_equal_nocase(raw, from)) continue;
        to = str_trim(to);
        return str_equal(from, to) ? to : synonym(to);
    }
    return synonym(raw);
}

bool labels_is_number(stance_str label)
{
    double value;
    return str_to_double(str_trim(label), &value);
}

static int rank(stance_str s)
{
    static const char *const first[] = {"bullish", "skeptical", "neutral"};
    for (int i = 0; i < 3; i++)
        if (str_equal(s, str_of(first[i]))) return i;
    return 3;
}

int labels_compare(stance_str a, stance_str b)
{
    int order = rank(a) - rank(b);
    return order ? order : str_compare(a, b);
}
