"""A person's answer in place of a criterion's."""

from dataclasses import replace
from itertools import permutations

import pytest

from core_builders import DISEASES, TANGO2, Setting, missense, predictions
from varinterp.acmg.override import overridden
from varinterp.acmg.question import Question
from varinterp.model.assessment import Assessment
from varinterp.model.curation import CURATION, Curations, Origin, Override, Scope
from varinterp.model.evidence import Criterion, Finding, Outcome, Strength, not_assessed
from varinterp.model.gene_disease import Inheritance
from varinterp.model.reads import Read, Reader

MET, NOT_MET, NOT_ASSESSED = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_ASSESSED
PLAIN = Setting(consequence=missense(), predictions=predictions(revel=0.7))
ANYTHING = Scope()


def override(
    criterion: Criterion = Criterion.PS3,
    outcome: Outcome = MET,
    strength: Strength | None = Strength.MODERATE,
    *,
    entry: str = "o1",
    date: str = "2026-02-01",
    scope: Scope = ANYTHING,
) -> Override:
    origin = Origin(entry, "B. Curator", date, "7654321")
    return Override(scope, origin, criterion, outcome, strength, f"because of {entry}")


def at(*overrides: Override, constructed: bool = False) -> Setting:
    return replace(PLAIN, curated=Curations(overrides=overrides, constructed=constructed))


def found(assessment: Assessment, criterion: Criterion) -> Finding:
    return next(each for each in assessment.findings if each.criterion is criterion)


def test_a_person_answers_in_place_of_the_criterion_and_both_are_shown() -> None:
    finding = found(at(override(Criterion.PP3, NOT_MET, None)).assess(), Criterion.PP3)

    assert found(PLAIN.assess(), Criterion.PP3).strength is Strength.SUPPORTING
    assert (finding.verdict.outcome, finding.strength) == (NOT_MET, None)
    assert finding.verdict.reason.key == "override.stated"
    assert dict(finding.verdict.reason.facts) == {
        "author": "B. Curator",
        "entered_on": "2026-02-01",
        "machine": MET,
        "machine_strength": Strength.SUPPORTING,
        "pmid": "7654321",
        "reason": "because of o1",
    }


def test_an_override_counts_at_the_strength_that_it_states() -> None:
    assessment = at(override(Criterion.PS3, MET, Strength.STRONG)).assess()

    assert found(assessment, Criterion.PS3).strength is Strength.STRONG
    assert assessment.points == PLAIN.assess().points + 4


def test_a_criterion_that_is_not_assessed_can_be_answered() -> None:
    setting = at(override(Criterion.PM1))
    machine = Finding(Criterion.PM1, not_assessed("no_consequence"))
    (stated,) = overridden((machine,), Question(setting.key, None, Reader(setting.evidence)))

    reason = stated.verdict.reason
    assert (reason["machine"], reason["machine_strength"]) == (NOT_ASSESSED, None)
    assert stated.strength is Strength.MODERATE


def test_the_other_criteria_stand() -> None:
    with_entry = replace(PLAIN, curated=Curations()).assess()
    stated = at(override()).assess()

    for before, after in zip(with_entry.findings, stated.findings, strict=True):
        if after.criterion is not Criterion.PS3:
            assert after.verdict == before.verdict
    assert [each.criterion for each in stated.findings] == list(Criterion)


@pytest.mark.parametrize(
    ("entries", "holds"),
    [
        pytest.param(
            [("a", "2026-01-01", Strength.STRONG), ("b", "2026-02-01", Strength.SUPPORTING)],
            Strength.SUPPORTING,
            id="the later date",
        ),
        pytest.param(
            [("b", "2026-01-01", Strength.STRONG), ("a", "2026-02-01", Strength.SUPPORTING)],
            Strength.SUPPORTING,
            id="the date before the id",
        ),
        pytest.param(
            [("a", "2026-01-01", Strength.STRONG), ("b", "2026-01-01", Strength.SUPPORTING)],
            Strength.SUPPORTING,
            id="the later id of one day",
        ),
        pytest.param(
            [
                ("a", "2026-01-01", Strength.STRONG),
                ("b", "2026-03-01", Strength.MODERATE),
                ("c", "2026-02-01", Strength.SUPPORTING),
            ],
            Strength.MODERATE,
            id="of three",
        ),
    ],
)
def test_the_latest_entry_holds_in_whichever_order_they_come(
    entries: list[tuple[str, str, Strength]], holds: Strength
) -> None:
    overrides = [
        override(strength=strength, entry=entry, date=date) for entry, date, strength in entries
    ]
    for order in permutations(overrides):
        assert found(at(*order).assess(), Criterion.PS3).strength is holds


