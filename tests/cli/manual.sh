# SPDX-License-Identifier: MIT
# Manual pages from the tables: one per command that --help names, each with its example.
. "$ROOT/tests/cli/common.bash"
run manual vectors | sed '/^\.SH EXIT STATUS/,$d' # what follows names every command
run manual nothing
run manual stance list
run manual
"$STANCE" manual list >pages
"$STANCE" --help | sed -n 's/^  \([a-z]*\)  *[A-Z].*/\1/p' >commands
[ "$(wc -l <commands)" -gt 10 ] || echo "the overview names too few commands"
for page in stance $(cat commands); do
  grep -qx "$page" pages || echo "no page: $page"
  "$STANCE" manual "$page" | grep -q '^\.SH EXAMPLES' || echo "no example: $page"
done
