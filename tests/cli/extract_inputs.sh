# SPDX-License-Identifier: MIT
# Every kind of input, gzip, stdin, several inputs, and what columns were taken.
. "$ROOT/tests/cli/common.bash"
text='Mary Cole said the tram is good.'
echo "$text" >one.txt
printf '<html><body><p>%s</p><script>x said y.</script></body></html>' "$text" >two.html
printf 'doc_id;publisher;body\n3;Echo;%s\n' "$text" >three.csv
printf 'id\ttext\n4\t%s\n' "$text" >four.tsv
printf '{"id":"5","text":"%s"}\n' "$text" >five.jsonl
mkdir -p folder/deep
cp one.txt folder/b.txt
gzip -c four.tsv >folder/deep/a.tsv.gz
echo 'not an article' >folder/readme.pdf
run extract one.txt two.html three.csv four.tsv five.jsonl folder -f csv | columns "$main_columns"
run extract -q - -f csv <one.txt | columns "$main_columns"
run extract -q --input-format html - -f csv <two.html | columns "$main_columns"
run extract -q --input-format jsonl - -f csv <five.jsonl | columns "$main_columns"
run extract -q --outlet-from-path '([a-z]+)/b' folder -f csv | columns "$main_columns"
run extract -q -- one.txt -f
