# SPDX-License-Identifier: MIT
# The wheel: the same bytes twice, installed by pip without a network, and used from an empty folder; the module alone finds an installed library.
set -u
[ "$B" = build ] || { echo "packs the plain build only" >&2; exit 77; }
fail() { echo "$@"; exit 1; }
python=${STANCE_PYTHON:-python3}
"$python" -m venv --help >/dev/null 2>&1 && "$python" -c 'import ensurepip' 2>/dev/null || { echo "no python3 with venv" >&2; exit 77; }
unset STANCE_MODEL STANCE_VIEWS_MODEL STANCE_LIBRARY PYTHONPATH
"$python" -m venv venv || fail "no virtual environment"
use() { (cd venv && bin/python -c "$1"); }
check='import stance; print(stance.Classifier().predict(["I would not buy it"])[0].stance, [v.speaker for v in stance.extract("“It is great,” said Ann Lee.")])'

wheel=$("$ROOT/scripts/package" one) || fail "no wheel"
"$ROOT/scripts/package" two >/dev/null || fail "no second wheel"
cmp "$wheel" "two/${wheel##*/}" || fail "two wheels of the same files differ"
venv/bin/pip -q --disable-pip-version-check install --no-index "$wheel" >log 2>&1 || { cat log; fail "pip does not take the wheel"; }
[ "$(use "$check")" = "skeptical ['Ann Lee']" ] || fail "the wheel says: $(use "$check")"
use 'import stance._native as n, os; assert n.library_path.startswith(n.HERE), n.library_path' || fail "another library than the wheel's"
venv/bin/pip -q --disable-pip-version-check check || fail "pip check"

wheel=$("$ROOT/scripts/package" --no-library three) || fail "no wheel of the module alone"
venv/bin/pip -q --disable-pip-version-check install --no-index --force-reinstall "$wheel" >log 2>&1 || { cat log; fail "pip does not take the module alone"; }
make -C "$ROOT" -s install DESTDIR="$PWD/dest" >log 2>&1 </dev/null || { cat log; fail "make install"; }
export STANCE_LIBRARY=$PWD/dest/usr/local/lib/libstance.so.0
[ "$(use "$check")" = "skeptical ['Ann Lee']" ] || fail "the module alone says: $(use "$check")"
STANCE_LIBRARY=missing.so
use 'import stance' 2>err && fail "a missing library is not noticed"
grep -q 'ImportError: libstance cannot be loaded; install it' err || { cat err; fail "no sentence about the missing library"; }
