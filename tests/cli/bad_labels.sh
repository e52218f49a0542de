# SPDX-License-Identifier: MIT
# Labels: numbers are refused without a map, one label is too few, any other word is a label of its own.
. "$ROOT/tests/cli/common.bash"
printf 'text,label\nthe tram is good,1\nthe tram is bad,0\n' >numbers.csv
printf 'text,label\nthe tram is good,bullish\nthe tram is fast,positive\n' >single.csv
printf 'text,label\nthe tram is good,hawkish\nthe tram is bad,dovish\nthe tram is,\nrates should rise,hawkish\nrates should fall,dovish\nlift the rates,hawkish\ncut the rates,dovish\n' >own.csv
printf 'text,verdict\nthe tram is good,bullish\n' >column.csv
run train numbers.csv -o m.stance
run train single.csv -o m.stance
run train column.csv -o m.stance
run train --label-col missing own.csv -o m.stance
run eval numbers.csv
ls
run train -q --recipe "$recipe" own.csv -o own.stance
run predict -q -m own.stance own.csv | cut -d, -f 1-3
run classify -q -m own.stance "$news/b.txt" | steady
