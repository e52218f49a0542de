# SPDX-License-Identifier: MIT
# Files and folders that are not there or may not be read. Root may read all, so root's powers are dropped first.
. "$ROOT/tests/cli/common.bash"
drop=()
if [ "$(id -u)" = 0 ]; then
  drop=(setpriv --bounding-set=-all --inh-caps=-all)
  "${drop[@]}" true 2>/dev/null || { echo "no setpriv to drop root's powers with" >&2; exit 77; }
fi
mkdir closed inner inner/closed
cp "$news/b.txt" inner
cp "$news/b.txt" secret.txt
chmod 000 closed inner/closed secret.txt
run extract missing.txt
run extract missing/
STANCE_REAL=$STANCE
stance_dropped() { "${drop[@]}" "$STANCE_REAL" "$@"; }
STANCE=stance_dropped
run extract closed
run extract inner -f csv | columns speaker,text
run extract secret.txt
run predict secret.txt
run train secret.txt -o m.stance
run classify -m secret.txt "$news"
run extract "$news" -o closed/views.csv
chmod 700 closed inner/closed
