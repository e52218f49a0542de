# SPDX-License-Identifier: MIT
# Models that cannot be used: missing, empty, cut short, a bit turned over, too new, too old, something else. Status 4 and what to do.
. "$ROOT/tests/cli/common.bash"
cp -r "$news" news
cp "$news/a.txt" a.txt
cp "$rows" rows.csv
touch empty.stance
size=$(wc -c <"$STANCE_MODEL")
head -c 10 "$STANCE_MODEL" >head.stance
head -c $((size / 2)) "$STANCE_MODEL" >half.stance
head -c $((size - 1)) "$STANCE_MODEL" >last.stance
cp "$STANCE_MODEL" new.stance && printf '\143' | dd of=new.stance bs=1 seek=8 conv=notrunc status=none
cp "$STANCE_MODEL" old.stance && printf '\001' | dd of=old.stance bs=1 seek=8 conv=notrunc status=none
{
  for model in missing.stance empty.stance head.stance half.stance last.stance new.stance old.stance a.txt news; do
    run classify -m "$model" news
  done
  run predict -m missing.stance rows.csv
  run eval -m half.stance rows.csv
  run -m missing.stance news
  STANCE_MODEL=elsewhere.stance run classify news
} 2>said
sed -E 's/[0-9]+ of [0-9]+ bytes/N of M bytes/' said >&2
# every byte of the file is covered by a check sum: a bit turned over anywhere is refused
for ((at = 0; at < size; at += size / 40)); do
  cp "$STANCE_MODEL" flip.stance
  byte=$(od -An -tu1 -j $at -N 1 flip.stance)
  printf "\\$(printf %o $((byte ^ 1)))" | dd of=flip.stance bs=1 seek=$at conv=notrunc status=none
  "$STANCE" classify -q -m flip.stance news >/dev/null 2>err
  status=$?
  [ $status = 4 ] || echo "byte $at turned over: status $status"
done
echo "bits turned over: refused"
