# SPDX-License-Identifier: MIT
# Why a text got its label: marks in the text, sums per template that add up to the score, JSON, a view of a file.
. "$ROOT/tests/cli/common.bash"
adds_up() {
  awk '/^template/ { n = NF - 1; next } n && /^score/ { for (i = 2; i <= n; i++) { d = $i - sum[i]; if (d < -1e-4 || d > 1e-4) bad = 1 } print bad ? "does not add up" : "adds up"; exit }
       n && NF { for (i = 2; i <= n; i++) sum[i] += $i }'
}
run explain --target tram "the tram is good, but not cheap" | tee whole | sed -E 's/-?[0-9]+\.[0-9]+/N/g; s/\(\+?N\)//g; s/ +/ /g' | grep -E '^(\$|\[|stance|template|score|decides)' | sed 's/known N.*/known N/'
adds_up <whole
run explain --color always "the tram is good" | grep -c "$(printf '\033')"
"$STANCE" explain -f json "the tram is good" >piped
run explain -f json "the tram is good" | sed -E 's/^(\{"schema":"[^"]*","text":"[^"]*","target":null,"cue":null,"stance":).*/\1.../'
"$STANCE" classify -q --meta "$meta" -f jsonl "$news" -o views.jsonl
id=$(sed -n '1s/.*"id":"\([^"]*\)".*/\1/p' views.jsonl)
"$STANCE" explain --id "$id" views.jsonl | grep -c '^score'
"$STANCE" explain --id "$id" views.jsonl -f json >of_file
"$STANCE" classify -q --meta "$meta" "$news" --db views.db
"$STANCE" explain --id "$id" views.db -f json | cmp - of_file && echo "the same from a database"
run explain --id nothing:1 views.jsonl
run explain --id nothing:1 views.db
run explain -f csv "the tram"
run explain
# The text on stdin; texts that are none, too long, or not UTF-8.
echo "the tram is good" | "$STANCE" explain -f json - | cmp - piped && echo "the same from stdin"
printf ' \n' | run explain -
run explain ""
for i in $(seq 300); do echo "the tram is good"; done | run explain -q - | grep -c '^score'
for i in $(seq 300); do echo "the tram is good"; done | run explain -o /dev/null -
head -c 1100000 /dev/zero | tr '\0' a | run explain -
printf 'the tram is \377 good' | run explain -o /dev/null -
run explain --id a:1 nothing.jsonl
