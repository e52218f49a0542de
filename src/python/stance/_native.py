# SPDX-License-Identifier: MIT
"""libstance through ctypes: finding it, its structs as stance.h has them, its functions with their types.

tests/python/layout.py compares sizes and offsets with a C compiler's. A library of another version is refused: the structs are its own."""
import ctypes as c
import ctypes.util
import os
import sys
from typing import Any, Dict, List, Tuple, Type

VERSION = "0.1.0"  # STANCE_VERSION of stance.h; a test compares them
MAX_LABELS = 64
NONE = c.c_size_t(-1).value
HERE = os.path.dirname(os.path.abspath(__file__))


class Str(c.Structure):
    _fields_ = [("ptr", c.c_void_p), ("len", c.c_size_t)]


class Span(c.Structure):
    _fields_ = [("start", c.c_size_t), ("end", c.c_size_t)]


class Error(c.Structure):
    _fields_ = [("code", c.c_int), ("offset", c.c_size_t), ("text", c.c_char * 480)]


class Document(c.Structure):
    _fields_ = [("article", Str), ("outlet", Str), ("url", Str), ("date", Str), ("title", Str), ("author", Str), ("target", Str), ("text", Str),
                ("file", Str), ("line", c.c_size_t), ("extracted", c.c_bool), ("extra", c.c_void_p), ("extra_n", c.c_size_t)]


class Prediction(c.Structure):
    _fields_ = [("label", c.c_uint32), ("p", c.c_double * MAX_LABELS), ("margin", c.c_double), ("known", c.c_double), ("abstained", c.c_int)]


class View(c.Structure):
    _fields_ = [("number", c.c_size_t), ("kind", c.c_int), ("content", Span), ("mention", Span), ("cue", Span), ("content_chars", Span),
                ("mention_chars", Span), ("cue_chars", Span), ("text", Str), ("cue_text", Str), ("mention_text", Str), ("speaker", Str),
                ("speaker_kind", c.c_int), ("resolved_by", c.c_int), ("via", Str), ("target", Str), ("cue_polarity", c.c_int), ("scored", c.c_bool),
                ("prediction", Prediction)]


class Result(c.Structure):
    _fields_ = [("views", c.POINTER(View)), ("n", c.c_size_t)]


class Statement(c.Structure):
    _fields_ = [("text", Str), ("target", Str), ("target_span", Span), ("cue", Str)]


class AnalyzerOptions(c.Structure):
    _fields_ = [("model", c.c_void_p), ("views_model", c.c_void_p), ("speakers_path", c.c_char_p), ("target", c.c_char_p),
                ("all_targets", c.c_bool), ("min_margin", c.c_double), ("max_text", c.c_size_t)]


STRUCTS: Dict[str, Type[c.Structure]] = {"stance_str": Str, "stance_span": Span, "stance_error": Error, "stance_document": Document, "stance_prediction": Prediction,
           "stance_view": View, "stance_result": Result, "stance_statement": Statement, "stance_analyzer_options": AnalyzerOptions}

ERR = c.POINTER(Error)
FUNCTIONS: Dict[str, Tuple[Any, List[Any]]] = {  # name: (result, arguments)
    "stance_version": (c.c_char_p, []),
    "stance_code_message": (c.c_char_p, [c.c_int]),
    "stance_kind_name": (c.c_char_p, [c.c_int]),
    "stance_speaker_kind_name": (c.c_char_p, [c.c_int]),
    "stance_resolution_name": (c.c_char_p, [c.c_int]),
    "stance_abstention_name": (c.c_char_p, [c.c_int]),
    "stance_model_open": (c.c_void_p, [c.c_char_p, ERR]),
    "stance_model_free": (None, [c.c_void_p]),
    "stance_model_labels": (c.c_size_t, [c.c_void_p]),
    "stance_model_label": (c.c_char_p, [c.c_void_p, c.c_size_t]),
    "stance_model_id": (c.c_char_p, [c.c_void_p]),
    "stance_model_min_margin": (c.c_double, [c.c_void_p]),
    "stance_views_model_open": (c.c_void_p, [c.c_char_p, ERR]),
    "stance_views_model_free": (None, [c.c_void_p]),
    "stance_views_model_id": (c.c_char_p, [c.c_void_p]),
    "stance_scorer_new": (c.c_void_p, [c.c_void_p, ERR]),
    "stance_scorer_free": (None, [c.c_void_p]),
    "stance_score": (c.c_bool, [c.c_void_p, c.POINTER(Statement), c.c_double, c.POINTER(Prediction), ERR]),
    "stance_analyzer_new": (c.c_void_p, [c.POINTER(AnalyzerOptions), ERR]),
    "stance_analyzer_free": (None, [c.c_void_p]),
    "stance_analyze": (c.POINTER(Result), [c.c_void_p, c.POINTER(Document), ERR]),
}


def candidates() -> List[str]:
    """Where the library may be: where $STANCE_LIBRARY says, in this package, where the system's loader looks."""
    given = os.environ.get("STANCE_LIBRARY")
    if given:
        return [given]
    suffix = "dylib" if sys.platform == "darwin" else "so"
    soname = "libstance.so." + VERSION.split(".")[0] if suffix == "so" else "libstance.dylib"
    bundled = os.path.join(HERE, "lib", "libstance." + suffix)
    found = [bundled] if os.path.exists(bundled) else []
    return found + [soname, os.path.join("/usr/local/lib", soname)] + list(filter(None, [ctypes.util.find_library("stance")]))


def load() -> Tuple[c.CDLL, str]:
    """The library and the path or name that it was loaded by."""
    reasons = []
    for path in candidates():
        try:
            library = c.CDLL(path)
            library.stance_version.restype = c.c_char_p
            version = library.stance_version().decode()
        except (OSError, AttributeError) as e:
            reasons.append(f"{path}: {e}")
            continue
        if version != VERSION:
            reasons.append(f"{path}: version {version}, but this module is for {VERSION}")
            continue
        for name, (result, arguments) in FUNCTIONS.items():
            function = getattr(library, name)
            function.restype, function.argtypes = result, arguments
        return library, path
    raise ImportError("libstance cannot be loaded; install it (make install), what it needs (README, Build), or name it in "
                      "$STANCE_LIBRARY. Tried: " + "; ".join(reasons))


library, library_path = load()
