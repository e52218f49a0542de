# SPDX-License-Identifier: MIT
# scripts/scale_figures measures articles of one's own and reckons with the prices given; SCALE.md has the marks that it writes between.
set -u
fail() { echo "$@"; exit 1; }
unset STANCE_MODEL STANCE_VIEWS_MODEL # the shipped ones
for i in 1 2 3 4 5 6 7 8; do
  printf '{"id":"%d","text":"“Nobody is close to them,” Ada Obi said. Nic Carter warned that Acme would fail."}\n' "$i"
done >articles.jsonl
B=$B PRICE=1000 ARTICLES=5000000 "$ROOT/scripts/scale_figures" --print "$PWD/articles.jsonl" >figures 2>err || { cat err; fail "it fails"; }
for line in '^| articles |  | 8, ' '^| views |  | 2.0 per article' '^For 5.0 million articles that makes, at 1000 US' '^| money | core hours'; do
  grep -q "$line" figures || { cat figures; fail "no line $line"; }
done
[ "$(grep -cE '^<!-- (end of )?figures -->$' "$ROOT/scripts/SCALE.md")" = 2 ] || fail "SCALE.md has lost its marks"
grep -q '^| classify | `classify -j 1` | [0-9.]* ms' "$ROOT/scripts/SCALE.md" || fail "no figures in SCALE.md"
