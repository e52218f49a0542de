# SPDX-License-Identifier: MIT
# A full disk and a folder that is not there: status 5. A file is written whole or not at all.
. "$ROOT/tests/cli/common.bash"
full_device
cp -r "$news" news
cp "$rows" rows.csv
for command in 'extract news' 'classify news -f csv' 'predict rows.csv'; do
  "$STANCE" $command >$full 2>err
  echo "$command [$?]"
  tail -n 1 err
  "$STANCE" $command -o $full 2>err
  echo "$command -o [$?]"
  tail -n 1 err | sed "s:^stance\: $full:stance\: full:"
done
for option in --help --version; do "$STANCE" $option >$full; echo "$option [$?]"; done
"$STANCE" classify -q news -o views.jsonl
"$STANCE" report views.jsonl >$full
echo "report [$?]"
run extract news -o missing/views.csv
run extract news -o .
echo old >kept.csv
run extract nothing.txt -o kept.csv
cat kept.csv
rm -f full
ls
