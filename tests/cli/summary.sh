# SPDX-License-Identifier: MIT
# stance FILE...: classifies and reports at once.
. "$ROOT/tests/cli/common.bash"
run --meta "$meta" "$news" | steady
run "$news/a.txt" | steady
run nothing.txt
