"""Each limit is read from the rule that is documented for it."""

import numpy as np
import pytest

from core_builders import FAMILY_LIMITS
from varinterp.inheritance.limits import FamilyLimits, TrioLimits

NUMBERS = {
    "de_novo.parent_min_depth": 11.0,
    "de_novo.parent_max_alt_reads": 2.0,
    "de_novo.min_quality": 23.0,
    "inheritance.mosaic_below": 0.31,
    "inheritance.mosaic_deviations": 4.0,
    "inheritance.read_error": 0.02,
    "inheritance.inherited_odds": 10.0,
    "inheritance.mutation_rate": 0.0015,
    "inheritance.new_odds": 100.0,
    "inheritance.heteroplasmy_detected": 0.12,
    "inheritance.heteroplasmy_disease": 0.63,
    "flag.homoplasmic_from": 0.96,
}


def test_every_limit_comes_from_its_own_rule() -> None:
    found = FamilyLimits.read(NUMBERS.__getitem__)

    assert found == FamilyLimits(
        trio=TrioLimits(
            min_depth=11,
            max_alt_reads=2,
            min_quality=23,
            parent_phred=30.0,  # 10 x log10(10 x 100)
            child_phred=50.0,  # 10 x log10(3 / (2 x 0.0015) x 100)
            read_error=0.02,
        ),
        mosaic_below=0.31,
        mosaic_deviations=4.0,
        inherited_odds=10.0,
        error_odds=1000.0,
        detected_from=0.12,
        disease_from=0.63,
        homoplasmic_from=0.96,
    )


@pytest.mark.parametrize("missing", NUMBERS)
def test_a_missing_rule_is_never_guessed(missing: str) -> None:
    with pytest.raises(KeyError, match=missing):
        FamilyLimits.read({key: NUMBERS[key] for key in NUMBERS if key != missing}.__getitem__)


@pytest.mark.parametrize(
    ("alt", "total", "hints"),
    [
        (10, 36, False),  # 36 / 2 - 3 x sqrt(36) / 2 = 9, and three tenths are 10.8
        (9, 36, False),
        (8, 36, True),
        (30, 100, False),  # 100 / 2 - 3 x sqrt(100) / 2 = 35, and three tenths are 30
        (29, 100, True),
        (0, 0, False),
    ],
)
def test_a_mosaic_is_below_three_tenths_and_three_deviations(
    alt: int, total: int, hints: bool
) -> None:
    assert bool(FAMILY_LIMITS.mosaic(np.array([alt]), np.array([total]))[0]) is hints
