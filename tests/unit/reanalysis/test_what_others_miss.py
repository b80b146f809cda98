"""What a history of categories alone loses: each is an event here, with what it came from.

Talos, fed event by event, was seen to answer each of these with silence or with a stale flag.
"""

from dataclasses import replace
from itertools import pairwise

import pytest

from event_builders import (
    CONFLICTING,
    DOMINANT,
    GENE,
    LP,
    PATHOGENIC,
    UNCERTAIN,
    VUS,
    Claim,
    P,
    cause,
    event,
    events,
    signed,
)
from varinterp.model.case import Tier
from varinterp.model.change import ChangeKind
from varinterp.model.clinvar import Assertion
from varinterp.model.event import Event, EventDirection, EventTier, Facet
from varinterp.model.fit import Answer
from varinterp.model.gene_disease import Validity
from varinterp.reanalysis.context import Context

KNOWN = Claim(criteria=LP, clinvar=PATHOGENIC)
GONE = Claim(disease=None, mode=None, tier=Tier.NO_KNOWN_DISEASE, exact=None, clinvar=PATHOGENIC)
FADED = Assertion(PATHOGENIC.significance, (), 1)


@pytest.mark.parametrize("reported", [False, True], ids=["candidate", "reported"])
@pytest.mark.parametrize(
    ("after", "row", "moved"),
    [
        pytest.param(
            replace(KNOWN, clinvar=UNCERTAIN, criteria=VUS),
            cause("clinvar", ChangeKind.CLASS_DOWN),
            Facet.CLASS,
            id="pathogenic to uncertain",
        ),
        pytest.param(
            None,
            cause("gnomad", ChangeKind.FREQUENCY_CROSSED_UP),
            Facet.PRESENCE,
            id="no longer qualifies",
        ),
        pytest.param(
            replace(KNOWN, validity=Validity.LIMITED),
            cause("gene_disease", ChangeKind.VALIDITY_DOWN),
            Facet.VALIDITY,
            id="gene demoted",
        ),
        pytest.param(
            GONE,
            cause("gene_disease", ChangeKind.REMOVED),
            Facet.DISEASE,
            id="gene of no disease any more",
        ),
        pytest.param(
            replace(KNOWN, mode=DOMINANT, fit=Answer.DOES_NOT_FIT, tier=Tier.NOT_RETAINED),
            cause("gene_disease", ChangeKind.INHERITANCE_MOVED),
            Facet.INHERITANCE,
            id="mode of inheritance",
        ),
        pytest.param(
            replace(KNOWN, clinvar=None),
            cause("clinvar", ChangeKind.REMOVED),
            Facet.EXTERNAL,
            id="record withdrawn",
        ),
        pytest.param(
            replace(KNOWN, clinvar=CONFLICTING),
            cause("clinvar", ChangeKind.CONFLICT_BEGUN),
            Facet.EXTERNAL,
            id="conflict",
        ),
    ],
)
def test_a_loss_is_an_event_with_its_cause(
    after: Claim | None, row: object, moved: Facet, reported: bool
) -> None:
    signature = signed() if reported else None
    before = replace(KNOWN, signed=signature)
    now = None if after is None else replace(after, signed=signature)
    found = event(before, now, row)  # type: ignore[arg-type]

    assert moved in found.moved
    assert found.direction is EventDirection.DOWN
    assert found.tier is (EventTier.SIGNED if reported else EventTier.BOUNDARY)
    assert found.causes == (row,)
    assert found.before is not None
    assert found.before.external[0].words == PATHOGENIC.significance


@pytest.mark.parametrize(("reported", "tier"), [(False, EventTier.WATCH), (True, EventTier.SIGNED)])
def test_lost_stars_are_told(reported: bool, tier: EventTier) -> None:
    before = replace(KNOWN, signed=signed() if reported else None)
    found = event(before, replace(before, clinvar=FADED), cause("clinvar", ChangeKind.STARS_DOWN))

    assert (found.tier, found.direction) == (tier, EventDirection.DOWN)
    assert found.reasons[0].key == "event.external_stars"
    assert (found.reasons[0]["stars_before"], found.reasons[0]["stars_after"]) == (2, 1)


def history(*claims: Claim | None) -> list[Event]:
    """Events of one run after another; the year of each is its date."""
    told: list[Event] = []
    for year, (before, after) in enumerate(pairwise(claims), start=2020):
        subject = told[0].subject[1:] if told else None
        earlier = {subject: tuple(told)} if subject else {}
        context = Context(on=f"{year}-01-01", earlier=earlier)
        was, now = (() if claim is None else (claim,) for claim in (before, after))
        told += events(was, now, context=context)
    return told


def test_what_was_lost_and_regained_is_new_and_has_its_history() -> None:
    first, lost, regained = history(None, KNOWN, None, KNOWN)

    assert regained.tier is EventTier.ACTIONABLE
    assert regained.direction is EventDirection.UP
    assert regained.dates.first_seen == "2020-01-01"
    assert regained.dates.evidence_changed == "2022-01-01"
    assert regained.earlier == (first.digest, lost.digest)
    assert [reason.key for reason in regained.reasons][-1] == "event.seen_before"


def test_a_case_that_misses_a_run_keeps_its_history() -> None:
    """A run without the case compares nothing of it: what was first seen in 2020 stays so."""
    first, second = history(None, Claim(criteria=LP), Claim(criteria=LP), Claim(criteria=P))

    assert second.dates.first_seen == first.dates.first_seen == "2020-01-01"
    assert second.earlier == (first.digest,)
    assert second.gene == GENE
