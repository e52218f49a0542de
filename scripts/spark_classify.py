#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Classifies articles on Spark: spark_classify.py [OPTION]... INPUT... OUT      (run by spark-submit, or by python3 where pyspark is)

INPUT: JSONL (.jsonl, .json, .ndjson, also .gz or a folder with --format jsonl) or Parquet, with the article columns of stance. OUT, a new folder, gets
  views/      one view record a line, byte for byte what `stance classify` writes (--parquet: as Parquet, too, in views.parquet/)
  articles/   one line per article that was read: article, outlet, date and the number of its views, so that those without a view count
  errors/     one line per bad record: the reason, and the record as it came
Ids must be given and differ: a row number would depend on how Spark cuts the input. `stance report OUT/views/*` sums up.

Method: each partition is written to a file of its own and read by one `stance` process (-f documents), so there is no pipe that could hang; its status and
the count of its answers are checked, and a task that fails is run again by Spark. At the end the answers are counted again and compared with the input.
Limits: the machines need stance and its models at the same path; a partition must fit on the local disk; two threads of one task do not help (-j 1)."""
import argparse
import json
import os
import subprocess
import sys
import tempfile
from functools import partial

JSONL = (".jsonl", ".json", ".ndjson")
FACTS = ("article", "outlet", "date")


def view_slices(line):
    """The view records inside a document record, each as it stands there: parsing and printing again could change a number's digits."""
    decoder = json.JSONDecoder()
    at = line.index('"views":[') + len('"views":[')  # not inside a string: there the quotation marks would have a backslash before them
    while line[at] != "]":
        end = decoder.raw_decode(line, at)[1]
        yield line[at:end]
        at = end + (line[end] == ",")


def answers_to(command, records, environment):
    """(kind, line) for every record of a partition: kinds view, article, error."""
    with tempfile.TemporaryDirectory() as work:
        path = os.path.join(work, "articles.jsonl")
        with open(path, "wb") as spool:
            kept = [spool.write(record.replace("\n", " ").encode("utf-8", "replace") + b"\n") for record in records]
        if not kept:
            return
        with open(os.path.join(work, "stderr"), "w+b") as talk, open(path, "rb") as again, \
                subprocess.Popen([*command, path], stdout=subprocess.PIPE, stderr=talk, env=environment) as process:
            answered = 0
            for raw in process.stdout:
                answered += 1
                yield from answer(raw.decode("utf-8").rstrip("\n"), again.readline().decode("utf-8").rstrip("\n"))
            status = process.wait()
            talk.seek(0)
            said = talk.read().decode("utf-8", "replace").strip()
        if status not in (0, 1):
            raise RuntimeError(f"{' '.join(command)} ended with status {status}: {said}")
        if answered != len(kept):
            raise RuntimeError(f"{len(kept)} articles went in and {answered} came out: {said}")


def answer(line, record):
    document = json.loads(line)
    if document["error"]:
        reason = {name: document["error"][name] for name in ("schema", "article", "code", "message")}
        reason["message"] = reason["message"].split(": ", 1)[-1]  # of file and line, which are those of the partition
        yield "errors", json.dumps({**reason, "record": record}, ensure_ascii=False)
        return
    yield from (("views", view) for view in view_slices(line))
    yield "articles", json.dumps({**{name: document[name] for name in FACTS}, "views": len(document["views"])}, ensure_ascii=False)


def partition(batches, command, environment):
    """mapInPandas: data frames of records in, data frames of answers out."""
    import pandas

    def records():
        for batch in batches:
            yield from batch["value"]

    rows = []
    for row in answers_to(command, records(), environment):
        rows.append(row)
        if len(rows) == 1000:
            yield pandas.DataFrame(rows, columns=["kind", "value"])
            rows = []
    if rows:
        yield pandas.DataFrame(rows, columns=["kind", "value"])


