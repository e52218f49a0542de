# SPDX-License-Identifier: MIT
# The HTML report in a browser: accessibility by axe-core, wide and narrow, light and dark; sorting, filtering and opening by mouse and keyboard;
# no error on the console, no request. Skipped without Chromium and a Python with selenium and axe-selenium-python; name one in PAGE_PYTHON.
set -eu
for python in "${PAGE_PYTHON-}" python3; do
  [ -n "$python" ] && "$python" -c 'import selenium, axe_selenium_python' 2>/dev/null && break
  python=
done
[ -n "$python" ] || { echo "no Python with selenium and axe-selenium-python (PAGE_PYTHON)" >&2; exit 77; }
driver=$(command -v chromedriver) || { echo "no chromedriver" >&2; exit 77; }
"$STANCE" classify -q --meta "$ROOT/data/articles.csv" "$ROOT/data/articles" -o views.jsonl
"$STANCE" report --by outlet views.jsonl -o report.html
"$STANCE" report --by claim --top 20 views.jsonl -o claims.html
"$STANCE" compare views.jsonl -o compare.html
"$python" "$ROOT/tests/scripts/page.py" "$driver" "$PWD"/report.html "$PWD"/claims.html "$PWD"/compare.html
