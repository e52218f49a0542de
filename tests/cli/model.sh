# SPDX-License-Identifier: MIT
# A look into a model: the same card each time, the strongest features, a damaged file found out.
. "$ROOT/tests/cli/common.bash"
"$STANCE" train -q --no-rows --recipe "$recipe" "$rows" -o m.stance
run model info m.stance | sed -E 's/^(id|bytes|features|cross[^=]*|temperature) = .*/\1 = N/'
run model top --top 2 m.stance | wc -l
run model verify m.stance | sed -E 's/id [0-9a-f]+/id ID/; s/[0-9]+ features/N features/'
"$STANCE" train -q --no-rows --recipe "$recipe" "$rows" -o again.stance
"$STANCE" model card m.stance >card.md
"$STANCE" model card again.stance | cmp - card.md && grep -c '^| rows of' card.md
echo "Not for weather." >note.md
run model card m.stance "$rows" --hold-out target --cv 2 --note note.md -o measured.md
grep -E '^(#|Worst|Not for|\| under|\| values|\| 5 folds)' measured.md | sed -E 's/[0-9]+\.[0-9]+/N/g; s/[0-9]+ \| [0-9]+ %/N/'
run model card m.stance "$rows" --note none.md
run model top m.stance "$rows"
run model info -f json m.stance | cut -c 1-25
run model export m.stance
run model look m.stance
run model info
head -c 1000 m.stance >cut.stance
run model verify cut.stance 2>&1 | sed -E 's/of [0-9]+ bytes/of N bytes/'
