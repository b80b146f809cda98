"""What the rules must say of the ranking: shares that have log-odds, and words that it knows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from varinterp.model.assessment import AcmgClass
from varinterp.model.evidence import Criterion
from varinterp.model.gene_disease import Validity
from varinterp.model.panel import PanelLevel
from varinterp.priority.effect import Effect

_PREFIX = "rank."


@dataclass(frozen=True, slots=True)
class _Between:
    """A number from `least` to `most`; `open` says that `least` itself is too little."""

    least: float
    most: float
    open: bool = False

    def __str__(self) -> str:
        first = "above" if self.open else "from"
        return (
            f"a number {first} {self.least:g} {'and at most' if self.open else 'to'} {self.most:g}"
        )

    def holds(self, value: object) -> bool:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        return self.least < value <= self.most or (value == self.least and not self.open)


_SHARE = _Between(0, 1, open=True)
"""A probability: 0 has no logarithm, and would rule out what it is only to make less likely."""
_LOG_ODDS = _Between(-50, 50)
_POINTS = _Between(-8, 8)
"""Points of evidence, no more than very strong gives."""

_NUMBERS: Mapping[str, _Between] = {
    "rank.prior": _Between(0, 0.999, open=True),
    "rank.very_strong": _Between(1, 10_000, open=True),
    "rank.phenotype_weight": _Between(0, 10),
    "rank.genotype.phase_unknown": _SHARE,
    "rank.genotype.contradicted": _SHARE,
    **{f"rank.validity.{each}": _SHARE for each in Validity if each.raises_hypotheses},
    "rank.validity.none": _SHARE,
    **{f"rank.copy_number.{each}": _SHARE for each in AcmgClass},
    **{f"rank.effect.{each}": _POINTS for each in Effect},
    "rank.calibration.slope": _Between(0, 10, open=True),
    "rank.calibration.unsolved": _LOG_ODDS,
    "rank.known_stars": _Between(0, 4),
    "rank.panel": _LOG_ODDS,
    "phenotype.mode_mismatch": _Between(-50, 0),
}
_WORDS: Mapping[str, type[StrEnum]] = {
    "rank.left_out": Criterion,
    "rank.family": Criterion,
    "rank.panel_levels": PanelLevel,
}


def ranking_problems(values: Mapping[str, object]) -> Iterator[str]:
    """Yield what is wrong with the ranking's rules among some values."""
    for key, value in values.items():
        if key in _NUMBERS:
            if not _NUMBERS[key].holds(value):
                yield f"{key} is {_NUMBERS[key]}"
        elif key in _WORDS:
            yield from _unknown_words(key, value)
        elif key.startswith(_PREFIX):
            yield f"{key} is no rule of the ranking"
    yield from _counted_twice(values)
    yield from _missing(values)


def _unknown_words(key: str, value: object) -> Iterator[str]:
    known = [word.value for word in _WORDS[key]]
    if not isinstance(value, tuple):
        yield f"{key} is a list of words"
        return
    strange = [word for word in value if word not in known]
    if strange:
        yield f"{key} has {', '.join(strange)[:40]}, which is none of {', '.join(known)}"


def _counted_twice(values: Mapping[str, object]) -> Iterator[str]:
    """What counts as the family's evidence must not count as the allele's too."""
    left_out, family = values.get("rank.left_out"), values.get("rank.family")
    if isinstance(left_out, tuple) and isinstance(family, tuple):
        twice = [word for word in family if word not in left_out]
        if twice:
            yield f"rank.left_out lacks {', '.join(twice)[:40]}, which rank.family counts already"


def _missing(values: Mapping[str, object]) -> Iterator[str]:
    """A file that rules the ranking rules all of it: a copy of an older file would not."""
    if any(key.startswith(_PREFIX) for key in values):
        yield from (f"{key} is missing" for key in (*_NUMBERS, *_WORDS) if key not in values)
