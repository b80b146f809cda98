"""The numbers with which calls are judged, from the rules in force."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class TrioLimits:
    """When a reference call is believed: reads, alternative reads, phred-scaled GQ."""

    min_depth: int
    max_alt_reads: int
    min_quality: int

    @classmethod
    def read(cls, number: Callable[[str], float]) -> Self:
        """Read the limits from the rules in force; `number` gives the value of a rule's key."""
        return cls(
            min_depth=int(number("de_novo.parent_min_depth")),
            max_alt_reads=int(number("de_novo.parent_max_alt_reads")),
            min_quality=int(number("de_novo.min_quality")),
        )


@dataclass(frozen=True, slots=True)
class FamilyLimits:
    """When a call is believed, when it hints at a mosaic, and what levels of heteroplasmy mean.

    A heterozygous call hints at a mosaic whose share of reads is below `mosaic_below` and more than
    `mosaic_deviations` standard deviations below a half. `read_error` is the share of reads that
    are wrong, and `inherited_odds` how much oftener a rare allele comes from a given parent than it
    is new. Levels of mitochondrial heteroplasmy are shares of reads: seen from `detected_from` on,
    a cause of disease from `disease_from` on, all copies from `homoplasmic_from` on. With the
    values of a limit left out nothing is a mosaic, and no level is told from another.
    """

    trio: TrioLimits
    mosaic_below: float = 0.0
    mosaic_deviations: float = 0.0
    read_error: float = 0.5
    inherited_odds: float = 0.0
    detected_from: float = 0.0
    disease_from: float = 0.0
    homoplasmic_from: float = 0.0

    @classmethod
    def read(cls, number: Callable[[str], float]) -> Self:
        """Read the limits from the rules in force; `number` gives the value of a rule's key."""
        return cls(
            trio=TrioLimits.read(number),
            mosaic_below=number("inheritance.mosaic_below"),
            mosaic_deviations=number("inheritance.mosaic_deviations"),
            read_error=number("inheritance.read_error"),
            inherited_odds=number("inheritance.inherited_odds"),
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
