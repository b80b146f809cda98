"""PS2 and PM6: the allele is new in the patient.

ClinGen SVI recommendation for de novo criteria, version 1.1, as points per proband: confirmed
parentage 2 (phenotype highly specific for the gene), 1 (consistent), 0.5 (consistent, with high
genetic heterogeneity); assumed parentage half of each. 0.5 is supporting, 1 moderate, 2 strong.
Transcribed from a summary of the recommendation; to be checked against its text.

Whether a phenotype is *highly specific* for a gene is a geneticist's judgement: the program takes
the middle row, and only when at least one of the patient's terms is one of the disease's.
"""

from varinterp.acmg.question import Question
from varinterp.inheritance.de_novo import Origin, TrioLimits, origin
from varinterp.model.evidence import Strength, Verdict, met, not_assessed, not_met
from varinterp.model.facts import (
    GENOTYPES,
    PEDIGREE,
    PEDIGREE_KEY,
    PHENOTYPE_FIT,
    CasePedigree,
    FamilyGenotypes,
)
from varinterp.model.gene_disease import Inheritance
from varinterp.model.genotype import Zygosity


def ps2(ask: Question) -> Verdict:
    """Moderate pathogenic: new in the patient, parentage confirmed by genotypes."""
    return _de_novo(ask, confirmed=True)


def pm6(ask: Question) -> Verdict:
    """Supporting pathogenic: new in the patient, parentage as the pedigree states it."""
    return _de_novo(ask, confirmed=False)


def _de_novo(ask: Question, *, confirmed: bool) -> Verdict:
    pedigree = ask.read(PEDIGREE, PEDIGREE_KEY)
    genotypes = ask.read(GENOTYPES, str(ask.allele))
    if pedigree is None or genotypes is None:
        return not_assessed("de_novo.no_genotypes")
    obstacle = _not_new(ask, pedigree, genotypes)
    if obstacle is not None:
        return obstacle
    if pedigree.parentage_confirmed is not confirmed:
        other = "confirmed" if pedigree.parentage_confirmed else "assumed"
        return not_met(f"de_novo.parentage_{other}")
    return _phenotype(ask, Strength.MODERATE if confirmed else Strength.SUPPORTING)


def _not_new(ask: Question, pedigree: CasePedigree, genotypes: FamilyGenotypes) -> Verdict | None:
    proband = genotypes.of(pedigree.family.proband_id).zygosity
    if proband is Zygosity.MISSING:
        return not_assessed("de_novo.no_genotypes")
    if not proband.carries:
        return not_met("inheritance.proband_without_allele")
    call = origin(pedigree.family, genotypes, TrioLimits.read(ask.number))
    if call.origin is Origin.DE_NOVO:
        return None
    facts = {"role": call.parent, "alt_reads": call.alt_reads, "depth": call.depth}
    if call.origin is Origin.NOT_ASSESSABLE:
        return not_assessed("de_novo.parent_not_sequenced", role=call.parent)
    if call.origin is Origin.UNCERTAIN:
        return not_assessed("de_novo.thin_data", **facts)
    return not_met(f"de_novo.{call.origin}", **facts)


def _phenotype(ask: Question, strength: Strength) -> Verdict:
    if ask.disease() is None:
        return not_assessed("no_known_disease")
    if ask.key.inheritance is Inheritance.AUTOSOMAL_RECESSIVE:
        return not_assessed("de_novo.recessive_not_built")
    fit = ask.read(PHENOTYPE_FIT, ask.key.disease)
    if fit is None:
        return not_assessed("de_novo.phenotype_unknown")
    if fit.exact == 0:
        return not_met("de_novo.phenotype_not_consistent", terms=fit.terms)
    return met(strength, "de_novo.new", exact=fit.exact, terms=fit.terms)
