"""How a stored case of a past version becomes one of the next, a function a step.

A lift changes the form of what was stored, never what was concluded or read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RepeatOf2:
    """What versions 1 and 2 read of repeats: whether a whole stretch lies in one.

    It stays as it was read, under its key of a stretch; from version 3 a repeat is read by base.
    """

    repeat: bool


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


def from_2_to_3(document: Document) -> Document:
    """Say what version 2 did not conclude: why schemes differ, the third of uncertain, flags.

    Its scheme of ACGS was not built, so that it says nothing of where the schemes differ.
    """
    assessments = [
        {
            **each,
            "machine": {**each["machine"], "differ": None},
            "uncertainty": None,
            "category": "mendelian",
            "flags": [],
        }
        for each in document["assessments"]
    ]
    return {**document, "schema_version": 3, "assessments": assessments}


def from_3_to_4(document: Document) -> Document:
    """Say what version 3 did not store of a ranking: what its scores are the sum of, and marks.

    Its scores stay as they were, of another scale than today's.
    """
    ranking = [{**place, "contributions": [], "marks": []} for place in document["ranking"]]
    return {**document, "schema_version": 4, "ranking": ranking}


LIFTS: Mapping[int, Callable[[Document], Document]] = MappingProxyType(
    {1: from_1_to_2, 2: from_2_to_3, 3: from_3_to_4}
)
"""One function per past version, from that version to the next."""
