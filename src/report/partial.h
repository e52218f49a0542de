/* SPDX-License-Identifier: MIT
 * partial: stance_partial_* of stance.h; and what a part's first line says, for those who read it back. */
#ifndef REPORT_PARTIAL_H
#define REPORT_PARTIAL_H
#include "counts.h"

enum part_option { PART_TEXT, PART_COUNT, PART_NUMBER };

/* An option of a report as the first line of a part carries it. */
struct part_field {
    const char *name;
    enum part_option type;  /* const char *, size_t or uint64_t, double */
    size_t offset;          /* in stance_report_options */
    bool at_merge;          /* may be given anew when parts are merged */
};
const struct part_field *part_field(size_t i); /* NULL past the last */

/* The name under which the value of key i stands: "key.0". */
enum { PART_KEY_SIZE = 24 };
void part_key(size_t i, char out[PART_KEY_SIZE]);
#endif
