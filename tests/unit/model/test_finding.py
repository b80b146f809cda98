"""A verdict has a strength exactly when it is met; points follow from strength and direction."""

import pytest

from core_builders import TANGO2, allele, finding
from varinterp.model.assessment import NO_KNOWN_DISEASE, AcmgClass, AssessmentKey
from varinterp.model.evidence import (
    Criterion,
    Direction,
    Finding,
    Outcome,
    Reason,
    Strength,
    Verdict,
    met,
    not_assessed,
    not_met,
)
from varinterp.model.fit import Answer
from varinterp.model.gene_disease import Inheritance


@pytest.mark.parametrize(
    ("strength", "points"),
    [
        (Strength.SUPPORTING, 1),
        (Strength.MODERATE, 2),
        (Strength.STRONG, 4),
        (Strength.VERY_STRONG, 8),
        (Strength.STAND_ALONE, 8),
    ],
)
def test_tavtigians_points(strength: Strength, points: int) -> None:
    assert strength.points == points
    assert finding(Criterion.BA1, strength).points == -points


@pytest.mark.parametrize("criterion", list(Criterion))
def test_the_letter_says_the_direction(criterion: Criterion) -> None:
    pathogenic = criterion.value[0] == "P"

    assert criterion.direction is (Direction.PATHOGENIC if pathogenic else Direction.BENIGN)
    assert finding(criterion, Strength.STRONG).points == (4 if pathogenic else -4)


@pytest.mark.parametrize("criterion", [Criterion.PVS1, Criterion.PM3])
def test_nothing_pathogenic_stands_alone(criterion: Criterion) -> None:
    with pytest.raises(ValueError, match="benign"):
        finding(criterion, Strength.STAND_ALONE)


@pytest.mark.parametrize("verdict", [not_met("test"), not_assessed("test")])
def test_what_is_not_met_has_no_points(verdict: Verdict) -> None:
    silent = Finding(Criterion.PVS1, verdict)

    assert not silent.met
    assert silent.strength is None
    assert silent.points == 0


@pytest.mark.parametrize(
    ("outcome", "strength"),
    [
        (Outcome.MET, None),
        (Outcome.NOT_MET, Strength.STRONG),
        (Outcome.NOT_ASSESSED, Strength.STRONG),
    ],
)
def test_a_strength_without_a_met_criterion_is_refused(
    outcome: Outcome, strength: Strength | None
) -> None:
    with pytest.raises(ValueError, match="strength"):
        Verdict(outcome, Reason("test"), strength)


def test_a_reason_keeps_its_facts_by_name_in_one_order() -> None:
    reason = met(Strength.STRONG, "test", b=1, a=None).reason

    assert reason == Reason.of("test", a=None, b=1)
    assert reason.facts == (("a", None), ("b", 1))
    assert reason["b"] == 1


def test_the_class_number_is_that_of_french_reports() -> None:
    assert [each.rank for each in AcmgClass] == [1, 2, 3, 4, 5]
    assert AcmgClass.PATHOGENIC.rank == 5


def test_answers_rank_from_fits_to_does_not() -> None:
    assert [answer.rank for answer in Answer] == [0, 1, 2]


def test_an_assessments_key_reads_as_one_line() -> None:
    one = AssessmentKey(
        "case", allele("22-1-A-C"), TANGO2.hgnc, "OMIM:1", Inheritance.X_LINKED, "core"
    )
    none = AssessmentKey("case", allele("22-1-A-C"), TANGO2.hgnc, NO_KNOWN_DISEASE, None, "core")

    assert str(one) == "case|22-1-A-C|HGNC:25439|OMIM:1|x_linked|core"
    assert str(none) == "case|22-1-A-C|HGNC:25439|none|any|core"


@pytest.mark.parametrize(
    ("disease", "mode"),
    [(NO_KNOWN_DISEASE, Inheritance.X_LINKED), ("OMIM:1", None)],
)
def test_a_mode_goes_with_a_disease(disease: str, mode: Inheritance | None) -> None:
    with pytest.raises(ValueError, match="mode of inheritance"):
        AssessmentKey("case", allele("22-1-A-C"), TANGO2.hgnc, disease, mode, "core")
