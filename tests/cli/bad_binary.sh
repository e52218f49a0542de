# SPDX-License-Identifier: MIT
# Bytes that are no text: named and skipped.
. "$ROOT/tests/cli/common.bash"
printf '\177ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0\76\0\1\0\0\0\260\4\0\0' >binary.txt
cp binary.txt binary.csv
cp binary.txt binary.jsonl
for file in binary.txt binary.csv binary.jsonl; do run extract $file; done
run extract - <binary.txt
run predict binary.csv
run train binary.csv -o m.stance
run report binary.jsonl
gzip -c "$news/a.txt" | head -c 100 >cut.txt.gz
run extract cut.txt.gz
echo 'no gzip' >false.txt.gz
run extract false.txt.gz -f csv
