# SPDX-License-Identifier: MIT
# Texts unlike the training's are noticed, once; texts like them, and few of any kind, are not.
. "$ROOT/tests/cli/common.bash"
"$STANCE" train -q --no-rows --recipe "$recipe" "$rows" -o m.stance
hide() { sed -E 's/[0-9]+ %/N %/g; s/[01]\.[0-9]{2}/0.N/g'; }
foreign() { echo text; for i in $(seq "$1"); do echo "la situation économique demeure fragile selon plusieurs experts interrogés numéro $i"; done; }
foreign 200 >foreign.csv
foreign 20 >few.csv
run predict -m m.stance -o /dev/null "$rows" 2>&1 | grep -v columns
run predict -m m.stance -o /dev/null foreign.csv 2>&1 | hide
run predict -m m.stance -q -o /dev/null foreign.csv
run predict -m m.stance -o /dev/null few.csv
run eval -m m.stance "$rows" | grep '^known' | sed -E 's/0\.[0-9]+/N/g'
awk 'NR > 1 { print "{\"id\":\"a:" NR "\",\"article\":\"a\",\"speaker\":\"b\",\"kind\":\"direct\",\"text\":\"c\",\"stance\":\"bullish\",\"known\":0.01,\"model\":\"ID\"}" }' foreign.csv |
  sed "s/ID/$("$STANCE" model info m.stance | sed -n 's/^id = //p')/" >views.jsonl
run report -m m.stance --dedup none -o /dev/null views.jsonl 2>&1 | hide
sed 's/"model":"[^"]*"/"model":"another"/' views.jsonl | run report -m m.stance --dedup none -o /dev/null --input-format jsonl -
"$STANCE" model info m.stance | grep -c '^known n-grams'
"$STANCE" model card m.stance | grep -c '^| known n-grams'
