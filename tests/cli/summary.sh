# SPDX-License-Identifier: MIT
# stance FILE...: classifies and reports at once.
. "$ROOT/tests/cli/common.bash"
run --meta "$meta" "$news" | steady
run "$news/a.txt" | steady
run nothing.txt
# Columns of the metadata and of views; a misspelt one is refused.
run -q --by resolved_by -f csv "$news" | columns resolved_by,views | sort -u
run -q --by dekc "$news"
