#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The program is built as hard as the Makefile says: position-independent, its tables read-only once loaded, no stack that runs, checked stack and copies.
set -uo pipefail
export LC_ALL=C
command -v readelf >/dev/null || { echo "no readelf here" >&2; exit 77; }
grep -q _FORTIFY_SOURCE "$ROOT/$B/flags" || { echo "built with CFLAGS of the user's own" >&2; exit 77; }
failed=0
has() { readelf -W "$2" "$STANCE" 2>/dev/null | grep -E -e "$3" >/dev/null || { echo "$1: not in $STANCE"; failed=1; }; }
has "position-independent code" -h 'Type: +DYN'
has "read-only relocations" -l GNU_RELRO
has "binding at start" -d 'BIND_NOW|FLAGS.*NOW'
has "a stack that does not run" -l 'GNU_STACK .* RW '
has "stack protector" -s __stack_chk_fail
has "checked copies" -s '__[a-z]+_chk'
readelf -W -l "$STANCE" | grep -E 'LOAD.* RWE ' >/dev/null && { echo "memory that can be written and run"; failed=1; }
exit "$failed"
