/* SPDX-License-Identifier: MIT
 * record_json: members of a view record as JSON, with all their digits. */
#ifndef REPORT_RECORD_JSON_H
#define REPORT_RECORD_JSON_H
#include "../base/str.h"
#include "fields.h"

/* Appends `"name":value` (several for the shares), with a comma before it unless an object has just been opened. */
void record_json_put(struct strbuf *out, const struct record_field *f, const stance_record *x);
#endif
