"""Whole case results for the report's tests, assessed and ranked by the real functions."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from varinterp.acmg.assess import assess
from varinterp.inheritance.de_novo import TrioLimits
from varinterp.model.case import (
    Candidate,
    Case,
    CaseResult,
    Gate,
    PhenotypeScore,
    ReleaseLabel,
    StageCount,
    TermRow,
)
from varinterp.model.chromosome import Chromosome
from varinterp.model.facts import (
    ASSERTION,
    COMPARATORS,
    CONSEQUENCE,
    COVERAGE,
    FREQUENCY,
    GENE_LINKS,
    GENOTYPES,
    PEDIGREE,
    PEDIGREE_KEY,
    PHENOTYPE_FIT,
    PREDICTIONS,
    TRANSCRIPT,
    Assertion,
    CasePedigree,
    Coverage,
    FamilyGenotypes,
    Frequency,
    GeneLinks,
    PhenotypeFit,
    Predictions,
    Significance,
    on_transcript,
    position_key,
)
from varinterp.model.family import Affected, Family, Person, Sex
from varinterp.model.gene_disease import GeneDisease, Inheritance, Mechanism
from varinterp.model.genotype import Genotype
from varinterp.model.phenotype import Phenotype
from varinterp.model.reads import Evidence
from varinterp.model.transcript import Consequence, Mane, Span, Term, Transcript
from varinterp.model.variant import Allele
from varinterp.priority.hypotheses import raise_hypotheses
from varinterp.priority.rank import rank
from varinterp.sources.rules import read_rules

ROOT = Path(__file__).parents[3]
LIMITS = TrioLimits(min_depth=10, max_alt_reads=1, min_quality=20)

DISEASE = "OMIM:616878"
DISEASE_NAME = (
    "Metabolic encephalomyopathic crises, recurrent, with rhabdomyolysis, cardiac arrhythmias, "
    "and neurodegeneration"
)
GOITRE = "PMID:31805011"

TANGO2 = Transcript(
    id="ENST00000327374.9",
    refseq="NM_152906.7",
    protein="ENSP00000332721.4",
    gene="TANGO2",
    hgnc="HGNC:25439",
    chromosome=Chromosome.C22,
    strand=1,
    exons=(
        Span(20021110, 20021246),
        Span(20036760, 20036854),
        Span(20043355, 20043443),
        Span(20052465, 20052584),
        Span(20053437, 20053551),
        Span(20055943, 20056013),
        Span(20061530, 20061683),
        Span(20063338, 20063442),
        Span(20064542, 20067164),
    ),
    cds=Span(20036799, 20064662),
    mane=Mane.SELECT,
)

LINKS = {
    "HGNC:25439": GeneLinks(
        (
            GeneDisease(
                hgnc="HGNC:25439",
                gene="TANGO2",
                disease=DISEASE,
                disease_name=DISEASE_NAME,
                inheritance=Inheritance.AUTOSOMAL_RECESSIVE,
                mechanism=Mechanism.LOSS_OF_FUNCTION,
                known_since="2016-01-31",
                pmid="26805781;26805782",
            ),
        )
    ),
    "HGNC:2847": GeneLinks(
        (
            GeneDisease(
                hgnc="HGNC:2847",
                gene="DGCR8",
                disease=GOITRE,
                disease_name="Multinodular goitre with schwannomatosis (DGCR8)",
                inheritance=Inheritance.AUTOSOMAL_DOMINANT,
                mechanism=Mechanism.NOT_ESTABLISHED,
                known_since="2019-12-31",
                pmid="31805011",
            ),
        )
    ),
}

RELEASES = (
    ReleaseLabel(
        "clinvar",
        "2017-04-04",
        "2017-04-04",
        "https://www.ncbi.nlm.nih.gov/clinvar/",
        "public domain (NCBI)",
        False,
        "It carries no review status: stars are unknown, not zero.",
    ),
    ReleaseLabel(
        "gene_disease",
        "2020-06-30",
        "2020-06-30",
        "https://pubmed.ncbi.nlm.nih.gov/",
        "Apache-2.0 (written for this project)",
        False,
    ),
    ReleaseLabel(
        "gnomad",
        "demo-constructed-1",
        "2024-04-19",
        "",
        "Apache-2.0 (written for this project)",
        True,
        "Constructed frequencies of the demonstration's region.",
    ),
    ReleaseLabel(
        "hpo",
        "2025-01-16",
        "2025-01-16",
        "https://hpo.jax.org/",
        "HPO licence",
        False,
    ),
    ReleaseLabel(
        "mane",
        "1.5",
        "2025-11-21",
        "https://www.ncbi.nlm.nih.gov/refseq/MANE/",
        "public domain (NCBI), EMBL-EBI terms",
        False,
    ),
)

TERMS = (
    ("HP:0001249", "Intellectual disability", "exact"),
    ("HP:0001250", "Seizure", "exact"),
    ("HP:0001943", "Hypoglycemia", "exact"),
    ("HP:0001987", "Hyperammonemia", "exact"),
    ("HP:0002376", "Developmental regression", "exact"),
    ("HP:0003201", "Rhabdomyolysis", "exact"),
    ("HP:0003236", "Elevated circulating creatine kinase concentration", "exact"),
    ("HP:0000252", "Microcephaly", "related"),
    ("HP:0002307", "Drooling", "absent"),
    ("HP:0031956", "Elevated circulating aspartate aminotransferase concentration", "related"),
)
EXCLUDED = ("HP:0001662", "HP:0001664", "HP:0005184")

COUNTS = (
    StageCount("normalise", 182, 180, (("no_key", 1), ("not_carried", 1))),
    StageCount("gates", 180, 3, (("common", 170), ("not_in_gene", 7))),
)


def genotype(copies: int | None, **more: Any) -> Genotype:
    """A well-covered diploid call."""
    reads: Mapping[int | None, tuple[int, int]] = {0: (33, 0), 1: (17, 15), 2: (0, 31)}
    if copies is None:
        return Genotype(copies=None, ploidy=None)
    ref, alt = reads[copies]
    values = {"ref_depth": ref, "alt_depth": alt, "depth": ref + alt, "quality": 99}
    return Genotype(copies=copies, ploidy=2, **(values | more))


def trio(*, mother_affected: bool = False, father_sequenced: bool = True) -> Family:
    mother = Affected.YES if mother_affected else Affected.NO
    return Family(
        id="F-6d1f0b",
        proband_id="P-41c2aa",
        members=(
            Person("P-41c2aa", Sex.FEMALE, Affected.YES, "P-90be13", "P-77d0e4"),
            Person("P-90be13", Sex.MALE, Affected.NO, sequenced=father_sequenced),
            Person("P-77d0e4", Sex.FEMALE, mother),
        ),
    )


def calls(*genotypes: Genotype) -> FamilyGenotypes:
    """The calls of the trio: proband, father, mother."""
    return FamilyGenotypes(tuple(zip(("P-41c2aa", "P-90be13", "P-77d0e4"), genotypes, strict=True)))


def frequency(ac: int, an: int = 1613800, **more: Any) -> Frequency:
    values: dict[str, Any] = {
        "ac": ac,
        "an": an,
        "af": ac / an,
        "faf95": ac / an * 0.7,
        "faf95_group": "nfe",
        "group_max_af": ac / an * 1.4,
        "nhomalt": 0,
        "hemizygotes": None,
        "constructed": True,
    }
    return Frequency(**(values | more))


def case(family: Family | None = None, **more: Any) -> Case:
    values: dict[str, Any] = {
        "id": "C-0b7e94d2",
        "analysis": 1,
        "family": family or trio(),
        "phenotype": Phenotype.of([term for term, _, _ in TERMS], EXCLUDED),
        "indication": "Recurrent metabolic crises with rhabdomyolysis",
        "parentage_confirmed": False,
        "secondary_findings": False,
    }
    return Case(**(values | more))


def candidate(allele: str, consequence: Consequence, genotypes: FamilyGenotypes, **more: Any) -> Candidate:
    values: dict[str, Any] = {
        "gates": (Gate.RARE,),
        "filter": "PASS",
        "others": (),
        "frequency": None,
        "coverage": Coverage(covered=True, constructed=True),
        "assertion": None,
        "predictions": None,
    }
    return Candidate(
        allele=Allele.parse(allele),
        consequence=consequence,
        genotypes=genotypes,
        **(values | more),
    )


def in_tango2(coding: str, protein: str, *terms: Term, **more: Any) -> Consequence:
    return Consequence(
        transcript=TANGO2.id,
        gene="TANGO2",
        hgnc="HGNC:25439",
        terms=terms,
        hgvs_c=f"{TANGO2.id}:{coding}",
        hgvs_p=f"ENSP00000332721.4:{protein}",
        mane=Mane.SELECT,
        **more,
    )


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
        predictions=Predictions(revel=0.941, spliceai=0.02),
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
            predictions=Predictions(revel=0.71),
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
            in_tango2("c.32G>A", "p.Arg11His", Term.MISSENSE, exon=2, protein_position=11, ref_aa="R", alt_aa="H"),
            FamilyGenotypes((("P-41c2aa", genotype(2)),)),
            frequency=frequency(62, 1611200),
            coverage=None,
        )
    ]
    alone = Family("F-6d1f0b", "P-41c2aa", (Person("P-41c2aa", Sex.FEMALE, Affected.YES),))
    return analysed(case(alone), found)


def in_dgcr8(coding: str, protein: str, codon: int) -> Consequence:
    return Consequence(
        transcript="ENST00000351989.8",
        gene="DGCR8",
        hgnc="HGNC:2847",
        terms=(Term.MISSENSE,),
        hgvs_c=f"ENST00000351989.8:{coding}",
        hgvs_p=f"ENSP00000263209.3:{protein}",
        exon=7,
        protein_position=codon,
        ref_aa="E",
        alt_aa="K",
        mane=Mane.SELECT,
    )


def match(disease: str) -> PhenotypeScore:
    """The patient's terms against either disease."""
    if disease == GOITRE:
        rows = [TermRow("HP:0100008", "Schwannoma", "exact", "HP:0100008", "Schwannoma")]
        rows += [TermRow(term, name, "absent") for term, name, _ in TERMS[:2]]
        return PhenotypeScore(0.41, tuple(rows), constructed=True)
    rows = [
        TermRow(term, name, kind, *((term, name) if kind == "exact" else ()))
        if kind != "related"
        else TermRow(term, name, kind, "HP:0000924", "Abnormality of the skeletal system")
        for term, name, kind in TERMS
    ]
    return PhenotypeScore(0.7312, tuple(rows))


