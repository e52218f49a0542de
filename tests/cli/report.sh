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
