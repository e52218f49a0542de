# SPDX-License-Identifier: MIT
# scripts/spark_classify.py on a cluster of a master and two workers, of which one dies in the middle: the same views as from one process.
. "$ROOT/tests/scale/common.bash"
python=$ROOT/$B/spark/bin/python
command -v java >/dev/null || skip "no Java (package default-jre-headless)"
"$python" -c 'import pyspark, pandas, pyarrow' 2>/dev/null || skip "no pyspark with pandas and pyarrow (pip install pyspark pandas pyarrow)"
spark=$("$python" -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')
export PYSPARK_PYTHON=$python SPARK_LOCAL_IP=127.0.0.1 SPARK_LOCAL_DIRS=$PWD/local PYTHONDONTWRITEBYTECODE=1
port=$((20000 + $$ % 20000))
started=()
trap 'kill -9 "${started[@]}" 2>/dev/null' EXIT

start() { # NAME CLASS ARGUMENT...
  local name=$1
  shift
  "$spark/bin/spark-class" "$@" >"$name.log" 2>&1 &
  started+=($!)
}
wait_for() { # SECONDS COMMAND...
  local left=$(($1 * 2))
  shift
  until "$@"; do
    sleep 0.5
    [ $((left -= 1)) -gt 0 ] || return 1
  done
}

articles 200 >articles.jsonl
one_process articles.jsonl
start master org.apache.spark.deploy.master.Master --host 127.0.0.1 --port "$port" --webui-port 0
for i in 1 2; do
  start "worker$i" org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --webui-port 0 -c 1 -m 2g -d "$PWD/worker$i" "spark://127.0.0.1:$port"
done
registered() { [ "$(grep -c 'Registering worker' master.log)" = 2 ]; }
wait_for 120 registered || { cat master.log worker1.log; fail "the cluster does not start"; }

submit() { # LOG ARGUMENT...
  local log=$1
  shift
  "$spark/bin/spark-submit" --master "spark://127.0.0.1:$port" --conf spark.driver.host=127.0.0.1 --conf spark.executor.memory=1g \
    --conf spark.ui.enabled=false "$ROOT/scripts/spark_classify.py" --stance "$STANCE" "$@" >"$log" 2>&1 </dev/null
}

submit run.log --partitions 24 --parquet articles.jsonl out &
run=$!
in_the_middle() { [ "$(find out.unfinished/_temporary -path '*/task_*' -name 'part-*' 2>/dev/null | wc -l)" -ge 2 ] || ! kill -0 $run 2>/dev/null; }
wait_for 300 in_the_middle || { tail run.log; fail "no task has finished"; }
# a machine that dies: the worker and what it has started
kill -9 "${started[2]}" $(pgrep -P "${started[2]}")
kill -0 $run 2>/dev/null || { tail run.log; fail "the run was over before the worker died"; }
wait $run
status=$?
[ $status = 1 ] || { tail -n 30 run.log; fail "status $status, not 1 (two bad records)"; }
grep -q 'Lost executor' run.log || { tail -n 30 run.log; fail "no executor was lost: nothing was proved"; }
grep -q '2804 articles in, 2802 read, 2 bad' run.log || { grep spark_classify: run.log; fail "other counts"; }
cat out/views/part-* | LC_ALL=C sort | cmp - views.expected || fail "other views than from one process"
[ "$(cat out/articles/part-* | wc -l)" = 2802 ] || fail "not a line per article"
grep -qF '{\"id\":\"bad/1\",\"text\":' out/errors/part-* || fail "the bad record is not kept"
[ ! -e out.unfinished ] || fail "out.unfinished was left"

# Parquet in; a second run may not write over the first; ids must differ
"$python" - <<'END' || fail "no Parquet file"
import json, pandas
with open("articles.jsonl", encoding="utf-8", newline="\n") as f:
    pandas.DataFrame([json.loads(line) for line in f if '"bad/1"' not in line]).to_parquet("articles.parquet")
END
submit parquet.log articles.parquet out2
[ $? = 1 ] || { tail -n 30 parquet.log; fail "Parquet: status $?, not 1 (one bad record)"; }
cat out2/views/part-* | LC_ALL=C sort | cmp - views.expected || fail "other views from Parquet"
"$python" -c 'import pandas; f = pandas.read_parquet("out/views.parquet"); assert len(f) == len(open("views.expected").readlines()) and "p_bullish" in f' || fail "views.parquet"
submit again.log articles.jsonl out && fail "wrote over out"
grep -q 'there already' again.log || { tail again.log; fail "no word about the folder that is there"; }
{ head -n 3 articles.jsonl; head -n 1 articles.jsonl; } >twice.jsonl
submit twice.log twice.jsonl out3 && fail "took an id twice"
grep -q 'stand for more than one article' twice.log || { tail twice.log; fail "no word about the id"; }
