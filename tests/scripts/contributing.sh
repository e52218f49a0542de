# SPDX-License-Identifier: MIT
# The blocks of CONTRIBUTING.md run in a copy of the project, and do what the text around them says; the targets of make that guides name exist.
set -u
fail() { echo "$@"; exit 1; }
[ "$B" = build ] || { echo "copies the plain build only" >&2; exit 77; }
mkdir copy
cp -a "$ROOT"/{Makefile,src,data,tests,scripts,stance.pc.in} copy || exit
mkdir -p copy/build/unit
cp -a "$ROOT"/build/{obj,gen,libstance.a,flags,prefix,stance} copy/build || exit
cp -a "$ROOT"/build/unit/test_corpus* copy/build/unit || exit
cd copy || exit
awk '/^```sh/ { on = 1; next } /^```/ { on = 0 } on' "$ROOT/CONTRIBUTING.md" >blocks.sh
[ "$(wc -l <blocks.sh)" -ge 10 ] || fail "no blocks"
bash -euo pipefail blocks.sh >log 2>&1 </dev/null || { tail -n 30 log; fail "a block of CONTRIBUTING.md fails"; }
grep -q "^it fails, as it should" log || fail "the new case does not fail without the cue"
tail -n 5 log | grep -q '"speaker":"Nic Carter"' || { tail -n 5 log; fail "the new cue finds no view"; }
for target in $(cd "$ROOT" && grep -ohE '`make [a-z-]+' CONTRIBUTING.md src/guides/*.md scripts/SCALE.md | cut -d ' ' -f 2 | sort -u); do
  grep -qE "^\.PHONY:.* $target( |\$)" Makefile || fail "a guide names make $target, which is not there"
done
