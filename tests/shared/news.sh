# SPDX-License-Identifier: MIT
# The 1,500 real articles of ../shared, if they are there: all are read, none is skipped, and two threads give what one gives.
set -u
news=$ROOT/../shared/eval/news/articles.csv
[ -f "$news" ] || { echo "no ../shared beside the project" >&2; exit 77; }
"$STANCE" classify -j 1 "$news" -o one.jsonl || exit
"$STANCE" classify -j 2 "$news" -o two.jsonl 2>said || exit
cmp one.jsonl two.jsonl || exit
cat said
grep -q '^stance: 1500 articles' said
