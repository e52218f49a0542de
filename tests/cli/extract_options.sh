# SPDX-License-Identifier: MIT
# Formats, threads, shards, a file of one's own: the output does not depend on threads, and shards add up to the whole.
. "$ROOT/tests/cli/common.bash"
run extract -q -f table "$news"
"$STANCE" extract -q -j 1 "$news" >one
"$STANCE" extract -q -j 7 "$news" >seven
cmp one seven && echo same
for shard in 0 1 2; do "$STANCE" extract -q --shard $shard/3 "$news"; done | sort >shards
sort one | cmp - shards && echo same
run extract -q "$news" -o views.jsonl
cmp one views.jsonl && echo same
"$STANCE" extract -q "$news" -o v.csv
"$STANCE" extract -q "$news" -f csv | cmp - v.csv && echo same
run extract --dry-run "$news" -o never.csv
[ -e never.csv ] || echo "nothing written"
printf 'Carla Novak\tCarla Novak-Bell\tperson\t\n' >speakers.tsv
echo 'Carla Novak said the tram is good.' >c.txt
run extract -q --speakers speakers.tsv c.txt -f csv | columns speaker,text
run extract -q -f documents "$news/b.txt"
