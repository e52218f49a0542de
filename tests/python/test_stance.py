# SPDX-License-Identifier: MIT
"""The Python module gives what the command line gives, in lists and in pandas."""
import json
import os
import subprocess
import threading
import unittest

import stance

try:
    import pandas
except ImportError:
    pandas = None

ROOT, PROGRAM = os.environ["ROOT"], os.environ["STANCE"]
ARTICLE = os.path.join(ROOT, "data", "articles", "02-stargate-doubts.txt")
SMALL = "“It is great,” said Ann Lee. Bob Ray warned that Acme would fail."


def command_line(*arguments, text):
    done = subprocess.run([PROGRAM, *arguments, "-q"], input=text.encode(), stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in done.stdout.decode().split("\n") if line]


class Statements(unittest.TestCase):
    def test_as_the_command_line(self):
        texts = ["I would not buy it", "A triumph — for “everyone”", "", "It is 3 p.m."]
        rows = command_line("predict", "--input-format", "jsonl", "-f", "jsonl", "-", text="".join(json.dumps({"text": t}) + "\n" for t in texts))
        answers = stance.Classifier().predict(texts)
        self.assertEqual([row["stance"] for row in rows], [a.stance for a in answers])
        for row, answer in zip(rows, answers):
            self.assertAlmostEqual(float(row["p_bullish"]), answer.p["bullish"], places=3)
            self.assertAlmostEqual(float(row["margin"]), answer.margin, places=3)
            self.assertAlmostEqual(sum(answer.p.values()), 1)

    def test_targets_and_margin(self):
        sure, unsure = stance.Classifier(), stance.Classifier(min_margin=1.0)
        self.assertEqual(unsure.predict(["I would not buy it"])[0].abstained, "low_margin")
        self.assertNotEqual(sure.predict(["Acme beats Bolt"], "Acme")[0].p, sure.predict(["Acme beats Bolt"], ["Bolt"])[0].p)
        with self.assertRaises(ValueError):
            sure.predict(["a", "b"], ["one target"])
        with self.assertRaises(TypeError):
            sure.predict("not a list")

    def test_errors_are_sentences(self):
        with self.assertRaises(stance.StanceError) as caught:
            stance.Classifier(os.path.join(ROOT, "README.md"))
        self.assertEqual(caught.exception.code, 4)
        self.assertIn("README.md", str(caught.exception))
        with self.assertRaises(stance.StanceError):
            stance.Analyzer(speakers="missing.tsv")

    def test_threads_share_a_classifier(self):
        shared, texts = stance.Classifier(), ["I would not buy it", "A triumph"] * 50
        expected, got = shared.predict(texts), {}
        threads = [threading.Thread(target=lambda i=i: got.update({i: shared.predict(texts)})) for i in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([got[i] for i in range(4)], [expected] * 4)


class Articles(unittest.TestCase):
    def test_as_the_command_line(self):
        with open(ARTICLE, encoding="utf-8") as f:
            text = f.read()
        records = command_line("classify", "--input-format", "txt", "-f", "jsonl", "-", text=text)
        views = stance.Analyzer(stance.Classifier()).analyze(text, article="stdin#1")
        self.assertGreater(len(views), 5)
        self.assertEqual(len(records), len(views))
        for record, view in zip(records, views):
            ours = view.record()
            self.assertEqual([name for name in record if name not in ("schema", "duplicate_of")], list(ours))
            for name, value in ours.items():
                if isinstance(value, float):
                    self.assertAlmostEqual(record[name], value, places=5)
                elif name not in ("id", "article", "title"):
                    self.assertEqual(record[name], value, name)
            self.assertEqual(text[view.start:view.end], view.text)

    def test_without_stance(self):
        views = stance.extract(SMALL, article="a", outlet="Daily Echo")
        self.assertEqual([(v.id, v.speaker, v.cue, v.stance, v.p, v.outlet) for v in views],
                         [("a:1", "Ann Lee", "said", None, {}, "Daily Echo"), ("a:2", "Bob Ray", "warned", None, {}, "Daily Echo")])
        self.assertTrue(all(v.stance for v in stance.classify(SMALL)))
        self.assertEqual(stance.extract(""), [])
        self.assertEqual(stance.extract("\ud800 " + SMALL)[0].text, "It is great,")


@unittest.skipUnless(pandas, "no pandas")
class Frames(unittest.TestCase):
    def test_statements(self):
        frame = pandas.DataFrame({"quote": ["I would not buy it", None, "A triumph"], "n": [1, 2, 3]}, index=[7, 7, 9])
        out = stance.Classifier().predict(frame)
        self.assertEqual(list(out.columns), ["quote", "n", "stance", "p_bullish", "p_skeptical", "p_neutral", "margin", "abstained", "known"])
        self.assertEqual((list(out.index), list(out["n"]), out["stance"].iloc[0]), ([7, 7, 9], [1, 2, 3], "skeptical"))
        self.assertEqual(list(frame.columns), ["quote", "n"])
        self.assertEqual(list(stance.Classifier().predict(frame["quote"])["stance"]), list(out["stance"]))
        with self.assertRaises(KeyError):
            stance.Classifier().predict(frame[["n"]])

    def test_articles(self):
        frame = pandas.DataFrame({"id": ["a", "b", "c"], "text": [SMALL, "", SMALL], "outlet": ["X", "Y", None]})
        out = stance.classify(frame)
        self.assertEqual(list(out["id"]), ["a:1", "a:2", "c:1", "c:2"])
        self.assertEqual(out["outlet"].iloc[0], "X")
        self.assertIn("p_bullish", out.columns)
        self.assertEqual(list(stance.extract(frame["text"])["article"]), ["0", "0", "2", "2"])
        self.assertEqual(len(stance.extract(frame.iloc[1:2])), 0)


if __name__ == "__main__":
    unittest.main()
