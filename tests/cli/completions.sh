# SPDX-License-Identifier: MIT
# Completion from the tables, asked of bash itself; what zsh and fish make of theirs is in tests/scripts/completions.sh.
. "$ROOT/tests/cli/common.bash"
"$STANCE" completions bash >stance.bash
. ./stance.bash
# ask WORD...: what the last word may become.
ask() {
  COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
  _stance
  echo "$*: ${COMPREPLY[*]}"
}
ask stance cl
ask stance model to
ask stance model top
ask stance completions z
ask stance classify --sh
ask stance classify --nonsense
ask stance report --adj
ask stance report --adjust ""
ask stance report --adjust p
ask stance report --adjust = co
ask stance classify -f js
ask stance classify --model ""
ask stance article.txt --dry
run completions bash zsh
run completions tcsh
run completions
run completions zsh -o missing/folder
