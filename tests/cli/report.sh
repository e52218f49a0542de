# SPDX-License-Identifier: MIT
# Views summed up: by speaker, outlet and more; the same numbers in every format.
. "$ROOT/tests/cli/common.bash"
"$STANCE" classify -q --meta "$meta" "$news" -o views.jsonl
"$STANCE" classify -q --meta "$meta" "$news" -o views.csv
for by in speaker outlet kind month outlet,speaker; do run report --by $by views.jsonl | steady; done
run report views.csv -f csv | steady
run report views.jsonl -f json | steady
run report views.jsonl -f md | steady
run report --speaker 'mary cole' --since 2025-03-02 --by outlet views.jsonl | steady
run report --top 1 --sort name --examples 1 views.jsonl | steady
"$STANCE" report -q views.jsonl >table
"$STANCE" report -q - <views.jsonl | cmp - table && echo same
# Copies: the same view of one speaker in three outlets.
cat >copies.csv <<'END'
id,article,outlet,date,speaker,kind,text,target,stance
a:1,a,Post,2025-03-01,Mary Cole,indirect,the tunnel under the harbour would drain the city’s reserves and ought to be abandoned,tunnel,skeptical
b:1,b,Times,2025-03-02,Mary Cole,direct,"“The tunnel under the harbour would drain the city's reserves, and ought to be abandoned”",tunnel,skeptical
c:1,c,Wire,2025-03-03,Mary Cole,indirect,abandoning the harbour tunnel is the only way to keep the city’s reserves,harbour tunnel,bullish
c:2,c,Wire,2025-04-03,Bo Lund,direct,schools need more teachers and smaller classes,schools,bullish
END
for dedup in none exact near; do run report --dedup $dedup --by outlet -f csv copies.csv; done
run report --by claim copies.csv
run report --by claim -f json copies.csv
run report --by claim -f md copies.csv
run report --by month copies.csv
run report --by outlet,target -f csv copies.csv
printf 'gold,bullish,skeptical\nbullish,8,2\nskeptical,3,7\n' >confusion.csv
run report --adjust count --confusion confusion.csv copies.csv
run report --adjust count copies.csv
run report --adjust count --by outlet views.jsonl | sed -n '/^method/s/.*shares adjusted/shares adjusted/p' | steady
run report -m none.stance copies.csv
run report --by speaker -o page.html copies.csv
grep -oE '<details id="g[0-9]+"><summary>[^<]*' page.html
grep -qE '(src|href)="https?:|@import|url\(' page.html || echo 'no request'
# Tables are as wide as they come, unless COLUMNS says how wide; what is no number says nothing.
COLUMNS=60 "$STANCE" report -q views.jsonl >narrow
awk '/^method/ { exit } { print }' narrow
for columns in 60x 0 -60 99999; do COLUMNS=$columns "$STANCE" report -q views.jsonl | cmp - table && echo "COLUMNS=$columns: as wide as it comes"; done
COLUMNS=60 "$STANCE" report -q views.jsonl -o file.txt -f table && cmp file.txt table && echo 'a file is as wide as it comes'
COLUMNS=70 "$STANCE" compare -q --min-n 1 views.jsonl | awk '/^method/ { exit } { print }'
