# SPDX-License-Identifier: MIT
# A row longer than --max-document is skipped for its length; the rows behind it are read.
. "$ROOT/tests/cli/common.bash"
{ printf 'id,text\n1,"'; awk 'BEGIN { for (i = 0; i < 60000; i++) printf "The tram ran along the wall number %d. ", i }'; printf '"\n2,Tom Reed said the tram is bad.\n'; } >long.csv
{ printf '{"id":"1","text":"'; awk 'BEGIN { for (i = 0; i < 60000; i++) printf "The tram ran along the wall number %d. ", i }'; printf '"}\n{"id":"2","text":"Tom Reed said the tram is bad."}\n'; } >long.jsonl
run extract --max-document 1M long.csv -f csv | columns article,speaker,text
run extract --max-document 1M long.jsonl -f csv | columns article,speaker,text
# Over several lines it may as well be a mark that is not closed: what stands behind its line is read.
{ printf 'id,text\n1,"It begins\n2,Tom Reed said the tram is bad.\n'; awk 'BEGIN { for (i = 0; i < 60000; i++) printf "3,Ann Lee said the tram number %d is fine.", i }'; } >open.csv
run extract --max-document 1M open.csv -f csv | columns article,speaker,text
