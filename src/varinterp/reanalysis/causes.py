"""Which of the values that a conclusion read have moved, and what moved them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from varinterp.model.assessment import PRIOR, Assessment
from varinterp.model.case import Tier
from varinterp.model.change import of_whole
from varinterp.model.event import Cause, Facet
from varinterp.model.external import MITOMAP, laboratory_source
from varinterp.model.facts import (
    ASSERTION,
    FREQUENCY,
    GENE_ALLELES,
    GENE_LINKS,
    LISTED,
    LOCAL,
    PHENOTYPE_FIT,
)
from varinterp.model.reads import Read
from varinterp.reanalysis.context import Causes
from varinterp.reanalysis.picture import Picture, Subject

CASE = "case"
"""Origin of what is the family's own: genotypes, pedigree, phenotype, joint effects."""

TERMS = ("case.phenotype", "terms")
"""Source and key under which a change of the patient's own terms is named."""

CONSENT = ("case.consent", "secondary_findings")
"""Source and key under which the proband's word on secondary findings is named."""

_GATES = (ASSERTION.source, FREQUENCY.source, LISTED.source, LOCAL.source, MITOMAP.source)
_OF_THE_CASE = ("case.", "consequence.joint")
_ORIGINS = {
    "consequence": "vep",
    "transcript": "mane",
    "transcript.exon": "mane",
    "transcript.start": "mane",
    "transcript.gene": "mane",
    "gnomad.exon": "gnomad_exons",
    "population.listed": "listed_alleles",
    "population.local": "local_frequency",
    "curation.own_cases": "own_cases",
}
PANEL = "panel"
"""How the sources of panels begin: ``panels``, ``panelapp_uk``, ``panelapp_au``."""
_MATCHED = {Facet.TIER, Facet.RANK, Facet.DISEASE, Facet.PRESENCE}
_FACETS = {
    Facet.EXTERNAL: (ASSERTION.source, MITOMAP.source, "assertion."),
    Facet.DISEASE: (GENE_LINKS.source, PHENOTYPE_FIT.source, "case."),
    Facet.INHERITANCE: (GENE_LINKS.source, PHENOTYPE_FIT.source, "case."),
    Facet.VALIDITY: (GENE_LINKS.source,),
    Facet.OTHERS: (GENE_LINKS.source, PHENOTYPE_FIT.source),
    Facet.RULES: ("rules",),
    Facet.FIT: ("case.", GENE_LINKS.source),
    Facet.TIER: (PHENOTYPE_FIT.source, "case.", GENE_LINKS.source, PANEL),
    Facet.RANK: (PHENOTYPE_FIT.source, "case.", PANEL),
}
"""The sources (or their beginnings) that can move a facet, beside those of the criteria."""


def between(
    before: Iterable[Read] | None,
    after: Iterable[Read] | None,
    known: Causes,
    terms_moved: bool = False,
) -> set[Cause]:
    """Return what moved among the reads of two sides; a side without a conclusion is None.

    A key that both sides read moved when its digest did. One that a single side read is no change
    of the world, but where a release's difference names it. A match with a disease that no release
    moved is the patient's doing where `terms_moved`.
    """
    was = {(read.source, read.key): read.digest for read in before or ()}
    now = {(read.source, read.key): read.digest for read in after or ()}
    both = {place for place in was.keys() & now.keys() if was[place] != now[place]}
    one = (was.keys() ^ now.keys()) & known.keys()
    found = {known[place] for place in (both | one) & known.keys()}
    for source, key in both - known.keys():
        kind = of_whole(was[source, key], now[source, key])
        matched = terms_moved and source == PHENOTYPE_FIT.source
        found.add(Cause(source, key, CASE if matched else _origin(source), (kind,)))
    return found


def _origin(source: str) -> str:
    """Return the source of releases behind a change that no difference of releases names."""
    if source.startswith(_OF_THE_CASE):
        return CASE
    return laboratory_source(source) or _ORIGINS.get(source) or source.partition(".")[0]


