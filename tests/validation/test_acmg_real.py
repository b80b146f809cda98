"""Opt-in: our classes of published alleles beside the classes that laboratories gave them.

Set VARINTERP_SHARED_DATA, and VARINTERP_SPLICEAI where a table of splice scores was made; every
allele goes to ``acmg.tsv`` in the folder that VARINTERP_VALIDATION_OUT names. Alleles are assessed
without a patient, so that what needs one is *not assessed*. Figures and what they can show are in
``docs/validation/acmg.md``; print them with ``pytest -s``.
"""

import csv
import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import acmg_figures as figures
import pytest
from acmg_evidence import PARTNERS, Bench, candidates, evidence, key_of
from acmg_figures import Judged
from acmg_truth import FILES, Half, Hypothesis, Side, Truth, hypotheses, truths
from shared_genome import needs_shared_data

from core_builders import ROOT
from varinterp.acmg.assess import assess
from varinterp.model.facts import Rule
from varinterp.sources.rules import Rules, read_rules

pytestmark = [pytest.mark.validation, needs_shared_data, pytest.mark.xdist_group("acmg")]

MOST_OPPOSITE = 0.001
PREDICTOR = "alphamissense"
"""The one missense predictor, chosen before looking: the only one that the data hold."""
TEMPORAL = ("ClinVar 2021-07 BRCA1", "ClinVar 2026-08 BRCA1 missense")
NUMBER_OF_WORST = 30


@cache
def everything() -> dict[str, tuple[Truth, ...]]:
    """Every published class, by source."""
    return {source: tuple(truths(source)) for source in FILES}


def rules_in_force() -> Rules:
    """The rules as they are shipped, with the predictor that the data hold."""
    shipped = read_rules(
        ROOT / "resources" / "rules" / "core-v1.yaml", [ROOT / "resources" / "gene_specs"]
    )
    return replace(shipped, values={**shipped.values, "predictor.missense": Rule(PREDICTOR)})


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench.build(tmp_path_factory.mktemp("acmg"), rules_in_force())


@pytest.fixture(scope="module")
def blind(bench: Bench) -> dict[str, list[Judged]]:
    """Every source without ClinVar: neither the allele's own record nor any partner's."""
    return {
        source: [each for gene in genes(found) for each in judge(bench, gene, found, None)]
        for source, found in everything().items()
    }


@pytest.fixture(scope="module")
def available(bench: Bench) -> dict[str, list[Judged]]:
    """The sources with a review status, with partners of the same day."""
    return {
        source: [each for gene in genes(found) for each in judge(bench, gene, found, source)]
        for source, found in everything().items()
        if source in PARTNERS
    }


@pytest.fixture(scope="module")
def temporal(bench: Bench) -> list[Judged]:
    """Partners of 2021, classes of 2026, of alleles that had no class in 2021."""
    before, after = (everything()[source] for source in TEMPORAL)
    classed = {each.allele for each in before if each.side is not Side.UNCERTAIN}
    new = [each for each in after if each.allele not in classed]
    return judge(bench, "BRCA1", new, TEMPORAL[0])


def genes(found: Iterable[Truth]) -> tuple[str, ...]:
    """Return the genes of some classes, in order."""
    return tuple(sorted({each.gene for each in found}))


def judge(bench: Bench, gene: str, found: Sequence[Truth], partners: str | None) -> list[Judged]:
    """Assess the alleles of a gene and put each beside its published class."""
    hypothesis = hypotheses()[gene]
    wanted = [each for each in found if each.gene == gene]
    releases = bench.releases(gene, partners)
    there = candidates(wanted, hypothesis, releases, bench.laboratory.folder)
    facts = evidence(
        tuple(there.values()), hypothesis, releases, bench.rules, blind=partners is None
    )
    named = rules_of(bench.rules, hypothesis)
    ours = {
        allele: assess(key_of(allele, hypothesis, named), each.consequence.transcript, facts)
        for allele, each in there.items()
    }
    return [Judged(each, ours[each.allele]) for each in wanted if each.allele in ours]


