# SPDX-License-Identifier: MIT
# scripts/bench speed: one table with every part that needs no other tool; one that cannot be installed is passed over with its reason.
set -u
fail() { echo "$@"; exit 1; }
command -v python3 >/dev/null || exit 77
mkdir b && ln -s "$(realpath "$ROOT/$B/stance")" b/stance || fail "no program"
export STANCE_MODEL="$ROOT/models/default.stance" STANCE_VIEWS_MODEL="$ROOT/models/views.stance"
{
  echo id,text
  for i in $(seq 64); do echo "$i,\"“Nobody is close to them in number $i,” Ada Obi said. Nic Carter warned that Acme would fail.\""; done
} >articles.csv
bench() { B=$PWD/b "$ROOT/scripts/bench" speed --rounds 1 "$@" >table 2>err || { cat table err; fail "it fails: $*"; }; }

bench --no-peers "$PWD/articles.csv"
for line in '^machine: ' '^versions: stance ' '^-- reading 64 articles' '^extract -j 1, csv ' '^classify -j 2, csv ' 'by the clock$' '^classify: sixteen times the input costs [0-9.]* times' \
  '^-- reporting 128 views' '^report --by speaker ' '^predict, shipped model .*x wc -w$' '^-- learning from [0-9]* rows, fixed settings' '^train, .* accuracy 0\.[0-9]*$' '^-- quotations'; do
  grep -q -- "$line" table || { cat table err; fail "no line $line"; }
done

PIP_NO_INDEX=1 PIP_CONFIG_FILE=/dev/null bench quotes "$PWD/articles.csv"
grep -q '^skipped: spacy==.*cannot be installed: ' table && grep -q '^classify -j 1, csv ' table || { cat table err; fail "a tool that cannot be had is not passed over"; }
! grep -q '^-- reading' table || fail "a part that nobody named was run"

B=$PWD/b "$ROOT/scripts/bench" speed --no-peers nosuchpart >table 2>err && fail "nonsense is taken for a part"
grep -q 'nosuchpart is no part and no file; usage' err || { cat err; fail "nonsense is not named"; }
