"""Which of several moved sources a change rests on."""

from dataclasses import replace

import pytest

from event_builders import LP, PATHOGENIC, VUS, Claim, P, event
from varinterp.model.case import Tier
from varinterp.model.event import Attribution, EventKind
from varinterp.model.evidence import Criterion, Strength
from varinterp.model.standing import Standing
from varinterp.reanalysis.responsible import attributed, responsible

SINGLE, EACH, INTERACTION = Attribution.SINGLE, Attribution.EACH, Attribution.INTERACTION


def standing(claim: Claim) -> Standing:
    found = event(None, claim).after
    assert found is not None
    return found


OLD, NEW = standing(Claim(criteria=VUS)), standing(Claim(criteria=P))
HALF = standing(Claim(criteria=LP))
SAID = standing(Claim(criteria=VUS, clinvar=PATHOGENIC))
BOTH = standing(Claim(criteria=P, clinvar=PATHOGENIC))


@pytest.mark.parametrize(
    ("final", "alone", "how", "named"),
    [
        pytest.param(NEW, {"clinvar": NEW, "gnomad": OLD}, SINGLE, ("clinvar",), id="one"),
        pytest.param(NEW, {"gnomad": NEW, "clinvar": NEW}, EACH, ("clinvar", "gnomad"), id="each"),
        pytest.param(
            NEW, {"gnomad": OLD, "clinvar": HALF}, INTERACTION, ("clinvar", "gnomad"), id="none"
        ),
        pytest.param(
            BOTH, {"gene_disease": NEW, "clinvar": SAID}, SINGLE, ("gene_disease",), id="headline"
        ),
        pytest.param(None, {"gnomad": None, "clinvar": OLD}, SINGLE, ("gnomad",), id="dropped"),
        pytest.param(NEW, {"rules": NEW}, SINGLE, ("rules",), id="only one moved"),
    ],
)
def test_a_source_is_responsible_when_it_alone_makes_the_change(
    final: Standing | None,
    alone: dict[str, Standing | None],
    how: Attribution,
    named: tuple[str, ...],
) -> None:
    found = responsible(OLD, final, alone)

    assert (found.attribution, found.sources) == (how, named)
    assert responsible(OLD, final, dict(reversed(list(alone.items())))) == found


def test_of_an_interaction_only_what_the_event_rests_on_is_named() -> None:
    values = [{"gnomad": value, "revel": value} for value in "12"]
    found = event(
        Claim(criteria=VUS, values=values[0]),
        Claim(criteria={**P, Criterion.PP3: Strength.STRONG}, values=values[1]),
    )
    named = attributed(found, {"clinvar": OLD, "gnomad": OLD, "hpo": OLD, "revel": HALF})

    assert found.responsible == ("gnomad", "revel")
    assert (named.attribution, named.responsible) == (INTERACTION, ("gnomad", "revel"))
    assert attributed(found, {"hpo": OLD, "vep": OLD}).responsible == ("hpo", "vep")


def test_a_replay_that_ends_in_a_disease_of_somebody_else_is_the_end_of_the_proposal() -> None:
    hidden = Claim(disease="OMIM:604370", criteria=P, tier=Tier.UNRELATED, exact=0)
    found = event(Claim(criteria=VUS), hidden)
    named = attributed(found, {"gene_disease": standing(hidden), "clinvar": OLD})

    assert found.after is None
    assert (named.attribution, named.responsible) == (SINGLE, ("gene_disease",))


def test_an_event_that_the_program_alone_makes_is_of_the_program() -> None:
    found = event(Claim(criteria=VUS), Claim(criteria=P))
    named = attributed(found, {"software": NEW, "clinvar": OLD})

    assert named.kind is EventKind.SOFTWARE
    assert named.responsible == ("software",)
    assert replace(named, kind=found.kind, responsible=found.responsible).before == found.before
