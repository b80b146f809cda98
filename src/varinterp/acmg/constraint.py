"""PP2 and BP1: which kinds of alleles cause the disease in this gene.

Richards 2015 (PMID 25741868). PP2: a gene with little missense variation in the population
(gnomAD's Z score, as ClinGen's expert panels ask) in which missense alleles are a way to the
disease, which is read off the missense alleles that ClinVar knows in the transcript. BP1 only
where a gene specification says that nothing but truncation causes the disease.
"""

from varinterp.acmg.missense import is_benign, is_missense, level, not_missense
from varinterp.acmg.question import Question
from varinterp.errors import InternalError
from varinterp.model.chromosome import Chromosome
from varinterp.model.clinvar import KnownMissense
from varinterp.model.evidence import Strength, Verdict, met, not_assessed, not_met
from varinterp.model.facts import (
    COMPARATORS,
    CONSTRAINT,
    KNOWN_MISSENSE,
    codon_key,
)
from varinterp.model.prediction import without_version
from varinterp.model.transcript import Consequence

_YES = "yes"


def pp2(ask: Question) -> Verdict:
    """Supporting pathogenic: missense, in a gene that bears little of it and falls ill by it."""
    consequence = _missense(ask)
    if isinstance(consequence, Verdict):
        return consequence
    if ask.disease() is None:
        return not_assessed("no_known_disease")
    if not ask.read.provides(CONSTRAINT):
        return not_assessed("constraint.no_resource")
    figures = ask.read(CONSTRAINT, without_version(consequence.transcript))
    if figures is None or figures.missense_z is None:
        return not_assessed("constraint.no_figure")
    limit, z = ask.number("constraint.missense_z"), figures.missense_z
    if z < limit:
        return not_met("constraint.tolerant", z=z, limit=limit)
    return _way_to_disease(ask, consequence, z)


def bp1(ask: Question) -> Verdict:
    """Supporting benign: missense, in a gene where only truncation causes the disease."""
    consequence = _missense(ask)
    if isinstance(consequence, Verdict):
        return consequence
    said = ask.own_words("missense.only_truncating")
    if not said:
        return not_assessed("constraint.not_specified")
    if said != (_YES,):
        raise InternalError(f"missense.only_truncating is not {_YES}")
    return met(Strength.SUPPORTING, "constraint.only_truncating", specification=ask.rules)


def _missense(ask: Question) -> Consequence | Verdict:
    if ask.allele.chromosome is Chromosome.MT:
        return not_assessed("constraint.mitochondrial")
    consequence = ask.consequence()
    if consequence is None or not is_missense(consequence):
        return not_missense(consequence)
    return consequence


def _way_to_disease(ask: Question, consequence: Consequence, z: float) -> Verdict:
    known = ask.read(KNOWN_MISSENSE, consequence.transcript)
    if known is None and not ask.read.provides(KNOWN_MISSENSE):
        return not_assessed("comparator.no_resource")
    pathogenic, benign, unrated = _others(ask, consequence, known or KnownMissense())
    needed, share = ask.number("missense.min_pathogenic"), ask.number("missense.pathogenic_share")
    if pathogenic < needed:
        if pathogenic + unrated >= needed:
            return not_assessed("constraint.review_status_unknown")
        return not_met("constraint.few_missense", pathogenic=pathogenic, limit=needed)
    found = pathogenic / (pathogenic + benign)
    if found <= share:
        return not_met(
            "constraint.benign_missense", pathogenic=pathogenic, benign=benign, limit=share
        )
    return met(Strength.SUPPORTING, "constraint.pp2", z=z, pathogenic=pathogenic, benign=benign)


def _others(ask: Question, consequence: Consequence, known: KnownMissense) -> tuple[int, int, int]:
    """Count pathogenic, benign and unrated pathogenic ones, the allele itself left out."""
    minimum = int(ask.number("comparator.min_stars"))
    pathogenic, benign = sum(known.pathogenic[minimum:]), sum(known.benign[minimum:])
    unrated = known.unrated
    place = codon_key(consequence.transcript, consequence.protein_position or 0)
    here = ask.read(COMPARATORS, place)
    for each in () if here is None else here.alleles:
        if each.allele != str(ask.allele):
            continue
        counted = each.stars is not None and each.stars >= minimum
        pathogenic -= level(each) is not None and counted
        unrated -= level(each) is not None and each.stars is None
        benign -= is_benign(each) and counted
    return pathogenic, benign, unrated
