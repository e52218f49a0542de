# SPDX-License-Identifier: MIT
# What the CLI tests share; they begin with: . "$ROOT/tests/cli/common.bash"
# A test runs in an empty folder of its own, with $STANCE the program, $ROOT the project, and a small model in $STANCE_MODEL.
news=$ROOT/tests/fixtures/news
meta=$ROOT/tests/fixtures/news.csv
rows=$ROOT/tests/fixtures/rows.csv
recipe=$ROOT/tests/fixtures/recipe.txt

# run WORD...: runs stance; the command goes into both goldens, its status behind its output.
run() {
  local words=${*//"$ROOT"\//}
  echo "\$ stance $words"
  echo "\$ stance $words" >&2
  "$STANCE" "$@"
  echo "[$?]"
}

# Figures that a better model or another machine may change: probabilities, known share, the model's id.
steady() { sed -E -e 's/"(p_[a-z]+|margin|known)":[0-9.e-]+/"\1":0/g' -e 's/"model":"[0-9a-f]{16}"/"model":"ID"/g' -e 's/model [0-9a-f]{16}/model ID/g' \
  -e 's/"models":\["[0-9a-f]{16}"\]/"models":["ID"]/' -e 's/(bullish|skeptical|neutral) [0-9]+%/\1 N%/' -e 's/margin [0-9]+ %/margin N %/' \
  -e 's/(statements|direct|mixed|indirect) [0-9]+ % of ([0-9]+)/\1 N % of \2/g'; }

# A device on which every write fails: one of our own for root, who could do harm to the system's.
full_device() {
  full=/dev/full
  if [ "$(id -u)" = 0 ]; then mknod full c 1 7 2>/dev/null && full=full; fi
  { echo >$full; } 2>/dev/null && { echo "no device that is always full" >&2; exit 77; }
  [ -c $full ] || { echo "no device that is always full" >&2; exit 77; }
}

# Chosen columns of CSV without line breaks in cells: columns NAME,NAME...
columns() {
  awk -v wanted="$1" '
    function cells(line,   n, inside, i, c, cell) {
      n = 0; cell = ""; inside = 0
      for (i = 1; i <= length(line); i++) {
        c = substr(line, i, 1)
        if (c == "\"") inside = !inside
        if (c == "," && !inside) { field[++n] = cell; cell = "" } else cell = cell c
      }
      field[++n] = cell
      return n
    }
    /^[$[]/ { print; next }
    { n = cells($0) }
    !known { for (i = 1; i <= n; i++) at[field[i]] = i; known = split(wanted, names, ",") }
    { for (i = 1; i <= known; i++) printf "%s%s", (names[i] in at) ? field[at[names[i]]] : "?", i < known ? "," : "\n" }'
}
main_columns=article,outlet,date,speaker,cue,kind,text,stance