def evidence_of(subject: Case, candidates: Sequence[Candidate]) -> Evidence:
    """Everything that the criteria may read of some candidates."""
    rules = read_rules(ROOT / "resources/rules/core-v1.yaml")
    facts: dict[tuple[str, str], Any] = dict(rules.facts())
    facts[(PEDIGREE.source, PEDIGREE_KEY)] = CasePedigree(
        subject.family, subject.parentage_confirmed
    )
    facts[(TRANSCRIPT.source, TANGO2.id)] = TANGO2
    for one in candidates:
        facts |= _of_candidate(one)
    facts |= {(GENE_LINKS.source, gene): links for gene, links in LINKS.items()}
    facts[(PHENOTYPE_FIT.source, DISEASE)] = PhenotypeFit(10, 7)
    facts[(PHENOTYPE_FIT.source, GOITRE)] = PhenotypeFit(3, 1, constructed=True)
    provided = {FREQUENCY, COVERAGE, ASSERTION, COMPARATORS, GENE_LINKS}
    return Evidence(facts, frozenset(fact.source for fact in provided))


def _of_candidate(one: Candidate) -> dict[tuple[str, str], Any]:
    allele, place = str(one.allele), on_transcript(one.allele, one.consequence.transcript)
    found = {
        (GENOTYPES.source, allele): one.genotypes,
        (FREQUENCY.source, allele): one.frequency,
        (COVERAGE.source, position_key(one.allele.chromosome, one.allele.position)): one.coverage,
        (ASSERTION.source, allele): one.assertion,
        (CONSEQUENCE.source, place): one.consequence,
        (PREDICTIONS.source, place): one.predictions,
    }
    return {key: value for key, value in found.items() if value is not None}


def analysed(subject: Case, candidates: Sequence[Candidate]) -> CaseResult:
    """Assess and rank as the pipeline does."""
    evidence = evidence_of(subject, candidates)
    hypotheses = raise_hypotheses(subject, candidates, LINKS, LIMITS)
    transcripts = {
        (one.allele, one.consequence.hgnc): one.consequence.transcript for one in candidates
    }
    keys = {str(key): key for each in hypotheses for key in each.keys}
    assessments = {
        key: assess(key, transcripts[(key.allele, key.gene)], evidence)
        for _, key in sorted(keys.items())
    }
    reads = tuple(read for each in assessments.values() for read in each.reads)
    return CaseResult(
        case=subject,
        candidates=tuple(candidates),
        assessments=tuple(assessments.values()),
        ranking=rank(hypotheses, assessments, match, 0.5),
        facts=evidence.slice(reads),
        releases=RELEASES,
        versions={"varinterp": "0.1.0", "bcftools": "1.24", "htslib": "1.24", "vepyr": "0.10.0"},
        counts=COUNTS,
    )
