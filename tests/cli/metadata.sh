# SPDX-License-Identifier: MIT
# Any column of --meta and of tables of articles goes into the views, and reports are made by it, from wherever the views are.
. "$ROOT/tests/cli/common.bash"
printf 'file,outlet,date,section,owner,speaker,author\n' >meta.csv
section=(tech money)
for file in "$news"/*; do
  name=$(basename "$file")
  i=$((i + 1))
  [ $i -lt 4 ] && echo "$name,Outlet $i,2025-01-2$i,${section[i % 2]},\"Owner, $i\",not ours,Ann" >>meta.csv
done
run classify -q --meta meta.csv "$news" -o views.jsonl
"$STANCE" classify -q --meta meta.csv "$news" -o views.csv
"$STANCE" classify -q --meta meta.csv "$news" -f documents -o articles.jsonl
"$STANCE" classify -q --meta meta.csv "$news" --db news.db
sed -n '1s/.*"views_model":[^,]*,/{/p' views.jsonl
head -n 1 views.csv | sed 's/.*views_model,//'
run report --by section views.jsonl | steady
# Only documents and the store know of articles without a view.
plain() { sed -E 's/"articles_without_view":[0-9nul]+,//g'; }
for asked in '--by section' '--by owner,author --examples 1' '--by section,month' '--by meta_speaker --dedup none' '--by section --outlet "Outlet 1"'; do
  for file in views.jsonl views.csv articles.jsonl news.db; do
    eval "\"$STANCE\" report -q -f json $asked $file" >$file.whole
    eval "\"$STANCE\" report -q --partial $asked $file -o part" && "$STANCE" report -q -f json --merge part | cmp - $file.whole || echo "merge of $file differs"
    plain <$file.whole >$file.report
    cmp views.jsonl.report $file.report || echo "$file differs"
  done
  echo "same report $asked"
done
"$STANCE" classify -q --db news.db -f csv | cmp - views.csv && "$STANCE" classify -q --db news.db -f jsonl | cmp - views.jsonl && echo 'same records'
# Other metadata: done anew.
sed 's/money/MONEY/' meta.csv >other.csv
run classify --db news.db --meta other.csv "$news"
run report --by section -f csv news.db | cut -d, -f1-5
# Tables of articles; nested values stay out, and so do long ones.
printf '{"id":"a","text":"\\"We love it,\\" Ada Obi said.","outlet":"X","desk":"north","tags":["t"]}\n{"id":"b","text":"\\"We hate it,\\" Ada Obi said.","late":"1"}\n' >a.jsonl
run classify a.jsonl -f csv 2>&1 | sed 's/.*views_model/…/; s/.*[0-9a-f]\{16\},/…/'
run --by desk a.jsonl | steady
run report --by dekc views.jsonl
run report --by dekc news.db
