# SPDX-License-Identifier: MIT
# A margin lies between 0 and 1.
. "$ROOT/tests/cli/common.bash"
run classify --min-margin 2 "$news"
