# SPDX-License-Identifier: MIT
# Corrections of views: made, listed, kept over reruns, taken back; other names of speakers.
. "$ROOT/tests/cli/common.bash"
cat >articles.csv <<'END'
id,outlet,date,text
a,Post,2025-03-01,"“The tunnel is a gift to the whole of the city,” said Olena Zelenska. Bo Lund said that schools need more teachers and smaller classes."
b,Times,2025-03-02,"“The tunnel is a gift to the whole of the city,” said Olena Zelenskaya."
END
views() { "$STANCE" classify -q --db news.db -f csv | columns id,speaker,target,stance,text,duplicate_of; }
run classify --db news.db articles.csv
views
run override news.db a:2 stance=neutral target=schools span=85-109
run override news.db b:1 speaker='Olena Zelenska'
views
run override news.db
run override news.db b:1 speaker=
printf 'Olena Zelenskaya\tOlena Zelenska\tperson\tf\n' >more.tsv
run override news.db --speakers more.tsv
views
run report --by speaker -f csv news.db
# By another way of classifying, and when the words are gone.
run classify --db news.db --min-margin 0.1 articles.csv
views
sed 's/schools need more teachers and smaller classes/rents are too high/' articles.csv >edited.csv
run classify --db news.db edited.csv
run override news.db
run classify --db news.db articles.csv
run override news.db
run override news.db a:2 stance= target= span=
run override news.db
# What cannot be done.
run override news.db a:9 stance=neutral
run override news.db a:1 stance=angry
run override news.db a:1 mood=good
run override news.db a:1 neutral
run override news.db a:1
run override articles.csv a:1 stance=neutral
run override
