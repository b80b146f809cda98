"""What a standing takes from a picture beside ClinVar: MITOMAP's words and the laboratories'."""

from dataclasses import replace

from event_builders import GENE, ONE, PATHOGENIC, TODAY, Claim, known, picture
from varinterp.model.clinvar import Significance
from varinterp.model.event import EventDirection, Facet
from varinterp.model.external import (
    LaboratoryAssertion,
    LaboratoryEntry,
    MitomapAllele,
    MitomapStatus,
)
from varinterp.model.reads import Kind, Read
from varinterp.model.standing import ExternalWord
from varinterp.model.variant import Allele
from varinterp.reanalysis.compare import compare
from varinterp.reanalysis.context import Context
from varinterp.reanalysis.picture import Picture
from varinterp.reanalysis.standings import standing_of

CONTEXT = Context(on=TODAY)
SUBJECT = (Allele.parse(ONE), GENE)
MITOMAP = MitomapAllele(MitomapStatus.CONFIRMED, Significance.PATHOGENIC, None, None, False, 1, 0.0)
UNRATED = replace(MITOMAP, rating=None, status=MitomapStatus.REPORTED)
VKGL = LaboratoryAssertion((LaboratoryEntry((Significance.LIKELY_PATHOGENIC,)),))


def told(**said: object) -> Picture:
    """A case where these sources say something of the allele: ``vkgl`` is a laboratory's."""
    names = {"vkgl": "assertion.vkgl"}
    facts = {(names.get(name, name), ONE): value for name, value in said.items()}
    claim = Claim(clinvar=PATHOGENIC)
    found = picture(claim)
    reads = tuple(Read(source, key, Kind.POINT, str(facts[source, key])) for source, key in facts)
    assessed = replace(claim.assessment, reads=tuple(sorted({*claim.assessment.reads, *reads})))
    return replace(found, assessments={claim.key: assessed}, facts={**found.facts, **facts})


def test_every_external_word_is_in_the_standing_by_source() -> None:
    standing = standing_of(told(vkgl=VKGL, mitomap=MITOMAP), SUBJECT, CONTEXT)

    assert standing is not None
    assert standing.external == (
        ExternalWord("clinvar", PATHOGENIC.significance, 2),
        ExternalWord("mitomap", (Significance.PATHOGENIC,), status="confirmed"),
        ExternalWord("vkgl", (Significance.LIKELY_PATHOGENIC,)),
    )


def test_a_laboratory_that_takes_its_word_back_is_told_by_name() -> None:
    (found,) = compare(told(vkgl=VKGL, mitomap=UNRATED), told(mitomap=UNRATED), known(), CONTEXT)

    assert found.moved == (Facet.EXTERNAL,)
    assert found.direction is EventDirection.DOWN
    assert found.reasons[0].key == "event.external_withdrawn"
    assert found.reasons[0]["asserted_by"] == "vkgl"


def test_another_word_of_a_sources_own_is_told_as_restated() -> None:
    (found,) = compare(
        told(mitomap=UNRATED),
        told(mitomap=replace(UNRATED, status=MitomapStatus.CONFLICTING)),
        known(),
        CONTEXT,
    )

    assert [reason.key for reason in found.reasons] == ["event.external_restated"]


def test_nothing_is_concluded_on_an_allele_that_no_hypothesis_holds() -> None:
    assert standing_of(picture(), SUBJECT, CONTEXT) is None
