# SPDX-License-Identifier: MIT
# Turns a page of src/guides/ into a manual page with man macros; -v name=stance-NAME -v version=V.
# Method: line by line. Knows of Markdown what src/guides/ uses: #, ##, ###, fenced blocks, lists by "- ", `code`, **bold**, *italic*, [text](link).
# Limits: no tables, no nested lists, no HTML.
function escaped(text) {
    gsub(/\\/, "\\e", text)
    gsub(/-/, "\\-", text)
    # troff reads ASCII
    gsub(/“/, "\\(lq", text)
    gsub(/”/, "\\(rq", text)
    gsub(/’/, "\\(cq", text)
    return text
}
# Every second piece between two marks is set in the font.
function between(text, mark, font,   n, i, piece, out) {
    n = split(text, piece, mark)
    if (n % 2 == 0) return text
    for (i = 1; i <= n; i++) out = out (i % 2 ? piece[i] : "\\f" font piece[i] "\\fR")
    return out
}
function inline(text,   n, i, piece, out) {
    n = split(text, piece, "`")
    for (i = 1; i <= n; i++) {
        if (i % 2 == 0) { out = out "\\fB" escaped(piece[i]) "\\fR"; continue }
        gsub(/\]\(/, " <", piece[i])
        while (match(piece[i], /\[[^][]* <[^()]*\)/))
            piece[i] = substr(piece[i], 1, RSTART - 1) substr(piece[i], RSTART + 1, RLENGTH - 2) ">" substr(piece[i], RSTART + RLENGTH)
        out = out between(between(escaped(piece[i]), "[*][*]", "B"), "[*]", "I")
    }
    return out
}
function put(text) { print (text ~ /^[.']/ ? "\\&" : "") text; fresh = 0 }
# No paragraph right behind a heading.
function paragraph() { if (!fresh) print ".PP" }
function heading(macro, text) { print macro " " escaped(text); blank = 0; fresh = 1 }
/^```/ {
    if (!inside) paragraph()
    print inside ? ".EE" : ".EX"
    inside = !inside
    blank = fresh = 0
    next
}
inside { put(escaped($0)); next }
/^# / {
    split(substr($0, 3), title, ": ")
    printf ".\\\" made from src/guides/ by scripts/manual.awk; do not edit\n.TH %s 7 \"\" \"stance %s\" \"stance\"\n.SH NAME\n", toupper(name), version
    print escaped(name) " \\- " inline(title[2] == "" ? title[1] : title[2])
    next
}
/^## / { heading(".SH", toupper(substr($0, 4))); next }
/^### / { heading(".SS", substr($0, 5)); next }
/^- / { blank = 0; print ".IP \\(bu 2"; put(inline(substr($0, 3))); next }
/^[ \t]*$/ { blank = 1; next }
{
    sub(/^ +/, "")
    if (blank) paragraph()
    blank = 0
    put(inline($0))
}
