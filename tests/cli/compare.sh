# SPDX-License-Identifier: MIT
# Outlets side by side: the same differences in every format; filters, and what is refused.
. "$ROOT/tests/cli/common.bash"
# Two outlets that lean, quote one speaker alike, and copy from one another; a third one too small.
awk 'BEGIN {
  for (i = 0; i < 60; i++) {
    outlet = i % 2 ? "Left Post" : "Right Times"
    speaker = i % 4 < 2 ? "Ada Obi" : i % 2 ? "Bo Lund" : "Cy Hart"
    stance = speaker == "Ada Obi" ? (i % 3 ? "bullish" : "skeptical") : i % 2 ? "bullish" : "skeptical"
    printf "{\"id\":\"a%d:%d\",\"article\":\"a%d\",\"outlet\":\"%s\",\"date\":\"2025-03-%02d\",\"speaker\":\"%s\",\"kind\":\"direct\",\"text\":\"words number %d\",\"target\":\"%s\",\"stance\":\"%s\"}\n", \
      int(i / 4) * 2 + i % 2, i, int(i / 4) * 2 + i % 2, outlet, i % 28 + 1, speaker, i, i % 5 ? "tunnel" : "rates", stance
  }
  print "{\"id\":\"z:1\",\"article\":\"z\",\"outlet\":\"Tiny\",\"speaker\":\"Ada Obi\",\"text\":\"alone\",\"stance\":\"bullish\"}"
}' >views.jsonl
run compare views.jsonl
for format in csv json md; do run compare views.jsonl -f $format; done
run compare views.jsonl --outlets 'left post,right times' --since 2025-03-15 --speaker 'ada obi' -f csv
tac views.jsonl | "$STANCE" compare - --input-format jsonl -f csv >backwards.csv
"$STANCE" compare views.jsonl -f csv | cmp - backwards.csv && echo same
run compare views.jsonl -o page.html
head -c 15 page.html
grep -qE 'src=|@import|url\(' page.html || echo 'no request'
run compare views.jsonl --outlets 'Left Post,Nobody'
run compare views.jsonl --min-n 31
run compare views.jsonl -f pdf
