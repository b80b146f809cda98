"""Curators' points for copy numbers: what a list may say, and what is made of it."""

from datetime import date
from pathlib import Path

import pytest

from upstream import copy_number_points
from upstream.copy_number_points import PLACE, row
from varinterp.errors import ReleaseError
from varinterp.model.copy_number_facts import CuratedLine, CuratedLines
from varinterp.pipeline.references.adapter import Context
from varinterp.pipeline.references.copy_number_points import ADAPTER
from varinterp.refs.lock import Releases
from varinterp.sources.copy_number_points import read_points
from varinterp.sources.material import Built, Material
from varinterp.sources.rules import Rules

RULES = Rules("none", "1", "2026-01-01", {})


def build(folder: Path, *rows: str, later: bool = False) -> Built:
    folder.mkdir(parents=True)
    files = copy_number_points.write(folder.with_name(f"{folder.name}-list"), later, rows)
    material = Material("copy_number_points", "1", date(2026, 1, 1), files)
    return ADAPTER.build(material, Context(None, Releases({}), folder), folder)


def test_entries_are_read_by_place(tmp_path: Path) -> None:
    assert build(tmp_path / "release").counts == {"entries": 2}
    lines = (
        CuratedLine("4D", -0.3, "A. Curator", "2025-11-22", None),
        CuratedLine("4L", 0.45, "A. Curator", "2025-11-22", "31690835"),
    )
    assert read_points(tmp_path / "release") == {PLACE: CuratedLines(lines)}
    assert read_points(tmp_path / "release", constructed=True)[PLACE].constructed
    assert ADAPTER.lookup(tmp_path / "release", PLACE) == {
        "entries": ["4D -0.30 (A. Curator, 2025-11-22)", "4L +0.45 (A. Curator, 2025-11-22)"]
    }
    assert ADAPTER.lookup(tmp_path / "release", "22-1-2-DEL") is None


def test_the_changes_are_places(tmp_path: Path) -> None:
    build(tmp_path / "old")
    build(tmp_path / "new", later=True)
    changes = ADAPTER.changes(tmp_path / "old", tmp_path / "new", RULES)
    assert changes.select("source", "key", "kind").rows() == [
        ("copy_number_points", "22-20079000-20118000-DUP", "restated"),
        ("copy_number_points", "22-20240001-20270000-DEL", "added"),
    ]
    back = ADAPTER.changes(tmp_path / "new", tmp_path / "old", RULES)
    assert back["kind"].to_list() == ["restated", "removed"]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ((row("2A", "1.00"),), r":2: unknown word '2A' in column line"),
        ((row("4A", "0.455"),), r":2: points '0\.455'"),
        ((row("4A", "1"),), r":2: points '1'"),
        ((row("4A", "nan"),), r":2: points 'nan'"),
        ((row(copy_number="GRCh38:22-2-1-DEL"),), ":2: copy_number"),
        ((row(copy_number="GRCh37:22-1-2-DEL"),), ":2: copy_number"),
        ((row(author=""),), ":2: an entry without an author"),
        ((row(pmid="PMC7313390"),), ":2: unknown word 'PMC7313390' in column pmid"),
        ((row(date="22/11/2025"),), ":2: unknown word"),
        ((row(), row()), ":3: an entry that is there already"),
    ],
)
def test_an_entry_that_is_not_right_refuses_the_list(
    tmp_path: Path, rows: tuple[str, ...], message: str
) -> None:
    with pytest.raises(ReleaseError, match=message):
        build(tmp_path / "release", *rows)


def test_an_empty_list_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "points.tsv"
    path.write_text("\t".join(copy_number_points.COLUMNS) + "\n")
    material = Material("copy_number_points", "1", date(2026, 1, 1), {"list": (path,)})
    with pytest.raises(ReleaseError, match="has no entry"):
        ADAPTER.build(material, Context(None, Releases({}), tmp_path), tmp_path)
