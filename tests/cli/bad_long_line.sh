# SPDX-License-Identifier: MIT
# 50 MB on one line, as an article, a row, an object: read, in bounded time.
. "$ROOT/tests/cli/common.bash"
awk 'BEGIN { for (i = 0; i < 800000; i++) printf "Mary Cole said that the new tram number %06d is a triumph for us. ", i }' >long.txt
size=$(wc -c <long.txt)
[ "$size" -gt 50000000 ] && echo "over 50 MB"
{ printf 'id,text\n1,"'; cat long.txt; printf '"\n'; } >long.csv
{ printf '{"id":"1","text":"'; cat long.txt; printf '"}\n'; } >long.jsonl
for file in long.txt long.csv long.jsonl; do run extract $file -o $file.views.jsonl; done
run extract --max-document 1M long.csv
run predict long.csv -o rows.csv
