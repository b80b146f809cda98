"""The numbers with which calls are judged, from the rules in force."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import inf, log10
from typing import Self

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class TrioLimits:
    """When a call is believed: reads, alternative reads, phred-scaled GQ, and likelihoods.

    `parent_phred` is by how much no copy must be more likely than any in a parent, `child_phred` by
    how much a copy must be more likely than none in a child, before the allele is held for new
    (`inheritance.likelihoods`); without these values no likelihood is asked for. `read_error` is
    the share of reads that are wrong.
    """

    min_depth: int
    max_alt_reads: int
    min_quality: int
    parent_phred: float = -inf
    child_phred: float = -inf
    read_error: float = 0.5

    @classmethod
    def read(cls, number: Callable[[str], float]) -> Self:
        """Read the limits from the rules in force; `number` gives the value of a rule's key.

        Those of likelihoods are left out.
        """
        return cls(
            min_depth=int(number("de_novo.parent_min_depth")),
            max_alt_reads=int(number("de_novo.parent_max_alt_reads")),
            min_quality=int(number("de_novo.min_quality")),
        )

    @classmethod
    def read_all(cls, number: Callable[[str], float]) -> Self:
        """Read what likelihoods are judged with, too: for a new allele's sake."""
        return replace(
            cls.read(number),
            parent_phred=_phred(number("inheritance.inherited_odds"), number),
            child_phred=_phred(_error_odds(number), number),
            read_error=number("inheritance.read_error"),
        )


@dataclass(frozen=True, slots=True)
class FamilyLimits:
    """When a call is believed, when it hints at a mosaic, and what levels of heteroplasmy mean.

    A heterozygous call hints at a mosaic whose share of reads is below `mosaic_below` and more than
    `mosaic_deviations` standard deviations below a half. `inherited_odds` is how much
    oftener a rare allele comes from a given parent than it is new, `error_odds` how much oftener a
    base stays what it is than it becomes a given other one. Levels of mitochondrial heteroplasmy
    are shares of reads: seen from `detected_from` on, a cause of disease from `disease_from` on,
    all copies from `homoplasmic_from` on. With the values of a limit left out nothing is a mosaic,
    and no level is told from another.
    """

    trio: TrioLimits
    mosaic_below: float = 0.0
    mosaic_deviations: float = 0.0
    inherited_odds: float = 0.0
    error_odds: float = 0.0
    detected_from: float = 0.0
    disease_from: float = 0.0
    homoplasmic_from: float = 0.0

    @classmethod
    def read(cls, number: Callable[[str], float]) -> Self:
        """Read the limits from the rules in force; `number` gives the value of a rule's key."""
        return cls(
            trio=TrioLimits.read_all(number),
            mosaic_below=number("inheritance.mosaic_below"),
            mosaic_deviations=number("inheritance.mosaic_deviations"),
            inherited_odds=number("inheritance.inherited_odds"),
            error_odds=_error_odds(number),
            detected_from=number("inheritance.heteroplasmy_detected"),
            disease_from=number("inheritance.heteroplasmy_disease"),
            homoplasmic_from=number("flag.homoplasmic_from"),
        )

    def mosaic(
        self, alt: npt.NDArray[np.integer], total: npt.NDArray[np.integer]
    ) -> npt.NDArray[np.bool_]:
        """Tell where reads of a heterozygous call are far fewer than half, by their number."""
        deviations = self.mosaic_deviations * np.sqrt(np.maximum(total, 0))
        few: npt.NDArray[np.bool_] = alt < self.mosaic_below * total
        few &= alt < (total - deviations) / 2
        return few


def _error_odds(number: Callable[[str], float]) -> float:
    """Of two bases that a child is given, either may become a given one of three others."""
    return 3 / (2 * number("inheritance.mutation_rate"))


def _phred(odds: float, number: Callable[[str], float]) -> float:
    """Return the likelihood, phred-scaled, that outweighs some odds by the odds asked for."""
    return 10 * log10(odds * number("inheritance.new_odds"))
