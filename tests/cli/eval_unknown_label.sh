# SPDX-License-Identifier: MIT
# A label that the model does not know is told, and counts as wrong.
. "$ROOT/tests/cli/common.bash"
printf 'text,label\nthe tram is good,bullish\nthe tram is bad,skeptical\nthe tram is odd,odd\n' >rows.csv
run eval rows.csv | grep -E '^(odd|[[$])' | sed -E 's|[0-9]\.[0-9]+|N|g; s| +| |g'
