"""Reported findings: two names, exact versions, amendments and retractions."""

from dataclasses import replace

import pytest

from act_builders import CASE, DAY, family_result, later, stated
from registry_builders import ALLELES, assessment, key, register
from varinterp.errors import InputError
from varinterp.model.assessment import AcmgClass, SignedClass
from varinterp.model.reported import FindingState, ReportedFinding
from varinterp.registry.dataset import Dataset
from varinterp.registry.store import Registry

MARTIN, TREMBLAY = "A. Martin", "S. Tremblay"


@pytest.fixture
def version(store: Registry) -> int:
    """The standing version of the conclusion."""
    (found,) = store.current(CASE)
    return found.id


def signed(dataset: Dataset, finding: int, hours: float = 2) -> ReportedFinding:
    dataset.sign(CASE, finding, reader=MARTIN, on=DAY, at=later(hours))
    return dataset.sign(CASE, finding, reader=TREMBLAY, on=DAY, at=later(hours + 0.5))


def rules_of(refusal: pytest.ExceptionInfo[InputError]) -> list[str]:
    return [each.rule for each in refusal.value.faults]


def test_a_finding_is_signed_by_two_people_on_one_version(dataset: Dataset, version: int) -> None:
    number = dataset.draft(CASE, stated(), version, author=MARTIN, at=later(1))
    one = dataset.sign(CASE, number, reader=MARTIN, on=DAY, at=later(2))
    assert (one.state, one.signed_class) == (FindingState.DRAFT, None)
    assert dataset.signed(CASE) == {}

    both = dataset.sign(CASE, number, reader=TREMBLAY, on=DAY, at=later(3))

    assert (both.state, both.assessment) == (FindingState.SIGNED, version)
    assert (both.report, both.report_version) == ("CR-5512", 1)
    assert dataset.signed(CASE) == {
        key(): SignedClass(AcmgClass.PATHOGENIC, MARTIN, TREMBLAY, DAY.isoformat())
    }
    assert dataset.signed() == dataset.signed(CASE)
    assert dataset.signed(CASE, as_of=later(2.5)) == {}


@pytest.mark.parametrize("again", [MARTIN, " a. martin "])
def test_one_person_is_one_signature_however_often(
    dataset: Dataset, store: Registry, version: int, again: str
) -> None:
    number = dataset.draft(CASE, stated(), version, author=MARTIN, at=later(1))
    assert dataset.draft(CASE, stated(), version, author=TREMBLAY, at=later(1)) == number
    dataset.sign(CASE, number, reader=MARTIN, on=DAY, at=later(2))
    before = store.verify()

    found = dataset.sign(CASE, number, reader=again, on=DAY, at=later(3))

    assert (found.state, len(found.signatures)) == (FindingState.DRAFT, 1)
    assert store.verify() == before


@pytest.mark.parametrize("name", ["varinterp", "Varinterp 1.0", ""])
def test_the_program_signs_nothing(dataset: Dataset, version: int, name: str) -> None:
    number = dataset.draft(CASE, stated(), version, author=MARTIN, at=later(1))

    with pytest.raises(InputError) as refusal:
        dataset.sign(CASE, number, reader=name, on=DAY, at=later(2))

    assert rules_of(refusal) == ["dataset.program"]


def test_a_third_signature_and_a_finding_of_another_case_are_refused(
    dataset: Dataset, version: int
) -> None:
    number = dataset.draft(CASE, stated(), version, author=MARTIN, at=later(1))
    signed(dataset, number)

    with pytest.raises(InputError) as third:
        dataset.sign(CASE, number, reader="L. Nguyen", on=DAY, at=later(4))
    with pytest.raises(InputError) as unknown:
        dataset.sign(CASE, 999, reader="L. Nguyen", on=DAY, at=later(4))

    assert rules_of(third) == ["dataset.finding_state"]
    assert rules_of(unknown) == ["dataset.finding"]


def test_a_draft_stands_on_a_conclusion_of_the_case_alone(
    dataset: Dataset, store: Registry, version: int
) -> None:
    register(store, family_result("case-2", family="F-TWO"), later())
    (other,) = store.current("case-2")

    for draft, on in (
        (stated(), other.id),
        (stated(), 999),
        (replace(stated(), key=key(allele=ALLELES[1])), version),
    ):
        with pytest.raises(InputError) as refusal:
            dataset.draft(CASE, draft, on, author=MARTIN, at=later(1))
        assert rules_of(refusal) == ["dataset.assessment"]


