# SPDX-License-Identifier: MIT
# Marked-up articles as rows: named, in a folder, beside a table; a bad one is skipped and told.
. "$ROOT/tests/cli/common.bash"
mkdir -p articles/more
cat >articles/harbour.txt <<'A'
“⟦v1|Ada Obi|harbour line|bullish:The line is
the best thing we built,⟧” ⟦c1:said⟧ ⟦s1:Ada Obi⟧. ⟦s2:Critics⟧ ⟦c2:warned⟧ that ⟦v2|critics|harbour line|skeptical:it would ruin the quay⟧.
A
echo '⟦s1:The board⟧ ⟦c1:noted⟧ that ⟦v1|the board|tram|neutral:the tram carries 4,000 people a day⟧.' >articles/more/tram.txt
echo 'An article in which nobody says a word.' >articles/plain.txt
run train "$rows" articles --recipe "$recipe" -o mixed.stance | sed -n '1,/^duplicates/p'
run eval -m mixed.stance articles -f csv --predictions p.csv | grep -c .
cut -d, -f 2,4 p.csv
run predict -q -m mixed.stance articles/harbour.txt | cut -d, -f 1-7
printf '⟦v1|A|tram|bullish:good⟧\nand ⟦v2|B|tram:bad⟧\n' >articles/bad.txt
run train -q --recipe "$recipe" articles "$rows" -o mixed.stance
run train -q --recipe "$recipe" articles/bad.txt -o never.stance
rm -r articles/harbour.txt articles/bad.txt articles/more
run train -q --recipe "$recipe" articles -o never.stance
[ -e never.stance ] || echo "nothing written"
