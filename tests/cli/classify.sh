# SPDX-License-Identifier: MIT
# Views with stance: every field, in order.
. "$ROOT/tests/cli/common.bash"
run classify --meta "$meta" "$news" | steady
run classify -q "$news" -f csv | columns speaker,text,stance
run classify -q -f table --meta "$meta" "$news" | steady