def read(spark, inputs, kind):
    """A column `value` with one JSON record a row, and a column `id` to check."""
    from pyspark.sql import functions as f
    kind = kind or ("jsonl" if inputs[0].removesuffix(".gz").endswith(JSONL) else "parquet")
    if kind == "parquet":
        frame = spark.read.parquet(*inputs)
        ids = [name for name in ("id", "article_id", "doc_id") if name in frame.columns]
        if not ids:
            sys.exit(f"spark_classify: no column id, article_id or doc_id; columns found: {', '.join(frame.columns)}")
        return frame.select(f.to_json(f.struct("*"), {"ignoreNullFields": "false"}).alias("value"), f.col(ids[0]).cast("string").alias("id"))
    lines = spark.read.option("lineSep", "\n").text(inputs)  # by default a carriage return inside a record ends it
    lines = lines.where(f.col("value").rlike(r"\S"))
    return lines.withColumn("id", f.coalesce(*(f.get_json_object("value", f"$.{name}") for name in ("id", "article_id", "doc_id"))))


def check_ids(frame):
    from pyspark.sql import functions as f
    repeated = frame.where("id is not null").groupBy("id").count().where("count > 1")
    n = repeated.count()
    if n:
        first = ", ".join(row["id"] for row in repeated.orderBy("id").limit(3).collect())
        sys.exit(f"spark_classify: {n} ids stand for more than one article ({first}, ...); make them differ first")
    without = frame.where(f.col("id").isNull() & f.get_json_object("value", "$").isNotNull()).count()
    if without:
        sys.exit(f"spark_classify: {without} articles have no id; give them one, so that results do not depend on how Spark cuts the input")


def counts(spark, out):
    def of(kind):
        path = os.path.join(out, f"kind={kind}")
        return spark.read.option("lineSep", "\n").text(path).count() if exists(spark, path) else 0
    return of("articles"), of("views"), of("errors")


def exists(spark, path):
    jvm = spark._jvm
    where = jvm.org.apache.hadoop.fs.Path(path)
    return where.getFileSystem(spark._jsc.hadoopConfiguration()).exists(where)


def finish(spark, work, out, parquet):
    """kind=views, ... get their names in OUT; an empty kind has an empty folder."""
    jvm = spark._jvm
    path = jvm.org.apache.hadoop.fs.Path
    system = path(out).getFileSystem(spark._jsc.hadoopConfiguration())
    system.mkdirs(path(out))
    for kind in ("views", "articles", "errors"):
        if not (exists(spark, f"{work}/kind={kind}") and system.rename(path(f"{work}/kind={kind}"), path(f"{out}/{kind}"))):
            system.mkdirs(path(f"{out}/{kind}"))
    system.delete(path(work), True)
    if parquet:
        spark.read.json(f"{out}/views").write.parquet(f"{out}/views.parquet")


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("inputs", nargs="+", metavar="INPUT")
    words.add_argument("out", metavar="OUT")
    words.add_argument("--format", choices=["jsonl", "parquet"], help="of the input (else by extension)")
    words.add_argument("--parquet", action="store_true", help="views as Parquet, too")
    words.add_argument("--stance", default="stance", help="the program on the machines (stance)")
    words.add_argument("--options", default="", help="more for stance classify, as one word: --options='--target Acme'")
    words.add_argument("--partitions", type=int, help="cut the input into so many parts (else as Spark reads it)")
    o = words.parse_args()
    from pyspark.sql import SparkSession
    spark = SparkSession.builder.appName("stance classify").getOrCreate()
    if exists(spark, o.out):
        sys.exit(f"spark_classify: {o.out}: there already; name a new folder")
    frame = read(spark, o.inputs, o.format)
    check_ids(frame)
    given = frame.count()
    work = o.out.rstrip("/") + ".unfinished"
    command = [o.stance, "classify", "-j", "1", "-f", "documents", "--on-error", "record", "--input-format", "jsonl", *o.options.split()]
    environment = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "STANCE_MODEL", "STANCE_VIEWS_MODEL") if name in os.environ}
    parts = frame.select("value")
    if o.partitions:
        parts = parts.repartition(o.partitions)
    job = partial(partition, command=command, environment=environment)
    parts.mapInPandas(job, "kind string, value string").write.partitionBy("kind").mode("overwrite").option("lineSep", "\n").text(work)
    articles, views, errors = counts(spark, work)
    print(f"spark_classify: {given} articles in, {articles} read, {errors} bad, {views} views", file=sys.stderr)
    if articles + errors != given:
        sys.exit(f"spark_classify: {given - articles - errors} articles are missing; {work} is left as it is")
    finish(spark, work, o.out, o.parquet)
    sys.exit(1 if errors else 0)


if __name__ == "__main__":
    main()
