/* SPDX-License-Identifier: MIT
 * format: recognising inputs.
 * Method: a table of extensions; a look at the first bytes. Limits: CSV without a known header is not recognised by content. */
#include "format.h"

#include <string.h>

#include "columns.h"

static const struct extension {
    const char *name;
    enum format format;
} extensions[] = {
    {"txt", FORMAT_TXT}, {"html", FORMAT_HTML}, {"htm", FORMAT_HTML}, {"csv", FORMAT_CSV}, {"tsv", FORMAT_TSV}, {"jsonl", FORMAT_JSONL},
    {"ndjson", FORMAT_JSONL}, {"json", FORMAT_JSON},
};
enum { EXTENSIONS = sizeof extensions / sizeof *extensions };

static enum format known(stance_str name)
{
    for (size_t i = 0; i < EXTENSIONS; i++)
        if (str_equal_nocase(name, str_of(extensions[i].name))) return extensions[i].format;
    return FORMAT_UNKNOWN;
}

enum format format_by_name(const char *name)
{
    return known(str_of(name));
}

/* What stands behind the last dot of the last part; the rest goes to *before. */
static stance_str extension_of(stance_str path, stance_str *before)
{
    *before = path;
    for (size_t i = path.len; i > 0 && path.ptr[i - 1] != '/'; i--)
        if (path.ptr[i - 1] == '.' && i > 1 && path.ptr[i - 2] != '/') {
            *before = str_slice(path, 0, i - 1);
            return str_slice(path, i, path.len);
        }
    return (stance_str){"", 0};
}

enum format format_by_path(stance_str path, stance_str *stem)
{
    stance_str before;
    *stem = path;
    if (str_equal_nocase(extension_of(path, &before), STR("gz"))) *stem = path = before;
    enum format format = known(extension_of(path, &before));
    if (format) *stem = before;
    return format;
}

static bool names_text(stance_str field)
{
    field = str_trim(field);
    if (field.len >= 2 && field.ptr[0] == '"') field = str_slice(field, 1, field.len - 1);
    if (str_equal_nocase(field, STR("html"))) return true;
    for (const char *const *name = column_names(COLUMN_TEXT); *name; name++)
        if (str_equal_nocase(field, str_of(*name))) return true;
    return false;
}

static bool header_of(stance_str line, char delimiter)
{
    bool text = false;
    size_t fields = 0;
    for (stance_str rest = line; rest.ptr; fields++) {
        stance_str field = str_split(&rest, delimiter);
        if (field.len > 40) return false;
        text = text || names_text(field);
    }
    return text && fields > 1;
}

enum format format_by_content(stance_str head)
{
    if (str_starts(head, STR("\xEF\xBB\xBF"))) head = str_slice(head, 3, head.len);
    head = str_trim(head);
    stance_str rest = head, line = str_split(&rest, '\n');
    line = str_trim(line);
    if (str_starts(line, STR("{")) && head.len > 1 && (str_find(line, STR("\"")) != STANCE_NONE || line.len == 1))
        return str_ends(line, STR("}")) || !rest.ptr ? FORMAT_JSONL : FORMAT_JSON;
    stance_str start = str_slice(line, 0, line.len < 5 ? line.len : 5);
    if (str_equal_nocase(start, STR("<html")) || str_equal_nocase(start, STR("<!doc"))) return FORMAT_HTML;
    if (header_of(line, '\t')) return FORMAT_TSV;
    return header_of(line, ',') || header_of(line, ';') ? FORMAT_CSV : FORMAT_TXT;
}

bool format_is_table(enum format f, enum table_format *table)
{
    switch (f) {
    case FORMAT_CSV: *table = TABLE_CSV; return true;
    case FORMAT_TSV: *table = TABLE_TSV; return true;
    case FORMAT_JSONL: *table = TABLE_JSONL; return true;
    case FORMAT_JSON: *table = TABLE_JSON; return true;
    case FORMAT_MARKED: *table = TABLE_MARKED; return true;
    default: return false;
    }
}

const char *format_name(enum format f)
{
    for (size_t i = 0; i < EXTENSIONS; i++)
        if (extensions[i].format == f) return extensions[i].name;
    return f == FORMAT_MARKED ? "txt" : "unknown";
}

static size_t controls(stance_str s)
{
    enum { AT_ONCE = 240 }; /* counted in bytes, so that the compiler can take many together */
    size_t n = 0;
    for (size_t from = 0; from < s.len; from += AT_ONCE) {
        const unsigned char *c = (const unsigned char *)s.ptr + from;
        size_t len = s.len - from < AT_ONCE ? s.len - from : AT_ONCE;
        unsigned char some = 0;
        for (size_t i = 0; i < len; i++) some = (unsigned char)(some + ((c[i] < 0x20) & !((unsigned char)(c[i] - '\t') <= '\r' - '\t') & (c[i] != 0x1b)));
        n += some;
    }
    return n;
}

bool format_check_text(stance_str head, const char *name, stance_error *err)
{
    if (str_starts(head, STR("%PDF-")))
        return error_set(err, STANCE_INPUT, 0, "%s: is a PDF; turn it into text first, e.g. with pdftotext", name);
    if (str_starts(head, STR("PK\x03\x04")))
        return error_set(err, STANCE_INPUT, 0, "%s: is a zip archive or an office document; unpack it or save it as text", name);
    if (str_starts(head, STR("\xFF\xFE")) || str_starts(head, STR("\xFE\xFF")))
        return error_set(err, STANCE_INPUT, 0, "%s: is UTF-16; convert it: iconv -f UTF-16 -t UTF-8", name);
    if (controls(head) > 2 && controls(head) > head.len / 20)
        return error_set(err, STANCE_INPUT, 0, "%s: is binary, not text; leave it out or name its format with --input-format", name);
    return true;
}
