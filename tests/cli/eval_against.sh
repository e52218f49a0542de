# SPDX-License-Identifier: MIT
# Two models on the same rows, and each row's answer.
. "$ROOT/tests/cli/common.bash"
printf 'templates = w1\nscale = idf\nc = 1\ntemperature = 1\n' >words
"$STANCE" train -q --no-rows --recipe words "$rows" -o words.stance
run eval --against words.stance "$rows" | sed -n '/^against/,$p' | sed -E 's/[+-]?[0-9]\.[0-9]+/N/g; s/[0-9]+,/n,/g; s/neither [0-9]+/neither n/'
cp "$STANCE_MODEL" same.stance
run eval --against same.stance "$rows" | grep -c 'p = 1.0000'
"$STANCE" eval -q --cv 3 --recipe words --predictions answers.csv "$rows" | grep -c '^words'
sed -n 1p answers.csv
awk -F, 'NR > 1 { n[$3]++ } END { for (k in n) folds++; print folds, NR - 1 }' answers.csv
run eval -f json --against words.stance "$rows" | grep -o '"mcnemar_p"'
run eval --against nothing.stance "$rows" | wc -l
