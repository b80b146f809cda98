"""Parts of a case result, assessed and ranked by the real functions."""

from collections.abc import Mapping, Sequence
from typing import Any

from core_builders import FAMILY_LIMITS, TANGO2, WEIGHTS, no_specification, score_facts
from report_knowledge import (
    COUNTS,
    DISEASE,
    EXCLUDED,
    GOITRE,
    LINKS,
    RELEASES,
    ROOT,
    TERM_NAMES,
    TERMS,
)
from varinterp.acmg.assess import assess
from varinterp.model.case import (
    Candidate,
    Case,
    CaseResult,
    Gate,
    PhenotypeScore,
    TermRow,
)
from varinterp.model.facts import (
    ASSERTION,
    COMPARATORS,
    CONSEQUENCE,
    COVERAGE,
    FREQUENCY,
    GENE_LINKS,
    GENOTYPES,
    JOINT,
    LISTED,
    LOCAL,
    PEDIGREE,
    PEDIGREE_KEY,
    PHENOTYPE_FIT,
    TRANSCRIPT,
    CasePedigree,
    Coverage,
    FamilyGenotypes,
    Frequency,
    PhenotypeFit,
    on_transcript,
    position_key,
)
from varinterp.model.family import Affected, Family, Person, Sex
from varinterp.model.genotype import Genotype
from varinterp.model.phenotype import Phenotype
from varinterp.model.reads import Evidence
from varinterp.model.transcript import Consequence, Mane, Term
from varinterp.model.variant import Allele
from varinterp.priority.hypotheses import raise_hypotheses
from varinterp.priority.rank import rank
from varinterp.sources.rules import read_rules


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


def candidate(
    allele: str, consequence: Consequence, genotypes: FamilyGenotypes, **more: Any
) -> Candidate:
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
        refseq=TANGO2.refseq,
        **more,
    )


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
    consulted = (FREQUENCY, COVERAGE, ASSERTION, COMPARATORS, GENE_LINKS)
    return Evidence(facts, frozenset({fact.source for fact in consulted}))


def _of_candidate(one: Candidate) -> dict[tuple[str, str], Any]:
    allele, place = str(one.allele), on_transcript(one.allele, one.consequence.transcript)
    found = {
        (GENOTYPES.source, allele): one.genotypes,
        (FREQUENCY.source, allele): one.frequency,
        (LISTED.source, allele): one.listed,
        (LOCAL.source, allele): one.local,
        (ASSERTION.source, allele): one.assertion,
        (CONSEQUENCE.source, place): one.consequence,
        (JOINT.source, place): one.joint,
    } | {
        (COVERAGE.source, position_key(one.allele.chromosome, position)): one.coverage
        for position in range(one.allele.position, one.allele.end + 1)
    }
    scores = score_facts(one.predictions, one.allele, one.consequence)
    return {key: value for key, value in found.items() if value is not None} | scores


def analysed(subject: Case, candidates: Sequence[Candidate]) -> CaseResult:
    """Assess and rank as the pipeline does."""
    evidence = evidence_of(subject, candidates)
    hypotheses = raise_hypotheses(subject, candidates, LINKS, FAMILY_LIMITS, no_specification)
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
        ranking=rank(subject, hypotheses, candidates, assessments, match, WEIGHTS),
        phenotypes={
            each.link.disease: match(each.link.disease) for each in hypotheses if each.link
        },
        term_names=TERM_NAMES,
        facts=evidence.slice(reads),
        releases=RELEASES,
        versions={"varinterp": "0.1.0", "bcftools": "1.24", "htslib": "1.24", "vepyr": "0.10.0"},
        counts=COUNTS,
    )
