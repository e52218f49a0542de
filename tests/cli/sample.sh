# SPDX-License-Identifier: MIT
# What to label next: from predictions and from views, ready to be labelled and trained on, and what holds no margin.
. "$ROOT/tests/cli/common.bash"
"$STANCE" classify -q --meta "$meta" "$news" -o views.jsonl
cut -d, -f1 "$rows" >text.csv
"$STANCE" predict -q text.csv -o predicted.csv
run sample -n 7 predicted.csv -o picked.csv
head -n 1 picked.csv
columns why <picked.csv | sort | uniq -c | sed 's/^ *//'
"$STANCE" sample -q -n 7 predicted.csv | cmp - picked.csv && echo "the same again"
"$STANCE" sample -q -n 7 --seed 1 predicted.csv | cmp -s - picked.csv || echo "another seed, another sample"
run sample -n 4 views.jsonl -o picked.jsonl
sed -E 's/:("[^"]*"|null)/:X/g; s/"text":.*"target"/"text":X,"target"/' picked.jsonl | sort -u
# Labelled, it trains.
awk -F, -v OFS=, 'NR == 1 { print; next } { print $0 (NR % 2 ? "bullish" : "skeptical") }' picked.csv >labelled.csv
run eval -q -f csv --text-col text labelled.csv >/dev/null && echo "read back"
run sample -n 3 labelled.csv
run sample text.csv
run sample -f md predicted.csv
# A store is read as the views in it.
"$STANCE" classify -q --meta "$meta" "$news" --db views.db
"$STANCE" sample -q -n 4 -f jsonl views.db | cmp - picked.jsonl && echo "the same from a store"
run sample -q -n 100 --where "outlet=Daily Echo" -f csv views.db | columns outlet,why | sort | uniq -c | sed 's/^ *//'
run sample --where outlte=Ledger views.db
