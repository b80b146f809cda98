"""Cases to register: drawn from a fixed seed, assessed by the rules in force, as a case is.

Each case has a hundred rare missense alleles, one hypothesis each: about 22 reads and a document
of 12 kB an assessment, which is what the demo's have.
"""

import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from varinterp.acmg.assess import assess
from varinterp.model.assessment import AssessmentKey
from varinterp.model.case import Case, CaseResult, ReleaseLabel
from varinterp.model.chromosome import Chromosome
from varinterp.model.facts import (
    CONSEQUENCE,
    COVERAGE,
    FREQUENCY,
    GENE_LINKS,
    GENOTYPES,
    GROUPS,
    GROUPS_KEY,
    PEDIGREE,
    PEDIGREE_KEY,
    PHENOTYPE_FIT,
    RULE,
    SCORES,
    TRANSCRIPT,
    CasePedigree,
    Coverage,
    FamilyGenotypes,
    Frequency,
    GeneLinks,
    PhenotypeFit,
    Rule,
    on_transcript,
    position_key,
)
from varinterp.model.family import Affected, Family, Person, Sex
from varinterp.model.gene_disease import GeneDisease, Inheritance, Mechanism
from varinterp.model.genotype import Genotype
from varinterp.model.phenotype import Phenotype
from varinterp.model.population import GroupFrequency, PopulationGroups
from varinterp.model.prediction import Predictor, Score, ScoreOrigin, score_key
from varinterp.model.reads import Evidence
from varinterp.model.transcript import Consequence, Mane, Span, Term, Transcript
from varinterp.model.variant import Allele
from varinterp.sources.rules import read_rules

RULES = read_rules(Path("resources/rules/core-v1.yaml")).values
ALLELES = 100
_GENES = 400
_GROUPS = ("afr", "amr", "asj", "eas", "fin", "mid", "nfe", "sas")
_SOURCES = (
    "clinvar",
    "disease_phenotypes",
    "gene_disease",
    "gnomad",
    "hpo",
    "mane",
    "rules",
    "vep",
)
_CONSULTED = frozenset(
    {
        "clinvar", "clinvar.codon", "gnomad", "gnomad.coverage", "gnomad.groups", "consequence",
        "consequence.joint", "transcript", "gene_disease", "hpo.match", "case.genotype",
        "case.family", "rules", *(predictor.value for predictor in Predictor),
    }
)  # fmt: skip

Facts = dict[tuple[str, str], Any]


def cases(count: int, seed: int = 20260704) -> Iterator[CaseResult]:
    """Draw cases."""
    draw = random.Random(seed)  # noqa: S311 (nothing secret is drawn)
    for number in range(count):
        yield _case(draw, f"CASE-{number:06d}")


def _case(draw: random.Random, name: str) -> CaseResult:
    family = _family(name)
    facts: Facts = {(RULE.source, key): rule for key, rule in RULES.items()}
    facts[(PEDIGREE.source, PEDIGREE_KEY)] = CasePedigree(family, True)
    facts[(GROUPS.source, GROUPS_KEY)] = PopulationGroups(_GROUPS)
    keys = [_hypothesis(draw, name, family, facts) for _ in range(ALLELES)]
    evidence = Evidence(facts, _CONSULTED)
    concluded = {str(key): assess(key, transcript, evidence) for key, transcript in keys}
    assessments = tuple(concluded[key] for key in sorted(concluded))
    return CaseResult(
        case=Case(name, 1, family, Phenotype.of(["HP:0003201"]), "constructed", True, False),
        candidates=(),
        assessments=assessments,
        ranking=(),
        phenotypes={},
        term_names={},
        facts=evidence.slice(tuple(read for each in assessments for read in each.reads)),
        releases=tuple(_label(source) for source in _SOURCES),
        versions={"varinterp": "0.1.0"},
        counts=(),
    )


def _family(name: str) -> Family:
    father, mother = f"{name}-father", f"{name}-mother"
    return Family(
        f"{name}-family",
        f"{name}-child",
        (
            Person(f"{name}-child", Sex.FEMALE, Affected.YES, father, mother),
            Person(father, Sex.MALE, Affected.NO),
            Person(mother, Sex.FEMALE, Affected.NO),
        ),
    )


