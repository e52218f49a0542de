# SPDX-License-Identifier: MIT
"""Classifier and Analyzer over libstance.

Models are immutable and shared; scorers and analyzers are scratch memory, one per thread. Calls into the library release the interpreter's lock."""
from __future__ import annotations

import ctypes as c
import dataclasses
import os
import sys
import threading
import weakref
from typing import Any, Dict, List, NamedTuple, Optional, Sequence, Tuple, Union

from . import _native as native
from ._native import library

PathLike = Union[str, "os.PathLike[str]"]


class StanceError(Exception):
    """What the library says is wrong, one sentence; `code` is its exit status (3 input, 4 model, 6 memory)."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


class Prediction(NamedTuple):
    stance: str
    p: Dict[str, float]
    margin: float
    known: float
    abstained: Optional[str]


@dataclasses.dataclass(frozen=True)
class View:
    """A view record, with the names of the command line's JSONL; start and end count code points, so text == article[start:end]."""

    id: str
    article: str
    outlet: Optional[str]
    date: Optional[str]
    url: Optional[str]
    title: Optional[str]
    speaker: str
    speaker_kind: str
    speaker_mention: Optional[str]
    speaker_start: Optional[int]
    speaker_end: Optional[int]
    resolved_by: str
    via: Optional[str]
    cue: Optional[str]
    cue_start: Optional[int]
    cue_end: Optional[int]
    kind: str
    text: str
    start: int
    end: int
    byte_start: int
    byte_end: int
    target: Optional[str]
    stance: Optional[str]
    p: Dict[str, float]
    margin: Optional[float]
    abstained: Optional[str]
    known: Optional[float]
    model: Optional[str]
    views_model: Optional[str]

    def record(self) -> Dict[str, Any]:
        """Flat, p as p_LABEL: a row of a table."""
        flat: Dict[str, Any] = {}
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            if field.name == "p":
                flat.update((f"p_{label}", p) for label, p in value.items())
            else:
                flat[field.name] = value
        return flat


def _fail(err: native.Error) -> StanceError:
    message = err.text.decode("utf-8", "replace") or library.stance_code_message(err.code).decode()
    return StanceError(err.code, message)


def _bytes(text: str) -> bytes:
    """UTF-8; a lone surrogate becomes one '?', so that code points keep their place."""
    if not isinstance(text, str):
        raise TypeError(f"a str is needed, not {type(text).__name__}")
    return text.encode("utf-8", "replace")


def _in(data: Optional[bytes]) -> native.Str:
    """A view of bytes that the caller keeps alive; None is 'not given'."""
    if data is None:
        return native.Str(None, 0)
    return native.Str(c.cast(c.c_char_p(data), c.c_void_p), len(data))


def _out(s: native.Str) -> Optional[str]:
    return None if not s.ptr else c.string_at(s.ptr, s.len).decode("utf-8", "replace")


def _name(function: Any, value: int) -> Optional[str]:
    name = function(value)
    return name.decode() if name else None


def _is_missing(value: Any) -> bool:
    return value is None or value != value  # NaN


def _optional(value: Any) -> Optional[bytes]:
    return None if _is_missing(value) else _bytes(str(value))


def _pandas_for(value: Any) -> Any:
    """The pandas module when value is one of its objects; it is never imported here."""
    pandas = sys.modules.get("pandas")
    return pandas if pandas is not None and isinstance(value, (pandas.Series, pandas.DataFrame)) else None


def _text_column(frame: Any, column: Optional[str]) -> str:
    names = [column] if column else ["text", "body", "content", "quote", "statement", "sentence", "tweet"]
    for name in names:
        if name in frame.columns:
            return name
    raise KeyError(f"no column {' or '.join(names)}; columns found: {', '.join(map(str, frame.columns))}; name one with text_col")


def _model_path(path: Optional[PathLike], variable: str, name: str) -> bytes:
    """The path given, that of the environment, or the model shipped with this package or with the library."""
    if path is not None:
        return os.fsencode(path)
    if os.environ.get(variable):
        return os.fsencode(os.environ[variable])
    beside = os.path.dirname(os.path.abspath(native.library_path)) if os.sep in native.library_path else "/usr/local/lib"
    folders = [os.path.join(native.HERE, "models"), os.path.join(beside, "..", "share", "stance"), os.path.join(beside, "..", "models"),
               "/usr/local/share/stance", "/usr/share/stance"]
    for folder in folders:
        if os.path.exists(os.path.join(folder, name)):
            return os.fsencode(os.path.join(folder, name))
    raise StanceError(4, f"no model {name} found in {', '.join(folders)}; give its path or set {variable}")


class _Handle:
    """Something of the library's that is freed with its Python owner. `needs` is kept alive as long."""

    def __init__(self, pointer: Optional[int], free: Any, err: native.Error, needs: Tuple[Any, ...] = ()) -> None:
        if not pointer:
            raise _fail(err)
        self.pointer: int = pointer
        self._needs = needs
        weakref.finalize(self, free, pointer)


