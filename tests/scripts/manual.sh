# SPDX-License-Identifier: MIT
# Manual pages: mandoc and groff find nothing wrong, and every example of every page runs, in a folder with the files that examples speak of.
set -u
fail() { echo "$@"; exit 1; }
pages=$ROOT/$B/man
[ -f "$pages/stance.1" ] || fail "make built no manual pages"
for page in "$pages"/*.[0-9]; do
  if command -v groff >/dev/null; then said=$(groff -man -ww -Tutf8 -z "$page" 2>&1); [ -z "$said" ] || fail "groff, ${page##*/}: $said"; fi
  # no date: it would make a build depend on its day
  if command -v mandoc >/dev/null; then
    said=$(mandoc -T lint -W warning "$page" 2>&1 | grep -v 'missing date')
    [ -z "$said" ] || fail "mandoc, ${page##*/}: $said"
  fi
done

unset STANCE_MODEL STANCE_VIEWS_MODEL # the shipped ones
mkdir bin
ln -s "$STANCE" bin/stance
PATH=$PWD/bin:$PATH
lay_out() {
  local fixtures=$ROOT/tests/fixtures
  cp -r "$fixtures/news" news
  cp "$ROOT"/data/articles/*.txt news # enough to mine
  cp "$fixtures/news.csv" outlets.csv
  cp "$ROOT/data/articles/01-open-weights-release.txt" article1.txt
  cp "$ROOT/data/articles/02-stargate-doubts.txt" article2.txt
  printf 'id,outlet,date,text\nx1,Harbor Times,2025-01-20,"“Acme will win this market,” said Ada Obi."\nx2,Inland Post,2025-01-21,"Acme is a risk to its lenders, Nic Carter warned."\n' >articles.csv
  printf 'id,lang,quote\n1,en,This is the best chip of the year\n2,en,I would not buy it\n3,de,Ich kaufe nichts\n' >quotes.csv
  cp "$fixtures/rows.csv" rows.csv
  head -n 30 rows.csv | tee more.csv ada.csv >ben.csv
  cp article1.txt 01-open-weights.txt
  stance classify -q --db news.db 01-open-weights.txt || fail "no database for the examples"
  stance train -q --recipe "$fixtures/recipe.txt" rows.csv -o my.stance || fail "no model for the examples"
  stance classify -q --meta "$ROOT/data/articles.csv" "$ROOT/data/articles" -o views.jsonl || fail "no views for the examples"
  sed -i -e 's/Tidewater Press Agency/Harbor Times/g' -e 's/The Northgate Courier/Inland Post/g' views.jsonl
  stance classify -q -f jsonl article1.txt >>views.jsonl
  sed -i 's/"id":"01-open-weights-release:1"/"id":"article1:1"/' views.jsonl
}
count=0
for name in $(stance manual list); do
  stance manual "$name" | awk '/^\.EX/ { on = 1; next } /^\.EE/ { on = 0 } on' | sed -e 's/\\-/-/g' -e 's/\\e/\\/g' -e 's/\\&//g' >"examples.$name"
  [ -s "examples.$name" ] || fail "manual $name: no example"
  [ "$name" = stance ] && continue
  mkdir "$name.dir"
  cd "$name.dir" || exit
  lay_out
  while IFS= read -r example; do
    bash -c "$example" >out 2>err </dev/null || { status=$?; cat err; fail "manual $name: exit $status of: $example"; }
    count=$((count + 1))
  done <"../examples.$name"
  cd ..
  rm -r "$name.dir"
done
[ "$count" -gt 20 ] || fail "only $count examples ran"
