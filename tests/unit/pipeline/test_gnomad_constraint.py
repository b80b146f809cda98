"""gnomAD's constraint metrics: two forms of the table, what is left out, what changed."""

from datetime import date
from pathlib import Path

import pytest

from upstream import gnomad_constraint
from varinterp.errors import ReleaseError
from varinterp.model.facts import Constraint
from varinterp.pipeline.references.adapter import Context
from varinterp.pipeline.references.gnomad_constraint import ADAPTER
from varinterp.refs.lock import Releases
from varinterp.sources.gnomad_constraint import read_figures
from varinterp.sources.material import Built, Material
from varinterp.sources.rules import Rules

RULES = Rules("none", "1", "2026-01-01", {})
TWO = (
    "#gene\tgene_id\ttranscript\toe_lof\toe_lof_upper\tpLI\toe_mis_upper\tmis_z\tsyn_z\t"
    "constraint_flag\n"
)


def build(path: Path, folder: Path) -> Built:
    folder.mkdir(parents=True)
    material = Material("gnomad_constraint", "4.1", date(2024, 4, 19), {"metrics": (path,)})
    return ADAPTER.build(material, Context(None, Releases({}), folder), folder)


def table(folder: Path, *rows: str, header: str = TWO) -> Path:
    path = folder / "metrics.tsv"
    path.write_text(header + "".join(f"{row}\n" for row in rows))
    return path


def test_ensembl_transcripts_are_kept_and_the_others_counted(tmp_path: Path) -> None:
    built = build(gnomad_constraint.write(tmp_path)["metrics"][0], tmp_path / "release")
    assert built.rows == {"constraint.parquet": 3}
    assert built.counts == {"transcripts": 3, "genes": 2, "with_loeuf": 2}
    assert built.set_aside == {"not_ensembl": 1, "no_gene": 1}
    found = ADAPTER.lookup(tmp_path / "release", "ENST00000351989.6")
    assert found is not None
    assert (found["loeuf"], found["pli"], found["mis_z"]) == (0.2, 1.0, 3.5)
    assert found["mane_select"] is True
    doubted = ADAPTER.lookup(tmp_path / "release", "ENST00000434570")
    assert doubted is not None
    assert (doubted["loeuf"], doubted["flags"]) == (None, "no_exp_lof")
    assert ADAPTER.lookup(tmp_path / "release", "ENST00000000001") is None


def test_the_changes_are_the_transcripts_that_differ(tmp_path: Path) -> None:
    for name, later in (("old", False), ("new", True)):
        build(
            gnomad_constraint.write(tmp_path / f"{name}-file", later)["metrics"][0], tmp_path / name
        )
    changes = ADAPTER.changes(tmp_path / "old", tmp_path / "new", RULES)
    assert changes.select("source", "key", "kind").rows() == [
        ("constraint", "ENST00000331821", "added"),
        ("constraint", "ENST00000351989", "restated"),
        ("constraint", "ENST00000434570", "removed"),
    ]
    assert changes["before"][1] == "LOEUF 0.2, pLI 1.0, missense Z 3.5"
    assert ADAPTER.changes(tmp_path / "old", tmp_path / "old", RULES).is_empty()


def test_the_older_form_is_read_too(tmp_path: Path) -> None:
    row = "MED13\tENSG00000108510\tENST00000397786\t0.0\t0.03\t1.0\t0.824\t2.6232\t-1.3765\t"
    build(table(tmp_path, f"{row}lof_too_many|syn_outlier"), tmp_path / "release")
    found = ADAPTER.lookup(tmp_path / "release", "ENST00000397786")
    assert found is not None
    assert (found["loeuf"], found["mane_select"]) == (0.03, None)
    assert found["flags"] == "lof_too_many;syn_outlier"


CELLS = "MED13\tENSG00000108510\tENST00000397786\t0.0\t{}\t1.0\t0.824\t2.6232\t-1.3765\t{}"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([CELLS.format("low", "")], r"metrics\.tsv:2: 'low' is no number"),
        ([CELLS.format("0.1", "new_flag")], r"metrics\.tsv:2: unknown flag 'new_flag'"),
        (["MED13\tENSG00000108510"], r"metrics\.tsv:2: 2 columns, expected 10"),
        ([CELLS.format("0.1", ""), CELLS.format("0.1", "")], "ENST00000397786 is there twice"),
    ],
)
def test_a_row_that_cannot_be_read_is_said(tmp_path: Path, rows: list[str], said: str) -> None:
    with pytest.raises(ReleaseError, match=said):
        build(table(tmp_path, *rows), tmp_path / "release")


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="no column pLI"):
        build(table(tmp_path, header=TWO.replace("\tpLI", "\tpli")), tmp_path / "release")


Z, LOEUF, PLI = 4.5, 0.2, 1.0


@pytest.mark.parametrize(
    ("flags", "kept"),
    [
        ("[]", (LOEUF, PLI, Z)),
        ('["no_exp_lof"]', (None, None, Z)),
        ('["outlier_lof"]', (None, None, Z)),
        ('["no_exp_mis"]', (LOEUF, PLI, None)),
        ('["outlier_mis"]', (LOEUF, PLI, None)),
        ('["outlier_lof","outlier_mis"]', (None, None, None)),
        ('["no_variants"]', (None, None, None)),
        ('["no_exp_syn"]', (None, None, None)),
        ('["outlier_syn"]', (None, None, None)),
    ],
)
def test_a_figure_that_is_flagged_says_nothing(
    flags: str, kept: tuple[float | None, ...], tmp_path: Path
) -> None:
    cells = {"lof_oe_ci_upper": str(LOEUF), "lof_pLI": str(PLI), "mis_z_score": str(Z)}
    row = gnomad_constraint.row(*gnomad_constraint.TANGO2, constraint_flags=flags, **cells)
    header = "\t".join(gnomad_constraint.HEADER) + "\n"
    build(table(tmp_path, row, header=header), tmp_path / "release")
    found = read_figures(tmp_path / "release", ["ENST00000327374"], constructed=False)

    assert found == {"ENST00000327374": Constraint(kept[0], kept[1], kept[2])}


@pytest.mark.parametrize("flag", ["lof_too_many", "mis_too_many", "syn_outlier"])
def test_the_flags_of_the_older_form_say_nothing_either(flag: str, tmp_path: Path) -> None:
    row = f"MED13\tENSG00000108510\tENST00000397786\t0.0\t0.03\t1.0\t0.824\t2.6\t-1.4\t{flag}"
    build(table(tmp_path, row), tmp_path / "release")
    (found,) = read_figures(tmp_path / "release", ["ENST00000397786"], constructed=True).values()

    assert found.constructed
    assert (found.loeuf is None) is (flag != "mis_too_many")
    assert (found.missense_z is None) is (flag != "lof_too_many")


def test_only_the_transcripts_that_are_asked_for_are_read(tmp_path: Path) -> None:
    build(gnomad_constraint.write(tmp_path)["metrics"][0], tmp_path / "release")
    asked = ["ENST00000351989", "ENST00000000001", "ENST00000351989"]

    assert read_figures(tmp_path / "release", asked, constructed=False) == {
        "ENST00000351989": Constraint(loeuf=0.2, pli=1.0, missense_z=3.5)
    }
