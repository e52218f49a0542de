# SPDX-License-Identifier: MIT
# The completions of zsh and fish in these shells themselves, as far as they are here; bash is asked in tests/cli/completions.sh.
set -u
fail() { echo "$@"; exit 1; }
mkdir bin
ln -s "$STANCE" bin/stance
PATH=$PWD/bin:$PATH
asked=
if command -v fish >/dev/null; then
  asked=1
  "$STANCE" completions fish >stance.fish
  ask() { fish --no-config -c "source stance.fish; complete -C '$1'" 2>&1 | cut -f 1 | LC_ALL=C sort | tr '\n' ' '; }
  [ "$(ask 'stance cl')" = "classify " ] || fail "fish, stance cl: $(ask 'stance cl')"
  [ "$(ask 'stance report --adjust ')" = "count none probability " ] || fail "fish, --adjust: $(ask 'stance report --adjust ')"
  [ "$(ask 'stance train --no-r')" = "--no-rows " ] || fail "fish, --no-r: $(ask 'stance train --no-r')"
  [ "$(ask 'stance report --no-r')" = "" ] || fail "fish: report has no --no-rows: $(ask 'stance report --no-r')"
fi
if command -v zsh >/dev/null && zsh -f -c 'zmodload zsh/zpty && zpty shell true' 2>/dev/null; then
  asked=1
  mkdir functions
  "$STANCE" completions zsh >functions/_stance
  # zsh completes only at a terminal: one of its own, driven through zpty.
  cat >ask.zsh <<'END'
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PROMPT= RPROMPT=; fpath=($PWD/functions \$fpath); autoload -U compinit; compinit -u -D; bindkey '^X' list-choices; zstyle ':completion:*' list-colors no; LISTMAX=999; stty columns 400; echo READY"
while zpty -r shell line; do [[ $line == *READY* && $line != *echo* ]] && break; done
zpty -w -n shell "$1"$'\t\t'
text= quiet=0
while (( quiet < 30 )); do
  if zpty -rt shell line; then text+=$line quiet=0; else sleep 0.1; (( quiet++ )); fi
done
print -r -- "$text"
zpty -d shell
END
  ask() { TERM=dumb timeout 60 zsh -f ask.zsh "$1" 2>&1 | tr -d '\r\a'; }
  got=$(ask 'stance cla')
  [[ $got == *classify* ]] || fail "zsh, stance cla: $got"
  got=$(ask 'stance train --no-r')
  [[ $got == *--no-rows* ]] || fail "zsh, --no-r: $got"
  got=$(ask 'stance report --adjust ')
  [[ $got == *probability* ]] || fail "zsh, --adjust: $got"
fi
[ -n "$asked" ] || { echo "neither fish here, nor zsh with a terminal to ask it on" >&2; exit 77; }
