"""Two pictures of one case compared: the events that lie between them."""

from collections.abc import Collection, Iterator
from functools import partial

from varinterp.model.assessment import Assessment
from varinterp.model.canonical import digest
from varinterp.model.event import Cause, CriterionChange, Event, Facet, PartnerSide
from varinterp.model.facts import ASSERTION, GENE_LINKS
from varinterp.model.reads import Read
from varinterp.model.standing import Standing
from varinterp.model.variant import Allele
from varinterp.reanalysis.causes import behind, beside_reads, between, of_facets
from varinterp.reanalysis.compose import Parts, compose
from varinterp.reanalysis.context import Causes, Context
from varinterp.reanalysis.criteria import criterion_changes
from varinterp.reanalysis.facets import moved
from varinterp.reanalysis.near_miss import near_miss
from varinterp.reanalysis.picture import Picture, Subject
from varinterp.reanalysis.standings import shown, standing_of

Pictures = tuple[Picture, Picture]
Reads = tuple[Read, ...]

_ECHO = {Facet.PARTNER_CLASS, Facet.TIER, Facet.FIT, Facet.RANK}
"""All that moves of an allele when only its partner's class did."""


def compare(
    before: Picture,
    after: Picture,
    causes: Causes,
    context: Context,
    only: Collection[Subject] | None = None,
) -> tuple[Event, ...]:
    """Return the events between two pictures of a case, what matters most first.

    `only` names the subjects to look at (their partners are found); every one when None. Equal
    conclusions give no event, whatever their place in the ranking.
    """
    subjects = before.places.keys() | after.places.keys()
    if only is not None:
        subjects &= set(only)
    found = [
        event
        for subject in sorted(subjects, key=lambda subject: (subject[1], subject[0]))
        if (event := _event(subject, (before, after), causes, context)) is not None
    ]
    leading = {(event.group, event.allele) for event in found if Facet.CLASS in event.moved}
    kept = [event for event in found if not _echo(event, leading)]
    return tuple(sorted(kept, key=lambda event: (event.tier, event.gene, event.allele)))


def _echo(event: Event, leading: set[tuple[str, Allele]]) -> bool:
    """Whether all that moved is told by the event of the allele's partner."""
    if event.partner is None or Facet.PARTNER_CLASS not in event.moved:
        return False
    return set(event.moved) <= _ECHO and (event.group, event.partner.allele) in leading


def _event(subject: Subject, pictures: Pictures, causes: Causes, context: Context) -> Event | None:
    before, after = shown(*(standing_of(picture, subject, context) for picture in pictures))
    was, now = _assessed(pictures[0], before), _assessed(pictures[1], after)
    facets = moved(before, after)
    if not facets and was == now:
        return None
    partner = _partner(subject, pictures, (before, after), context)
    compared = partial(_between, pictures, causes)
    criteria = tuple(criterion_changes(was, now, (before, after), compared))
    found = _causes(facets, (was, now), pictures, causes, criteria)
    if partner is not None and {Facet.PARTNER, Facet.PARTNER_CLASS} & set(facets):
        found |= _causes_of_partner(partner, pictures, causes)
    parts = Parts(
        case=pictures[1].case,
        subject=subject,
        symbol=_symbol(subject, pictures),
        before=before,
        after=after,
        partner=partner,
        criteria=criteria,
        causes=frozenset(found),
        near_miss=None
        if after is None or now is None
        else near_miss(after, now, pictures[1].facts),
        evidence=_evidence(now or was),
    )
    return compose(parts, context)


def _assessed(picture: Picture, standing: Standing | None) -> Assessment | None:
    return None if standing is None else picture.assessments[standing.key]


def _reads(assessed: Assessment | None) -> Reads | None:
    return None if assessed is None else assessed.reads


def _between(
    pictures: Pictures, causes: Causes, before: Reads | None, after: Reads | None
) -> set[Cause]:
    terms_moved = pictures[0].phenotype != pictures[1].phenotype
    return behind(between(before, after, causes, terms_moved), pictures, causes)


def _causes(
    facets: tuple[Facet, ...],
    assessed: tuple[Assessment | None, Assessment | None],
    pictures: Pictures,
    known: Causes,
    criteria: tuple[CriterionChange, ...],
) -> set[Cause]:
    """Return what moved the criteria and the facets; where that is nothing, all that moved."""
    was, now = assessed
    read = _between(pictures, known, _reads(was), _reads(now))
    beside = set(beside_reads(facets, [each for each in assessed if each], pictures, known))
    if not facets or Facet.PRESENCE in facets:
        return read | beside
    named = {cause for change in criteria for cause in change.causes}
    return named | of_facets(facets, read | beside) or read


def _causes_of_partner(partner: PartnerSide, pictures: Pictures, known: Causes) -> set[Cause]:
    was, now = _assessed(pictures[0], partner.before), _assessed(pictures[1], partner.after)
    facets = moved(partner.before, partner.after)
    return _causes(facets, (was, now), pictures, known, ()) if facets else set()


def _partner(
    subject: Subject,
    pictures: Pictures,
    standings: tuple[Standing | None, Standing | None],
    context: Context,
) -> PartnerSide | None:
    """Return the other allele of a compound heterozygote, the one that stands now first."""
    partners = [side.partner for side in reversed(standings) if side is not None]
    allele = next((partner for partner in partners if partner is not None), None)
    if allele is None:
        return None
    sides = (standing_of(picture, (allele, subject[1]), context) for picture in pictures)
    return PartnerSide(allele, *shown(*sides))


def _symbol(subject: Subject, pictures: Pictures) -> str:
    for picture in reversed(pictures):
        if subject in picture.candidates:
            return picture.candidates[subject].consequence.gene
    return subject[1]


def _evidence(assessed: Assessment | None) -> str:
    """Return the digest of what a conclusion rests on: met criteria, ClinVar, the gene's links."""
    return digest(sorted(set(_rests_on(assessed)))) if assessed else digest(())


def _rests_on(assessed: Assessment) -> Iterator[Read]:
    for finding in assessed.findings:
        if finding.met:
            yield from finding.reads
    for read in assessed.reads:
        if read.source in (ASSERTION.source, GENE_LINKS.source):
            yield read
