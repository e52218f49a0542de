# SPDX-License-Identifier: MIT
# Tables that are not quite tables: the good rows are kept, the bad ones counted, the first is named with its line.
. "$ROOT/tests/cli/common.bash"
printf 'id,text\n1,"""The tram is good,"" said Mary Cole."\n2,"He said the tram is bad.\n3,Tom Reed said it was fine.\n' >unclosed.csv
printf 'id,text,outlet\n1,Mary Cole said the tram is good.\n2,Mary Cole said the tram is bad.,Echo,extra,more\n3,Tom Reed said it was fine.,Echo\n' >ragged.csv
printf 'id,words\n1,Mary Cole said the tram is good.\n' >column.csv
for file in unclosed.csv ragged.csv column.csv; do run extract $file -f csv | columns article,speaker,text; done
run extract --on-error fail ragged.csv
run extract --on-error record -q ragged.csv
run extract --max-errors 1 ragged.csv
run extract --max-errors 2 -f csv ragged.csv | columns article,speaker,text
run predict unclosed.csv | cut -d, -f 1
run predict column.csv
run train column.csv -o m.stance
run report ragged.csv
printf 'file,outlet\na.txt\n' >meta.csv
run extract --meta meta.csv "$news"
run extract --meta missing.csv "$news"
ls
