"""The tier of an event, rule by rule."""

from dataclasses import replace
from typing import NamedTuple

import pytest

from event_builders import (
    CONFLICTING,
    DOMINANT,
    GENE,
    LB,
    LP,
    ONE,
    OTHER,
    PATHOGENIC,
    TODAY,
    UNCERTAIN,
    VUS,
    Claim,
    P,
    event,
    events,
    signed,
)
from varinterp.model.assessment import AcmgClass
from varinterp.model.case import Tier
from varinterp.model.event import EventDirection, EventTier
from varinterp.model.evidence import Criterion, Strength
from varinterp.model.fit import Answer
from varinterp.model.gene_disease import Validity
from varinterp.model.variant import Allele
from varinterp.reanalysis.context import Context

UP, DOWN, SIDEWAYS = EventDirection.UP, EventDirection.DOWN, EventDirection.SIDEWAYS
CONFIRMED = replace(PATHOGENIC, stars=3)
FADED = replace(PATHOGENIC, stars=1)
NOT_FITTING = Claim(fit=Answer.DOES_NOT_FIT, tier=Tier.NOT_RETAINED)
POSSIBLE = Claim(tier=Tier.POSSIBLE, exact=None)
NO_DISEASE = Claim(disease=None, mode=None, tier=Tier.NO_KNOWN_DISEASE, exact=None)
ALONE = replace(NOT_FITTING, homozygous=False, criteria=P)
OTHER_P = {Criterion.PVS1: Strength.VERY_STRONG, Criterion.PM1: Strength.MODERATE}
SIGNED = Claim(criteria=P, clinvar=PATHOGENIC, signed=signed())
BENIGN = Claim(criteria=LB, tier=Tier.NOT_RETAINED, signed=signed(AcmgClass.BENIGN))
UNSURE = Claim(signed=signed(AcmgClass.UNCERTAIN))


class Row(NamedTuple):
    what: str
    before: Claim | None
    after: Claim | None
    tier: int
    direction: EventDirection


TABLE = (
    # 1: a signed finding may now be wrong
    Row("signed, class down", SIGNED, replace(SIGNED, criteria=VUS), 1, DOWN),
    Row("signed, class up", replace(SIGNED, criteria=LP), SIGNED, 1, UP),
    Row("signed, no longer a candidate", SIGNED, None, 1, DOWN),
    Row("signed, withdrawn", SIGNED, replace(SIGNED, clinvar=None), 1, DOWN),
    Row("signed, conflict", SIGNED, replace(SIGNED, clinvar=CONFLICTING), 1, DOWN),
    Row("signed, stars lost", SIGNED, replace(SIGNED, clinvar=FADED), 1, DOWN),
    Row("signed, stars gained", SIGNED, replace(SIGNED, clinvar=CONFIRMED), 4, UP),
    Row("signed, gene demoted", SIGNED, replace(SIGNED, validity=Validity.LIMITED), 1, DOWN),
    Row("signed, gene of no disease", SIGNED, replace(NO_DISEASE, criteria=P), 1, DOWN),
    Row(
        "signed, another mode",
        SIGNED,
        replace(SIGNED, mode=DOMINANT, fit=Answer.DOES_NOT_FIT, tier=Tier.NOT_RETAINED),
        1,
        DOWN,
    ),
    Row("signed, criteria, same class", SIGNED, replace(SIGNED, criteria=OTHER_P), 4, SIDEWAYS),
    Row("benign, said pathogenic", BENIGN, replace(BENIGN, clinvar=PATHOGENIC), 1, UP),
    Row("uncertain, said pathogenic", UNSURE, replace(UNSURE, clinvar=PATHOGENIC), 1, UP),
    Row("uncertain, said so", UNSURE, replace(UNSURE, clinvar=UNCERTAIN), 4, SIDEWAYS),
    # 2: newly (likely) pathogenic, fits and matches
    Row("class up", Claim(), Claim(criteria=LP), 2, UP),
    Row("promoted", None, Claim(criteria=LP), 2, UP),
    Row("a disease for its gene", replace(NO_DISEASE, criteria=P), Claim(criteria=P), 2, UP),
    Row("fits now", replace(NOT_FITTING, criteria=P), Claim(criteria=P), 2, UP),
    Row("already so, further up", Claim(criteria=LP), Claim(criteria=P), 4, UP),
    # 3: crosses a boundary without all of that, or a proposal fell
    Row("up, does not fit", NOT_FITTING, replace(NOT_FITTING, criteria=LP), 3, UP),
    Row("up, phenotype not assessed", POSSIBLE, replace(POSSIBLE, criteria=LP), 3, UP),
    Row("up, gene of no disease", NO_DISEASE, replace(NO_DISEASE, criteria=LP), 3, UP),
    Row("proposal down", Claim(criteria=LP), Claim(), 3, DOWN),
    Row("proposal gone", Claim(criteria=LP), None, 3, DOWN),
    Row("uncertain proposal gone", Claim(), None, 3, DOWN),
    Row("proposal now benign", Claim(), Claim(criteria=LB, tier=Tier.NOT_RETAINED), 3, DOWN),
    Row("proposal's gene demoted", Claim(), Claim(validity=Validity.LIMITED), 3, DOWN),
    Row("others say pathogenic", Claim(), Claim(clinvar=PATHOGENIC), 3, UP),
    Row("others cease to", Claim(clinvar=PATHOGENIC), Claim(clinvar=UNCERTAIN), 3, DOWN),
    Row("others begin to disagree", Claim(clinvar=PATHOGENIC), Claim(clinvar=CONFLICTING), 3, DOWN),
    Row("uncertain, newly of a disease", NO_DISEASE, Claim(), 3, UP),
    Row("uncertain, newly a candidate", None, Claim(), 3, UP),
    # 4: the rest
    Row("others, without stars", Claim(), Claim(clinvar=replace(PATHOGENIC, stars=0)), 4, UP),
    Row("others, uncertain", Claim(), Claim(clinvar=UNCERTAIN), 4, SIDEWAYS),
    Row("a criterion, same class", Claim(), Claim(criteria={}), 4, DOWN),
    Row("matches the phenotype now", POSSIBLE, Claim(), 4, UP),
    Row("waits for a second", replace(ALONE, criteria=LP), ALONE, 4, UP),
)  # fmt: skip


