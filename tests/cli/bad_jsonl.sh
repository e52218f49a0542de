# SPDX-License-Identifier: MIT
# Broken JSON lines: skipped, with line and reason; the lines around them are kept.
. "$ROOT/tests/cli/common.bash"
printf '%s\n' '{"id":"1","text":"Mary Cole said the tram is good."}' '{"id":"2","text":' '[1,2]' '{"id":"4","text":5}' '{"id":"5"}' '' \
  '{"id":"6","text":"Tom Reed said the tram is bad."}' >lines.jsonl
run extract lines.jsonl -f csv | columns article,speaker,text
run report lines.jsonl
