# SPDX-License-Identifier: MIT
# The same numbers in every format of a report: each is read by a parser of its own (Python's csv, json and html.parser), none of ours.
# Skipped without Python.
set -eu
python3 -c 'import csv, json, html.parser' 2>/dev/null || { echo "no python3; the formats of reports are not compared" >&2; exit 77; }
"$STANCE" classify -q --meta "$ROOT/data/articles.csv" "$ROOT/data/articles" -o views.jsonl
formats='table csv tsv json md html'
write() {
  local name=$1 format
  shift
  for format in $formats; do "$STANCE" "$@" -q views.jsonl -f "$format" -o "$name.$format" 2>/dev/null; done
  "$STANCE" "$@" views.jsonl -f jsonl -o none 2>/dev/null && { echo "-f jsonl: there is no such report, and this test does not read it"; exit 1; }
  return 0
}
write speaker report --by speaker
write outlet report --by outlet
write both report --by outlet,speaker --dedup exact --min-n 2
write adjusted report --by outlet --adjust count
write compare compare --min-n 2
python3 "$ROOT/tests/scripts/formats.py" compare speaker outlet both adjusted
