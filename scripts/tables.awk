# SPDX-License-Identifier: MIT
# Turns data/NAME.tsv into C, in two forms of which a file chooses by a macro; a row has up to six text columns.
# TABLE_NAME: `static const struct table_row table_NAME[]`, NULL where a row has no more columns; for small tables, as each text costs the loader an address.
# ROWS_NAME: `static const char rows_NAME[]`, for large ones, read by table_next (after stance.h): of each column its length + 1, its bytes and NUL; 0 ends a row, two of them all.
# STARTS_NAME: with it `static const uint32_t starts_NAME[]`, where each row begins, for those who search.
BEGIN {
    FS = "\t"
    print "/* made by scripts/tables.awk from data/; do not edit */"
    print "#ifndef GEN_TABLES_H\n#define GEN_TABLES_H"
    print "struct table_row { const char *column[6]; };\n"
    print "#ifdef STANCE_H"
    print "/* A row of the other form, and the next one behind it; false behind the last. Columns that a row has not are {NULL, 0}. */"
    print "struct table_cells { stance_str column[6]; };"
    print "__attribute__((unused)) static inline bool table_next(const char **at, struct table_cells *row)\n{"
    print "    size_t n = 0;"
    print "    for (unsigned char size; (size = (unsigned char)**at) != 0; *at += size + 1) row->column[n++] = (stance_str){*at + 1, size - 1u};"
    print "    ++*at;"
    print "    for (size_t i = n; i < 6; i++) row->column[i] = (stance_str){0, 0};"
    print "    return n > 0;\n}\n#endif"
    print "#if defined __GNUC__\n#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n#endif"
}
function finish(    i) {
    if (name == "") return
    printf "    {{0}}\n};\n#endif\n#ifdef ROWS_%s\nstatic const char rows_%s[] =\n", upper, name
    for (i = 1; i <= n; i++) print "    " packed[i]
    printf "    \"\";\n#endif\n#ifdef STARTS_%s\nstatic const uint32_t starts_%s[] = {\n", upper, name
    for (i = 1; i <= n; i++) printf "%d,%s", start[i], i % 20 ? " " : "\n"
    printf "};\n#endif\n"
}
FNR == 1 {
    finish()
    n = bytes = 0
    name = FILENAME
    sub(/.*\//, "", name)
    sub(/\.tsv$/, "", name)
    upper = toupper(name)
    printf "#ifdef TABLE_%s\nstatic const struct table_row table_%s[] = {\n", upper, name
}
/^#/ || /^[ \t]*$/ { next }
{
    sub(/\r$/, "")
    printf "    {{"
    line = ""
    for (i = 1; i <= 6; i++) {
        cell = $i
        if (length(cell) > 253) { print FILENAME ":" FNR ": more than 253 bytes in a column" > "/dev/stderr"; exit 1 }
        size = sprintf("\\%03o", length(cell) + 1)
        gsub(/\\/, "\\\\", cell)
        gsub(/"/, "\\\"", cell)
        gsub(/\?/, "\\?", cell)
        printf "%s%s", (i > 1 ? ", " : ""), (i <= NF ? "\"" cell "\"" : "0")
        if (i <= NF) line = line "\"" size "\" \"" cell "\\000\" "
    }
    start[++n] = bytes
    bytes += 1
    for (i = 1; i <= NF && i <= 6; i++) bytes += length($i) + 2
    packed[n] = line "\"\\000\""
    printf "}},\n"
}
END { finish(); print "#endif" }
