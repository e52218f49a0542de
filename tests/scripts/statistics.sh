# SPDX-License-Identifier: MIT
# Our statistics against scipy and statsmodels: Wilson, Newcombe's difference, Benjamini and Hochberg, the bootstrap of net, its coverage,
# the permutation test, adjusted counts (with quapy when it is there). Skipped without a Python that has them; name one in STATS_PYTHON.
set -eu
for python in "${STATS_PYTHON-}" python3; do
  [ -n "$python" ] && "$python" -c 'import scipy, statsmodels' 2>/dev/null && break
  python=
done
[ -n "$python" ] || { echo "no Python with scipy and statsmodels (STATS_PYTHON)" >&2; exit 77; }
command -v cc >/dev/null || { echo "no C compiler" >&2; exit 77; }
make -s -C "$ROOT" B="$B" "$B/libstance.a"
case $B in /*) lib=$B/libstance.a ;; *) lib=$ROOT/$B/libstance.a ;; esac
cc -std=c11 -D_POSIX_C_SOURCE=200809L -I"$ROOT/src" "$ROOT/tests/scripts/statistics.c" "$lib" -lutf8proc -lxml2 -lyajl -lsqlite3 -lz -lxxhash -llinear -lcsv -lm -pthread -o ours
"$python" "$ROOT/tests/scripts/statistics.py" ./ours
