# SPDX-License-Identifier: MIT
# New rows on top of those kept beside a model; rows left out on demand; hashing; a size with its loss; too little memory.
. "$ROOT/tests/cli/common.bash"
head -n 16 "$rows" >old.csv
{ head -n 1 "$rows"; tail -n +17 "$rows"; } >new.csv
"$STANCE" train -q --recipe "$recipe" old.csv -o old.stance
gzip -dc old.stance.rows.csv.gz | sed -n 1p
gzip -dc old.stance.rows.csv.gz | wc -l
run train --append old.stance new.csv -o both.stance | grep -E '^(\$|rows|\[)'
"$STANCE" train -q --append old.stance new.csv -o again.stance
cmp both.stance again.stance && echo same
gzip -dc both.stance.rows.csv.gz | wc -l
"$STANCE" train -q --no-rows --recipe "$recipe" old.csv -o bare.stance
cmp bare.stance old.stance && echo "the rows change nothing"
[ -e bare.stance.rows.csv.gz ] || echo "no rows kept"
run train --append bare.stance new.csv -o x.stance
"$STANCE" train -q --no-rows --hash-bits 10 --recipe "$recipe" "$rows" -o hashed.stance
"$STANCE" model info hashed.stance | grep hash_bits
printf 'min_rows = 1\nc = 0.1\n' >measured
"$STANCE" train --no-rows --recipe measured "$rows" --size 450K -o small.stance | grep -c '^at this size'
[ "$(wc -c <small.stance)" -le 460800 ] && echo "fits"
"$STANCE" train -q -j 1 --recipe measured "$rows" -o one.stance
"$STANCE" train -q -j 2 --recipe measured "$rows" -o two.stance
cmp one.stance two.stance && cmp one.stance.rows.csv.gz two.stance.rows.csv.gz && echo "same bytes with -j 1 and -j 2"
