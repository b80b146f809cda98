"""Sources that are built from other releases: gene-disease links, and a VEP cache of MANE."""

import shutil
import tarfile
from collections.abc import Callable, Mapping
from datetime import date
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import vepyr

from core_builders import ROOT
from sealed_releases import sealed
from upstream import (
    clingen_dosage,
    clingen_validity,
    gencc,
    gene2phenotype,
    gene_disease,
    hpo,
    mane,
    mondo_mappings,
    orphanet_product6,
    vep,
)
from varinterp.errors import ReleaseError
from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.refs.lock import Releases
from varinterp.sources.gene_disease import read_gene_disease, read_stated_links
from varinterp.sources.material import Built, Material
from varinterp.sources.rules import read_rules

RULES = read_rules(ROOT / "resources/rules/core-v1.yaml")
REFERENCE = ROOT / "resources/demo/reference"
CURATORS: Mapping[str, ModuleType] = {
    "clingen_dosage": clingen_dosage,
    "clingen_validity": clingen_validity,
    "gencc": gencc,
    "gene2phenotype": gene2phenotype,
    "hpo": hpo,
    "mane": mane,
    "mondo_mappings": mondo_mappings,
    "orphanet_product6": orphanet_product6,
}
TANGO2, DGCR8, RTN4R = "HGNC:25439", "HGNC:2847", "HGNC:18601"
ZDHHC8, RANBP1, TRMT2A = "HGNC:18474", "HGNC:9847", "HGNC:24974"
Refs = Callable[[bool], Releases]


def adapter(source: str) -> Adapter:
    found: Adapter = import_module(f"varinterp.pipeline.references.{source}").ADAPTER
    return found


def build(
    source: str,
    folder: Path,
    files: Mapping[str, tuple[Path, ...]],
    releases: Releases,
    **more: Any,
) -> Built:
    folder.mkdir(parents=True)
    scratch = folder.parent / f"scratch-{folder.name}"
    scratch.mkdir()
    (fasta,) = REFERENCE.glob("*.fa.gz")
    material = Material(
        source, more.pop("release", "1"), date(2026, 1, 1), files, more.pop("settings", {})
    )
    return adapter(source).build(
        material, Context(fasta, releases, scratch, more.pop("previous", None)), folder
    )


@pytest.fixture(scope="module")
def refs(tmp_path_factory: pytest.TempPathFactory) -> Refs:
    root = tmp_path_factory.mktemp("refs")
    made: dict[bool, Releases] = {}

    def of(later: bool) -> Releases:
        if later not in made:
            found = {}
            for source, upstream in CURATORS.items():
                release = "2" if later else "1"
                files = upstream.write(root / "upstream" / source / release, later)
                built = build(source, root / source / release, files, Releases({}))
                found[source] = sealed(root / source / release, built.rows)
            made[later] = Releases(found)
        return made[later]

    return of


def links(folder: Path, gene: str) -> list[tuple[str, ...]]:
    found = adapter("gene_disease").lookup(folder, gene)
    return [
        (each["disease"], each["inheritance"], each["validity"], each["mechanism"])
        for each in (found or {"links": []})["links"]
    ]


def test_links_are_derived_from_everybody_s_releases(tmp_path: Path, refs: Refs) -> None:
    built = build("gene_disease", tmp_path / "1", {}, refs(False))

    assert links(tmp_path / "1", TANGO2) == [
        ("OMIM:616878", "autosomal_recessive", "definitive", "loss_of_function")
    ]
    assert links(tmp_path / "1", DGCR8) == [
        ("OMIM:188400", "autosomal_dominant", "limited", "not_established")
    ]
    found = adapter("gene_disease").lookup(tmp_path / "1", TANGO2)
    assert found is not None
    assert found["links"][0]["sources"] == [
        "definitive: ClinGen",
        "definitive: G2P",
        "strong: Ambry Genetics",
        "supportive: Orphanet",
    ]
    assert found["links"][0]["known_since"] == "2018-03-30"
    assert links(tmp_path / "1", RANBP1)[-1][2] == "no_known_relationship"
    assert RANBP1 not in read_gene_disease(tmp_path / "1")
    assert built.set_aside == {"disease_without_id": 1, "no_mode_of_ours": 2}
    assert built.counts["links"] == len(read_stated_links(tmp_path / "1"))


def test_what_curators_restate_moves_the_links_and_keeps_their_age(
    tmp_path: Path, refs: Refs
) -> None:
    build("gene_disease", tmp_path / "1", {}, refs(False))
    build("gene_disease", tmp_path / "2", {}, refs(True), previous=tmp_path / "1")
    found = adapter("gene_disease").changes(tmp_path / "1", tmp_path / "2", RULES)
    kinds = {gene: set(found.filter(key=gene)["kind"]) for gene in found["key"].unique().sort()}

    assert kinds[DGCR8] == {"validity_up", "mechanism_moved"}
    assert kinds[RTN4R] >= {"validity_down"}
    assert kinds[TRMT2A] == {"added"}
    assert "removed" in kinds[RANBP1]
    assert RTN4R not in read_gene_disease(tmp_path / "2")
    restated = adapter("gene_disease").lookup(tmp_path / "2", TANGO2)
    assert restated is not None
    assert restated["links"][0]["known_since"] == "2018-03-30"


