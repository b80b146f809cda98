"""Opt-in: real dated releases of gene and phenotype sources, built, looked up and compared.

Set VARINTERP_SHARED_DATA. The figures are in ``docs/validation/references.md``; print them with
``pytest -s``. Counts are those of the files at hand, and any change of them is a change of ours.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from time import process_time
from typing import Any

import polars as pl
import pytest
from shared_genome import needs_shared_data, shared

from core_builders import ROOT
from varinterp.model.gene_disease import Mechanism
from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.refs.lock import Releases
from varinterp.refs.release import Release, open_release, write_manifest
from varinterp.sources.curations import read_curations
from varinterp.sources.gene_disease import read_stated_links
from varinterp.sources.hpo import read_annotations
from varinterp.sources.material import Built, Material
from varinterp.sources.rules import read_rules

pytestmark = [pytest.mark.validation, needs_shared_data]

RULES = read_rules(ROOT / "resources/rules/core-v1.yaml")
VALIDITY = ("gene-disease/clingen_validity.2025-07-01.csv", "2025-07-01")
VALIDITY_LATER = ("genome/genes/clingen_gene_validity.2026-02-09.csv", "2026-02-09")


@dataclass(frozen=True)
class Made:
    """A release as it was built, and what it cost."""

    release: Release
    built: Built
    seconds: float


Maker = Callable[..., Made]


def adapter(source: str) -> Adapter:
    found: Adapter = import_module(f"varinterp.pipeline.references.{source}").ADAPTER
    return found


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Maker:
    root = tmp_path_factory.mktemp("refs")

    def of(
        source: str,
        name: str,
        files: Mapping[str, str | Path],
        *needs: Made,
        previous: Made | None = None,
    ) -> Made:
        folder, scratch = root / source / name, root / f"scratch-{source}-{name}"
        folder.mkdir(parents=True)
        scratch.mkdir()
        given = {role: (shared(str(path)),) for role, path in files.items()}
        material = Material(source, name, date(2026, 1, 1), given)
        releases = Releases({each.release.manifest.source: each.release for each in needs})
        start = process_time()
        before = previous.release.folder if previous else None
        context = Context(None, releases, scratch, before)
        built = adapter(source).build(material, context, folder)
        seconds = process_time() - start
        write_manifest(
            folder, source=source, release=name, dated=date(2026, 1, 1), url="", licence="",
            rows=dict(built.rows),
        )  # fmt: skip
        made = Made(open_release(root, source, name), built, seconds)
        print(f"\n{source}@{name}: {made.built} in {seconds:.1f} s")
        return made

    return of


def differences(old: Made, new: Made) -> tuple[pl.DataFrame, dict[str, int]]:
    source = old.release.manifest.source
    start = process_time()
    found = adapter(source).changes(old.release.folder, new.release.folder, RULES)
    counted = Counter(
        f"{source} {kind}" for source, kind in found.select("source", "kind").iter_rows()
    )
    print(f"{source}: {dict(sorted(counted.items()))} in {process_time() - start:.1f} s")
    return found, dict(counted)


@pytest.fixture(scope="module")
def mane(make: Maker) -> Made:
    return make(
        "mane",
        "1.5",
        {
            "gff3": "genome/transcripts/mane_select_v1.5.genome.gff3.gz",
            "summary": "genome/genes/MANE.GRCh38.v1.5.summary.txt.gz",
        },
    )


@pytest.fixture(scope="module")
def mondo(make: Maker) -> Made:
    return make(
        "mondo_mappings",
        "2026-08-04",
        {
            role: f"mappings/mondo_exactmatch_{role}.2026-08-21.sssom.tsv.gz"
            for role in ("omim", "orphanet")
        },
    )


@pytest.fixture(scope="module")
def hpo(make: Maker) -> Made:
    return make("hpo", "2025-01-16", hpo_files("2025-01-16"))


def hpo_files(dated: str) -> dict[str, str]:
    return {
        "ontology": f"hpo/{dated}/hp.obo.gz",
        "annotations": f"hpo/{dated}/phenotype.hpoa.gz",
    }


@pytest.fixture(scope="module")
def validity(make: Maker) -> tuple[Made, Made]:
    one, two = (
        make("clingen_validity", name, {"curations": path})
        for path, name in (VALIDITY, VALIDITY_LATER)
    )
    return one, two


@pytest.fixture(scope="module")
def g2p(make: Maker, mane: Made) -> tuple[Made, Made]:
    return (
        make("gene2phenotype", "2016-05", {"records": "gene-disease/DDG2P.2016-05.csv"}, mane),
        make("gene2phenotype", "2024", {"records": "gene-disease/DDG2P.csv"}, mane),
    )


def test_seven_months_of_clingen_go_up_and_down(validity: tuple[Made, Made]) -> None:
    old, new = validity
    found, counted = differences(old, new)

    assert old.built.counts["curations"] == 3230
    assert new.built.counts["curations"] == 3500
    assert not old.built.set_aside
    assert not new.built.set_aside
    assert counted["clingen_validity validity_up"] == 25
    assert counted["clingen_validity validity_down"] == 13
    assert differing_keys("clingen_validity", old, new) == set(found["key"])


def differing_keys(source: str, old: Made, new: Made) -> set[str]:
    """The genes whose rows are others, whatever the comparison says."""
    before, after = (by_gene(each) for each in (old, new))
    return {gene for gene in before.keys() | after.keys() if before.get(gene) != after.get(gene)}


def by_gene(made: Made) -> dict[str, list[tuple[Any, ...]]]:
    genes: dict[str, list[tuple[Any, ...]]] = {}
    for row in read_curations(made.release.folder):
        stated = row.inheritance or row.stated_inheritance
        genes.setdefault(row.hgnc, []).append(
            (
                row.gene, row.disease or "", row.disease_name, stated, row.validity, row.mechanism,
                row.stated_mechanism, row.curator, str(row.dated), row.pmid,
            )
        )  # fmt: skip
    return {gene: sorted(rows) for gene, rows in genes.items()}


def test_eight_years_of_gene2phenotype_in_two_formats(g2p: tuple[Made, Made]) -> None:
    old, new = g2p
    found, counted = differences(old, new)

    assert new.built.set_aside == {}
    assert sum(old.built.set_aside.values()) <= 70
    assert counted["gene2phenotype mechanism_moved"] > 0
    assert differing_keys("gene2phenotype", old, new) == set(found["key"])


def test_ten_months_of_hpo_by_disease_and_by_term(make: Maker, hpo: Made) -> None:
    old = make("hpo", "2024-03-06", hpo_files("2024-03-06"))
    found, counted = differences(old, hpo)
    before, after = (read_annotations(each.release.folder).diseases for each in (old, hpo))
    differing = {
        disease
        for disease in before.keys() | after.keys()
        if before.get(disease) != after.get(disease)
    }

    assert counted["hpo.rank restated"] == 1
    assert counted["hpo.term term_obsolete"] == 35
    assert differing <= set(found.filter(source="hpo.match")["key"])


def test_mane_s_summary_and_transcripts_agree(mane: Made) -> None:
    found = adapter("mane").lookup(mane.release.folder, "ENST00000357654.9")

    assert mane.built.counts["transcripts"] == 18786
    assert found is not None
    assert (found["hgnc"], found["refseq"]) == ("HGNC:1100", "NM_007294.4")


def test_links_derived_from_clingen_and_gene2phenotype(
    make: Maker,
    validity: tuple[Made, Made],
    g2p: tuple[Made, Made],
    mane: Made,
    mondo: Made,
    hpo: Made,
) -> None:
    shared_needs = (g2p[1], mane, mondo, hpo)
    old = make("gene_disease", "2025-07", {}, validity[0], *shared_needs)
    new = make("gene_disease", "2026-02", {}, validity[1], *shared_needs, previous=old)
    found, counted = differences(old, new)
    before, after = (read_stated_links(each.release.folder) for each in (old, new))
    ages = {(link.hgnc, link.disease, link.inheritance): link.known_since for link in before}
    younger = [
        link
        for link in after
        if (since := ages.get((link.hgnc, link.disease, link.inheritance)))
        and (link.known_since is None or link.known_since > since)
    ]
    fbn1 = adapter("gene_disease").lookup(new.release.folder, "HGNC:3603")

    assert fbn1 is not None
    assert "OMIM:154700" in fbn1["diseases"]
    assert not younger
    assert set(found["key"]) <= {link.hgnc for link in (*before, *after)}
    assert new.built.counts["with_phenotype_id"] > 0.7 * new.built.counts["links"]
    assert any(link.mechanism is Mechanism.LOSS_OF_FUNCTION for link in after)
    assert counted["gene_disease added"] > 0
