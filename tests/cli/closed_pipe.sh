# SPDX-License-Identifier: MIT
# The reader of the pipe goes away: quiet success.
. "$ROOT/tests/cli/common.bash"
for i in $(seq 3000); do echo "Mary Cole said that tram number $i is good."; done >many.txt
"$STANCE" classify -q "$news" -o views.jsonl
for command in 'extract -q many.txt' 'classify -q many.txt -f csv' "predict -q $rows" 'report -q views.jsonl' 'many.txt -q'; do
  { sleep 0.1; "$STANCE" $command; echo "${command%% *} $?" >&2; } | true
done
{ "$STANCE" extract many.txt; echo "extract $?" >&2; } | head -n 1 | cut -c 1-60
