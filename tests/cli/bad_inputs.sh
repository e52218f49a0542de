# SPDX-License-Identifier: MIT
# A table of bad inputs: what was given, exit status, records kept, and what was said last. Every row is a run of the program; nothing may crash, hang or
# say nothing. Status 1: the rest was kept. Columns: given | status | kept | message.
. "$ROOT/tests/cli/common.bash"
good='Mayor Ada Obi said that the harbour is finished.'
n=0
# try "what was given" COMMAND...: kept counts records (JSONL lines, or CSV rows without the header); the message is the last line of stderr.
try() {
  local given=$1 status kept said
  shift
  timeout 60 "$STANCE" "$@" >out 2>err
  status=$?
  kept=$(grep -c . out)
  said=$(tail -n 1 err | sed -E -e "s#$ROOT/$B/##g" -e 's/[0-9]+ of [0-9]+ bytes/N of M bytes/' | cut -c1-220)
  n=$((n + 1))
  [ $status -ge 2 ] && [ -z "$said" ] && said='NOTHING SAID'
  [ $status -gt 6 ] && said="DIED: $said"
  printf '%s | %d | %d | %s\n' "$given" $status "$kept" "$said"
}
file() { printf "$2" >"$1"; }
E="extract --views-model none -f jsonl"

# ---- texts
file empty.txt ''; try "an empty file" $E empty.txt
file blanks.txt ' \n\t\n'; try "a file of blanks" $E blanks.txt
file nul.txt "$good\\0\\0 $good\\n"; try "NUL bytes in a text" $E nul.txt
file bytes.txt "a \\377\\376\\200 $good\\n"; try "bytes that are not UTF-8" $E bytes.txt
file utf16.txt '\377\376M\0a\0y\0o\0r\0 \0s\0a\0i\0d\0'; try "UTF-16" $E utf16.txt
file pdf.txt '%%PDF-1.4\n%%\342\343\317\323\n'; try "a PDF named .txt" $E pdf.txt
file zip.txt 'PK\003\004\024\000\000'; try "a zip named .txt" $E zip.txt
head -c 3000 "$STANCE_MODEL" >model.txt; try "a model named .txt" $E model.txt
file surrogate.txt "\\355\\240\\200 $good\\n"; try "an encoded surrogate" $E surrogate.txt
file bidi.txt "\\342\\200\\256 $good\\n"; try "direction controls in a text" $E bidi.txt
file esc.txt "\\033[31m $good \\033]0;title\\007\\n"; try "terminal escapes in a text" $E esc.txt
file quote.txt '“never closed, Ada Obi said. '; try "a quotation that is never closed" $E quote.txt
{ for i in $(seq 3000); do printf '“'; done; echo "$good"; } >quotes.txt; try "3,000 opening quotation marks" $E quotes.txt
head -c 2000000 /dev/zero | tr '\0' 'a' >word.txt; try "one word of 2 MB" $E word.txt
try "a text over --max-document" $E --max-document 1K word.txt
# ---- HTML
file none.html '<script>x</script>'; try "HTML without text" $E none.html
{ for i in $(seq 3000); do printf '<div>'; done; echo "$good"; } >deep.html; try "HTML 3,000 levels deep" $E deep.html
try "the same, with a limit of 5,000" $E deep.html --limit html-depth=5000
{ printf '<p>'; echo "$good"; } >page.html; try "HTML longer than a limit of 20 bytes" $E page.html --limit html-bytes=20
file entity.html "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><p>&a; $good"; try "HTML with an external entity" $E entity.html
file lol.html "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]><p>&c; $good"; try "HTML with entities in entities" $E lol.html
file load.html "<link rel=stylesheet href=http://example.invalid/x.css><img src=//example.invalid/x.png><iframe src=file:///etc/passwd></iframe><p>$good"; try "HTML that wants to load things" $E load.html
file cut.html "<p>$good<table><tr><td"; try "HTML cut off in a tag" $E cut.html
file charset.html "<meta charset=utf-7><p>$good"; try "HTML in an unknown charset" $E charset.html
{ printf '<p '; for i in $(seq 5000); do printf 'a%d=x ' "$i"; done; echo ">$good"; } >attributes.html; try "HTML with 5,000 attributes" $E attributes.html
# ---- tables
file nocol.csv 'a,b\n1,2\n'; try "CSV without a text column" $E nocol.csv
file header.csv 'id,text\n'; try "CSV with a header alone" $E header.csv
file ragged.csv "id,text\\n1,$good\\n2,a,b,c\\n3\\n4,$good\\n"; try "CSV rows of other lengths" $E ragged.csv
file open.csv "id,text\\n1,\"$good\\n2,$good\\n3,$good\\n"; try "CSV with a quote never closed" $E open.csv
file twice.csv "id,text\\n1,$good\\n1,$good\\n"; try "CSV with an id twice" $E twice.csv
file path.csv "id,text\\n../../etc/passwd,$good\\n"; try "an id that is a path" $E path.csv
file nulid.csv "id,text\\n\\0a\\033[2J,$good\\n"; try "an id with NUL and escapes" $E nulid.csv
file columns.csv "$(printf 'c%d,' $(seq 5000))text\\n"; try "CSV of 5,001 columns, no row" $E columns.csv
file evil.csv 'a\033[2J\nb\n'; try "a column name with escapes" $E evil.csv
file colon.tsv "id\\ttext\\n1\\t$good\\n"; try "TSV read as CSV" $E --input-format csv colon.tsv
# ---- JSON
file lines.csv "id,text\\n1,\"a\\nb\\nc\\nd $good\"\\n2,$good\\n"
file bad.jsonl "{\"text\":\"$good\"}\\n{\"text\":\\n{\"text\":\"$good\"}\\n"; try "a broken line of JSONL" $E bad.jsonl
file array.jsonl '[1,2]\n"x"\nnull\n'; try "JSONL without objects" $E array.jsonl
{ printf '{"text":'; for i in $(seq 5000); do printf '['; done; echo; } >deep.jsonl; try "JSON 5,000 levels deep" $E deep.jsonl
file nest.jsonl "{\"meta\":{\"a\":1,\"b\":2},\"text\":\"$good\"}\\n"; try "JSON deeper than a limit of 1" $E nest.jsonl --limit json-depth=1
try "JSON with more values than a limit of 2" $E nest.jsonl --limit json-values=2
try "a CSV field with more lines than a limit of 2" $E lines.csv --limit csv-lines=2
try "a limit that there is not" $E nest.jsonl --limit depth=5
try "a limit without a number" $E nest.jsonl --limit html-depth=-1
file long.csv "id,text\\n1,$good\\n"; try "a row over --max-document" predict --max-document 20 long.csv
file lone.jsonl "{\"text\":\"\\\\\\\\ud800 $good\"}\\n"; try "JSON with a lone surrogate" $E lone.jsonl
file number.jsonl '{"text":12}\n'; try "JSON with a number as text" $E number.jsonl
file nulkey.jsonl '{"text":null}\n'; try "JSON with null as text" $E nulkey.jsonl
# ---- packed
file plain.txt.gz "$good\\n"; try "a text named .gz" $E plain.txt.gz
printf '%s\n' "$good" | gzip -n | head -c 30 >cut.txt.gz; try "gzip cut off" $E cut.txt.gz
printf '%s\n' "$good" | gzip -n >flip.txt.gz && printf '\377' | dd of=flip.txt.gz bs=1 seek=20 conv=notrunc status=none; try "gzip damaged" $E flip.txt.gz
head -c 200000000 /dev/zero | tr '\0' 'a' | gzip -n -9 >bomb.txt.gz; try "a gzip bomb" $E bomb.txt.gz
try "the same, with a limit of 2,000" $E bomb.txt.gz --limit gzip-ratio=2000 --max-document 1M
# ---- paths
try "a file that is not there" $E missing.txt
mkdir folder; try "an empty folder" $E folder
ln -s loop loop; try "a link to itself" $E loop
mkdir -p outer/linked; ln -s .. outer/linked/up; cp bidi.txt outer/linked; try "a folder with a link upwards" $E outer/linked
mkfifo pipe; mkdir special; mv pipe special/x.txt; cp esc.txt special; try "a folder with a named pipe" $E special
name=$(printf 'a\033[31mb.txt'); mv esc.txt "$name"; try "a file name with escapes" $E --max-document 3 "$name"
# ---- options
try "no input" extract
try "an option that is not there" extract --nope x.txt
try "a number that is none" extract -j x x.txt
try "a size too large for the machine" extract --max-document 99999999999G x.txt
try "a margin above 1" classify --min-margin 2 x.txt
try "an expression with endless repetition" extract --outlet-from-path '((a{900}){900})' nul.txt
try "an expression that refers back" extract --outlet-from-path '(a*)\1' nul.txt
try "an expression without a group" extract --outlet-from-path 'a' nul.txt
try "a shard beyond the last" extract --shard 4/4 nul.txt
try "an unknown format" extract -f xml nul.txt
# ---- models
try "a text as model" classify -m nul.txt nul.txt
head -c 999 "$STANCE_MODEL" >cut.stance; try "a model cut off" classify -m cut.stance nul.txt
try "a stance model as model of attribution" extract --views-model "$STANCE_MODEL" nul.txt
try "a folder as model" classify -m folder nul.txt
# ---- rows and views
file one.csv 'text,label\na,x\nb,x\n'; try "training rows with one label" train one.csv -o m.stance
file digits.csv 'text,label\na,1\nb,0\n'; try "numbers as labels" train digits.csv -o m.stance
file weight.csv 'text,label,weight\na,x,-1\nb,y,nan\n'; try "weights that are no weights" train weight.csv -o m.stance
try "articles as views" report twice.csv
file views.jsonl '{"schema":"stance.view/9","id":"a:1"}\n{"schema":"stance.view/1"}\n'; try "views of another kind" report views.jsonl
try "a report by a column that is not there" report --by nosuch views.jsonl
file lexicon.tsv 'term\tscore\tclass\ngood\tlots\tscore\n'; try "a lexicon with a word as score" train --lexicon lexicon.tsv "$rows" -o m.stance
file recipe.txt 'c = -1\n'; try "a recipe with a negative cost" train --recipe recipe.txt "$rows" -o m.stance
file a.txt "$good\\n"; file spans.csv 'article_id,content_start,content_end\na,5,2\n'; try "spans that end before they begin" train --views --articles . spans.csv -o v.stance
file meta.csv 'x,y\n1,2\n'; try "a meta file without id or file" extract --meta meta.csv nul.txt
# ---- output
try "a folder as output" $E nul.txt -o folder
try "an output in a folder that is not there" $E nul.txt -o nowhere/x.jsonl
# ---- outputs that would destroy what is read
cp ragged.csv keep.csv; try "an input as output" $E keep.csv -o keep.csv
ln keep.csv other.csv; try "the same under another name" $E keep.csv -o ./other.csv
cp "$rows" rows.csv; try "rows as the model trained on them" train rows.csv -o rows.csv
try "a database as output as well" classify --db same.db -o same.db nul.txt
try "a lexicon as output" train --lexicon lexicon.tsv rows.csv -o lexicon.tsv
cmp keep.csv ragged.csv; cmp rows.csv "$rows"; cmp keep.csv other.csv
try "an output without a name" $E nul.txt -o ''
try "a database without a name" classify --db '' nul.txt
try "a model without a name" classify -m '' nul.txt
# ---- options that contradict
try "a day that there is not" report --since 2025-02-30 two.jsonl
try "a time that ends before it begins" report --since 2025-02-01 --until 2025-01 two.jsonl
try "a model, and folds to train others" eval --cv 3 -m "$STANCE_MODEL" rows.csv
# ---- packed, wide, deep
gzip -nc plain.txt.gz | gzip -nc >twice.txt.gz; try "gzip in gzip" $E twice.txt.gz
: >none.txt.gz; try "an empty .gz" $E none.txt.gz
{ gzip -nc nul.txt; echo behind; } >behind.txt.gz; try "gzip with something behind it" $E behind.txt.gz
awk 'BEGIN { printf "id,text"; for (i = 0; i < 100000; i++) printf ",c%d", i; printf "\n1,x"; for (i = 0; i < 100000; i++) printf ",%d", i; print "" }' >wide.csv; try "CSV of 100,002 columns" $E wide.csv
awk 'BEGIN { printf "{\"text\":"; for (i = 0; i < 100000; i++) printf "{\"a\":"; print "1" }' >deepest.json; try "JSON 100,000 objects deep" $E deepest.json
file u16.csv '\377\376i\0d\0,\0t\0e\0x\0t\0\n\0'; try "CSV in UTF-16" $E u16.csv
file nearly.html "<meta charset=\\336utf-8><p>\\371\\277\\277\\277\\277 $good"; try "HTML in a charset that iconv takes for UTF-8" $E nearly.html
# ---- what is no file
ln -s this that; ln -s that this; try "two links to each other" $E this
mkfifo model.pipe; try "a model that is a pipe" classify -m model.pipe nul.txt
try "a device as model" classify -m /dev/null nul.txt
try "a folder as views" report folder
# ---- databases
file notours.db 'SQLite format 3\0'; head -c 4096 /dev/zero >>notours.db; try "a database of another program" report notours.db
try "the same, to write to" classify --db notours.db nul.txt
try "a folder as database" classify --db folder nul.txt
# ---- where the program runs
confined() {
  local given=$1
  printf '#!/bin/sh\nulimit %s\nexec "%s" "$@"\n' "$2" "$STANCE" >confined
  chmod +x confined
  shift 2
  (STANCE=./confined; try "$given" "$@")
  n=$((n + 1))
}
confined "four descriptors" '-n 4' classify --db few.db nul.txt
confined "files of 512 bytes at most" '-f 1' train -q --no-rows --recipe "$recipe" rows.csv -o m.stance
(STANCE_MODEL=/dev/null; try "STANCE_MODEL that is no model" classify nul.txt); n=$((n + 1))
(unset HOME TMPDIR; try "no HOME" $E nul.txt); n=$((n + 1))
(TMPDIR=/nowhere; try "a TMPDIR that is not there" train -q --no-rows --recipe "$recipe" rows.csv -o t.stance); n=$((n + 1))
(export LC_ALL=C; try "no locale" $E nul.txt); n=$((n + 1))
try "closed stdin" $E - <&-
echo "cases: $n"
ls | grep -E 'part$|tmp$|^core|^m\.stance$' && echo "LEFT BEHIND"
exit 0
