"""Whole case results: a homozygote, a pair, a new variant, nothing at all."""

from typing import Any

from core_builders import predictions
from report_builders import (
    analysed,
    calls,
    candidate,
    case,
    frequency,
    genotype,
    in_dgcr8,
    in_tango2,
    trio,
)
from varinterp.model.case import (
    Candidate,
    CaseResult,
    Gate,
)
from varinterp.model.clinvar import Assertion, Significance
from varinterp.model.facts import Coverage, FamilyGenotypes
from varinterp.model.family import Affected, Family, Person, Sex
from varinterp.model.phenotype import Phenotype
from varinterp.model.transcript import Consequence, Mane, Term


def missense(genotypes: FamilyGenotypes) -> Candidate:
    """TANGO2 c.460G>A, p.Gly154Arg (PMID 26805781)."""
    return candidate(
        "22-20061538-G-A",
        in_tango2(
            "c.460G>A",
            "p.Gly154Arg",
            Term.MISSENSE,
            exon=7,
            cds_position=460,
            protein_position=154,
            ref_aa="G",
            alt_aa="R",
        ),
        genotypes,
        gates=(Gate.RARE, Gate.KNOWN),
        frequency=frequency(20),
        coverage=None,
        assertion=Assertion(
            significance=(Significance.PATHOGENIC,) * 3,
            conditions=(
                "Acute rhabdomyolysis",
                "Cardiac arrhythmia",
                "TANGO2-Related Encephalocardiomyopathy",
            ),
            stars=None,
            rsid="rs752298579",
        ),
        predictions=predictions(revel=0.941, spliceai=0.02),
        others=(
            Consequence(
                transcript="ENST00000401833.5",
                gene="TANGO2",
                hgnc="HGNC:25439",
                terms=(Term.MISSENSE,),
                hgvs_c="ENST00000401833.5:c.583G>A",
                hgvs_p="ENSP00000384827.1:p.Gly195Arg",
            ),
            Consequence(
                transcript="ENST00000490830.1",
                gene="TANGO2",
                hgnc="HGNC:25439",
                terms=(Term.NON_CODING_EXON, Term.NON_CODING_TRANSCRIPT),
                hgvs_c="ENST00000490830.1:n.610G>A",
            ),
        ),
    )


def frameshift(genotypes: FamilyGenotypes) -> Candidate:
    """TANGO2 c.4del, p.Cys2AlafsTer35 (PMID 26805782), absent from the population resource."""
    return candidate(
        "22-20036801-GT-G",
        in_tango2(
            "c.4del",
            "p.Cys2AlafsTer35",
            Term.FRAMESHIFT,
            exon=2,
            cds_position=4,
            protein_position=2,
            ref_aa="C",
            alt_aa="X",
        ),
        genotypes,
        original="22-20036801-GTG-GG",
    )


def tango2_homozygous(**more: Any) -> CaseResult:
    """A girl homozygous for c.460G>A, both parents carriers."""
    found = [missense(calls(genotype(2), genotype(1), genotype(1, ref_depth=19, alt_depth=12)))]
    return analysed(case(**more), found)


def nonsense() -> CaseResult:
    """A girl and her affected brother homozygous for c.418C>T (PMID 26805782)."""
    found = [
        candidate(
            "22-20055980-C-T",
            in_tango2(
                "c.418C>T",
                "p.Arg140Ter",
                Term.STOP_GAINED,
                exon=6,
                cds_position=418,
                protein_position=140,
                ref_aa="R",
                alt_aa="*",
            ),
            FamilyGenotypes(
                (
                    ("P-41c2aa", genotype(2)),
                    ("P-90be13", genotype(1)),
                    ("P-77d0e4", genotype(1)),
                    ("P-c5d210", genotype(2, ref_depth=0, alt_depth=24, depth=24, quality=72)),
                )
            ),
            gates=(Gate.RARE, Gate.KNOWN),
            frequency=frequency(9, 1614010),
            coverage=None,
            assertion=Assertion(
                significance=(Significance.PATHOGENIC,),
                conditions=("TANGO2-Related Encephalocardiomyopathy",),
                stars=None,
                rsid="rs764883927",
            ),
        )
    ]
    brother = Person("P-c5d210", Sex.MALE, Affected.YES, "P-90be13", "P-77d0e4")
    parents = trio()
    family = Family(parents.id, parents.proband_id, (*parents.members, brother))
    return analysed(case(family), found)


def compound_pair() -> CaseResult:
    """c.4del from the father and c.460G>A from the mother, phased by reads."""
    block = {"phase_set": "20036801"}
    found = [
        frameshift(calls(genotype(1, haplotype=0, **block), genotype(1), genotype(0))),
        missense(calls(genotype(1, haplotype=1, **block), genotype(0), genotype(1))),
    ]
    return analysed(case(), found)


def de_novo_and_more() -> CaseResult:
    """A new DGCR8 missense, a carried TANGO2 allele, and a common and an unknown variant."""
    found = [
        candidate(
            "22-20091916-G-A",
            in_dgcr8("c.1552G>A", "p.Glu518Lys", 518),
            calls(genotype(1), genotype(0), genotype(0)),
            gates=(Gate.RARE, Gate.DE_NOVO),
            predictions=predictions(revel=0.71),
        ),
        missense(calls(genotype(1), genotype(0), genotype(1))),
    ]
    return analysed(case(parentage_confirmed=True), found)


def unexplained() -> CaseResult:
    """Nothing explains the patient: a common missense, and a stop in a gene without a disease."""
    found = [
        candidate(
            "22-20094770-A-G",
            in_dgcr8("c.1763A>G", "p.Lys588Arg", 588),
            calls(genotype(1), genotype(0), genotype(1)),
            frequency=frequency(283500, 1612300, nhomalt=25870),
            coverage=None,
        ),
        candidate(
            "22-20139765-C-T",
            Consequence(
                transcript="ENST00000334554.12",
                gene="ZDHHC8",
                hgnc="HGNC:18474",
                terms=(Term.STOP_GAINED,),
                hgvs_c="ENST00000334554.12:c.430C>T",
                hgvs_p="ENSP00000334490.7:p.Arg144Ter",
                exon=4,
                protein_position=144,
                mane=Mane.SELECT,
            ),
            calls(genotype(1), genotype(1), genotype(0)),
            coverage=Coverage(covered=False, constructed=True),
        ),
    ]
    return analysed(case(indication="Short stature, hearing impairment"), found)


def nothing_found() -> CaseResult:
    """No candidate at all."""
    return analysed(case(phenotype=Phenotype()), [])


def uncertain() -> CaseResult:
    """A homozygous missense of uncertain significance in a singleton without parents."""
    found = [
        candidate(
            "22-20036830-G-A",
            in_tango2(
                "c.32G>A",
                "p.Arg11His",
                Term.MISSENSE,
                exon=2,
                protein_position=11,
                ref_aa="R",
                alt_aa="H",
            ),
            FamilyGenotypes((("P-41c2aa", genotype(2)),)),
            frequency=frequency(62, 1611200),
            coverage=None,
        )
    ]
    alone = Family("F-6d1f0b", "P-41c2aa", (Person("P-41c2aa", Sex.FEMALE, Affected.YES),))
    return analysed(case(alone), found)