def test_a_conclusion_that_moved_is_not_signed_unseen(
    dataset: Dataset, store: Registry, version: int
) -> None:
    number = dataset.draft(CASE, stated(), version, author=MARTIN, at=later(1))
    dataset.sign(CASE, number, reader=MARTIN, on=DAY, at=later(2))
    register(store, family_result(analysis=2, assessments=[assessment(af=0.5)]), later(3))

    with pytest.raises(InputError) as refusal:
        dataset.sign(CASE, number, reader=TREMBLAY, on=DAY, at=later(4))

    assert rules_of(refusal) == ["dataset.finding_moved"]


def test_an_amendment_takes_effect_when_two_people_signed_it(
    dataset: Dataset, store: Registry, version: int
) -> None:
    first = dataset.draft(CASE, stated(), version, author=MARTIN, at=later(1))
    signed(dataset, first)
    register(store, family_result(analysis=2, assessments=[assessment(af=0.5)]), later(3))
    (moved,) = store.current(CASE)
    lower = stated(AcmgClass.UNCERTAIN, version=2)

    second = dataset.draft(
        CASE, replace(lower, reason="frequent"), moved.id, author=MARTIN, at=later(4), amends=first
    )
    dataset.sign(CASE, second, reader=MARTIN, on=DAY, at=later(5))
    assert dataset.signed(CASE)[key()].value is AcmgClass.PATHOGENIC
    dataset.sign(CASE, second, reader=TREMBLAY, on=DAY, at=later(6))

    old, new = dataset.findings(CASE)
    assert (old.state, old.amended_by) == (FindingState.AMENDED, second)
    assert (new.state, new.amends, new.reason) == (FindingState.SIGNED, first, "frequent")
    assert dataset.signed(CASE)[key()].value is AcmgClass.UNCERTAIN
    assert dataset.signed(CASE, as_of=later(5))[key()].value is AcmgClass.PATHOGENIC
    (link,) = dataset.reclassifications(CASE)
    assert (link.finding, link.before, link.after) == (first, version, moved.id)


def test_a_draft_amends_only_what_stands(dataset: Dataset, version: int) -> None:
    first = dataset.draft(CASE, stated(), version, author=MARTIN, at=later(1))

    with pytest.raises(InputError) as refusal:
        dataset.draft(CASE, stated(version=2), version, author=MARTIN, at=later(2), amends=first)

    assert rules_of(refusal) == ["dataset.finding_state"]


def test_of_two_amendments_of_one_finding_the_first_signed_wins(
    dataset: Dataset, version: int
) -> None:
    first = dataset.draft(CASE, stated(), version, author=MARTIN, at=later(1))
    signed(dataset, first)
    rivals = [
        dataset.draft(CASE, stated(value, 2), version, author=MARTIN, at=later(4), amends=first)
        for value in (AcmgClass.UNCERTAIN, AcmgClass.LIKELY_PATHOGENIC)
    ]
    for rival in rivals:
        dataset.sign(CASE, rival, reader=MARTIN, on=DAY, at=later(5))

    dataset.sign(CASE, rivals[1], reader=TREMBLAY, on=DAY, at=later(6))
    with pytest.raises(InputError) as refusal:
        dataset.sign(CASE, rivals[0], reader=TREMBLAY, on=DAY, at=later(7))

    assert rules_of(refusal) == ["dataset.finding_state"]
    assert dataset.signed(CASE)[key()].value is AcmgClass.LIKELY_PATHOGENIC


def test_a_retraction_takes_one_person_and_a_reason_and_is_final(
    dataset: Dataset, store: Registry, version: int
) -> None:
    number = dataset.draft(CASE, stated(), version, author=MARTIN, at=later(1))
    signed(dataset, number)
    with pytest.raises(InputError) as unsaid:
        dataset.retract(CASE, number, author=MARTIN, reason=" ", on=DAY, at=later(3))
    assert rules_of(unsaid) == ["dataset.reason"]

    for hours in (3, 4):
        done = dataset.retract(
            CASE, number, author=TREMBLAY, reason="sample swap", on=DAY, at=later(hours)
        )

    assert (done.state, done.closing_reason) == (FindingState.RETRACTED, "sample swap")
    assert dataset.signed(CASE) == {}
    (link,) = dataset.reclassifications()
    assert (link.before, link.after) == (version, None)
    assert store.verify().broken is None
    again = dataset.draft(CASE, stated(), version, author=MARTIN, at=later(5))
    assert again != number
