"""What ranking an exome family costs: ``python -m benchmarks.ranking``; there is no baseline.

A trio with N candidate alleles (600: an exome has a few hundred) in real diseases of HPO, three in
four genes with one to three of them. *Ranking* is all of it: HPO is read and made ready, the
patient is matched with every disease, hypotheses are raised and put in order. Writing and reading
the document, which holds every conclusion, is told beside it.
"""

import argparse
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from time import process_time
from typing import Any

from benchmarks.hypotheses import _DEMO, _ROOT, _TRIO
from varinterp.acmg.combine import points
from varinterp.documents.case import dump_case, load_case
from varinterp.model.assessment import Assessment, AssessmentKey, MachineClass
from varinterp.model.case import Candidate, Case, CaseResult, Gate
from varinterp.model.chromosome import Chromosome
from varinterp.model.evidence import Criterion, Finding, Strength, met, not_assessed
from varinterp.model.facts import FamilyGenotypes, GeneLinks
from varinterp.model.gene_disease import GeneDisease, Inheritance, Mechanism, Validity
from varinterp.model.genotype import Genotype
from varinterp.model.phenotype import Phenotype
from varinterp.model.transcript import Consequence, Term
from varinterp.model.variant import Allele
from varinterp.pipeline.classify import prioritise
from varinterp.pipeline.hypotheses import hypotheses_of, keys_of, phenotypes_of
from varinterp.pipeline.phenotype import read_disease_terms
from varinterp.refs.lock import open_releases, read_lock
from varinterp.sources.rules import Rules, read_rules

_SEED = 20261123
_MET = (
    (Criterion.PVS1, Strength.VERY_STRONG), (Criterion.PM2, Strength.SUPPORTING),
    (Criterion.PP3, Strength.SUPPORTING), (Criterion.BP4, Strength.SUPPORTING),
    (Criterion.PM5, Strength.MODERATE), (Criterion.BS1, Strength.STRONG),
)  # fmt: skip
_TERMS = ("HP:0001249", "HP:0001250", "HP:0003201", "HP:0001657", "HP:0001943", "HP:0002151",
          "HP:0000821", "HP:0001252")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Family:
    """What is ranked: candidates and what the genes' releases say of diseases."""

    case: Case
    candidates: tuple[Candidate, ...]
    links: dict[str, GeneLinks]