def test_a_laboratory_s_own_table_needs_nobody_else(tmp_path: Path) -> None:
    built = build("gene_disease", tmp_path / "1", gene_disease.write(tmp_path / "up"), Releases({}))

    assert links(tmp_path / "1", TANGO2) == [
        ("OMIM:616878", "autosomal_recessive", "not_stated", "loss_of_function")
    ]
    assert built.counts["raising_hypotheses"] == 1


def test_links_from_nothing_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="no file for links and none of clingen_validity"):
        build("gene_disease", tmp_path / "1", {}, Releases({}))


def test_a_vep_cache_is_built_of_mane_and_compares_by_transcript(
    tmp_path: Path, refs: Refs
) -> None:
    files = vep.write(tmp_path / "up")
    built = build("vep", tmp_path / "1", files, refs(False))
    build("vep", tmp_path / "2", files, refs(True))
    found = adapter("vep").changes(tmp_path / "1", tmp_path / "2", RULES)
    look_up = adapter("vep").lookup

    assert built.counts == {"transcript": 7, "variation": 1}
    assert dict(zip(found["key"], found["kind"], strict=True)) == {
        mane.CAME: "added",
        mane.WENT: "removed",
        mane.MOVED: "transcript_moved",
        mane.RESTATED: "transcript_moved",
    }
    assert look_up(tmp_path / "1", mane.TANGO2) == look_up(tmp_path / "2", mane.TANGO2)
    assert look_up(tmp_path / "1", mane.MOVED) != look_up(tmp_path / "2", mane.MOVED)
    assert look_up(tmp_path / "1", mane.CAME) is None


def test_known_substitutions_may_stand_in_the_catalogue(tmp_path: Path, refs: Refs) -> None:
    settings = {"known": [["22", 20012623, "G", "A", "rs73387790"], ["1", 1, "A", "C", "rs1"]]}
    build("vep", tmp_path / "1", {}, refs(False), settings=settings)
    build("vep", tmp_path / "2", vep.write(tmp_path / "up"), refs(False))

    one, two = (sorted((tmp_path / name).rglob("*.parquet")) for name in ("1", "2"))
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def cache_of(folder: Path, files: Mapping[str, str]) -> Path:
    path = folder / "homo_sapiens_vep_116_GRCh38.tar.gz"
    inside = folder / "inside" / "homo_sapiens" / "116_GRCh38"
    for name, text in files.items():
        (inside / name).parent.mkdir(parents=True, exist_ok=True)
        (inside / name).write_text(text)
    with tarfile.open(path, "w:gz") as tar:
        tar.add(folder / "inside" / "homo_sapiens", "homo_sapiens")
    return path


def test_ensembl_s_cache_is_unpacked_and_given_to_vepyr(
    tmp_path: Path, refs: Refs, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, Any] = {}
    made = tmp_path / "made"
    build("vep", made, vep.write(tmp_path / "up"), refs(False))

    def converting(release: int, cache_dir: str, **options: Any) -> list[tuple[str, int]]:
        asked.update(options, release=release)
        assert (Path(options["local_cache"]) / "info.txt").is_file()
        out = Path(cache_dir) / "116_GRCh38_ensembl"
        shutil.copytree(made, out)
        return [(str(file), 7) for file in sorted((out / "transcript").glob("*.parquet"))]

    monkeypatch.setattr(vepyr, "build_cache", converting)
    cache = cache_of(tmp_path, {"info.txt": "species\thomo_sapiens\n", "22/all_vars.gz": "x"})
    built = build("vep", tmp_path / "1", {"cache": (cache,)}, refs(False), release="116")

    assert (asked["release"], asked["cache_type"], asked["chroms"]) == (116, "ensembl", ["22"])
    assert built.counts == {"transcript": 7}
    assert built.rows["transcript/chr22.parquet"] == 7
    assert adapter("vep").changes(made, tmp_path / "1", RULES).is_empty()


@pytest.mark.parametrize(
    ("files", "release", "message"),
    [
        ({"readme.txt": "nothing"}, "116", "holds 0 VEP caches"),
        ({"info.txt": "x"}, "current", "name the release of Ensembl's cache by its number"),
    ],
)
def test_a_cache_that_is_none_is_refused(
    files: dict[str, str], release: str, message: str, tmp_path: Path, refs: Refs
) -> None:
    cache = {"cache": (cache_of(tmp_path, files),)}
    with pytest.raises(ReleaseError, match=message):
        build("vep", tmp_path / "1", cache, refs(False), release=release)


def test_a_damaged_cache_is_refused(tmp_path: Path, refs: Refs) -> None:
    path = tmp_path / "cache.tar.gz"
    path.write_bytes(b"\x1f\x8b nothing that unpacks")
    with pytest.raises(ReleaseError, match=r"cache\.tar\.gz cannot be unpacked"):
        build("vep", tmp_path / "1", {"cache": (path,)}, refs(False), release="116")
