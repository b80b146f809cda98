"""What makes the rules about predictors sound: a choice made beforehand, with cut-offs to use.

`predictor.missense` names the one predictor that decides PP3 and BP4 of a missense allele. It is
refused when the rules have no calibrated cut-offs of it.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from varinterp.model.prediction import MISSENSE, Predictor

CHOICE = "predictor.missense"
_STRENGTHS = ("supporting", "moderate", "strong", "very_strong")
_ALONE = {"predictor.spliceai.pp3", "predictor.spliceai.bp4"}
"""SpliceAI is calibrated at one strength (Walker 2023, PMID 37352859)."""


def predictor_problems(values: Mapping[str, object]) -> Iterator[str]:
    """Yield what is wrong with the `predictor.*` rules among some values."""
    known = {
        f"predictor.{tool}.{code}_{strength}"
        for tool in MISSENSE
        for code in ("pp3", "bp4")
        for strength in _STRENGTHS
    }
    for key, value in values.items():
        if not key.startswith("predictor.") or key == CHOICE:
            continue
        if key not in known | _ALONE:
            yield f"{key} is no cut-off of a predictor that varinterp reads"
        elif isinstance(value, bool) or not isinstance(value, int | float):
            yield f"{key} is a number"
    yield from _choice(values)
    for tool in MISSENSE:
        yield from _order(tool, values)


def _choice(values: Mapping[str, object]) -> Iterator[str]:
    if CHOICE not in values:
        return
    chosen = values[CHOICE]
    if chosen not in MISSENSE:
        yield f"{CHOICE} is one of {', '.join(MISSENSE)}"
        return
    missing = [
        f"predictor.{chosen}.{code}_supporting"
        for code in ("pp3", "bp4")
        if f"predictor.{chosen}.{code}_supporting" not in values
    ]
    if missing:
        yield f"{CHOICE} is {chosen}, and the rules have no {' and no '.join(missing)}"


def _order(tool: Predictor, values: Mapping[str, object]) -> Iterator[str]:
    """From the strongest benign cut-off to the strongest pathogenic one, they rise."""
    ladder = [f"bp4_{strength}" for strength in reversed(_STRENGTHS)]
    ladder += [f"pp3_{strength}" for strength in _STRENGTHS]
    keys = [f"predictor.{tool}.{step}" for step in ladder]
    steps = [(key, value) for key in keys if isinstance(value := values.get(key), int | float)]
    for (low, least), (high, most) in pairwise(steps):
        if least >= most:
            yield f"{high} is above {low}"