def main() -> None:
    """Draw a family, rank it and print what each step took."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ranking", description=__doc__)
    parser.add_argument("--candidates", type=int, default=600)
    options = parser.parse_args()
    rules = read_rules(
        _ROOT / "resources" / "rules" / "core-v1.yaml",
        [_ROOT / "resources" / "gene_specs"],
        [_ROOT / "resources" / "gene_lists"],
    )
    releases = open_releases(read_lock(_DEMO / "refs.lock.yaml"), _DEMO / "refs")
    spent: dict[str, float] = {}
    terms = _timed(spent, "HPO read and made ready", lambda: read_disease_terms(releases))
    family = _family(options.candidates, tuple(sorted(terms.described)))
    hypotheses = _timed(spent, "hypotheses raised", lambda: _raised(family, rules))
    matched = _timed(
        spent,
        "patient matched",
        lambda: phenotypes_of(hypotheses, terms.matcher(family.case.phenotype, rules=rules.values)),
    )
    classified = _classified(family, keys_of(hypotheses).values(), matched)
    ranked = _timed(spent, "ranked", lambda: prioritise(classified, rules))
    ranking = sum(spent.values())
    text = _timed(spent, "document written", lambda: dump_case(ranked))
    _timed(spent, "document read", lambda: load_case(text))
    print(
        f"{len(family.candidates)} candidates, {len(hypotheses)} hypotheses, "
        f"{len(matched)} diseases, {len(text) / 1e6:.1f} MB"
    )
    for name, seconds in spent.items():
        print(f"{name:<26}{seconds:7.2f} CPU s")
    print(f"{'ranking, in all':<26}{ranking:7.2f} CPU s")


def _timed(spent: dict[str, float], name: str, work: Callable[[], Any]) -> Any:
    before = process_time()
    found = work()
    spent[name] = process_time() - before
    return found


def _raised(family: Family, rules: Rules) -> Sequence[Any]:
    return hypotheses_of(family.case, family.candidates, family.links, rules)


def _family(size: int, diseases: Sequence[str]) -> Family:
    """Draw candidates in a fixed order; two in three genes have one, the others two or three."""
    draw = random.Random(_SEED)  # noqa: S311
    patient = Phenotype.of(_TERMS)
    candidates: list[Candidate] = []
    links: dict[str, GeneLinks] = {}
    gene = 0
    while len(candidates) < size:
        gene += 1
        hgnc = f"HGNC:{gene}"
        links[hgnc] = GeneLinks(tuple(_links(draw, hgnc, diseases)))
        for _ in range(draw.choice((1, 1, 1, 1, 2, 3))):
            candidates.append(_candidate(draw, hgnc, len(candidates)))
    case = Case("case", 1, _TRIO, patient, "indication", True, False)
    return Family(case, tuple(candidates), links)


def _links(draw: random.Random, hgnc: str, diseases: Sequence[str]) -> Iterator[GeneDisease]:
    for disease in draw.sample(diseases, draw.choice((0, 1, 2, 3))):
        yield GeneDisease(
            hgnc=hgnc, gene=hgnc, disease=disease, disease_name="a disease",
            inheritance=draw.choice((Inheritance.AUTOSOMAL_DOMINANT,
                                     Inheritance.AUTOSOMAL_RECESSIVE)),
            mechanism=Mechanism.LOSS_OF_FUNCTION, known_since="2016-01-31", pmid="26805781",
            validity=draw.choice((Validity.DEFINITIVE, Validity.LIMITED, Validity.NOT_STATED)),
        )  # fmt: skip


def _candidate(draw: random.Random, hgnc: str, number: int) -> Candidate:
    copies = draw.choice((1,) * 11 + (2,))
    calls = (copies, 1, draw.choice((0, 1)))
    return Candidate(
        allele=Allele(Chromosome.C1, 1_000_000 + 1000 * number, "G", "A"),
        gates=(Gate.RARE,), filter="PASS",
        consequence=Consequence(f"ENST{number:011}.1", hgnc, hgnc, (Term.MISSENSE,)), others=(),
        genotypes=FamilyGenotypes(tuple(
            (person.id, Genotype(copies=found, ploidy=2, ref_depth=40 - 20 * found,
                                 alt_depth=20 * found, depth=40, quality=99))
            for person, found in zip(_TRIO.members, calls, strict=True)
        )),
        frequency=None, coverage=None, assertion=None, predictions=None,
    )  # fmt: skip


def _classified(family: Family, keys: Any, matched: Any) -> CaseResult:
    draw = random.Random(_SEED)  # noqa: S311
    return CaseResult(
        case=family.case,
        candidates=family.candidates,
        assessments=tuple(_assessment(draw, key) for key in keys),
        ranking=(), phenotypes=matched, term_names={},
        facts={("gene_disease", gene): known for gene, known in family.links.items()},
        releases=(), versions={}, counts=(),
    )  # fmt: skip


def _assessment(draw: random.Random, key: AssessmentKey) -> Assessment:
    given = dict(draw.sample(_MET, draw.choice((0, 1, 2, 3))))
    findings = tuple(
        Finding(each, met(given[each], "drawn") if each in given else not_assessed("not_built"))
        for each in Criterion
    )
    total = points.total(findings)
    value = points.classify(findings)
    return Assessment(
        key=key, transcript=None, findings=findings, points=total,
        posterior=points.posterior(total), machine=MachineClass(value, value), external=None,
        signed=None, reads=(),
    )  # fmt: skip


if __name__ == "__main__":
    main()