def test_a_later_entry_of_another_scope_does_not_take_its_place() -> None:
    ours = override(strength=Strength.STRONG)
    other = override(entry="o2", date="2026-09-01", scope=Scope("HGNC:1"))

    assert found(at(ours, other).assess(), Criterion.PS3).strength is Strength.STRONG


@pytest.mark.parametrize(
    ("scope", "holds"),
    [
        (Scope(TANGO2.hgnc, DISEASES[TANGO2.hgnc], Inheritance.AUTOSOMAL_RECESSIVE), True),
        (Scope("HGNC:1"), False),
        (Scope(TANGO2.hgnc, "OMIM:1"), False),
        (Scope(None, None, Inheritance.AUTOSOMAL_DOMINANT), False),
    ],
)
def test_an_override_holds_within_its_scope(scope: Scope, holds: bool) -> None:
    finding = found(at(override(scope=scope)).assess(), Criterion.PS3)

    assert finding.met is holds
    assert (finding.verdict.reason.key == "override.stated") is holds


def test_an_overridden_finding_read_the_entry_beside_what_the_criterion_read() -> None:
    setting = at(override(Criterion.PP3, NOT_MET, None))
    finding = found(setting.assess(), Criterion.PP3)
    machine = found(PLAIN.assess(), Criterion.PP3)
    entry = setting.evidence.answer(CURATION, str(setting.allele))[1]

    before = {read for read in machine.reads if read.source != CURATION.source}
    assert {read for read in finding.reads if read.source != CURATION.source} == before
    assert entry in finding.reads
    assert list(finding.reads) == sorted(finding.reads)


def test_an_assessment_without_an_entry_asked_for_one() -> None:
    """So that the first override ever entered reaches it."""
    asked = Read(CURATION.source, str(PLAIN.allele), CURATION.kind, None)

    assert asked in PLAIN.assess().reads


@pytest.mark.parametrize("constructed", [False, True])
def test_a_constructed_entry_marks_the_finding(constructed: bool) -> None:
    assessment = at(override(), constructed=constructed).assess()

    assert found(assessment, Criterion.PS3).constructed is constructed
    assert assessment.constructed is constructed


def test_what_the_criterion_read_of_constructed_data_stays_marked() -> None:
    setting = at(override(Criterion.PP3))
    machine = replace(found(PLAIN.assess(), Criterion.PP3), constructed=True, reads=())
    (layered,) = overridden((machine,), Question(setting.key, None, Reader(setting.evidence)))

    assert layered.constructed
    assert layered.verdict.reason.key == "override.stated"


@pytest.mark.parametrize(
    ("criterion", "outcome", "strength", "what"),
    [
        (Criterion.PS3, MET, None, "a strength goes with"),
        (Criterion.PS3, NOT_MET, Strength.STRONG, "a strength goes with"),
        (Criterion.PS3, NOT_ASSESSED, Strength.STRONG, "a strength goes with"),
        (Criterion.PM2, MET, Strength.STAND_ALONE, "only a benign criterion"),
        (Criterion.PP5, MET, Strength.SUPPORTING, "withdrawn"),
        (Criterion.BP6, NOT_MET, None, "withdrawn"),
    ],
)
def test_an_override_that_no_criterion_could_answer_cannot_be(
    criterion: Criterion, outcome: Outcome, strength: Strength | None, what: str
) -> None:
    with pytest.raises(ValueError, match=what):
        override(criterion, outcome, strength)


def test_a_benign_criterion_may_stand_alone() -> None:
    stated = at(override(Criterion.BA1, MET, Strength.STAND_ALONE)).assess()

    assert found(stated, Criterion.BA1).strength is Strength.STAND_ALONE
