"""A laboratory's own file as a source, through its catalogue entry alone."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from core_builders import ROOT
from upstream import laboratory as upstream
from varinterp.errors import ReleaseError
from varinterp.pipeline.references.adapter import Context
from varinterp.pipeline.references.laboratory import ADAPTER
from varinterp.refs.lock import Releases
from varinterp.sources.material import CHANGES_SCHEMA, Built, Material
from varinterp.sources.rules import read_rules

RULES = read_rules(ROOT / "resources/rules/core-v1.yaml")
FASTA = ROOT / "resources/demo/reference/GRCh38.chr22.demo.fa.gz"
KEYS = ["22-20061532-A-G", "22-20061538-G-A", "22-20061540-G-A", "22-20061684-G-A"]
Files = Mapping[str, tuple[Path, ...]]


def built(
    folder: Path, files: Files, settings: Mapping[str, Any], source: str = "vkgl"
) -> tuple[Path, Built]:
    out, scratch = folder / "release", folder / "scratch"
    out.mkdir(parents=True)
    scratch.mkdir()
    material = Material(source, "1", date(2026, 1, 1), files, settings)
    answer = ADAPTER.build(material, Context(FASTA, Releases({}), scratch), out)
    assert {p.name for p in out.iterdir()} == set(answer.rows)
    return out, answer


def pair(tmp_path: Path, *, table: bool) -> tuple[Path, Path]:
    settings = upstream.TABLE if table else upstream.CONSENSUS
    old, new = (
        built(tmp_path / name, upstream.write(tmp_path / name / "up", later, table), settings)[0]
        for name, later in (("old", False), ("new", True))
    )
    return old, new


def test_a_consensus_that_does_not_tell_two_classes_apart_says_both(tmp_path: Path) -> None:
    old, _ = pair(tmp_path, table=False)
    found = ADAPTER.lookup(old, "22-20061538-G-A")

    assert found is not None
    assert found["classes"] == ["likely_pathogenic", "pathogenic"]
    assert found["entries"][0]["ac"] is None
    assert ADAPTER.lookup(old, "22-20061538-G-C") is None


def test_every_role_of_a_table_is_read_and_every_row_is_kept(tmp_path: Path) -> None:
    old, _ = pair(tmp_path, table=True)
    found = ADAPTER.lookup(old, "22-20061538-G-A")

    assert found is not None
    assert found["entries"] == [
        {
            "classes": ["likely_pathogenic"], "ac": 3, "an": 400, "homozygotes": 1,
            "heterozygotes": 1, "text": "seen, twice", "date": "2024-05-01", "curator": "AB",
        },
        {
            "classes": ["pathogenic"], "ac": None, "an": None, "homozygotes": None,
            "heterozygotes": None, "text": "again", "date": "2025-06-01", "curator": "CD",
        },
    ]  # fmt: skip
    unclassified = ADAPTER.lookup(old, "22-20061684-G-A")
    assert unclassified is not None
    assert unclassified["classes"] == []


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            False,
            {
                ("22-20061532-A-G", "class_up"),
                ("22-20061538-G-A", "class_down"),
                ("22-20061540-G-A", "removed"),
                ("22-20061684-G-A", "added"),
            },
        ),
        (
            True,
            {
                ("22-20061538-G-A", "conflict_begun"),
                ("22-20061538-G-A", "class_down"),
                ("22-20061538-G-A", "restated"),
                ("22-20061538-G-A", "frequency_moved"),
                ("22-20061532-A-G", "frequency_moved"),
                ("22-20061684-G-A", "restated"),
            },
        ),
    ],
)
def test_every_kind_of_change_is_named(
    table: bool, expected: set[tuple[str, str]], tmp_path: Path
) -> None:
    old, new = pair(tmp_path, table=table)
    found = ADAPTER.changes(old, new, RULES)
    differing = {key for key in KEYS if ADAPTER.lookup(old, key) != ADAPTER.lookup(new, key)}

    assert found.schema == pl.Schema(CHANGES_SCHEMA)
    assert set(found.select("key", "kind").rows()) == expected
    assert set(found["key"]) == differing
    assert found["source"].unique().to_list() == ["assertion.vkgl"]
    assert ADAPTER.changes(new, new, RULES).is_empty()


@pytest.mark.parametrize(
    "cell", ["GRCh38:22-20061538-G-A", "chr22:20061538:G:A", "22-20061538-G>A"]
)
def test_an_allele_may_be_one_column(cell: str, tmp_path: Path) -> None:
    path = tmp_path / "lab.csv"
    path.write_text(f'allele;class\n"{cell}";five\n')
    settings = {
        "format": "tsv", "separator": ";", "columns": {"allele": "allele", "class": "class"},
        "classes": {"five": ["pathogenic"]},
    }  # fmt: skip
    folder, answer = built(tmp_path, {"variants": (path,)}, settings)

    assert answer.counts == {"alleles": 1, "rows": 1, "classified": 1}
    assert ADAPTER.lookup(folder, "22-20061538-G-A") is not None


def test_alleles_are_normalised_and_what_is_left_out_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "lab.tsv"
    path.write_text(
        "chrom\tpos\tref\talt\tnote\n"
        "22\t20061530\tGC\tGG\tone base longer\n"
        "22\t20061538\tC\tA\tanother base\n"
        "22\t20061538\tG\t<DEL>\ta symbol\n"
        "GL000220.1\t20\tG\tA\tanother contig\n"
        "22\t20061540\tG\tA\tsame\n"
        "22\t20061540\tG\tA\tsame\n"
    )
    columns = {"chromosome": "chrom", "position": "pos", "ref": "ref", "alt": "alt", "text": "note"}
    folder, answer = built(tmp_path, {"variants": (path,)}, {"format": "tsv", "columns": columns})

    assert ADAPTER.lookup(folder, "22-20061531-C-G") is not None
    assert answer.counts["alleles"] == 2
    assert answer.set_aside["ref_mismatch"] == 1
    assert answer.set_aside["other_contig"] == 1
    assert answer.set_aside["twice"] == 1
    assert sum(answer.set_aside.values()) == 4


def rewritten(files: Files, old: str, new: str) -> None:
    path = files["variants"][0]
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("\t4\t3", "\tIV\t3", r"classified\.tsv:2: classe holds 'IV', expected one of 1, 2, 3"),
        ("\t3\t400", "\t3.5\t400", "ac holds '3.5', expected a number"),
        ("\t3\t400", "\t-3\t400", "ac holds '-3', expected a count"),
        ("2025-06-02", "02/06/2025", r":5: date holds '02/06/2025', expected a day"),
        ("20061532", "x", ":4: pos holds 'x'"),
        ("\tG\tA\t4", "\t\tA\t4", ":2: ref holds nothing"),
        ("classe", "class", "has no column classe"),
    ],
)
def test_a_cell_that_cannot_be_stops_the_load(
    old: str, new: str, message: str, tmp_path: Path
) -> None:
    files = upstream.write(tmp_path / "up", table=True)
    rewritten(files, old, new)

    with pytest.raises(ReleaseError, match=message):
        built(tmp_path, files, upstream.TABLE)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({}, "build.format: Field required"),
        ({"format": "xlsx", "columns": {"class": "c"}}, "build.format"),
        ({"format": "vcf", "columns": {"klass": "c"}}, "build.columns.klass"),
        ({"format": "vcf", "columns": {}}, "no role that says anything"),
        ({"format": "vcf", "columns": {"class": "CLASS"}}, "columns.class and classes go together"),
        ({"format": "vcf", "columns": {"allele": "X", "text": "T"}}, "a VCF has its own allele"),
        ({"format": "tsv", "columns": {"text": "T"}}, "columns needs allele, or chromosome"),
        ({"format": "tsv", "columns": {"ref": "r", "text": "T"}}, "columns needs allele, or"),
        (
            {"format": "vcf", "columns": {"class": "C"}, "classes": {"5": ["bad"]}},
            "build.classes.5.0",
        ),
        ({"format": "vcf", "columns": {"class": "C"}, "classes": {"5": []}}, "build.classes.5"),
        ({"format": "vcf", "columns": {"text": "T"}, "colour": 1}, "build.colour"),
    ],
)
def test_settings_that_cannot_be_are_refused(
    settings: Mapping[str, Any], message: str, tmp_path: Path
) -> None:
    files = upstream.write(tmp_path / "up")

    with pytest.raises(ReleaseError, match=message):
        built(tmp_path, files, settings)
