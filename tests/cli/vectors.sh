# SPDX-License-Identifier: MIT
# Vectors and the exported model: liblinear's own predict gives the labels that we give.
. "$ROOT/tests/cli/common.bash"
"$STANCE" train -q --no-rows --recipe "$recipe" "$rows" -o m.stance
run vectors -m m.stance "$rows" -o v.libsvm 2>&1 | sed -E 's/[0-9]+ features/N features/'
"$STANCE" vectors -q -m m.stance "$rows" | cmp - v.libsvm && echo "the same on stdout"
wc -l <v.libsvm
cat v.libsvm.labels
sed -n 1p v.libsvm.vocabulary | cut -f 1
awk '{ for (i = 3; i <= NF; i++) { split($(i - 1), a, ":"); split($i, b, ":"); if (a[1] + 0 >= b[1] + 0) bad = 1 } } END { print bad ? "not rising" : "rising" }' v.libsvm
run model export --liblinear m.stance -o m.liblinear
head -n 3 m.liblinear
command -v liblinear-predict >/dev/null || { echo "no liblinear-predict; apt-get install liblinear-tools" >&2; exit 77; }
liblinear-predict v.libsvm m.liblinear theirs >/dev/null
"$STANCE" predict -q -m m.stance -f jsonl "$rows" | sed -E 's/.*"stance":"([a-z]+)","p_.*/\1/' |
  awk -F '\t' 'NR == FNR { place[$2] = $1; next } { print place[$1] }' v.libsvm.labels - | cmp - theirs && echo "the same labels"
