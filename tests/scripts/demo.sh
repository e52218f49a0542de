# SPDX-License-Identifier: MIT
# The demo runs when all is built, in under 5 s, and prints both tables and what to type next.
set -u
[ "$B" = build ] || { echo "not the build that the demo uses" >&2; exit 77; }
start=$EPOCHSECONDS
"$ROOT/scripts/demo" >out 2>err || { cat out err; exit 1; }
[ $((EPOCHSECONDS - start)) -le 5 ] || { echo "took $((EPOCHSECONDS - start)) s"; exit 1; }
for expected in '^Stance by speaker' '^Stance by outlet' '^Tidewater Press Agency' 'build/stance train rows.csv'; do
  grep -q "$expected" out || { echo "no \"$expected\" in:"; cat out; exit 1; }
done
