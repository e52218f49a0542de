# SPDX-License-Identifier: MIT
# classify --db ended at random moments, by SIGKILL and in the last round by Ctrl-C, and run again: what was kept is whole, and the end is the same
# byte for byte. KILLS (4), KILL_INPUT (the articles of data, 20 times), KILL_SEED (1) change it; make test-kill takes 50 and the news of ../shared.
set -u
input=${KILL_INPUT-many} kills=${KILLS-4} round=0 midway=0
rm -rf all.db* many
if [ "$input" = many ]; then # 280 articles: more than one batch
  for i in {1..20}; do mkdir -p many/$i && cp "$ROOT"/data/articles/*.txt many/$i || exit; done
fi
[ -e "$input" ] || { echo "no $input" >&2; exit 77; }
RANDOM=${KILL_SEED-1}
fail() { echo "round $round: $*" >&2; exit 1; }
classify() { "$STANCE" classify --db "$1" "$input"; }
views() { "$STANCE" classify -q --db "$1" -f jsonl; }
report() { "$STANCE" report -q --by outlet,speaker -f json "$1"; }
# Copies are noted at the end of a run alone.
bare() { sed 's/"duplicate_of":[^,]*,/"duplicate_of":null,/' | LC_ALL=C sort; }

# What an ended run left, looked at in a copy, so that the next run finds the file as it lies there. Sets kept: articles.
look_at_rest() {
  kept=0
  [ -s some.db ] || return 0
  for part in "" -wal -journal; do [ -f some.db$part ] && cp some.db$part copy.db$part; done
  views copy.db >kept.jsonl 2>why || fail "cannot be read: $(cat why)"
  bare <kept.jsonl >kept.sorted
  LC_ALL=C comm -23 kept.sorted all.sorted >strange
  [ -s strange ] && fail "views that the whole run has not: $(head -c 300 strange)"
  uniq -d kept.sorted >twice
  [ -s twice ] && fail "a view is there twice: $(head -c 300 twice)"
  kept=$("$STANCE" classify --db copy.db 2>&1 | sed -n 's/^stance: copy.db: \([0-9]*\) article.*/\1/p')
  rm -f copy.db*
}

run_again() {
  classify some.db 2>said || fail "the second run failed: $(cat said)"
  local before
  before=$(sed -n 's/^stance: \([0-9]*\) articles\{0,1\} done before$/\1/p' said)
  [ "${before:-0}" = "$kept" ] || fail "$kept articles were kept, ${before:-0} passed over"
  [ "$kept" -gt 0 ] && [ "$kept" -lt "$articles" ] && midway=$((midway + 1))
  views some.db >some.jsonl
  cmp all.jsonl some.jsonl || fail "other views than those of the whole run"
  report some.db >some.report
  cmp all.report some.report || fail "another report than that of the whole run"
}

began=${EPOCHREALTIME/[.,]/}
classify all.db 2>said || fail "the whole run failed: $(cat said)"
took=$((${EPOCHREALTIME/[.,]/} - began))
articles=$(sed -n 's/^stance: \([0-9]*\) articles\{0,1\}, .*/\1/p' said | head -n 1)
views all.db >all.jsonl || fail "no views"
bare <all.jsonl >all.sorted
report all.db >all.report || fail "no report"

for ((round = 1; round <= kills + 1; round++)); do
  rm -f some.db some.db-*
  signal=KILL
  [ "$round" -gt "$kills" ] && signal=INT
  "$STANCE" classify --db some.db "$input" 2>ended & # by its own name: a function would be a shell around it
  job=$!
  pause=$(((RANDOM * 32768 + RANDOM) % took))
  sleep "$(printf '%d.%06d' $((pause / 1000000)) $((pause % 1000000)))"
  kill -$signal $job 2>/dev/null
  wait $job 2>/dev/null
  status=$?
  [ $signal = INT ] && [ $status != 130 ] && [ $status != 0 ] && fail "Ctrl-C: status $status: $(cat ended)"
  [ $signal = INT ] && [ $status = 130 ] && ! grep -q '^stance: interrupted; some.db has [0-9]* article' ended && fail "Ctrl-C: $(cat ended)"
  look_at_rest
  run_again
done
echo "$kills kills and one Ctrl-C, $midway of them with some of $articles articles kept, each time the same views and the same report"
