"""Opt-in: real rows of gnomAD become a release that answers with them, every one.

Set VARINTERP_SHARED_DATA. The oracle reads each VCF line by line in plain Python; the files are
gnomAD 4.1's genomes at a telomere of chromosome 2 with their whole INFO, its rows of PTEN and
CFTR (reduced by others to a few fields), and gnomAD 3.1's mitochondrial genome (likewise).
"""

import gzip
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from shared_genome import needs_shared_data, shared, sparse_genome

from varinterp.annotate.key import keys
from varinterp.model.chromosome import Chromosome
from varinterp.pipeline.references.adapter import Context
from varinterp.pipeline.references.gnomad import ADAPTER
from varinterp.refs.lock import Releases
from varinterp.sources.gnomad import lookup_frequencies, lookup_groups
from varinterp.sources.gnomad_mitochondrial import read_mitochondria
from varinterp.sources.material import Built, Material

pytestmark = [pytest.mark.validation, needs_shared_data]

REDUCED: dict[str, Any] = {
    "groups": [],
    "bounded_groups": [],
    "fields": {
        "nhomalt": None, "ac_xy": None, "nhomalt_xy": None, "faf95": None, "faf95_group": None,
        "group_max_af": None, "exome_filters": None, "genome_filters": None,
    },
}  # fmt: skip
FILES = {
    "gnomad_v4.1_chr2_telomere_fullINFO.vcf.gz": ({"data_set": "genomes"}, "AC", "AN", "AF"),
    "gnomad_v4.1_PTEN.vcf.gz": (
        REDUCED | {"fields": REDUCED["fields"] | {"faf95": "FAF95"}},
        "AC_joint", "AN_joint", "AF_joint",
    ),
    "gnomad_v4.1.1_CFTR.vcf.gz": (REDUCED, "AC_joint", "AN_joint", "AF_joint"),
}  # fmt: skip
GROUPS = ("afr", "ami", "amr", "asj", "eas", "fin", "mid", "nfe", "remaining", "sas")


def lines(path: Path) -> Iterator[tuple[list[str], dict[str, str]]]:
    """Yield the cells of a line and its INFO."""
    with gzip.open(path, "rt") as text:
        for line in text:
            if not line.startswith("#"):
                cells = line.rstrip("\n").split("\t")
                yield cells, dict(each.partition("=")[::2] for each in cells[7].split(";"))


def build(files: dict[str, tuple[Path, ...]], folder: Path, settings: dict[str, Any]) -> Built:
    for each in (folder, folder / "scratch"):
        each.mkdir()
    material = Material("gnomad", "4.1", date(2024, 4, 19), files, settings)
    return ADAPTER.build(
        material, Context(sparse_genome(), Releases({}), folder / "scratch"), folder
    )


def asked(rows: list[tuple[list[str], dict[str, str]]]) -> pl.DataFrame:
    """Return the alleles of lines with their number, sorted by key."""
    schema = {"chromosome": pl.String, "position": pl.Int32, "ref": pl.String, "alt": pl.String}
    cells = [(str(Chromosome.parse(row[0])), int(row[1]), row[3], row[4]) for row, _ in rows]
    frame = pl.DataFrame(cells, schema, orient="row").with_row_index("number")
    return frame.with_columns(keys(frame)).sort("key")


@pytest.mark.parametrize("name", FILES)
def test_every_real_row_is_found_with_its_own_counts(name: str, tmp_path: Path) -> None:
    settings, ac, an, af = FILES[name]
    path = shared("genome", "gnomad", name)
    made = build({"sites": (path,)}, tmp_path / "release", settings)
    rows = list(lines(path))
    alleles = asked(rows)
    found = lookup_frequencies(tmp_path / "release", alleles)
    assert (made.counts["alleles"], made.set_aside) == (len(rows), {})
    for number, answer in zip(alleles["number"], found.iter_rows(named=True), strict=True):
        cells, info = rows[number]
        assert answer["ac"] == int(info[ac])
        assert answer["an"] == int(info[an])
        assert answer["af"] == float(info[af])
        assert set(answer["filters"].split(";")) == set(cells[6].split(";"))
        if "FAF95" in info:
            assert answer["faf95"] == float(info["FAF95"])


def test_a_whole_info_gives_groups_bounds_and_homozygotes(tmp_path: Path) -> None:
    name = "gnomad_v4.1_chr2_telomere_fullINFO.vcf.gz"
    path = shared("genome", "gnomad", name)
    build({"sites": (path,)}, tmp_path / "release", FILES[name][0])
    rows = list(lines(path))
    alleles = asked(rows)
    found = lookup_frequencies(tmp_path / "release", alleles)
    groups = lookup_groups(tmp_path / "release", alleles)["groups"]
    for number, answer, listed in zip(
        alleles["number"], found.iter_rows(named=True), groups, strict=True
    ):
        info = rows[number][1]
        assert answer["nhomalt"] == int(info["nhomalt"])
        assert answer["faf95"] == float(info.get("fafmax_faf95_max", 0))
        assert answer["faf95_group"] == info.get("fafmax_faf95_max_gen_anc")
        assert answer["group_max_af"] == (float(info["AF_grpmax"]) if "AF_grpmax" in info else None)
        assert [(each["group"], each["ac"], each["an"]) for each in listed] == [
            (group, int(info[f"AC_{group}"]), int(info[f"AN_{group}"])) for group in GROUPS
        ]


def test_the_whole_mitochondrial_genome_is_found(tmp_path: Path) -> None:
    path = shared("genome", "gnomad", "gnomad_v3.1_chrM.vcf.gz")
    sites = shared("genome", "gnomad", "gnomad_v4.1.1_CFTR.vcf.gz")
    settings = REDUCED | {"mitochondrial_fields": {"an": "AN_total", "max_heteroplasmy": "MAX_HL"}}
    made = build({"sites": (sites,), "mitochondrial": (path,)}, tmp_path / "release", settings)
    rows = list(lines(path))
    table = read_mitochondria(tmp_path / "release")
    assert table.height + sum(made.set_aside.values()) == len(rows)
    alleles = asked(rows)
    joined = alleles.join(table, on=["key", "ref", "alt"], how="inner")
    for row in joined.iter_rows(named=True):
        info = rows[row["number"]][1]
        assert (row["ac_hom"], row["ac_het"]) == (int(info["AC_hom"]), int(info["AC_het"]))
        assert row["an"] == int(info["AN_total"])
        assert row["max_heteroplasmy"] == float(info["MAX_HL"])
    moved = len(rows) - joined.height - sum(made.set_aside.values())
    print(f"{joined.height} rows as they were written, {moved} moved, aside {made.set_aside}")
    assert joined.height > 0.98 * len(rows)
    found = ADAPTER.lookup(tmp_path / "release", "MT-11778-G-A")
    assert found is not None
    assert (found["ac"], found["ac_het"], found["filters"]) == (11, 13, "PASS")
