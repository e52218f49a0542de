/* SPDX-License-Identifier: MIT
 * error: one place that writes messages into the caller's error.
 * Method: vsnprintf, cut at the end of the buffer. Limits: one message at a time; a later one replaces it. */
#include "error.h"

#include <stdarg.h>
#include <stdio.h>

bool error_set(stance_error *err, stance_code code, size_t offset, const char *format, ...)
{
    if (!err) return false;
    err->code = code;
    err->offset = offset;
    va_list args;
    va_start(args, format);
    vsnprintf(err->text, sizeof err->text, format, args);
    va_end(args);
    return false;
}

bool error_nomem(stance_error *err, const char *what)
{
    return error_set(err, STANCE_NOMEM, 0, "out of memory while %s; use fewer threads (-j) or smaller input", what);
}

const char *stance_version(void)
{
    return STANCE_VERSION;
}

const char *stance_code_message(stance_code code)
{
    switch (code) {
#define STANCE_CODE_CASE(name, status, message)                                                                                \
    case STANCE_##name: return message;
        STANCE_CODES(STANCE_CODE_CASE)
#undef STANCE_CODE_CASE
    }
    return "unknown code";
}
