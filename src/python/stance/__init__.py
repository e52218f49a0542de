# SPDX-License-Identifier: MIT
"""Attributed views in news articles: who said what, and with which stance toward what.

    stance.Classifier().predict(["I would not buy it"])      # the stance of statements
    stance.extract(article)                                  # the views of an article
    stance.classify(article)                                 # the same with their stance

A pandas Series or DataFrame comes back as a DataFrame; anything else as a list."""
from ._api import Analyzer, Classifier, Prediction, StanceError, View, classify, extract
from ._native import VERSION as __version__

__all__ = ["Analyzer", "Classifier", "Prediction", "StanceError", "View", "classify", "extract", "__version__"]
