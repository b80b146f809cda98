"""Sources beside ClinVar: read for the candidates, recorded, shown, and counted by nobody."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from core_builders import HET, ROOT, Setting, allele, calls, candidate, missense
from sealed_releases import sealed
from upstream import laboratory, mitomap
from varinterp.model.clinvar import Significance
from varinterp.model.evidence import Criterion
from varinterp.model.external import (
    MITOMAP,
    LaboratoryAssertion,
    MitomapAllele,
    MitomapStatus,
    laboratory_fact,
    laboratory_source,
)
from varinterp.model.facts import ALL_FACTS
from varinterp.model.reads import Evidence, Fact
from varinterp.pipeline.external import external_facts
from varinterp.pipeline.references.adapter import Context
from varinterp.refs.lock import Releases
from varinterp.registry.releases import release_sources
from varinterp.report.releases import releases_of
from varinterp.sources.material import Material

FASTA = ROOT / "resources/demo/reference/GRCh38.chr22.demo.fa.gz"
VKGL = laboratory_fact("vkgl")
CANDIDATES = [
    candidate(name, calls(proband=HET))
    for name in ("22-20061538-G-A", "22-20061530-G-A", "MT-1555-A-G")
]


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Releases:
    root = tmp_path_factory.mktemp("refs")
    sources: Mapping[str, tuple[Any, str, Mapping[str, Any]]] = {
        "vkgl": (laboratory, "laboratory", laboratory.CONSENSUS),
        "own": (laboratory, "laboratory", laboratory.CONSENSUS),
        "mitomap": (mitomap, "mitomap", {}),
    }
    found = {}
    for source, (module, name, settings) in sources.items():
        files: dict[str, tuple[Path, ...]] = module.write(root / "up" / source, source == "own")
        folder, scratch = root / source / "1", root / "scratch" / source
        folder.mkdir(parents=True)
        scratch.mkdir(parents=True)
        material = Material(source, "1", date(2026, 1, 1), files, settings)
        adapter = import_module(f"varinterp.pipeline.references.{name}").ADAPTER
        built = adapter.build(material, Context(FASTA, Releases({}), scratch), folder)
        found[source] = sealed(folder, built.rows, constructed=source == "vkgl")
    return Releases(found)


def test_every_source_is_a_source_of_facts_of_its_own(releases: Releases) -> None:
    facts, consulted = external_facts(CANDIDATES, releases)

    assert consulted == {"assertion.vkgl", "assertion.own", "mitomap"}
    assert set(facts) == {
        ("assertion.vkgl", "22-20061538-G-A"),
        ("assertion.own", "22-20061538-G-A"),
        ("mitomap", "MT-1555-A-G"),
    }
    vkgl = facts[("assertion.vkgl", "22-20061538-G-A")]
    assert vkgl.entries[0].classes == (Significance.LIKELY_PATHOGENIC, Significance.PATHOGENIC)
    assert vkgl.constructed
    assert not facts[("assertion.own", "22-20061538-G-A")].constructed
    assert facts[("mitomap", "MT-1555-A-G")] == MitomapAllele(
        MitomapStatus.CONFIRMED, Significance.PATHOGENIC, "DEAF,-intellectual-disability", None,
        polymorphism=False, count=None, frequency=None,
    )  # fmt: skip


def test_without_such_sources_nothing_is_said() -> None:
    assert external_facts(CANDIDATES, Releases({})) == ({}, frozenset())


def test_what_others_say_is_read_and_changes_no_criterion(releases: Releases) -> None:
    setting = Setting(consequence=missense())
    facts, consulted = external_facts(CANDIDATES, releases)
    alone = setting.assess()
    informed = setting.assess(Evidence(setting.facts | facts, setting.consulted | consulted))

    assert informed.findings == alone.findings
    assert (informed.points, informed.machine) == (alone.points, alone.machine)
    assert {read.source for read in informed.reads} - {read.source for read in alone.reads} == {
        "assertion.vkgl",
        "assertion.own",
    }
    counted = {f.criterion for f in informed.findings if f.met}
    assert not counted & {Criterion.PP5, Criterion.BP6}


def test_an_allele_that_a_source_lacks_is_asked_for_all_the_same(releases: Releases) -> None:
    _, consulted = external_facts(CANDIDATES, releases)
    setting = Setting(allele=allele("22-20061532-A-T"), consequence=missense())
    reads = setting.assess(Evidence(setting.facts, setting.consulted | consulted)).reads

    assert [(read.key, read.absent) for read in reads if read.source == VKGL.source] == [
        ("22-20061532-A-T", True)
    ]


def test_mitomap_is_asked_about_mitochondrial_alleles_alone(releases: Releases) -> None:
    _, consulted = external_facts(CANDIDATES, releases)
    nuclear = Setting(consequence=missense())
    setting = replace(nuclear, allele=allele("MT-1555-A-G"))
    evidence = [Evidence(each.facts, each.consulted | consulted) for each in (nuclear, setting)]

    asked = [
        MITOMAP.source in {read.source for read in each.assess(known).reads}
        for each, known in zip((nuclear, setting), evidence, strict=True)
    ]
    assert asked == [False, True]


def test_the_names_of_laboratory_sources_do_not_meet_the_others() -> None:
    assert laboratory_source(VKGL.source) == "vkgl"
    assert VKGL.type is LaboratoryAssertion
    every: tuple[Fact[Any], ...] = ALL_FACTS
    assert [laboratory_source(fact.source) for fact in every] == [None] * len(every)
    assert laboratory_source("assertion") is None


@pytest.mark.parametrize(
    ("source", "release"),
    [("assertion.vkgl", "vkgl"), ("mitomap", "mitomap"), ("revel", "revel"), ("phylop", "phylop")],
)
def test_a_source_of_facts_is_traced_to_its_release(
    source: str, release: str, releases: Releases
) -> None:
    labels = releases.labels()

    assert release_sources(source) == (release,)
    assert {label.source for label in releases_of(source, labels)} == {release} & {
        label.source for label in labels
    }
