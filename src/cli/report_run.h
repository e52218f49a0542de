/* SPDX-License-Identifier: MIT
 * report_run: report options from the command line, and rendering to a writer: what report and summary share. */
#ifndef CLI_REPORT_RUN_H
#define CLI_REPORT_RUN_H
#include "common.h"

stance_report_options report_options(const struct options *o);
bool report_write(stance_report *report, const struct options *o, const char *format, struct writer *w, stance_error *err);
#endif
