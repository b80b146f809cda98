"""gnomAD's structural variants as losses and gains: what is kept, set aside, refused, changed."""

from datetime import date
from pathlib import Path

import pytest

from upstream import gnomad_sv
from varinterp.errors import ReleaseError
from varinterp.pipeline.references.adapter import Context
from varinterp.pipeline.references.gnomad_sv import ADAPTER
from varinterp.refs.lock import Releases
from varinterp.sources.gnomad_sv import read_population_copies
from varinterp.sources.material import Built, Material
from varinterp.sources.rules import Rules

RULES = Rules("none", "1", "2026-01-01", {})
LOSS = "gnomAD-SV_v3_DEL_chr22_20330001"


def build(folder: Path, *files: Path, settings: dict[str, int] | None = None) -> Built:
    folder.mkdir(parents=True)
    material = Material("gnomad_sv", "4.1", date(2024, 4, 19), {"sites": files}, settings or {})
    return ADAPTER.build(material, Context(None, Releases({}), folder), folder)


def sites(folder: Path, *rows: str) -> Path:
    path = folder / "sites.vcf"
    path.write_text("\n".join([*gnomad_sv.HEADER, *rows]) + "\n")
    return path


def test_losses_and_gains_that_passed_are_kept_and_the_rest_counted(tmp_path: Path) -> None:
    built = build(tmp_path / "release", *gnomad_sv.write(tmp_path / "files")["sites"])
    assert built.rows == {"copies.parquet": 2}
    assert {k: v for k, v in built.set_aside.items() if v} == {"filtered": 1, "ins": 1, "cnv": 1}
    found = read_population_copies(tmp_path / "release").rows(named=True)
    assert found[0] == {
        "chromosome": "22", "start": 20330001, "end": 20380000, "change": "DEL", "id": LOSS,
        "ac": 2000, "an": 100000, "af": 0.02,
    }  # fmt: skip
    assert ADAPTER.lookup(tmp_path / "release", LOSS) == found[0]
    assert ADAPTER.lookup(tmp_path / "release", "another") is None


def test_the_changes_are_those_of_ids(tmp_path: Path) -> None:
    for name, later in (("old", False), ("new", True)):
        build(tmp_path / name, *gnomad_sv.write(tmp_path / f"{name}-files", later)["sites"])
    changes = ADAPTER.changes(tmp_path / "old", tmp_path / "new", RULES)
    assert changes.select("source", "key", "kind").rows() == [
        ("gnomad_sv", "gnomAD-SV_v3_DEL_chr22_20240001", "added"),
        ("gnomad_sv", LOSS, "restated"),
        ("gnomad_sv", "gnomAD-SV_v3_DUP_chr22_20330001", "removed"),
    ]
    assert changes["before"][1] == "22-20330001-20380000-DEL AF 0.02 (2000/100000)"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ((gnomad_sv.row("LIE", 1000, 2000),), r"sites\.vcf:12: SVTYPE 'LIE' is not known"),
        ((gnomad_sv.row("DEL", 2000, 1000),), r"sites\.vcf:12: no id, or no END after POS"),
        ((gnomad_sv.row("DEL", 1000, 2000),) * 2, "is there twice"),
    ],
)
def test_what_is_not_understood_is_refused(
    tmp_path: Path, rows: tuple[str, ...], message: str
) -> None:
    with pytest.raises(ReleaseError, match=message):
        build(tmp_path / "release", sites(tmp_path, *rows))


def test_a_row_without_counts_is_counted(tmp_path: Path) -> None:
    path = sites(
        tmp_path,
        gnomad_sv.row("DEL", 1000, 2000, counts="AC=1"),
        gnomad_sv.row("DUP", 5000, 9000),
    )
    assert build(tmp_path / "release", path).set_aside["no_counts"] == 1


def test_several_files_make_one_release_in_genome_order(tmp_path: Path) -> None:
    late, early = tmp_path / "late", tmp_path / "early"
    for folder, start in ((late, 9000), (early, 1000)):
        folder.mkdir()
        sites(folder, gnomad_sv.row("DEL", start, start + 500))
    build(tmp_path / "release", late / "sites.vcf", early / "sites.vcf")
    assert read_population_copies(tmp_path / "release")["start"].to_list() == [1000, 9000]


def test_a_build_setting_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="no build settings"):
        build(tmp_path / "release", sites(tmp_path), settings={"smallest": 1})
