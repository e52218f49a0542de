# SPDX-License-Identifier: MIT
# Stopped in the middle of writing: by SIGTERM nothing is left; by kill -9 the output is as it was, and what is left has a name of its own.
. "$ROOT/tests/cli/common.bash"
trap "" PIPE # of this script, when the program is gone
mkfifo in
for signal in TERM KILL; do
  echo old >views.jsonl
  "$STANCE" extract -q -j1 --input-format jsonl in -o views.jsonl 2>/dev/null &
  pid=$!
  exec 3>in
  printf '{"id":"a","text":"Ada Obi said that it works."}\n' >&3
  for _ in $(seq 100); do ls | grep -q 'part$' && break; sleep 0.05; done
  kill -$signal $pid
  printf '{"id":"b","text":"Ada Obi said that it works."}\n' >&3 2>/dev/null
  exec 3>&-
  wait $pid 2>/dev/null
  echo "SIG$signal: [$?] $(cat views.jsonl), $(ls | grep -c 'part$') left"
done
