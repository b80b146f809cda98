"""What `explain` says of a disease that is none of the patient's: that, and no more."""

from dataclasses import replace

import pytest

from core_builders import allele
from varinterp.model.assessment import AcmgClass, AssessmentKey, SignedClass
from varinterp.model.case import CaseResult, Tier
from varinterp.model.evidence import Reason
from varinterp.pipeline.explain import after_gates
from varinterp.report.catalogue import Language
from varinterp.report.explanation import explanations
from varinterp.report.wording import wording
from whole_analysis import analysis

WORDS = wording(Language.ENGLISH)
ANALYSIS = analysis()
FIRST = ANALYSIS.ranking[0]
ALLELE = FIRST.keys[0].allele
OTHER = "OMIM:604370"


def case_with(first: Tier, other: Tier) -> CaseResult:
    """A case of one allele in two diseases of its gene."""
    (known,) = [each for each in ANALYSIS.assessments if each.key == FIRST.keys[0]]
    another = replace(known, key=replace(known.key, disease=OTHER))
    reason = Reason.of("tier.unrelated", terms=1)
    places = (
        replace(FIRST, tier=first, keys=(known.key,), reason=reason),
        replace(FIRST, tier=other, keys=(another.key,), reason=reason, rank=2),
    )
    return replace(ANALYSIS, assessments=(known, another), ranking=places)


def explained(case: CaseResult) -> set[str]:
    return {each.key.disease for each in explanations(case, ALLELE, WORDS)}


def told(case: CaseResult) -> str:
    return " ".join(WORDS.sentence(step.reason) for step in after_gates(case, ALLELE))


MINE = FIRST.keys[0].disease


def test_every_disease_that_may_be_the_patients_is_named() -> None:
    case = case_with(Tier.PROPOSED, Tier.NOT_RETAINED)

    assert MINE in told(case)
    assert OTHER in told(case)
    assert explained(case) == {MINE, OTHER}


def test_a_disease_that_is_none_of_the_patients_is_not() -> None:
    case = case_with(Tier.PROPOSED, Tier.UNRELATED)

    assert MINE in told(case)
    assert OTHER not in told(case)
    assert explained(case) == {MINE}


def test_of_unrelated_diseases_alone_it_says_so_once_and_not_the_class() -> None:
    case = case_with(Tier.UNRELATED, Tier.UNRELATED)
    steps = after_gates(case, ALLELE)

    assert [(step.name, step.passed) for step in steps] == [("gene", True), ("tier", False)]
    assert not any(name == "acmg_class" for step in steps for name, _ in step.reason.facts)
    assert explained(case) == set()


def test_a_secondary_finding_that_was_consented_to_is_told() -> None:
    case = case_with(Tier.UNRELATED, Tier.SECONDARY)

    assert OTHER in told(case)
    assert explained(case) == {OTHER}


def test_what_people_signed_is_explained() -> None:
    case = case_with(Tier.UNRELATED, Tier.UNRELATED)
    first, second = case.assessments
    signed = SignedClass(AcmgClass.PATHOGENIC, "reader-1", "reader-2", "2026-01-05")

    assert explained(replace(case, assessments=(replace(first, signed=signed), second))) == {MINE}


@pytest.mark.parametrize(
    ("tiers", "named"),
    [
        ((Tier.UNRELATED,), True),
        ((Tier.SECONDARY,), False),
        ((Tier.UNRELATED, Tier.SECONDARY), True),
    ],
)
def test_a_key_is_of_a_tier_only_when_all_its_hypotheses_are(
    tiers: tuple[Tier, ...], named: bool
) -> None:
    """One allele may be in a pair that is told, and in another that is not."""
    partners = (allele("22-20061684-G-A"), allele("22-20055980-C-T"))
    key = FIRST.keys[0]
    pairs: list[tuple[AssessmentKey, ...]] = [
        (key, replace(key, allele=partner)) for partner in partners
    ]
    places = tuple(
        replace(FIRST, tier=tier, keys=keys)
        for tier, keys in zip((Tier.SECONDARY, Tier.UNRELATED), pairs, strict=True)
    )
    found = replace(ANALYSIS, ranking=places).only_in(*tiers)

    assert (pairs[1][1] in found) is named
    assert (key in found) is (len(tiers) == 2)