def _hypothesis(
    draw: random.Random, case: str, family: Family, facts: Facts
) -> tuple[AssessmentKey, str]:
    """Draw an allele in a gene, and every fact that may be asked of it."""
    gene = draw.randrange(_GENES)
    hgnc, name = f"HGNC:{10_000 + gene}", f"ENST{gene:011d}.4"
    start = 1_000_000 + gene * 100_000
    position = start + draw.randrange(50_000)
    allele = Allele(Chromosome("7"), position, "G", draw.choice("ACT"))
    transcript = Transcript(
        name, f"NM_{gene:06d}.2", f"ENSP{gene:011d}.4", f"GENE{gene}", hgnc, Chromosome("7"), 1,
        (Span(start, start + 60_000),), Span(start + 100, start + 59_999), Mane.SELECT,
    )  # fmt: skip
    effect = Consequence(
        name, f"GENE{gene}", hgnc, (Term.MISSENSE,), f"{name}:c.{position - start}G>A",
        f"ENSP{gene:011d}.4:p.Arg{position % 900}His", 1, None, position - start,
        position % 900 + 1, "R", "H", Mane.SELECT, f"NM_{gene:06d}.2",
    )  # fmt: skip
    disease = f"OMIM:{600_000 + gene}"
    facts |= {
        (TRANSCRIPT.source, name): transcript,
        (CONSEQUENCE.source, on_transcript(allele, name)): effect,
        (GENE_LINKS.source, hgnc): GeneLinks((_link(gene, hgnc, disease),)),
        (PHENOTYPE_FIT.source, disease): PhenotypeFit(4, draw.randrange(3)),
        (GENOTYPES.source, str(allele)): _genotypes(draw, family),
        **_population(draw, allele),
        **_scores(draw, allele, effect),
    }
    return AssessmentKey(case, allele, hgnc, disease, Inheritance.AUTOSOMAL_DOMINANT, "core"), name


def _link(gene: int, hgnc: str, disease: str) -> GeneDisease:
    return GeneDisease(
        hgnc, f"GENE{gene}", disease, f"disease {gene}", Inheritance.AUTOSOMAL_DOMINANT,
        Mechanism.LOSS_OF_FUNCTION, "2012-01-01", "26805781",
    )  # fmt: skip


def _genotypes(draw: random.Random, family: Family) -> FamilyGenotypes:
    carrier = draw.randrange(1, 3)
    return FamilyGenotypes(
        tuple(
            (person.id, Genotype(int(index in (0, carrier)), 2, None, None, 17, 15, 32, 99))
            for index, person in enumerate(family)
        )
    )


def _population(draw: random.Random, allele: Allele) -> Mapping[tuple[str, str], Any]:
    """Half of the rare alleles are in no population resource."""
    if draw.random() < 0.5:
        place = position_key(allele.chromosome, allele.position)
        return {(COVERAGE.source, place): Coverage(True)}
    counts = [draw.randrange(4) for _ in _GROUPS]
    groups = tuple(
        GroupFrequency(code, ac, 60_000) for code, ac in zip(_GROUPS, counts, strict=True)
    )
    total, an = sum(counts), 60_000 * len(_GROUPS)
    found = Frequency(
        total, an, total / an, 1e-6, "nfe", max(counts) / 60_000, 0, 0, True, False, groups
    )
    return {(FREQUENCY.source, str(allele)): found}


def _scores(draw: random.Random, allele: Allele, effect: Consequence) -> Facts:
    found: Facts = {}
    for predictor in Predictor:
        key = score_key(predictor, allele, effect)
        if key is not None:
            value = round(draw.random(), 3)
            found[(SCORES[predictor].source, key)] = Score(value, ScoreOrigin.RELEASE)
    return found


def _label(source: str) -> ReleaseLabel:
    return ReleaseLabel(source, "2026-07-04", "2026-07-04", "https://example.org", "CC0", True)


__all__ = ["ALLELES", "RULES", "Rule", "cases"]
