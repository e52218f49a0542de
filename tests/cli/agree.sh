# SPDX-License-Identifier: MIT
# Agreement of two and three coders, disagreements as CSV, matching by id and by text, and what cannot be compared.
. "$ROOT/tests/cli/common.bash"
cat >ada.csv <<'END'
id,text,target,label
1,the plan will work,plan,bullish
2,"it failed, twice",plan,negative
3,it was signed in May,plan,neutral
4,nobody wants it,plan,skeptical
5,we like it,plan,bullish
6,it may go either way,plan,neutral
7,only one labelled this,plan,neutral
8,nobody labelled this,plan,
END
cat >ben.csv <<'END'
id,text,target,label
6,it may go either way,plan,skeptical
5,we like it,plan,positive
4,nobody wants it,plan,bearish
3,it was signed in May,plan,neutral
2,"it failed, twice",plan,skeptical
1,the plan will work,plan,neutral
1,the plan will work,plan,bullish
END
printf '{"text":"the plan will work","target":"plan","label":"neutral"}\n{"text":"we like it","target":"plan","label":"bullish"}\n' >eve.jsonl
run agree ada.csv ben.csv
run agree ada.csv ben.csv -o differ.csv && cat differ.csv
run agree ada.csv ben.csv eve.jsonl
run agree -q -f json ada.csv ben.csv --order skeptical,bullish,neutral
printf 'text,label\nx,1\ny,10\nz,9\n' >one.csv
printf 'text,label\nx,1\ny,9\nz,9\n' >two.csv
run agree -q one.csv two.csv
sed 's/,1$/,dove/; s/,9$/,hawk/; s/,10$/,owl/' one.csv >words.csv
run agree -q words.csv words.csv
run agree -q words.csv words.csv --order dove,hawk
run agree ada.csv
run agree -f md ada.csv ben.csv
printf 'text,label\na,bullish\n' >other.csv
run agree one.csv other.csv
run agree ada.csv none.csv
