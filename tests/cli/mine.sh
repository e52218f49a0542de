# SPDX-License-Identifier: MIT
# Words with polarity out of articles without labels, and a model trained with them.
. "$ROOT/tests/cli/common.bash"
mkdir pile
for i in {1..30}; do
  printf 'Ada Obi praised the bridge as a zesty design for town %s.\n\nBen Lund warned that a gloomish budget would follow the bridge.\n' "$i" >"pile/$i.txt"
done
run mine pile -o mined.tsv
sed -E 's/views model [0-9a-f]+/views model ID/' mined.tsv | cut -f 1-7
"$STANCE" mine -q -j 1 pile | cmp - mined.tsv && echo "the same with one thread"
run train -q --no-rows --recipe "$recipe" --lexicon mined.tsv "$rows" -o m.stance
run explain -m m.stance "a zesty bridge" | grep -o 'lex=[a-z]*' | head -n 1
run mine --min-count 40 -q pile | tail -n 2
printf 'Ada Obi said that it rained.\n' >rain.txt
run mine rain.txt
