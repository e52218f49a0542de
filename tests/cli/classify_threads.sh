# SPDX-License-Identifier: MIT
# The output is the same bytes whatever -j.
. "$ROOT/tests/cli/common.bash"
for i in $(seq 40); do sed "s/Mary/Mary$i/" "$news/a.txt" >a$i.txt; done
"$STANCE" classify -q -j 1 a*.txt >one
"$STANCE" classify -q -j 8 a*.txt >eight
cmp one eight && wc -l <one | tr -d ' '
