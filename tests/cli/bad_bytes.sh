# SPDX-License-Identifier: MIT
# NUL bytes, bytes that are not UTF-8, a byte order mark, CR LF: read, counted, and spans still point into the text as given.
. "$ROOT/tests/cli/common.bash"
printf '"The tram is good,"\0 said Mary Cole.\n' >nul.txt
printf 'id,text\n1,"""The tram is good,"" said\0 Mary Cole."\n' >nul.csv
printf 'Mary Cole said the caf\351 is bad.\n' >latin.txt
printf '\357\273\277"The tram is good," said Mary Cole.\r\n\r\nShe added that it was fast.\r\n' >bom.txt
printf '\357\273\277id,text\r\n7,"""The tram is good,"" said Mary Cole.\r\n\r\nShe added that it was fast."\r\n' >bom.csv
cells=article,speaker,text,start,end,byte_start,byte_end
for file in nul.txt nul.csv latin.txt bom.txt bom.csv; do run extract $file -f csv | columns $cells; done
run extract -q --encoding cp1252 latin.txt -f csv | columns $cells