def rules_of(rules: Rules, hypothesis: Hypothesis) -> str:
    """Return the specification that holds for a gene's hypothesis, or the core rules."""
    return (
        rules.specification(hypothesis.hgnc, hypothesis.disease, hypothesis.inheritance) or "core"
    )


def of_half(found: dict[str, list[Judged]], half: Half) -> list[Judged]:
    """Return what is about genes of one half, of all sources."""
    return [
        each
        for judged in found.values()
        for each in judged
        if hypotheses()[each.truth.gene].half is half
    ]


def show(title: str, found: dict[str, list[Judged]]) -> None:
    """Print rates by source and gene, and the confusions of each half."""
    rows = [
        f"{source} | {gene} | {hypotheses()[gene].half} | {figures.rates(some).row()}"
        for source, judged in found.items()
        for gene in genes(each.truth for each in judged)
        if (some := [each for each in judged if each.truth.gene == gene])
    ]
    print(f"\n## {title}\n\n{figures.table(f'source | gene | half | {figures.HEAD}', rows)}")
    for half in Half:
        some = of_half(found, half)
        if some:
            print(f"\n### {title}, {half} half\n")
            print(figures.table(figures.HEAD, [figures.rates(some).row()]))
            print(f"\n{figures.three(some)}\n\n{figures.five(some)}\n\n{figures.criteria(some)}")


def write(found: dict[str, list[Judged]], mode: str) -> None:
    """Write every allele to the folder that was named for it."""
    folder = os.environ.get("VARINTERP_VALIDATION_OUT")
    if folder is None:
        return
    with (Path(folder) / f"acmg.{mode}.tsv").open("w", newline="") as stream:
        writer = csv.writer(stream, delimiter="\t", lineterminator="\n")
        writer.writerow(["half", "source", "gene", "allele", "published", "stars", "rules", "ours",
                         "points", "met", "reasons"])  # fmt: skip
        for each in (one for judged in found.values() for one in judged):
            met = [finding for finding in each.ours.findings if finding.met]
            truth = each.truth
            writer.writerow([
                hypotheses()[truth.gene].half, truth.source, truth.gene, truth.allele,
                truth.five or truth.side, truth.stars, each.ours.key.rules,
                each.ours.machine.points, each.ours.points,
                " ".join(f"{finding.criterion}_{finding.strength}" for finding in met),
                " ".join(finding.verdict.reason.key for finding in met),
            ])  # fmt: skip


def test_blind_to_clinvar_no_class_is_the_opposite(blind: dict[str, list[Judged]]) -> None:
    show("ClinVar-blind", blind)
    write(blind, "blind")
    by_gene = {
        gene: [each for judged in blind.values() for each in judged if each.truth.gene == gene]
        for gene in hypotheses()
    }
    print(f"\n## Evidence that there is\n\n{figures.evidence(by_gene)}")
    reported = of_half(blind, Half.REPORTED)
    scored = [each for each in reported if figures.has(each.ours, ("spliceai",))]
    print("\n## Reported half, alleles with a splice score\n")
    print(figures.table(figures.HEAD, [figures.rates(scored).row()] if scored else []))
    print(f"\n## The {NUMBER_OF_WORST} worst disagreements of the reported half\n")
    for each in figures.worst(reported, NUMBER_OF_WORST):
        print(figures.described(each))
    rates = figures.rates(reported)
    assert rates.opposite <= MOST_OPPOSITE * rates.alleles
    # An engine that says *uncertain* to everything passes the line above.
    assert rates.pathogenic_right > rates.pathogenic / 2


def test_with_clinvar_no_class_is_the_opposite(available: dict[str, list[Judged]]) -> None:
    show("ClinVar-available", available)
    write(available, "available")
    rates = figures.rates(of_half(available, Half.REPORTED))
    assert rates.opposite <= MOST_OPPOSITE * rates.alleles


def test_references_of_2021_and_classes_of_2026(temporal: list[Judged]) -> None:
    found = {"ClinVar 2021-07 → 2026-08 BRCA1": temporal}
    show("Temporal", found)
    write(found, "temporal")
    rates = figures.rates(temporal)
    assert rates.opposite <= max(1, MOST_OPPOSITE * rates.alleles)
