/* SPDX-License-Identifier: MIT
 * period: months, ISO weeks and bounds of time.
 * Method: days counted from 1 March of year 0 (Hinnant's days_from_civil); the week belongs to the year of its Thursday.
 * Limits: years 0000 to 9999, Gregorian. */
#include "period.h"

#include <stdio.h>
#include <string.h>

struct civil {
    int year, month, day;
};

static struct civil parse(const char *day)
{
    struct civil c = {0, 0, 0};
    for (int i = 0; i < 4; i++) c.year = c.year * 10 + (day[i] - '0');
    c.month = (day[5] - '0') * 10 + (day[6] - '0');
    c.day = (day[8] - '0') * 10 + (day[9] - '0');
    return c;
}

static int days(struct civil c)
{
    int y = c.year - (c.month <= 2), m = (c.month + 9) % 12;
    int era = (y < 0 ? y - 399 : y) / 400, of_era = y - era * 400;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + (153 * m + 2) / 5 + c.day - 1;
}

/* 0: Monday. 2024-01-01 was one. */
static int weekday(int day)
{
    int off = (day - days((struct civil){2024, 1, 1})) % 7;
    return off < 0 ? off + 7 : off;
}

int32_t period_day(const char *day)
{
    return days(parse(day));
}

void period_month(const char *day, char out[PERIOD_SIZE])
{
    memcpy(out, day, 7);
    out[7] = '\0';
}

void period_week(const char *day, char out[PERIOD_SIZE])
{
    struct civil c = parse(day);
    int at = days(c), thursday = at - weekday(at) + 3, year = c.year;
    if (thursday < days((struct civil){year, 1, 1})) year--;
    if (thursday >= days((struct civil){year + 1, 1, 1})) year++;
    int week = (thursday - days((struct civil){year, 1, 1})) / 7 + 1;
    snprintf(out, PERIOD_SIZE, "%04u-W%02u", (unsigned)year % 10000, (unsigned)week % 100);
}

static bool exists(struct civil c)
{
    if (c.month < 1 || c.month > 12 || c.day < 1) return false;
    struct civil next = {c.year + c.month / 12, c.month % 12 + 1, 1};
    return days(c) < days(next);
}

bool period_bound(stance_str s)
{
    char day[] = "0000-01-01";
    if (s.len != 4 && s.len != 7 && s.len != 10) return false;
    for (size_t i = 0; i < s.len; i++) {
        bool dash = i == 4 || i == 7;
        if (dash ? s.ptr[i] != '-' : s.ptr[i] < '0' || s.ptr[i] > '9') return false;
        day[i] = s.ptr[i];
    }
    return exists(parse(day));
}

int period_compare(const char *day, stance_str bound)
{
    return memcmp(day, bound.ptr, bound.len < 10 ? bound.len : 10);
}
