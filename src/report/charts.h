/* SPDX-License-Identifier: MIT
 * charts: inline SVG for the page, each with its text alternative. */
#ifndef REPORT_CHARTS_H
#define REPORT_CHARTS_H
#include "report.h"

/* The shares of a group as one bar, and net with its interval below. Nothing when the group has no view with a stance. */
void chart_bar(struct strbuf *out, const struct report *r, const struct report_group *g);
/* r by month: net over time. Nothing with fewer than two months. */
void chart_timeline(struct strbuf *out, const struct report *r);
/* r by outlet and target. Nothing when there is no known target. */
void chart_heat(struct strbuf *out, const struct report *r);
#endif
