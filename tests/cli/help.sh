# SPDX-License-Identifier: MIT
# --help for the program and every command, on stdout with status 0.
. "$ROOT/tests/cli/common.bash"
run --help
for command in extract classify predict train eval report; do run "$command" --help; done
run --version
run classify --version
run
