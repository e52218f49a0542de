/* SPDX-License-Identifier: MIT
 * fields: the members of a view record in the contract's order. */
#ifndef REPORT_FIELDS_H
#define REPORT_FIELDS_H
#include "../stance.h"

enum field_type { FIELD_TEXT, FIELD_POSITION, FIELD_NUMBER, FIELD_SHARES };

struct record_field {
    const char *name;       /* FIELD_SHARES: NULL, it stands for all p_LABEL */
    enum field_type type;   /* stance_str, size_t, double */
    size_t offset;          /* in stance_record */
};

/* NULL past the last. */
const struct record_field *record_field(size_t i);
static inline const void *record_at(const stance_record *r, const struct record_field *f)
{
    return (const char *)r + f->offset;
}
#endif
