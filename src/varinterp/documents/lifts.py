"""How a stored case of a past version becomes one of the next, a function a step.

A lift changes the form of what was stored, never what was concluded or read.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

Document = dict[str, Any]

PREDICTIONS_OF_1 = "predictor"
"""The one source of facts that version 1 had for all predictors.

Its reads carry the digest of all scores together, so it stays as it was read; from version 2 each
predictor is a source of its own.
"""


def from_1_to_2(document: Document) -> Document:
    """Give each predictor's score its origin: version 1 read them from the laboratory's `CSQ`."""
    candidates = [
        {**candidate, "predictions": _scores(candidate.get("predictions"))}
        for candidate in document["candidates"]
    ]
    return {**document, "schema_version": 2, "candidates": candidates}


def _scores(predictions: Document | None) -> Document | None:
    if predictions is None:
        return None
    return {
        predictor: None if value is None else {"value": value, "origin": "laboratory"}
        for predictor, value in predictions.items()
    }


LIFTS: Mapping[int, Callable[[Document], Document]] = MappingProxyType({1: from_1_to_2})
"""One function per past version, from that version to the next."""
