# SPDX-License-Identifier: MIT
# A full disk and a folder that is not there: status 5. A file is written whole or not at all. A closed pipe is quiet success.
. "$ROOT/tests/cli/common.bash"
[ -c /dev/full ] || { echo "no /dev/full" >&2; exit 77; }
for command in extract classify; do
  run $command "$news" -o /dev/full
  run $command "$news" -f csv >/dev/full
done
run predict "$rows" -o /dev/full
run train --recipe "$recipe" "$rows" -o /dev/full
"$STANCE" classify -q "$news" -o views.jsonl
run report views.jsonl -o /dev/full
run extract "$news" -o missing/views.csv
run extract "$news" -o .
echo old >kept.csv
run extract nothing.txt -o kept.csv
cat kept.csv
ls
for i in $(seq 2000); do echo "Mary Cole said that tram number $i is good."; done >many.txt
for command in 'extract -q many.txt' 'classify -q many.txt -f csv' "predict -q $rows" 'report -q views.jsonl' --help; do
  { "$STANCE" $command; echo "status $?" >&2; } | head -c 1 >/dev/null
  { "$STANCE" $command; echo "status $?" >&2; } | true
done
