# SPDX-License-Identifier: MIT
# The same rows and columns, also when the output has another format than the input.
. "$ROOT/tests/cli/common.bash"
printf 'n,quote,note\n1,"the tram is a triumph, really",x\n' >quotes.csv
run predict -q quotes.csv -f jsonl | cut -d: -f 1-4
printf '{"n":1,"text":"the tram is a triumph","note":"x"}\n' >quotes.jsonl
run predict -q quotes.jsonl -f csv | cut -d, -f 1-4
