# SPDX-License-Identifier: MIT
# A bad command line is status 2, one sentence on stderr, nothing on stdout.
. "$ROOT/tests/cli/common.bash"
run extract
run train
run report
run train "$rows"
run --bogus
run extract --bogus "$news"
run extract --shard "$news"
run extract -f pdf "$news"
run extract -j x "$news"
run extract -j -1 "$news"
run extract --on-error maybe "$news"
run extract --max-errors 1x "$news"
run extract --shard 2/2 "$news"
run extract --shard two "$news"
run extract --outlet-from-path '(' "$news"
run classify --min-margin much "$news"
run classify --min-margin 1e999 "$news"
run report --by nothing --sort upside "$rows"
run report --since tomorrow "$rows"
run eval --cv 1 "$rows"
run eval --cv 99 "$rows"
run eval --map bullish "$rows"
run train --size many -o m.stance "$rows"
run train --recipe missing.txt -o m.stance "$rows"
ls
