# SPDX-License-Identifier: MIT
# The guides in src/guides/: their commands run, in order, each guide, and each recipe of the cookbook, in a folder of its own; an ```output block is what
# the command before it prints. ```sh NAME is run where the command NAME is; curl is a stand-in that knows the pages of example.org.
# Without it the rest of the section is left out as well. What needs an engine is run by tests/scale/guides.sh, which names it in GUIDES_PATH.
set -u
fail() { echo "$@"; exit 1; }
unset STANCE_MODEL STANCE_VIEWS_MODEL # the shipped ones
mkdir bin
ln -s "$STANCE" bin/stance
cat >bin/curl <<'END'
#!/usr/bin/env bash
# the page that the last word names, into the file behind -o
while [ $# -gt 1 ]; do [ "$1" = -o ] && out=$2; shift; done
said="“I would not buy that chip,” said Linnea Hjort, who runs a small laboratory in the north of the country and has bought many."
case $1 in
https://example.org/acme*) said="Acme will win this market, and nobody is close to it at the moment, the analyst Ada Obi said on Monday in the capital." ;;
https://example.org/*) ;;
*) echo "curl: no such page: $1" >&2; exit 22 ;;
esac
printf '<!DOCTYPE html><html><head><title>A page</title><meta name="date" content="2025-01-20"><link rel="canonical" href="%s"></head><body><nav>Home</nav><article><h1>A page</h1><p>%s</p><p>Nic Carter warned that the company was a risk to its lenders and that its debt would become due before its profits.</p></article></body></html>\n' "$1" "$said" >"$out"
END
chmod +x bin/curl
PATH=$PWD/bin:$PATH:${GUIDES_PATH-$ROOT/$B/guides/bin}
export ROOT PYTHONPATH=$ROOT/src/python STANCE_LIBRARY=$ROOT/$B/libstance.so PYTHONDONTWRITEBYTECODE=1

# Blocks become files NUMBER.sh and NUMBER.output; the word behind sh goes into NUMBER.needs, the number of the section into NUMBER.section.
blocks() {
  awk '
    /^## / && !inside { section++ }
    /^```/ && !inside { inside = 1; kind = ""
      if ($1 == "```sh") { n++; kind = sprintf("%02d.sh", n); printf "" >kind; print section >sprintf("%02d.section", n); if ($2 != "") print $2 >sprintf("%02d.needs", n) }
      if ($1 == "```output") kind = sprintf("%02d.output", n)
      next }
    /^```/ { inside = 0; next }
    inside && kind != "" { print >kind }' "$1"
}
ran=0 left=
guide() {
  local name=$1 block needs work section without= blocks=$PWD/$1.blocks
  mkdir "$blocks"
  cd "$blocks" && blocks "$2"
  for block in "$blocks"/*.sh; do
    needs=$(cat "${block%.sh}.needs" 2>/dev/null)
    section=$(cat "${block%.sh}.section")
    [ "$section" = "$without" ] && continue
    if [ -n "$needs" ] && ! command -v "$needs" >/dev/null; then left="$left $name:$needs" without=$section; continue; fi
    work=../$name
    [ "$name" = cookbook ] && work=../$name/$section
    mkdir -p "$work" && cd "$work" || exit
    bash -euo pipefail "$block" >"$blocks/out" 2>"$blocks/err" </dev/null || { status=$?; cat "$blocks/out" "$blocks/err"; fail "src/guides/$name.md: exit $status of: $(cat "$block")"; }
    grep 'not fetched' "$blocks/err" && fail "src/guides/$name.md: a page was not found"
    if [ -f "${block%.sh}.output" ]; then diff "${block%.sh}.output" "$blocks/out" || fail "src/guides/$name.md: not what it shows (<), but what was printed (>)"; fi
    ran=$((ran + 1))
    cd "$blocks" || exit
  done
  cd ..
}
for page in "$ROOT"/src/guides/*.md; do
  if grep -q '^```sh' "$page"; then guide "$(basename "$page" .md)" "$page"; fi
done
[ "$ran" -ge 8 ] || fail "only $ran blocks ran"
[ -z "$left" ] || echo "not run, for want of a command:$left"
# what guides point at is there
for word in $(grep -ohE '(scripts|src|data|training|tests)/[A-Za-z_./-]+[A-Za-z]' "$ROOT"/src/guides/*.md "$ROOT"/scripts/SCALE.md "$ROOT"/CONTRIBUTING.md | sort -u); do
  case $word in *NAME* | *NNN*) continue ;; esac
  [ -e "$ROOT/$word" ] || compgen -G "$ROOT/$word*" >/dev/null || fail "a guide names $word, which is not there"
done
