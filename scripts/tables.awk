# SPDX-License-Identifier: MIT
# Turns data/NAME.tsv into `static const struct table_row table_NAME[]`: rows of up to six text columns, NULL where a row has no more.
BEGIN {
    FS = "\t"
    print "/* made by scripts/tables.awk from data/; do not edit */"
    print "#ifndef GEN_TABLES_H\n#define GEN_TABLES_H"
    print "struct table_row { const char *column[6]; };"
}
function finish() { if (name != "") printf "    {{0}}\n};\n#endif\n" }
FNR == 1 {
    finish()
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
    for (i = 1; i <= 6; i++) {
        cell = $i
        gsub(/\\/, "\\\\", cell)
        gsub(/"/, "\\\"", cell)
        gsub(/\?/, "\\?", cell)
        printf "%s%s", (i > 1 ? ", " : ""), (i <= NF ? "\"" cell "\"" : "0")
    }
    printf "}},\n"
}
END { finish(); print "#endif" }
