# SPDX-License-Identifier: MIT
# What the tests of scripts/*_classify share; they begin with: . "$ROOT/tests/scale/common.bash"
unset STANCE_MODEL STANCE_VIEWS_MODEL # the shipped ones
fail() { echo "$@"; exit 1; }
skip() { echo "$@" >&2; exit 77; }

# articles COPIES: the sample articles so often as JSONL with ids, and four lines that are hard: two bad ones, a carriage return between
# fields, an article without a view.
articles() {
  local file
  for file in "$ROOT"/data/articles/*.txt; do
    awk -v name="$(basename "$file" .txt)" -v copies="$1" '
      { gsub(/\\/, "\\\\"); gsub(/"/, "\\\""); gsub(/\t/, "\\t"); gsub(/\r/, "\\r"); text = text $0 "\\n" }
      END { for (i = 1; i <= copies; i++) printf "{\"id\":\"%s/%d\",\"outlet\":\"Outlet %d\",\"date\":\"2025-01-%02d\",\"text\":\"%s\"}\n", name, i, i % 7, i % 28 + 1, text }' "$file"
  done
  printf '%s\n' '{"id":"bad/1","text":' '{"id":"bad/2"}'
  printf '{"id":"cr",\r"text":"“It holds,” said Ann Lee.\\r\\n"}\n{"id":"none","text":"Nothing is said here."}\n'
}

# one_process FILE [OPTION...]: what a single process makes of it, sorted: views, bad (how many).
one_process() {
  "$STANCE" classify -q -f jsonl --on-error record "$@" -o all 2>/dev/null
  [ $? = 1 ] || fail "the one-process run should end with status 1"
  grep '"schema":"stance.view/1"' all | LC_ALL=C sort >views.expected
  bad=$(grep -c '"schema":"stance.error/1"' all)
  [ "$bad" = 2 ] || fail "the one-process run has $bad bad records, not 2"
  [ -s views.expected ] || fail "no views"
}
