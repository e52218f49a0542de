# SPDX-License-Identifier: MIT
# classify --db killed with SIGKILL at random moments and run again: what was kept is whole, and the end is the same byte for byte.
# KILLS (4), KILL_INPUT (the articles of data, 20 times), KILL_SEED (1) change it; make test-kill takes 50 and the news of ../shared.
set -u
input=${KILL_INPUT-many} kills=${KILLS-4}
rm -rf all.db* many
if [ "$input" = many ]; then # 280 articles: more than one batch
  for i in {1..20}; do mkdir -p many/$i && cp "$ROOT"/data/articles/*.txt many/$i || exit; done
fi
[ -e "$input" ] || { echo "no $input" >&2; exit 77; }
RANDOM=${KILL_SEED-1}
fail() { echo "kill $kill: $*" >&2; exit 1; }
classify() { "$STANCE" classify --db "$@" "$input"; }
views() { "$STANCE" classify -q --db "$1" -f jsonl; }
# Copies are noted at the end of a run alone.
bare() { sed 's/"duplicate_of":[^,]*,/"duplicate_of":null,/' | LC_ALL=C sort; }

kill=0
began=${EPOCHREALTIME/[.,]/}
classify all.db 2>said || fail "the whole run failed: $(cat said)"
took=$(( ${EPOCHREALTIME/[.,]/} - began ))
views all.db >all.jsonl || fail "no views"
bare <all.jsonl >all.sorted
"$STANCE" report -q --by outlet,speaker -f json all.db >all.report
articles=$(sed -n 's/^stance: \([0-9]*\) articles\{0,1\}, .*/\1/p' said | head -n 1)

midway=0
for ((kill = 1; kill <= kills; kill++)); do
  rm -f some.db some.db-*
  "$STANCE" classify --db some.db "$input" 2>/dev/null & # by its own name: a function would be a shell around it
  job=$!
  wait_us=$(( (RANDOM * 32768 + RANDOM) % took ))
  sleep "$(printf '%d.%06d' $((wait_us / 1000000)) $((wait_us % 1000000)))"
  kill -9 $job 2>/dev/null
  wait $job 2>/dev/null
  kept=0
  if [ -s some.db ]; then
    # A copy is looked at, so that the resumed run finds the file as the kill left it.
    for part in "" -wal -journal; do [ -f some.db$part ] && cp some.db$part copy.db$part; done
    if views copy.db >kept.jsonl 2>why; then
      bare <kept.jsonl >kept.sorted
      LC_ALL=C comm -23 kept.sorted all.sorted >strange
      [ -s strange ] && fail "views that the whole run has not: $(head -c 300 strange)"
      uniq -d kept.sorted >twice
      [ -s twice ] && fail "a view is there twice: $(head -c 300 twice)"
      kept=$("$STANCE" classify --db copy.db 2>&1 | sed -n 's/^stance: copy.db: \([0-9]*\) article.*/\1/p')
    else
      fail "cannot be read after the kill: $(cat why)"
    fi
    rm -f copy.db*
  fi
  classify some.db 2>said || fail "the second run failed: $(cat said)"
  done_before=$(sed -n 's/^stance: \([0-9]*\) articles\{0,1\} done before$/\1/p' said)
  [ "${done_before:-0}" = "${kept:-0}" ] || fail "${kept:-0} articles were kept, ${done_before:-0} passed over"
  [ "${kept:-0}" -gt 0 ] && [ "${kept:-0}" -lt "$articles" ] && midway=$((midway + 1))
  views some.db >some.jsonl
  cmp all.jsonl some.jsonl || fail "other views than those of the whole run"
  "$STANCE" report -q --by outlet,speaker -f json some.db >some.report
  cmp all.report some.report || fail "another report than that of the whole run"
done
echo "$kills kills, $midway of them with some of $articles articles kept, $kills times the same views and the same report"
