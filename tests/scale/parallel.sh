# SPDX-License-Identifier: MIT
# scripts/parallel_classify.sh, killed in the middle and run again: the same views as from one process, and no shard done twice.
. "$ROOT/tests/scale/common.bash"
command -v parallel >/dev/null || skip "no GNU parallel (package parallel)"
export PYTHONDONTWRITEBYTECODE=1
articles 60 >"articles one.jsonl"
one_process "articles one.jsonl" --min-margin 0
classify() { setsid "$ROOT/scripts/parallel_classify.sh" -n 12 -j 2 "out put" "articles one.jsonl" -- --min-margin 0 >>log 2>&1 </dev/null; }
export STANCE
classify &
run=$!
# setsid gave the run a group of its own, which dies as a whole
for ((i = 0; i < 600; i++)); do [ "$(ls "out put"/*.jsonl 2>/dev/null | wc -l)" -ge 3 ] && break; sleep 0.1; done
kill -9 -- "-$(pgrep -P $run | head -n 1)" 2>/dev/null || kill -9 -- "-$run"
wait $run 2>/dev/null
done_before=$(ls "out put"/*.jsonl 2>/dev/null | wc -l)
[ "$done_before" -ge 3 ] && [ "$done_before" -lt 12 ] || fail "killed after $done_before of 12 shards: not in the middle"
[ ! -e "out put/views.jsonl" ] || fail "a killed run left views.jsonl"
logged=$(awk 'NR > 1 && $7 == 0 { print $1 }' "out put/joblog")
touch -d '2001-01-01' "out put"/*.jsonl
classify
status=$?
[ $status = 1 ] || { cat log; fail "status $status, not 1 (two bad records)"; }
LC_ALL=C sort "out put/views.jsonl" | cmp - views.expected || fail "other views than from one process"
[ "$(wc -l <"out put/errors.jsonl")" = 2 ] || fail "$(wc -l <"out put/errors.jsonl") bad records, not 2"
for job in $logged; do
  [ "$(date -r "out put/$((job - 1)).jsonl" +%Y)" = 2001 ] || fail "shard $((job - 1)) was done, and was done again"
done

# a job that fails is run again, and said to be missing until it succeeds
printf '#!/bin/sh\ncase "$*" in *"--shard 2/4"*) [ -e %q ] || exit 5 ;; esac\nexec %q "$@"\n' "$PWD/mended" "$STANCE" >flaky
chmod +x flaky
STANCE=$PWD/flaky "$ROOT/scripts/parallel_classify.sh" -n 4 out2 "articles one.jsonl" -- --min-margin 0 >log 2>&1
[ $? = 3 ] && grep -q '1 of 4 shards failed (2)' log || { cat log; fail "a failed shard is not reported"; }
touch mended
STANCE=$PWD/flaky "$ROOT/scripts/parallel_classify.sh" -n 4 out2 "articles one.jsonl" -- --min-margin 0 >log 2>&1
LC_ALL=C sort out2/views.jsonl | cmp - views.expected || { cat log; fail "other views after a failed shard"; }
"$ROOT/scripts/parallel_classify.sh" -n 5 out2 "articles one.jsonl" -- --min-margin 0 >log 2>&1
[ $? = 2 ] && grep -q 'holds another run' log || { cat log; fail "took the folder of another run"; }
