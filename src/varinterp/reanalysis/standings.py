"""The standing of a subject in a picture: its best-ranked hypothesis, never a silent maximum."""

from collections.abc import Iterator

from varinterp.model.assessment import AcmgClass, Assessment, AssessmentKey, SignedClass
from varinterp.model.case import PhenotypeScore, RankedHypothesis, Tier
from varinterp.model.external import MITOMAP, LaboratoryAssertion, MitomapAllele, laboratory_source
from varinterp.model.facts import ASSERTION, GENE_LINKS, GeneLinks
from varinterp.model.gene_disease import Validity
from varinterp.model.genotype import Zygosity
from varinterp.model.standing import (
    Alternative,
    CriterionMet,
    ExternalWord,
    Match,
    SignedStanding,
    Standing,
)
from varinterp.reanalysis.context import Context
from varinterp.reanalysis.picture import Picture, Subject


def standing_of(picture: Picture, subject: Subject, context: Context) -> Standing | None:
    """Return what a picture concludes on a subject; None when no hypothesis holds it."""
    places = picture.places.get(subject)
    if not places:
        return None
    place = places[0]
    key = next(key for key in place.keys if (key.allele, key.gene) == subject)
    assessed = picture.assessments[key]
    partner = next((each for each in place.keys if each != key), None)
    return Standing(
        key=key,
        disease_name=place.disease_name,
        transcript=assessed.transcript,
        machine=assessed.machine,
        points=assessed.points,
        criteria=criteria_met(assessed),
        external=tuple(sorted(_external(picture, assessed), key=lambda word: word.source)),
        signed=_signed(picture, subject, context),
        tier=place.tier,
        tier_reason=place.reason,
        rank=place.rank,
        fit=place.fit.answer,
        fit_reason=place.fit.reason,
        match=_match(place.phenotype),
        partner=None if partner is None else partner.allele,
        partner_class=None if partner is None else picture.assessments[partner].machine.points,
        validity=_validity(picture, key),
        zygosity=_zygosity(picture, subject),
        alternatives=_alternatives(picture, places, key),
        constructed=assessed.constructed,
    )


def shown(before: Standing | None, after: Standing | None) -> tuple[Standing | None, ...]:
    """Return two sides of a subject as an event may tell them.

    Where the best hypothesis of one side is a disease that is none of the patient's, and the other
    side is about another disease, that side is left out: to name it would be to report a secondary
    finding. What people signed is never left out. Nor is anything where both sides are beside the
    question: such an event is withheld whole.
    """
    if before is None or after is None or before.key.disease == after.key.disease:
        return before, after
    hidden = [side.tier is Tier.UNRELATED and side.signed is None for side in (before, after)]
    consent_gone = before.tier is Tier.SECONDARY and hidden[1]
    if all(hidden) or consent_gone:
        return before, after
    return None if hidden[0] else before, None if hidden[1] else after


def criteria_met(assessed: Assessment) -> tuple[CriterionMet, ...]:
    """Return the criteria that count, in the order of the codes."""
    return tuple(
        CriterionMet(finding.criterion, finding.strength, finding.constructed)
        for finding in assessed.findings
        if finding.strength is not None
    )


def _match(phenotype: PhenotypeScore | None) -> Match | None:
    if phenotype is None:
        return None
    kinds = [row.kind for row in phenotype.rows if row.kind != "excluded"]
    return Match(kinds.count("exact"), len(kinds))


def _external(picture: Picture, assessed: Assessment) -> Iterator[ExternalWord]:
    said = assessed.external
    if said is not None:
        # each word once: how many conditions share it, and in which order, is nobody's news
        yield ExternalWord(ASSERTION.source, tuple(sorted(set(said.significance))), said.stars)
    for read in assessed.reads:
        value = picture.facts.get((read.source, read.key))
        if isinstance(value, MitomapAllele):
            rated = () if value.rating is None else (value.rating,)
            yield ExternalWord(MITOMAP.source, rated, status=value.status)
        elif isinstance(value, LaboratoryAssertion):
            words = {word for entry in value.entries for word in entry.classes}
            name = laboratory_source(read.source) or read.source
            yield ExternalWord(name, tuple(sorted(words)))


def _signed(picture: Picture, subject: Subject, context: Context) -> SignedStanding | None:
    """Return the last signature on any hypothesis of the subject."""
    found: dict[AssessmentKey, SignedClass] = {}
    for key in (key for place in picture.places.get(subject, ()) for key in place.keys):
        carried = picture.assessments[key].signed
        if carried is not None and (key.allele, key.gene) == subject:
            found[key] = carried
    for key, signed in context.signed.items():
        if (key.allele, key.gene) == subject:
            found[key] = signed
    if not found:
        return None
    key, signed = max(found.items(), key=lambda item: (item[1].date, str(item[0])))
    now = picture.assessments.get(key)
    machine = None if now is None else now.machine.points
    return SignedStanding(key.disease, key.inheritance, signed.value, signed.date, machine)


def _validity(picture: Picture, key: AssessmentKey) -> Validity | None:
    known = picture.facts.get((GENE_LINKS.source, key.gene))
    links = known.links if isinstance(known, GeneLinks) else ()
    wanted = (key.disease, key.inheritance)
    return next(
        (each.validity for each in links if (each.disease, each.inheritance) == wanted), None
    )


def _zygosity(picture: Picture, subject: Subject) -> Zygosity | None:
    candidate = picture.candidates.get(subject)
    if candidate is None or picture.proband is None:
        return None
    return candidate.genotypes.of(picture.proband).zygosity


def _alternatives(
    picture: Picture, places: tuple[RankedHypothesis, ...], best: AssessmentKey
) -> tuple[Alternative, ...]:
    """Return the other hypotheses of the allele, each once, but those of unrelated diseases."""
    found: dict[AssessmentKey, AcmgClass] = {
        key: picture.assessments[key].machine.points
        for place in places
        if place.tier not in (Tier.SECONDARY, Tier.UNRELATED)
        for key in place.keys
        if (key.allele, key.gene) == (best.allele, best.gene) and key != best
    }
    return tuple(
        Alternative(key.disease, key.inheritance, value)
        for key, value in sorted(found.items(), key=lambda item: str(item[0]))
    )
