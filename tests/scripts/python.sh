# SPDX-License-Identifier: MIT
# tests/python over the library just built; the interpreter is $STANCE_PYTHON or python3.
set -u
python=${STANCE_PYTHON:-python3}
"$python" -c 'import ctypes, sys; sys.exit(sys.version_info < (3, 8))' 2>/dev/null || { echo "no python3 from 3.8 on" >&2; exit 77; }
unset STANCE_MODEL STANCE_VIEWS_MODEL # the shipped ones
export PYTHONPATH=$ROOT/src/python STANCE_LIBRARY=$ROOT/$B/libstance.so PYTHONDONTWRITEBYTECODE=1
"$python" -W error -m unittest discover -s "$ROOT/tests/python" >log 2>&1 </dev/null || { cat log; exit 1; }
[ "$(sed -n 's/^Ran \([0-9]*\) tests.*/\1/p' log)" -ge 10 ] || { cat log; echo "fewer tests than there are"; exit 1; }
if "$python" -c 'import mypy' 2>/dev/null; then
  "$python" -m mypy --strict --no-incremental --cache-dir="$PWD" "$ROOT/src/python/stance" >log 2>&1 || { cat log; exit 1; }
fi
