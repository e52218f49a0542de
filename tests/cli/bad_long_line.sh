# SPDX-License-Identifier: MIT
# 50 MB on one line, as an article, a row, an object: read, in time that grows with the size alone.
. "$ROOT/tests/cli/common.bash"
awk 'BEGIN { for (i = 0; i < 900000; i++) printf "The tram with the number %06d ran along the harbour wall. ", i; print "Mary Cole said the tram is good." }' >long.txt
size=$(wc -c <long.txt)
[ "$size" -gt 50000000 ] && echo "over 50 MB"
{ printf 'id,text\n1,"'; cat long.txt; printf '"\n2,Tom Reed said the tram is bad.\n'; } >long.csv
{ printf '{"id":"1","text":"'; tr -d '\n' <long.txt; printf '"}\n'; } >long.jsonl
for file in long.txt long.csv long.jsonl; do run extract $file -f csv | columns article,speaker,start,text; done
{ head -c 4000000 long.csv; echo '"'; } >rows.csv
run predict rows.csv | sed -E 's/.*,(bullish|skeptical|neutral),.*/a stance/; s/^id,.*/header/' | cut -c 1-60
run extract --max-document 1M long.txt