def _prediction(raw: native.Prediction, labels: Sequence[str]) -> Prediction:
    p = {label: raw.p[i] for i, label in enumerate(labels)}
    return Prediction(labels[raw.label], p, raw.margin, raw.known, _name(library.stance_abstention_name, raw.abstained))


class Classifier:
    """A model of stance. path None: $STANCE_MODEL, else the shipped one. min_margin None: the model's own. May serve many threads."""

    def __init__(self, path: Optional[PathLike] = None, *, min_margin: Optional[float] = None) -> None:
        err = native.Error()
        self._model = _Handle(library.stance_model_open(_model_path(path, "STANCE_MODEL", "default.stance"), err), library.stance_model_free, err)
        n = library.stance_model_labels(self._model.pointer)
        self.labels: Tuple[str, ...] = tuple(library.stance_model_label(self._model.pointer, i).decode() for i in range(n))
        self.id: str = library.stance_model_id(self._model.pointer).decode()
        self.min_margin: float = library.stance_model_min_margin(self._model.pointer) if min_margin is None else min_margin
        self._local = threading.local()

    def __repr__(self) -> str:
        return f"<stance.Classifier {self.id}: {', '.join(self.labels)}>"

    def _scorer(self) -> int:
        scorer: Optional[_Handle] = getattr(self._local, "scorer", None)
        if scorer is None:
            err = native.Error()
            scorer = _Handle(library.stance_scorer_new(self._model.pointer, err), library.stance_scorer_free, err, (self._model,))
            self._local.scorer = scorer
        return scorer.pointer

    def _one(self, text: str, target: Any, cue: Any) -> Prediction:
        data, of, by = _bytes(text), _optional(target), _optional(cue)
        statement = native.Statement(_in(data), _in(of), native.Span(native.NONE, native.NONE), _in(by))
        raw, err = native.Prediction(), native.Error()
        if not library.stance_score(self._scorer(), statement, self.min_margin, raw, err):
            raise _fail(err)
        return _prediction(raw, self.labels)

    def predict(self, texts: Any, targets: Any = None, cues: Any = None, *, text_col: Optional[str] = None) -> Any:
        """The stance of statements, in their order.

        texts: an iterable of str gives a list of Prediction; a Series, or a DataFrame with a column `text` (text_col), gives a DataFrame with
        the same rows and index and stance, p_LABEL, margin, abstained, known behind. targets, cues: None, one str for all, or one per text;
        a DataFrame's columns `target` and `cue` are used when they are there."""
        pandas = _pandas_for(texts)
        if pandas is not None:
            return self._predict_frame(pandas, texts, targets, cues, text_col)
        if isinstance(texts, str):
            raise TypeError("a list of texts is needed; for one text write predict([text])")
        texts = list(texts)
        return [self._one(*row) for row in zip(texts, _spread(targets, len(texts), "targets"), _spread(cues, len(texts), "cues"))]

    def _predict_frame(self, pandas: Any, given: Any, targets: Any, cues: Any, text_col: Optional[str]) -> Any:
        frame = given.to_frame(given.name if given.name is not None else "text") if isinstance(given, pandas.Series) else given
        column = frame.columns[0] if isinstance(given, pandas.Series) else _text_column(frame, text_col)
        if targets is None and "target" in frame.columns:
            targets = list(frame["target"])
        if cues is None and "cue" in frame.columns:
            cues = list(frame["cue"])
        texts = ["" if _is_missing(text) else str(text) for text in frame[column]]
        answers = self.predict(texts, targets, cues)
        columns: Dict[str, List[Any]] = {"stance": [a.stance for a in answers]}
        for label in self.labels:
            columns[f"p_{label}"] = [a.p[label] for a in answers]
        for name in ("margin", "abstained", "known"):
            columns[name] = [getattr(a, name) for a in answers]
        return frame.assign(**{name: pandas.Series(values, index=frame.index) for name, values in columns.items()})


def _spread(given: Any, n: int, what: str) -> List[Any]:
    """One per text."""
    if given is None or isinstance(given, str):
        return [given] * n
    values = list(given)
    if len(values) != n:
        raise ValueError(f"{len(values)} {what} for {n} texts")
    return values


