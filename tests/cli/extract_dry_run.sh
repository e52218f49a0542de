# SPDX-License-Identifier: MIT
# --dry-run reads and counts the input, and does not say that it found no views, for it did not look.
. "$ROOT/tests/cli/common.bash"
run extract --dry-run "$news"
