/* SPDX-License-Identifier: MIT
 * date: 2025-01-27T08:00Z, 20250127, 27.1.2025, 1/27/2025, 27 January 2025, Mon, Jan 27th, 2025.
 * Method: up to three numbers and a month's name in order of appearance, then the few ways to read them.
 * Limits: English names, years 1000 to 9999, Gregorian; a slash or dash form with both numbers to 12 is ambiguous and refused. */
#include "date.h"

#include <stdio.h>

struct parts {
    size_t number[3], digits[3];
    size_t n;         /* numbers seen */
    size_t month;     /* by name, from 1; 0: none */
    char separator;   /* before the last number */
};

static const char *const months[] = {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
                                     "november", "december"};
static const char *const fillers[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "st", "nd", "rd", "th",
                                      "of", "the", "on", NULL};

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The whole name, or three letters and more of it ("Sept"). */
static bool names(stance_str word, const char *name)
{
    stance_str full = str_of(name);
    if (word.len < full.len && word.len >= 3) full.len = word.len;
    return str_equal_nocase(word, full);
}

static bool take_word(struct parts *p, stance_str word)
{
    for (size_t m = 0; m < 12; m++)
        if (names(word, months[m])) return p->month ? false : (p->month = m + 1);
    for (size_t i = 0; fillers[i]; i++)
        if (names(word, fillers[i])) return true;
    return false;
}

static bool done(const struct parts *p)
{
    return p->n == 3 || (p->n == 2 && p->month) || (p->n == 1 && p->digits[0] >= 8);
}

static bool take_number(struct parts *p, stance_str text, char before)
{
    p->digits[p->n] = text.len;
    if (text.len > 8 && text.len != 14) return false;
    if (text.len == 14) text.len = 8; /* yyyymmddhhmmss */
    p->separator = before;
    return str_to_size(text, &p->number[p->n++]);
}

static bool split(stance_str s, struct parts *p)
{
    char before = ' ';
    for (size_t i = 0; i < s.len && !done(p);) {
        size_t end = i + 1;
        bool number = digit(s.ptr[i]), word = letter(s.ptr[i]);
        while (end < s.len && ((number && digit(s.ptr[end])) || (word && letter(s.ptr[end])))) end++;
        if (number && !take_number(p, str_slice(s, i, end), before)) return false;
        if (word && !take_word(p, str_slice(s, i, end))) return false;
        if (!number && !word) before = s.ptr[i];
        i = end;
    }
    return done(p);
}

static bool named_month(const struct parts *p, size_t *y, size_t *m, size_t *d)
{
    size_t year = p->digits[0] == 4 ? 0 : 1;
    *y = p->number[year];
    *m = p->month;
    *d = p->number[1 - year];
    return p->n == 2 && p->digits[year] == 4 && p->digits[1 - year] <= 2;
}

static bool three_numbers(const struct parts *p, size_t *y, size_t *m, size_t *d)
{
    const size_t *n = p->number;
    bool day_first = p->separator == '.' || n[0] > 12 || n[0] == n[1];
    if (p->digits[0] == 4) {
        *y = n[0], *m = n[1], *d = n[2];
        return p->digits[1] <= 2 && p->digits[2] <= 2;
    }
    if (!day_first && n[1] <= 12) return false;
    *y = n[2], *m = day_first ? n[1] : n[0], *d = day_first ? n[0] : n[1];
    return p->digits[2] == 4 && p->digits[0] <= 2 && p->digits[1] <= 2;
}

static bool on_calendar(size_t y, size_t m, size_t d)
{
    static const size_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
    return y >= 1000 && y <= 9999 && m >= 1 && m <= 12 && d >= 1 && d <= days[m - 1] + (m == 2 && leap);
}

static size_t two_digits(const char *s)
{
    return (size_t)(s[0] - '0') * 10 + (size_t)(s[1] - '0');
}

/* yyyy-mm-dd, as nearly all dates of large inputs are. */
static bool is_normal(stance_str s)
{
    for (size_t i = 0; s.len == 10 && i < 10; i++)
        if (i == 4 || i == 7 ? s.ptr[i] != '-' : !digit(s.ptr[i])) return false;
    return s.len == 10 && on_calendar(two_digits(s.ptr) * 100 + two_digits(s.ptr + 2), two_digits(s.ptr + 5), two_digits(s.ptr + 8));
}

bool date_normalise(stance_str in, char out[11])
{
    if (is_normal(in)) {
        for (size_t i = 0; i < 10; i++) out[i] = in.ptr[i];
        out[10] = '\0';
        return true;
    }
    struct parts p = {0};
    size_t y, m, d;
    bool known;
    if (!split(in, &p)) return false;
    if (p.month) {
        known = named_month(&p, &y, &m, &d);
    } else if (p.n == 1) {
        y = p.number[0] / 10000, m = p.number[0] / 100 % 100, d = p.number[0] % 100;
        known = true;
    } else {
        known = three_numbers(&p, &y, &m, &d);
    }
    if (!known || !on_calendar(y, m, d)) return false;
    char text[32];
    snprintf(text, sizeof text, "%04u-%02u-%02u", (unsigned)y, (unsigned)m, (unsigned)d);
    for (size_t i = 0; i < 11; i++) out[i] = text[i];
    return true;
}
