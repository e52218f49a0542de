# SPDX-License-Identifier: MIT
# The training corpus passes scripts/corpus_check, and every rule of that is seen to fail once.
set -u
command -v python3 >/dev/null || { echo "no python3" >&2; exit 77; }
failures=0

corpus() {
  rm -rf c
  mkdir -p c/articles
  cat >c/statements.csv <<'END'
text,label,target,cue,topic,register,pair,id
"Nobody at the port believed that the new cranes would ever pay for themselves.",skeptical,cranes,say,ports,clause,,a1
"We have waited nine years for this bridge and it was worth every day.",bullish,bridge,warn of,roads,quote,p1,a2
"We have waited nine years for this bridge and it was not worth a day.",skeptical,bridge,,roads,quote,p1,a3
END
  { printf '⟦s1:Ada Obi⟧ ⟦c1:said⟧ that ⟦v1|Ada Obi|plan|bullish:the plan was a gift⟧.\n'; for _ in {1..160}; do printf 'word '; done; } >c/articles/1.txt
}

row() { printf '%s\n' "$1" >>c/statements.csv; }

# expect STATUS PATTERN: what the check says of the corpus as it is.
expect() {
  local said status
  said=$("$ROOT/scripts/corpus_check" c 2>&1)
  status=$?
  if [ "$status" != "$1" ] || ! grep -qE "$2" <<<"$said"; then
    printf 'expected status %s and "%s", got %s:\n%s\n' "$1" "$2" "$status" "$said"
    failures=$((failures + 1))
  fi
}

corpus; expect 0 '3 statements, 1 articles with 1 views: nothing to mend'
corpus; row 'Rates will go up before the summer is over.,positive,rates,,rates,quote,,b1'; expect 1 "statements.csv:5: label 'positive' is none of"
corpus; row 'Too short now.,neutral,rates,,rates,quote,,b1'; expect 1 ':5: 3 words; 4 to 60'
corpus; row 'Rates will go up before the summer is over.,neutral,,,rates,quote,,b1'; expect 1 ":5: target '' is not"
corpus; row 'Rates will go up before the summer is over.,neutral,rates,frobnicate,rates,quote,,b1'; expect 1 "cue 'frobnicate' is no lemma"
corpus; row 'Rates will go up before the summer is over.,neutral,rates,,rates,quote,,a1'; expect 1 'id a1 stands in line 2'
corpus; row 'Rates will go up, before the summer is over.,neutral,rates,,rates,quote,,b1'; expect 1 ':5: has more or fewer cells'
corpus; row 'Nobody at the port believed that the new cranes would ever be worth it.,skeptical,cranes,,ports,quote,,b1'; expect 1 ':5: shares 8 of its 11 word 4-grams with c/statements.csv:2 '
corpus; sed -i 's/,p1,a3/,,a3/' c/statements.csv; expect 1 ':4: shares .* with c/statements.csv:3'
corpus; for w in mayor council union court; do row "The $w $RANDOM will have to ask its members for $w$RANDOM again.,neutral,$w,,x,quote,,$w"; done
expect 1 ':8: the frame “the _ _ will have to _ its _ for _ again” stands 4 times, first at c/statements.csv:5'
sed -i '$d' c/statements.csv; expect 0 'nothing to mend'
corpus; for i in {1..20}; do row "Item $i$i of $RANDOM list$i weighs $RANDOM kilos.,neutral,item,,weights,quote,,w$i"; done; expect 1 'topic weights: 20 of 20 rows are neutral'
corpus; printf 'word ⟦c2:said⟧ ' >>c/articles/1.txt; expect 1 'articles/1.txt: s2 or c2 belongs to no view'
corpus; printf '⟦v2|Ada|plan|fine:it will do⟧' >>c/articles/1.txt; expect 1 "stance 'fine' is none of"
corpus; printf '⟦v2:it will do⟧' >>c/articles/1.txt; expect 1 'begins no mark'
corpus; printf '⟦s1:Ada' >>c/articles/1.txt; expect 1 '1 marks are not closed, the first in line 2'
corpus; printf 'Ada⟧' >>c/articles/1.txt; expect 1 'articles/1.txt:2: ⟧ closes nothing'
corpus; printf '⟦v1|Ada|plan|neutral:one view more than ten words long, all alone⟧' >c/articles/2.txt; expect 1 'articles/2.txt: 9 words; 150 to 500'

if ! said=$("$ROOT/scripts/corpus_check" 2>&1); then
  printf '%s\n' "$said" | tail -n 20
  failures=$((failures + 1))
fi
exit $((failures > 0))