def behind(moved: Iterable[Cause], pictures: tuple[Picture, Picture], known: Causes) -> set[Cause]:
    """Return causes with those between the alleles of a gene told by what is behind them.

    What is held of a partner moved by what was read of the partner; which alleles are there, by the
    gates of who came or left. Where neither tells, it is the family's own.
    """
    found: set[Cause] = set()
    for cause in moved:
        if cause.source == PRIOR.source:
            found |= _of_partner(cause, pictures, known) or {replace(cause, origin=CASE)}
        elif cause.source == GENE_ALLELES.source:
            found |= _of_company(cause, pictures, known) or {cause}
        else:
            found.add(cause)
    return found


def _of_partner(cause: Cause, pictures: tuple[Picture, Picture], known: Causes) -> set[Cause]:
    before, after = (
        next((each.reads for key, each in side.assessments.items() if str(key) == cause.key), None)
        for side in pictures
    )
    between_alleles = (PRIOR.source, GENE_ALLELES.source)
    moved = between(before, after, known)
    return {each for each in moved if each.source not in between_alleles}


def _of_company(cause: Cause, pictures: tuple[Picture, Picture], known: Causes) -> set[Cause]:
    before, after = (
        {allele for allele, gene in side.candidates if gene == cause.key} for side in pictures
    )
    places = [(source, str(allele)) for allele in before ^ after for source in _GATES]
    return {known[place] for place in places if place in known}


def of_facets(facets: Iterable[Facet], moved: Iterable[Cause]) -> set[Cause]:
    """Return those of the causes that can have moved these facets."""
    wanted = tuple(start for facet in facets for start in _FACETS.get(facet, ()))
    return {cause for cause in moved if cause.source.startswith(wanted)} if wanted else set()


def beside_reads(
    facets: tuple[Facet, ...],
    assessed: Iterable[Assessment],
    pictures: tuple[Picture, Picture],
    known: Causes,
) -> Iterator[Cause]:
    """Yield causes that no criterion reads: the gates of a promotion, the match of a phenotype."""
    for each in assessed:
        if Facet.PRESENCE in facets:
            places = [(source, str(each.key.allele)) for source in _GATES]
            yield from (known[place] for place in places if place in known)
        match = (PHENOTYPE_FIT.source, each.key.disease)
        if _MATCHED & set(facets):
            yield from (known[match],) if match in known else ()
            yield from _of_panels(each.key.gene, pictures, known)
            yield from _of_consent((each.key.allele, each.key.gene), pictures)
    before, after = pictures
    if _MATCHED & set(facets) and before.phenotype != after.phenotype:
        yield known.get(TERMS) or Cause(*TERMS, origin=CASE)


def _of_consent(subject: Subject, pictures: tuple[Picture, Picture]) -> Iterator[Cause]:
    """Yield the proband's word where it brought a secondary finding in, or took it away."""
    before, after = pictures
    places = (place for side in pictures for place in side.places.get(subject, ()))
    told = any(place.tier is Tier.SECONDARY for place in places)
    if told and before.consented is not after.consented:
        yield Cause(*CONSENT, origin=CASE)


def _of_panels(gene: str, pictures: tuple[Picture, Picture], known: Causes) -> Iterator[Cause]:
    """Yield where a gene's place on the case's panels moved, or a panel came or went."""
    before, after = ({each.asked: each for each in side.panels} for side in pictures)
    for asked in before.keys() & after.keys():
        was, now = before[asked], after[asked]
        if (was.level(gene), was.known) == (now.level(gene), now.known):
            continue
        place = now.key(gene)
        levels = [
            None if each.level(gene) is None else f"{each.level(gene)}" for each in (was, now)
        ]
        kind = of_whole(*levels)
        yield known.get(place) or Cause(*place, now.source, (kind,), levels[0], levels[1])