class Analyzer:
    """Finds the views of articles; with a classifier also their stance. May serve many threads.

    views_model: path; None: $STANCE_VIEWS_MODEL, else the shipped one; "none": rules alone. speakers: TSV of more names. target: the one target
    asked about. The rest as on the command line."""

    def __init__(self, classifier: Optional[Classifier] = None, *, views_model: Optional[PathLike] = None, speakers: Optional[PathLike] = None,
                 target: Optional[str] = None, all_targets: bool = False, min_margin: Optional[float] = None) -> None:
        err = native.Error()
        self.classifier = classifier
        self.views_model: Optional[str] = None
        path = _model_path(views_model, "STANCE_VIEWS_MODEL", "views.stance")
        self._views: Optional[_Handle] = None
        if path != b"none":
            self._views = _Handle(library.stance_views_model_open(path, err), library.stance_views_model_free, err)
            self.views_model = library.stance_views_model_id(self._views.pointer).decode()
        self._options = native.AnalyzerOptions(
            classifier._model.pointer if classifier else None, self._views.pointer if self._views else None,
            os.fsencode(speakers) if speakers is not None else None, _bytes(target) if target is not None else None, all_targets,
            -1.0 if min_margin is None else min_margin, 0)  # below 0: the model's own
        self._local = threading.local()
        self._analyzer()  # what is wrong with the options is said here

    def _analyzer(self) -> int:
        analyzer: Optional[_Handle] = getattr(self._local, "analyzer", None)
        if analyzer is None:
            err = native.Error()
            needs = (self._views, self.classifier._model if self.classifier else None)
            analyzer = _Handle(library.stance_analyzer_new(self._options, err), library.stance_analyzer_free, err, needs)
            self._local.analyzer = analyzer
        return analyzer.pointer

    def analyze(self, text: Any, *, article: str = "text", outlet: Optional[str] = None, date: Optional[str] = None, url: Optional[str] = None,
                title: Optional[str] = None, author: Optional[str] = None, target: Optional[str] = None, text_col: Optional[str] = None) -> Any:
        """The views of one article in text order. A Series of articles, or a DataFrame with a column `text` (text_col) and, as far as they are
        there, id (or article), outlet, date, url, title, author, target, gives a DataFrame with a row per view."""
        pandas = _pandas_for(text)
        if pandas is not None:
            return self._analyze_frame(pandas, text, text_col)
        kept = {"text": _bytes(text), "article": _bytes(article), "outlet": _optional(outlet), "date": _optional(date), "url": _optional(url),
                "title": _optional(title), "author": _optional(author), "target": _optional(target)}
        document, err = native.Document(**{name: _in(data) for name, data in kept.items()}), native.Error()
        result = library.stance_analyze(self._analyzer(), document, err)
        if not result:
            raise _fail(err)
        facts = {"article": article, **{name: _out(getattr(document, name)) for name in ("outlet", "date", "url", "title")}}
        return [self._view(result.contents.views[i], facts) for i in range(result.contents.n)]

    def _view(self, raw: native.View, facts: Dict[str, Any]) -> View:
        def place(span: native.Span) -> Tuple[Optional[int], Optional[int]]:
            return (None, None) if span.start == span.end == native.NONE else (span.start, span.end)

        speaker, cue = place(raw.mention_chars), place(raw.cue_chars)
        scored = _prediction(raw.prediction, self.classifier.labels) if raw.scored and self.classifier else None
        return View(
            id=f"{facts['article']}:{raw.number}", **facts, speaker=_out(raw.speaker) or "unknown",
            speaker_kind=_name(library.stance_speaker_kind_name, raw.speaker_kind) or "unknown", speaker_mention=_out(raw.mention_text),
            speaker_start=speaker[0], speaker_end=speaker[1], resolved_by=_name(library.stance_resolution_name, raw.resolved_by) or "none",
            via=_out(raw.via), cue=_out(raw.cue_text), cue_start=cue[0], cue_end=cue[1], kind=_name(library.stance_kind_name, raw.kind) or "",
            text=_out(raw.text) or "", start=raw.content_chars.start, end=raw.content_chars.end, byte_start=raw.content.start,
            byte_end=raw.content.end, target=_out(raw.target), stance=scored.stance if scored else None, p=scored.p if scored else {},
            margin=scored.margin if scored else None, abstained=scored.abstained if scored else None, known=scored.known if scored else None,
            model=self.classifier.id if self.classifier else None, views_model=self.views_model)

    def _analyze_frame(self, pandas: Any, given: Any, text_col: Optional[str]) -> Any:
        frame = given.to_frame("text") if isinstance(given, pandas.Series) else given
        column = "text" if isinstance(given, pandas.Series) else _text_column(frame, text_col)
        ids = next((frame[name] for name in ("id", "article") if name in frame.columns), frame.index)
        facts = [name for name in ("outlet", "date", "url", "title", "author", "target") if name in frame.columns]
        rows = []
        for number, article in enumerate(ids):
            text = frame[column].iloc[number]
            known = {name: None if _is_missing(frame[name].iloc[number]) else str(frame[name].iloc[number]) for name in facts}
            if not _is_missing(text):
                rows += [view.record() for view in self.analyze(str(text), article=str(article), **known)]
        labels = self.classifier.labels if self.classifier else ()
        names = [name for field in dataclasses.fields(View) for name in ([f"p_{label}" for label in labels] if field.name == "p" else [field.name])]
        return pandas.DataFrame(rows, columns=names)


_default = threading.local()


def extract(text: Any, **options: Any) -> Any:
    """The views of an article (str), or of a Series or DataFrame of them, without stance. Options: those of Analyzer.analyze."""
    if not hasattr(_default, "extract"):
        _default.extract = Analyzer()
    return _default.extract.analyze(text, **options)


def classify(text: Any, **options: Any) -> Any:
    """The same with the stance that the shipped model gives; for another, Analyzer(Classifier(path)).analyze."""
    if not hasattr(_default, "classify"):
        _default.classify = Analyzer(Classifier())
    return _default.classify.analyze(text, **options)
