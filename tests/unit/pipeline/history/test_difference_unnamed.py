"""What changed between two days names no disease that is none of the patient's."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from registry_builders import register, url
from varinterp.model.canonical import canonical
from varinterp.model.case import CaseResult, Tier
from varinterp.pipeline.history.difference import Difference, difference
from varinterp.registry.store import Registry
from whole_analysis import analysis

ANALYSIS = analysis()
FIRST = ANALYSIS.ranking[0]
MINE, OTHER = FIRST.keys[0].disease, "OMIM:604370"
DAY = datetime(2026, 7, 4, 12, tzinfo=UTC)


def concluded(number: int, disease: str, tier: Tier) -> CaseResult:
    """An analysis of one allele in one disease."""
    (known,) = [each for each in ANALYSIS.assessments if each.key == FIRST.keys[0]]
    told = replace(known, key=replace(known.key, disease=disease))
    place = replace(FIRST, tier=tier, keys=(told.key,))
    case = replace(ANALYSIS.case, analysis=number)
    return replace(ANALYSIS, case=case, assessments=(told,), ranking=(place,))


def between(folder: Path, before: CaseResult, after: CaseResult) -> Difference:
    registry = Registry.open(url(folder / "registry.sqlite"))
    register(registry, before, DAY)
    register(registry, after, DAY + timedelta(days=2))
    return difference(registry, DAY + timedelta(days=1), DAY + timedelta(days=3))


def test_the_side_that_is_none_of_the_patients_is_left_out(tmp_path: Path) -> None:
    found = between(
        tmp_path, concluded(1, OTHER, Tier.UNRELATED), concluded(2, MINE, Tier.PROPOSED)
    )
    (row,) = found.rows

    assert row.before is None
    assert row.after is not None
    assert OTHER not in canonical(found)


@pytest.mark.parametrize("disease", [MINE, OTHER])
def test_a_finding_whose_consent_is_gone_is_withheld_whatever_comes_first_now(
    tmp_path: Path, disease: str
) -> None:
    found = between(
        tmp_path, concluded(1, MINE, Tier.SECONDARY), concluded(2, disease, Tier.UNRELATED)
    )

    assert (found.rows, found.withheld) == ((), 1)


def test_diseases_of_the_patients_are_named_on_both_sides(tmp_path: Path) -> None:
    found = between(
        tmp_path, concluded(1, OTHER, Tier.NOT_RETAINED), concluded(2, MINE, Tier.PROPOSED)
    )
    (row,) = found.rows

    assert row.before is not None
    assert row.before.key.disease == OTHER
