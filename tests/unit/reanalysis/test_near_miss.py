"""How far a conclusion is from the next class, and what alone would take it there."""

from dataclasses import replace

import pytest

from core_builders import RULES, finding
from event_builders import LB, LP, MO, OTHER, ST, SU, VUS, Claim, P, event
from varinterp.acmg.combine import points
from varinterp.model.assessment import AcmgClass
from varinterp.model.case import Tier
from varinterp.model.event import Flip, NearMiss
from varinterp.model.evidence import (
    WITHDRAWN,
    Criterion,
    Direction,
    Outcome,
    Reason,
    Strength,
    Verdict,
)
from varinterp.model.facts import RULE, Rule
from varinterp.model.fit import Answer
from varinterp.model.reads import Kind, Read
from varinterp.reanalysis.near_miss import near_miss, usual_strength


def test_the_scale_is_the_one_that_the_conclusion_was_drawn_by() -> None:
    claim = Claim(criteria=VUS)
    standing = event(None, claim).after
    assert standing is not None
    facts = {
        (RULE.source, name): rule
        for name, rule in {**RULES, "scheme.points.likely_pathogenic": Rule(5.0)}.items()
    }

    usual, eased = (
        near_miss(standing, claim.assessment),
        near_miss(standing, claim.assessment, facts),
    )

    assert usual is not None
    assert eased is not None
    assert (usual.short, eased.short) == (4, 3)


def test_without_recorded_rules_it_is_the_scale_of_the_rules_in_force() -> None:
    claim = Claim(criteria=VUS)
    standing = event(None, claim).after
    assert standing is not None
    facts = {(RULE.source, name): rule for name, rule in RULES.items()}

    assert near_miss(standing, claim.assessment) == near_miss(standing, claim.assessment, facts)


def near(claim: Claim) -> NearMiss | None:
    return event(None, claim).near_miss


def flips(claim: Claim) -> set[Criterion]:
    found = near(claim)
    return set() if found is None else {flip.criterion for flip in found.flips}


def test_an_uncertain_allele_says_what_alone_would_make_it_likely_pathogenic() -> None:
    found = near(Claim(criteria=VUS))

    assert found is not None
    assert (found.following, found.short) == (AcmgClass.LIKELY_PATHOGENIC, 4)
    assert Flip(Criterion.PS3, Strength.STRONG) in found.flips
    assert Criterion.PM5 not in {flip.criterion for flip in found.flips}


def test_every_flip_does_flip_and_nothing_else_would() -> None:
    for criteria in (VUS, LP, {}, {Criterion.PM5: MO}, {Criterion.PS1: ST, Criterion.PM2: SU}):
        claim = Claim(criteria=criteria)
        assessed = claim.assessment
        told = flips(claim)
        for criterion in Criterion:
            if criterion.direction is Direction.BENIGN or criterion in WITHDRAWN:
                assert criterion not in told
                continue
            if criterion in criteria:
                continue
            more = [*assessed.findings, finding(criterion, usual_strength(criterion))]
            moved = points.classify(more).rank > assessed.machine.points.rank
            assert (criterion in told) is moved


def test_a_pathogenic_allele_and_one_that_stands_alone_lack_nothing() -> None:
    assert near(Claim(criteria=P)) is None
    assert near(Claim(criteria={Criterion.BA1: Strength.STAND_ALONE})) is None


def test_an_allele_that_no_single_criterion_would_move_is_not_near() -> None:
    assert near(Claim(criteria={Criterion.BP4: ST, Criterion.PM5: MO})) is None


def test_a_benign_allele_is_near_nothing_that_is_reported() -> None:
    assert near(Claim(criteria=LB)) is None


@pytest.mark.parametrize("source", ["consequence", "case.genotype"])
def test_what_the_allele_or_its_carriers_rule_out_is_not_waited_for(source: str) -> None:
    claim = Claim(criteria=VUS)
    read = Read(source, "a key", Kind.POINT, "a digest")
    findings = tuple(
        replace(each, reads=(read,)) if each.criterion is Criterion.PVS1 else each
        for each in claim.assessment.findings
    )
    standing = event(None, claim).after
    assert standing is not None
    ruled_out = near_miss(standing, replace(claim.assessment, findings=findings))
    unknown = Verdict(Outcome.NOT_ASSESSED, Reason.of("no_gene"))
    open_question = tuple(
        replace(each, verdict=unknown) if each.criterion is Criterion.PVS1 else each
        for each in findings
    )
    asked = near_miss(standing, replace(claim.assessment, findings=open_question))

    assert ruled_out is not None
    assert asked is not None
    assert Criterion.PVS1 not in {flip.criterion for flip in ruled_out.flips}
    assert Criterion.PVS1 in {flip.criterion for flip in asked.flips}


@pytest.mark.parametrize(
    ("claim", "waits"),
    [
        (Claim(criteria=P, homozygous=False, fit=Answer.DOES_NOT_FIT), True),
        (Claim(criteria=LP, homozygous=False, fit=Answer.DOES_NOT_FIT), True),
        (Claim(criteria=P, homozygous=True), False),
        (Claim(criteria=VUS, homozygous=False), False),
        (Claim(criteria=P, homozygous=False, tier=Tier.UNRELATED), False),
    ],
)
def test_one_good_hit_of_a_recessive_gene_waits_for_a_second(claim: Claim, waits: bool) -> None:
    found = near(claim)

    assert (found is not None and found.waits_for_second) is waits
    assert OTHER not in str(found)
