# SPDX-License-Identifier: MIT
# The five seed articles of ../shared, if it is there: views, speakers and stances against the gold.
set -u
shared=$ROOT/../shared
[ -d "$shared/score" ] || { echo "no ../shared beside the project" >&2; exit 77; }
command -v python3 >/dev/null || { echo "no python3, in which the scorer of ../shared is written" >&2; exit 77; }
STANCE_MODEL=$ROOT/models/default.stance "$STANCE" classify -q --meta "$shared/articles/seeds.csv" "$shared/articles/seeds" -f jsonl -o v.jsonl || exit
python3 "$shared/score/score_views.py" "$shared/articles/seed_views.csv" v.jsonl --texts "$shared/articles/seeds" | tee score
awk '
  BEGIN { least["overlap_f1"] = 0.80; least["speaker_accuracy"] = 0.90; least["stance_accuracy"] = 0.75; least["end_to_end_f1"] = 0.60 }
  $1 in least { seen++; if ($2 < least[$1]) { print $1 " is under " least[$1]; bad = 1 } }
  END { exit bad || seen < 4 }' score
