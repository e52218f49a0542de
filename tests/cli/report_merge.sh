# SPDX-License-Identifier: MIT
# A report in parts: the same bytes as in one go, whatever the split and the order; and what is refused.
. "$ROOT/tests/cli/common.bash"
"$STANCE" classify -q --meta "$meta" "$news" -o views.jsonl
"$STANCE" extract -q -f documents --meta "$meta" "$news" -o documents.jsonl
awk '{ print > "views" NR % 3 }' views.jsonl
same() { # same "OPTIONS" "FORMAT"
  local i
  "$STANCE" report $1 $2 views.jsonl documents.jsonl >whole || echo "failed: report $1 $2"
  for i in 0 1 2; do "$STANCE" report --partial $1 $2 "views$i" -o "$i.part.gz" || echo "failed: part $i"; done
  "$STANCE" report --partial $1 $2 documents.jsonl -o d.part
  "$STANCE" report --merge $2 2.part.gz d.part 0.part.gz 1.part.gz >merged
  cmp whole merged && echo "same: $1 $2"
}
same '--by outlet'
same '--by claim' '-f json'
same '--by title,month --examples 2 --min-n 2' '-f md'
same '--by speaker --since 2025-03-02 --dedup exact' '-f csv'
same '--by target' '-f html'
"$STANCE" report --partial --by outlet views0 -o a.part
"$STANCE" report --partial --by speaker views1 -o b.part
head -n 2 a.part >cut.part
run report --merge a.part b.part
run report --merge a.part a.part
run report --merge cut.part
run report --merge views0
run report --merge --by kind a.part
run report --merge -f html a.part
run report --merge --partial a.part
run report a.part
"$STANCE" report --merge --top 1 --sort name a.part | head -n 4
