# SPDX-License-Identifier: MIT
# A model from rows: a summary, and the same bytes each time, whatever -j.
. "$ROOT/tests/cli/common.bash"
run train --recipe "$recipe" "$rows" -o a.stance | sed -n '1,/^recipe/p' | sed -E 's/(features +)[0-9]+/\1N/'
"$STANCE" train -q -j 1 "$rows" -o one.stance
"$STANCE" train -q -j 2 "$rows" -o two.stance
cmp one.stance two.stance && echo same
run predict -q -m a.stance "$rows" | cut -d, -f 2,5 | sort | uniq -c | tr -s ' '
printf 'sentence;sentiment\nthe tram is good;1\nthe tram is bad;0\nthe line is good;1\nthe line is bad;0\na good day;1\na bad day;0\n' >numbers.csv
run train -q --map 1=bullish --map 0=skeptical --recipe "$recipe" numbers.csv -o n.stance
run train --dry-run --recipe "$recipe" "$rows" -o never.stance
[ -e never.stance ] || echo "nothing written"
