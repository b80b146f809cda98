"""A laboratory's own lists and counts become releases, on the demo's reference."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from upstream import listed_alleles, local_frequency
from varinterp.errors import ReleaseError
from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.pipeline.references.listed_alleles import ADAPTER as LISTED
from varinterp.pipeline.references.local_frequency import ADAPTER as LOCAL
from varinterp.refs.lock import Releases
from varinterp.sources.listed_rows import OPTIONAL, REQUIRED
from varinterp.sources.material import CHANGES_SCHEMA, Built, Material
from varinterp.sources.rules import read_rules

RESOURCES = Path(__file__).parents[3] / "resources"
REFERENCE = RESOURCES / "demo" / "reference" / "GRCh38.chr22.demo.fa.gz"
IN_FORCE = read_rules(RESOURCES / "rules" / "core-v1.yaml")
Files = dict[str, tuple[Path, ...]]


def build(adapter: Adapter, files: Files, folder: Path, **settings: Any) -> Built:
    scratch = folder.with_name(f"{folder.name}-scratch")
    for each in (folder, scratch):
        each.mkdir(parents=True)
    material = Material("laboratory", "2026-06", date(2026, 6, 1), files, settings)
    return adapter.build(material, Context(REFERENCE, Releases({}), scratch), folder)


def test_a_list_becomes_a_release_that_answers_by_allele(tmp_path: Path) -> None:
    built = build(LISTED, listed_alleles.write(tmp_path), tmp_path / "release")

    assert built.rows == {"listed.parquet": 3}
    assert built.counts == {"alleles": 3, "listings": 3}
    found = LISTED.lookup(tmp_path / "release", listed_alleles.MISSENSE)
    assert found is not None
    assert found["listings"][0]["overrides"] == ["BA1", "BS1", "PM2"]
    assert LISTED.lookup(tmp_path / "release", listed_alleles.NONSENSE) is None


@pytest.mark.parametrize(
    ("allele", "told"),
    [
        ("22-20061538-C-A", "22-20061538-C-A is not on the reference"),
        ("22-20036801-GT-GG", "is not normalised; write 22-20036802-T-G"),
        ("22-20036800-TGT-TG", "is not normalised; write 22-20036801-GT-G"),
    ],
)
def test_an_allele_that_no_patient_could_match_is_refused(
    tmp_path: Path, allele: str, told: str
) -> None:
    path = tmp_path / "list.tsv"
    path.write_text(listed_alleles.text((listed_alleles.row(allele=allele),)), encoding="utf-8")
    with pytest.raises(ReleaseError, match=rf"list\.tsv:3: GRCh38:.*{told}"):
        build(LISTED, {"list": (path,)}, tmp_path / "release")


@pytest.mark.parametrize("vcf", [False, True], ids=["table", "vcf"])
def test_counts_become_a_release_that_answers_by_allele(tmp_path: Path, vcf: bool) -> None:
    built = build(LOCAL, local_frequency.write(tmp_path, vcf=vcf), tmp_path / "release")

    assert built.rows == {"counts.parquet": 5}
    assert built.counts == {"alleles": 5, "largest_an": 1000}
    assert not built.set_aside
    assert LOCAL.lookup(tmp_path / "release", "22-20055980-C-T") == {
        "ac": None, "an": 1000, "homozygotes": None, "affected": None, "unaffected": None,
        "hidden": ["ac", "homozygotes", "affected", "unaffected"], "smallest": 5,
        "constructed": False,
    }  # fmt: skip
    assert LOCAL.lookup(tmp_path / "release", "22-20061577-C-T") is None


def test_rows_that_cannot_be_used_are_counted_by_reason(tmp_path: Path) -> None:
    path = tmp_path / "counts.tsv"
    path.write_text(
        "allele\tac\tan\n"
        "22-20061538-G-A\t0\t1000\n"
        "22-20036801-GT-G\t7\t1000\n"
        "22-20036800-TGT-TG\t9\t1000\n"
        "22-20061538-C-A\t3\t1000\n"
    )
    built = build(LOCAL, {"table": (path,)}, tmp_path / "release", smallest=1, constructed=True)

    assert built.set_aside == {"not_carried": 1, "twice": 1, "ref_mismatch": 1}
    found = LOCAL.lookup(tmp_path / "release", "22-20036801-GT-G")
    assert found is not None
    assert (found["ac"], found["constructed"]) == (9, True)


@pytest.mark.parametrize("smallest", [0, "5", True])
def test_a_smallest_count_that_is_none_is_refused(tmp_path: Path, smallest: object) -> None:
    with pytest.raises(ReleaseError, match=r"build\.smallest is a whole number"):
        build(LOCAL, local_frequency.write(tmp_path), tmp_path / "release", smallest=smallest)


def test_one_file_of_counts_is_given(tmp_path: Path) -> None:
    files = local_frequency.write(tmp_path) | local_frequency.write(tmp_path, vcf=True)
    with pytest.raises(ReleaseError, match="--file table=PATH or --file vcf=PATH"):
        build(LOCAL, files, tmp_path / "release")


@pytest.mark.parametrize(
    ("adapter", "upstream", "expected"),
    [
        (LISTED, listed_alleles, {"added": 1, "removed": 1, "restated": 1}),
        (
            LOCAL,
            local_frequency,
            {"added": 1, "removed": 1, "frequency_crossed_down": 1, "frequency_moved": 2},
        ),
    ],
    ids=["list", "counts"],
)
def test_a_later_state_differs_by_every_kind(
    tmp_path: Path, adapter: Adapter, upstream: Any, expected: dict[str, int]
) -> None:
    for name in ("now", "later"):
        build(adapter, upstream.write(tmp_path / name, name == "later"), tmp_path / f"r-{name}")

    changes = adapter.changes(tmp_path / "r-now", tmp_path / "r-later", IN_FORCE)
    assert changes.to_arrow().cast(CHANGES_SCHEMA).schema == CHANGES_SCHEMA
    kinds = changes.group_by("kind").len().rows()
    assert dict(kinds) == expected


def test_the_list_that_the_configuration_page_shows_is_one(tmp_path: Path) -> None:
    page = (RESOURCES.parent / "config" / "README.md").read_text(encoding="utf-8")
    shown = {
        block.partition("\t")[0]: block for block in re.findall(r"```text\n(.*?)```", page, re.S)
    }
    table, counts = tmp_path / "list.tsv", tmp_path / "counts.tsv"
    table.write_text(shown["list"], encoding="utf-8")
    counts.write_text(shown["allele"], encoding="utf-8")

    assert build(LISTED, {"list": (table,)}, tmp_path / "founders").counts["listings"] == 1
    assert build(LOCAL, {"table": (counts,)}, tmp_path / "counts").counts["alleles"] == 1


def test_the_configuration_page_describes_every_column_of_the_list() -> None:
    page = (RESOURCES.parent / "config" / "README.md").read_text(encoding="utf-8")
    part = page.partition("## Founder and regional alleles")[2].partition("\n## ")[0]
    described = [
        name
        for line in part.splitlines()
        if line.startswith("| `")
        for name in re.findall(r"`(\w+)`", line.split("|")[1])
    ]
    assert sorted(described) == sorted((*REQUIRED, *OPTIONAL))
