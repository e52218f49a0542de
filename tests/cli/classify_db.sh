# SPDX-License-Identifier: MIT
# Views kept in a database: done once, reported from there, written out again.
. "$ROOT/tests/cli/common.bash"
run classify --db news.db --meta "$meta" "$news"
run classify --db news.db --meta "$meta" "$news"
run report --by outlet news.db | steady
run compare --min-n 1 news.db | steady | head -n 8
# The same numbers as from the records, whatever is asked; only the store knows of articles without a view.
"$STANCE" classify -q --db news.db -o views.jsonl
"$STANCE" classify -q --db news.db -o views.csv
"$STANCE" classify -q --meta "$meta" "$news" | cmp - views.jsonl && echo 'same records'
plain() { sed -E 's/"articles_without_view":[0-9nul]+,//g'; }
for asked in '--by speaker' '--by outlet --examples 2' '--by claim' '--by outlet,title' '--by month --dedup exact' '--by kind --dedup none' \
  '--by outlet --since 2025-03' '--by target --speaker "Mary Cole"'; do
  for file in news.db views.jsonl views.csv; do eval "\"$STANCE\" report -q -f json $asked $file" | plain >$file.report; done
  cmp news.db.report views.jsonl.report && cmp views.jsonl.report views.csv.report && echo "same report $asked"
done
# Another model, another text, another outlet: done anew, not twice.
run classify --db news.db --min-margin 0.2 --meta "$meta" "$news"
cp -r "$news" changed
echo 'Mary Cole said the tunnel is a gift to the city.' >>changed/b.txt
run classify --db news.db --min-margin 0.2 --meta "$meta" changed
run classify --db news.db -f table "$news"
run classify --db news.db --dry-run "$news"
run classify --db other.db --dry-run "$news"
ls
