# SPDX-License-Identifier: MIT
# Empty files: skipped where others may follow, an error where the file is all there is.
. "$ROOT/tests/cli/common.bash"
touch empty.txt empty.csv empty.jsonl
echo 'Mary Cole said the tram is good.' >full.txt
for file in empty.txt empty.csv empty.jsonl; do run extract $file; run classify $file; done
run classify -q empty.txt full.txt -f csv | columns speaker,text,stance
run extract - </dev/null
run predict empty.csv
run train empty.csv -o m.stance
run eval empty.csv
printf 'text,label\n' >header.csv
run train header.csv -o m.stance
run predict header.csv
run extract header.csv
ls
