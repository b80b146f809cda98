"""The small VEP cache has the mitochondrial genes where the reference has their chromosome."""

import gzip
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pysam
import pytest

from demo_runs import DEMO
from small_genome import write_genome
from upstream.vep import HEAD
from varinterp.pipeline.references import vep
from varinterp.pipeline.references.adapter import Context
from varinterp.refs.lock import Releases, open_releases, read_lock
from varinterp.sources.material import Built, Material

MITOCHONDRIA = Path(__file__).parents[2] / "cases" / "mitochondrial" / "chrM.fa"
STATED = ["MT", 8344, "A", "G", "rs118192098"]


@pytest.fixture(scope="module")
def mane() -> Releases:
    opened = open_releases(read_lock(DEMO / "refs.lock.yaml"), DEMO / "refs")
    return Releases({"mane": opened["mane"]})


def built(
    folder: Path,
    mane: Releases,
    reference: Path,
    known: list[list[object]],
    vcf: Path | None = None,
) -> tuple[Path, Built]:
    out = folder / "release"
    out.mkdir()
    files = {} if vcf is None else {"variation": (vcf,)}
    material = Material("vep", "1", date(2026, 1, 1), files, settings={"known": known})
    return out, vep.ADAPTER.build(material, Context(reference, mane, folder / "scratch"), out)


def mitochondria(folder: Path) -> Path:
    path = folder / "chrM.fa"
    path.write_bytes(MITOCHONDRIA.read_bytes())
    pysam.faidx(str(path))
    return path


def known_of(cache: Path) -> list[tuple[int, str]]:
    rows = pq.read_table(cache / "variation" / "chrMT.parquet")  # type: ignore[no-untyped-call]
    return [(row["start"], row["variation_name"]) for row in rows.to_pylist()]


def test_all_37_genes_come_from_no_release_of_mane(tmp_path: Path, mane: Releases) -> None:
    cache, found = built(tmp_path, mane, mitochondria(tmp_path), [])
    rows = pq.read_table(cache / "transcript" / "chrMT.parquet").to_pylist()  # type: ignore[no-untyped-call]

    assert len({row["gene_hgnc_id"] for row in rows}) == len(rows) == 37
    assert found.counts["transcript"] == 37
    assert known_of(cache) == [(3243, "rs199474657")]


def test_a_known_substitution_that_is_stated_is_taken(tmp_path: Path, mane: Releases) -> None:
    cache, _ = built(tmp_path, mane, mitochondria(tmp_path), [STATED])

    assert known_of(cache) == [(8344, "rs118192098")]


def test_a_known_substitution_of_a_vcf_is_taken(tmp_path: Path, mane: Releases) -> None:
    vcf = tmp_path / "clinvar.vcf.gz"
    vcf.write_bytes(gzip.compress((HEAD + "MT\t8344\t1\tA\tG\t.\t.\tRS=118192098\n").encode()))
    cache, _ = built(tmp_path, mane, mitochondria(tmp_path), [], vcf)

    assert known_of(cache) == [(8344, "rs118192098")]


def test_a_reference_without_the_chromosome_gives_none_of_them(
    tmp_path: Path, mane: Releases
) -> None:
    genome = write_genome(tmp_path)
    chromosome, position, ref, alt, name = genome.known
    cache, found = built(tmp_path, mane, genome.fasta, [[chromosome, position, ref, alt, name]])

    assert "transcript/chrMT.parquet" not in found.rows
    assert not (cache / "variation" / "chrMT.parquet").exists()
