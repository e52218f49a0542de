# SPDX-License-Identifier: MIT
# The recipes of the cookbook that need an engine, as tests/scripts/docs.sh runs the others.
[ -x "$ROOT/$B/spark/bin/spark-submit" ] || { echo "no pyspark in $B/spark" >&2; exit 77; }
GUIDES_PATH=$ROOT/$B/guides/bin:$ROOT/$B/spark/bin
export PYSPARK_PYTHON=$ROOT/$B/spark/bin/python SPARK_LOCAL_IP=127.0.0.1
. "$ROOT/tests/scripts/docs.sh"
case $left in *spark-submit*) fail "the recipe of Spark did not run" ;; esac
