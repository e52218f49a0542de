# SPDX-License-Identifier: MIT
# Databases that are damaged, somebody else's or too new are refused, and no byte of them is changed.
. "$ROOT/tests/cli/common.bash"
"$STANCE" classify -q --db good.db "$news"
size=$(wc -c <good.db)
number() { printf "\\$(printf %03o $(($1 / 16777216 % 256)))\\$(printf %03o $(($1 / 65536 % 256)))\\$(printf %03o $(($1 / 256 % 256)))\\$(printf %03o $(($1 % 256)))"; }
# patch FILE OFFSET NUMBER: four bytes of a copy of the good one.
patch() { cp good.db "$1" && number "$3" | dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null; }
head -c $((size / 2)) good.db >half.db
head -c 50 good.db >stump.db
patch new.db 60 99
patch foreign.db 68 7
cp good.db hurt.db && head -c 400 /dev/zero | tr '\0' 'U' | dd of=hurt.db bs=1 seek=$((size - 4096)) conv=notrunc 2>/dev/null
cp "$rows" rows.db
: >empty.db
md5sum half.db stump.db new.db foreign.db hurt.db rows.db empty.db >before
# How SQLite words the damage is its own.
told() { "$@" 2>said; sed -e 's/ is damaged ([^i].*)/ is damaged (...)/' -e 's/; give what classify.*//' said >&2; }
for file in half stump new foreign hurt rows; do
  told run classify --db $file.db "$news"
  told run report $file.db
done
run override empty.db
run override nowhere.db
run classify --db no/such/folder.db "$news"
md5sum -c --quiet before && echo unchanged
ls
