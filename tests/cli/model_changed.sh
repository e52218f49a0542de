# SPDX-License-Identifier: MIT
# A model cut short by somebody else while it is in use: the reader of stdin waits until that has happened. Status 4, not a crash.
. "$ROOT/tests/cli/common.bash"
cp "$STANCE_MODEL" m.stance
mkfifo in
"$STANCE" classify -q -j1 -m m.stance --input-format txt - <in >out &
pid=$!
exec 3>in
for _ in $(seq 100); do [ -f /proc/$pid/maps ] && grep -q m.stance /proc/$pid/maps && break; sleep 0.05; done
: >m.stance
echo 'Ada Obi said that the harbour is a triumph.' >&3
exec 3>&-
wait $pid
echo "[$?]"
