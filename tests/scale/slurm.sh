# SPDX-License-Identifier: MIT
# scripts/slurm_classify.sh with a stand-in for Slurm, whose second task is killed: what is missing is handed in again, the rest is not.
. "$ROOT/tests/scale/common.bash"
articles 20 >articles.jsonl
one_process articles.jsonl
mkdir bin
cat >bin/sbatch <<'END'
#!/usr/bin/env bash
# runs the tasks of --array one after another; the script is a copy, as Slurm makes one
echo "$@" >>sbatch.calls
for word; do case $word in --array=*) array=${word#*=} ;; --*) ;; *) break ;; esac; shift; done
cp "$1" copy.sh
shift
for i in ${array//,/ }; do
  [ "$i" = 1 ] && [ ! -e killed ] && { touch killed; continue; }
  SLURM_ARRAY_TASK_ID=$i bash copy.sh "$@"
done
echo "7;cluster"
END
printf '#!/bin/sh\nexit 0\n' >bin/squeue
chmod +x bin/sbatch bin/squeue
PATH=$PWD/bin:$PATH
export STANCE
classify() { "$ROOT/scripts/slurm_classify.sh" -n 4 --wait --sbatch '--time=10' "$@" >log 2>&1 </dev/null; }
classify out articles.jsonl -- --target 'No Moat'
[ $? = 3 ] && grep -q 'shards 1 are missing' log || { cat log; fail "a killed task is not missed"; }
classify out articles.jsonl
[ $? = 2 ] && grep -q 'holds another run' log || { cat log; fail "took the folder of another run"; }
classify out articles.jsonl -- --target 'No Moat'
[ $? = 1 ] || { cat log; fail "not merged"; }
grep -q '"target":"No Moat"' out/views.jsonl || fail "an option behind -- did not arrive"
rm -r out killed
classify out articles.jsonl; classify out articles.jsonl
[ "$(grep -o 'array=[0-9,]*' sbatch.calls | tail -n 2 | tr '\n' ' ')" = "array=0,1,2,3 array=1 " ] || { cat sbatch.calls; fail "other shards were handed in"; }
LC_ALL=C sort out/views.jsonl | cmp - views.expected || fail "other views than from one process"
[ "$(wc -l <out/errors.jsonl)" = 2 ] || fail "$(wc -l <out/errors.jsonl) bad records, not 2"
classify out articles.jsonl
[ $? = 1 ] && [ "$(wc -l <sbatch.calls)" = 4 ] || { cat log; fail "a finished run was handed in again"; }
