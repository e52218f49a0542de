# SPDX-License-Identifier: MIT
# The same rows, in order, with the stance behind; formats as given.
. "$ROOT/tests/cli/common.bash"
printf 'n,quote,note\n1,"the tram is a triumph, really",x\n2,it is a costly mistake and it will fail,"a ""b"""\n3,the tram opened on 3 May,\n' >quotes.csv
hide() { sed -E 's/[01]\.[0-9]{2,}/0/g'; }
run predict quotes.csv | hide
run predict -q quotes.csv -f jsonl | hide
run predict -q --where n=2 quotes.csv | hide
printf '{"text":"the tram is a triumph","x":[1,2]}\n' | run predict -q --input-format jsonl - | hide
run predict -q --min-margin 0.999 quotes.csv | columns n,abstained
run predict -q --text-col nothing quotes.csv