@pytest.mark.parametrize("row", TABLE, ids=[row.what for row in TABLE])
def test_each_change_has_its_tier_and_direction(row: Row) -> None:
    found = event(row.before, row.after)

    assert (found.tier, found.direction) == (row.tier, row.direction)
    assert found.kind.surfaces


def test_a_case_with_a_signed_diagnosis_has_no_second_tier() -> None:
    diagnosed = Context(on=TODAY, diagnosed=True)

    assert event(Claim(), Claim(criteria=LP), context=diagnosed).tier is EventTier.BOUNDARY


def test_a_reported_allele_is_looked_after_like_a_signed_one() -> None:
    reported = Context(on=TODAY, reported=frozenset({(Allele.parse(ONE), GENE)}))
    found = event(Claim(criteria=LP), Claim(), context=reported)

    assert found.tier is EventTier.SIGNED
    assert found.why.key == "event.why_signed"


def test_the_partner_of_a_signed_allele_is_looked_after_too() -> None:
    one = Claim(criteria=P, homozygous=False, partner=OTHER, signed=signed())
    other = Claim(OTHER, criteria=P, homozygous=False, partner=ONE)
    (found,) = events((one, other), (one, replace(other, criteria=VUS)))

    assert str(found.allele) == OTHER
    assert found.tier is EventTier.SIGNED


def test_a_proposal_for_a_related_term_alone_is_never_actionable() -> None:
    related = event(Claim(exact=0), Claim(criteria=LP, exact=0))
    exact = event(Claim(), Claim(criteria=LP))
    new = event(None, Claim(exact=0))

    assert (related.tier, exact.tier) == (EventTier.BOUNDARY, EventTier.ACTIONABLE)
    assert not new.kind.surfaces
    assert event(None, Claim()).tier is EventTier.BOUNDARY


def test_the_best_tier_speaks_for_an_allele_whatever_its_place_in_the_list() -> None:
    possible = Claim(disease="OMIM:604370", mode=DOMINANT, tier=Tier.POSSIBLE, exact=None)
    (found,) = events((possible, Claim()), (possible, Claim(criteria=LP)))

    assert found.after is not None
    assert (found.after.tier, found.tier) == (Tier.PROPOSED, EventTier.ACTIONABLE)
