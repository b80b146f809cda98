"""What a reader must know before they use a class, and what kind of cause the allele is held for.

Neither counts for or against the allele. A low-penetrance or risk allele is a class of its own:
ClinGen's Low Penetrance/Risk Allele Working Group (Schmidt 2024, PMID 38054408).
"""

from collections.abc import Iterator, Mapping

from varinterp.acmg.question import Question
from varinterp.inheritance.heteroplasmy import share_of
from varinterp.model.assessment import Category
from varinterp.model.chromosome import Chromosome, is_pseudoautosomal
from varinterp.model.clinvar import PATHOGENIC, Significance
from varinterp.model.evidence import Reason
from varinterp.model.facts import (
    ASSERTION,
    GENOTYPES,
    PEDIGREE,
    PEDIGREE_KEY,
)

LOW_PENETRANCE = frozenset(
    {
        Significance.LOW_PENETRANCE,
        Significance.PATHOGENIC_LOW_PENETRANCE,
        Significance.LIKELY_PATHOGENIC_LOW_PENETRANCE,
    }
)
RISK_ALLELE = frozenset(
    {
        Significance.ESTABLISHED_RISK_ALLELE,
        Significance.LIKELY_RISK_ALLELE,
        Significance.UNCERTAIN_RISK_ALLELE,
        Significance.RISK_FACTOR,
    }
)


def category(ask: Question) -> Category:
    """Return what kind of cause the allele is held for.

    A specification's word wins: for its gene and disease (``category``), or for single alleles
    (``category.low_penetrance``, ``category.risk_allele``: lists of allele ids). Else ClinVar's
    words do, where none of them is plain *pathogenic*; a mixture is a flag (`flags`).
    """
    for kind in (Category.LOW_PENETRANCE, Category.RISK_ALLELE):
        if str(ask.allele) in ask.own_words(f"category.{kind}"):
            return kind
    own = ask.own_words("category")
    if own:
        return Category(own[0])
    said = _said(ask)
    if not PATHOGENIC.isdisjoint(said):
        return Category.MENDELIAN
    if not LOW_PENETRANCE.isdisjoint(said):
        return Category.LOW_PENETRANCE
    return Category.MENDELIAN if RISK_ALLELE.isdisjoint(said) else Category.RISK_ALLELE


def flags(ask: Question) -> tuple[Reason, ...]:
    """Return what a reader must know before they use the class, always in the same order."""
    return (*_imprinted(ask), *_place(ask), *_transcript(ask), *_penetrance(ask), *_copies(ask))


def _said(ask: Question) -> frozenset[Significance]:
    return ask.shared("asserted", _asserted)


def _asserted(ask: Question) -> frozenset[Significance]:
    assertion = ask.read(ASSERTION, str(ask.allele))
    return frozenset() if assertion is None else frozenset(assertion.significance)


def _imprinted(ask: Question) -> Iterator[Reason]:
    """Tell of an imprinted gene; an entry is ``HGNC:12496 mother``, whose copy is read."""
    expressed = ask.shared("imprinted", _expressed).get(ask.gene)
    if expressed == "mother":
        yield Reason.of("flag.imprinted_mother")
    elif expressed == "father":
        yield Reason.of("flag.imprinted_father")
    elif expressed is not None:
        yield Reason.of("flag.imprinted")


def _expressed(ask: Question) -> Mapping[str, str]:
    """Return the parent whose copy is read, by gene; empty where the rules do not say whose."""
    entries = (entry.partition(" ") for entry in ask.optional_words("gene.imprinted"))
    return {gene: parent for gene, _, parent in entries}


def _place(ask: Question) -> Iterator[Reason]:
    allele = ask.allele
    if is_pseudoautosomal(allele.chromosome, allele.position):
        yield Reason.of("flag.pseudoautosomal")


def _transcript(ask: Question) -> Iterator[Reason]:
    """Tell of a transcript that is none of MANE's; mitochondrial genes have none there."""
    consequence = ask.consequence()
    mitochondrial = ask.allele.chromosome is Chromosome.MT
    if consequence is not None and consequence.mane is None and not mitochondrial:
        yield Reason.of("flag.not_mane", transcript=consequence.transcript)


def _penetrance(ask: Question) -> Iterator[Reason]:
    """Tell of ClinVar's words for low penetrance and risk, beside plain ones or alone."""
    said = _said(ask)
    words = sorted(word.value for word in said & (LOW_PENETRANCE | RISK_ALLELE))
    if words:
        yield Reason.of("flag.clinvar_penetrance", significance=", ".join(words))


def _copies(ask: Question) -> Iterator[Reason]:
    """Tell the share of the patient's mitochondrial copies that reads show with the allele."""
    if ask.allele.chromosome is not Chromosome.MT:
        return
    pedigree = ask.read(PEDIGREE, PEDIGREE_KEY)
    genotypes = ask.read(GENOTYPES, str(ask.allele))
    if pedigree is None or genotypes is None:
        return
    call = genotypes.of(pedigree.family.proband_id)
    share = share_of(call)
    if share is None:
        yield Reason.of("flag.copies_unknown")
    elif share >= ask.number("flag.homoplasmic_from"):
        yield Reason.of("flag.homoplasmic", share=round(share, 3), depth=call.depth)
    else:
        yield Reason.of("flag.heteroplasmic", share=round(share, 3), depth=call.depth)
