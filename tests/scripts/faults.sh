#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Every command with the system against it: allocations that fail, reads and writes that give less, are interrupted or fail, no more descriptors, a full disk,
# a closed pipe, clocks that jump. What must hold is said in tests/faults/faults.c.
# Method: by default the first and the last call from each place of the program; STEP=1 tries every call (`make faults`, some minutes).
set -uo pipefail
[ "$(uname -s)" = Linux ] || { echo "system calls are wrapped on Linux alone" >&2; exit 77; }
make -s -C "$ROOT" B="$B" "$B/faults" >build.log 2>&1 || { cat build.log; exit 1; }
faults=$ROOT/$B/faults fixtures=$ROOT/tests/fixtures step=${STEP-0} failed=0
cp -r "$fixtures/news" "$fixtures/news.csv" .
head -n 60 "$fixtures/rows.csv" >rows.csv
printf '<html><title>T</title><body><article><p>&ldquo;It is done,&rdquo; Ada Obi said.</p></article></body></html>' >page.html
printf '{"id":"1","text":"\\"It is done,\\" Ada Obi said."}\n{"id":"2","html":"<p>Acme warned that costs rise</p>"}\n' >a.jsonl
printf 'id,text\n1,"It is bad, Ada Obi said."\n' | gzip -n >a.csv.gz
"$STANCE" classify -q --meta news.csv news -o views.jsonl || exit 1
"$STANCE" classify -q --db kept.db a.jsonl || exit 1
printf '{"id":"1","text":"Ada Obi praised the harbour as a triumph. Ada Obi warned that the bridge is a waste."}\n' >cues.jsonl
printf '⟦v1|Ada Obi|bridge|skeptical:The plan for the bridge is dead⟧, ⟦s1:Ada Obi⟧ ⟦c1:said⟧ on Monday.\n' >marked.txt
printf 'id,text,label\n1,good,bullish\n2,bad,skeptical\n' >ada.csv
printf 'id,text,label\n1,good,bullish\n2,bad,neutral\n' >ben.csv
printf 'alias\tcanonical\tkind\tnote\nAda\tAda Obi\tperson\t\n' >speakers.tsv
head -n 20 rows.csv >old.csv
"$STANCE" train -j1 -q --recipe "$fixtures/recipe.txt" old.csv -o old.stance || exit 1
head -n 16 rows.csv >few.csv
printf 'gold,bullish,skeptical,neutral\nbullish,8,1,1\nskeptical,1,8,1\nneutral,1,1,8\n' >confusion.csv
printf 'term\tscore\tclass\nsplendid\t1\tscore\n' >lexicon.tsv
"$STANCE" report -j1 -q --partial views.jsonl -o part || exit 1
# What is trained within a budget of time depends on the clock: a budget that no jump uses up.
mkdir out

each() { "$faults" "$kind" "$step" "$@" || failed=1; }

for kind in malloc ${STEP:+malloc-on} read-eio read-short read-eintr write-enospc write-eio write-epipe write-short write-eintr open-emfile sync-eio rename-eio \
  map-enomem clock-jumps; do
  each out/v.csv extract -j1 --meta news.csv news page.html -o out/v.csv
  each out/v.jsonl.gz classify -j1 a.jsonl a.csv.gz -o out/v.jsonl.gz
  each - predict -j1 rows.csv
  each out/m.stance train -j1 -q --no-rows --recipe "$fixtures/recipe.txt" rows.csv -o out/m.stance
  each out/both.stance train -j1 -q --no-rows --budget 999999999 --append old.stance rows.csv -o out/both.stance
  each - eval -j1 rows.csv
  each - eval -j1 --against old.stance rows.csv
  each - explain -j1 "the plan is a waste of money"
  each out/e.json explain -j1 --id a:1 views.jsonl -f json -o out/e.json
  each out/top.csv model top "$STANCE_MODEL" -f csv -o out/top.csv
  each out/x.libsvm vectors -j1 rows.csv -o out/x.libsvm
  each out/r.html report -j1 views.jsonl -o out/r.html
  each - report -j1 --by claim,outlet views.jsonl -f json
  each - compare -j1 --min-n 1 views.jsonl
  each out/c.html compare -j1 --min-n 1 views.jsonl -o out/c.html
  each out/d.jsonl extract -j1 -f documents --speakers speakers.tsv page.html -o out/d.jsonl
  each - summary -j1 a.jsonl
  each new:x.db classify -q -j1 --db x.db a.jsonl
  each - classify -q -j1 --db kept.db a.jsonl
  each - report -j1 kept.db -f csv
  each - override kept.db 1:1 stance=neutral
  each - override kept.db
  each - sample -n 3 views.jsonl
  each out/mined.tsv mine -j1 cues.jsonl -o out/mined.tsv
  each - agree ada.csv ben.csv
  each - model info "$STANCE_MODEL"
  each - model verify "$STANCE_MODEL"
  each out/m.linear model export --liblinear "$STANCE_MODEL" -o out/m.linear
  each out/card.md model card -j1 -q "$STANCE_MODEL" rows.csv --cv 2 -o out/card.md
  each out/v.stance train -j1 -q --views marked.txt -o out/v.stance
  each out/part report -j1 --partial views.jsonl -o out/part
  each - eval -j1 --recipe "$fixtures/recipe.txt" --hold-out group few.csv
  each - eval -j1 --recipe "$fixtures/recipe.txt" --cv 2 --predictions out/p.csv few.csv
  each - explain -j1 --id 1:1 kept.db
  each out/merged.csv report -j1 --merge part -o out/merged.csv
  each - report -j1 --by speaker --adjust count --confusion confusion.csv views.jsonl
  each - sample -n 3 kept.db
  each out/l.stance train -j1 -q --no-rows --recipe "$fixtures/recipe.txt" --lexicon lexicon.tsv few.csv -o out/l.stance
  each - completions bash
  each - manual classify
done
exit "$failed"
