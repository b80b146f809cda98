"""Repeats: what is kept of UCSC's two tables, how they are cut, read and compared."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstream import repeats
from upstream.repeats import AT, masked, simple
from varinterp.errors import ReleaseError
from varinterp.pipeline.references.adapter import Context
from varinterp.pipeline.references.repeats import ADAPTER
from varinterp.refs.lock import Releases
from varinterp.sources.material import Built, Material
from varinterp.sources.repeats import changed_repeats, read_repeats, write_repeats
from varinterp.sources.rules import Rules

RULES = Rules("none", "1", "2026-01-01", {})


def build(files: dict[str, tuple[Path, ...]], folder: Path) -> Built:
    folder.mkdir(parents=True)
    material = Material("repeats", "2022-10-19", date(2022, 10, 19), files)
    return ADAPTER.build(material, Context(None, Releases({}), folder), folder)


def given_lines(folder: Path, role: str, *lines: str) -> dict[str, tuple[Path, ...]]:
    folder.mkdir(parents=True, exist_ok=True)
    files: dict[str, tuple[Path, ...]] = {}
    for name, rows in (("simple", (simple("chr22", 1000, 1030),)), (role, lines)):
        path = folder / f"{name}.txt"
        path.write_text("".join(f"{row}\n" for row in rows))
        files[name] = (path,)
    return files


def kinds(folder: Path, *positions: int, chromosome: str = "22") -> list[str | None]:
    asked = pl.DataFrame({"chromosome": chromosome, "position": list(positions)})
    found: list[str | None] = read_repeats(folder, asked)["kind"].to_list()
    return found


def test_both_tables_are_kept_as_stretches_without_copied_elements(tmp_path: Path) -> None:
    built = build(repeats.write(tmp_path / "files"), tmp_path / "release")

    assert built.counts == {"tandem": 2, "masked": 2, "stretches": 4}
    assert built.set_aside == {"other_contig": 1, "copied_element": 2}
    folder = tmp_path / "release"
    assert kinds(folder, AT, AT + 1, AT + 25, AT + 26, AT + 40, AT + 41, AT + 60, AT + 61) == [
        None, "tandem", "tandem", "simple;tandem", "simple;tandem", "simple", "simple", None,
    ]  # fmt: skip
    assert kinds(folder, 20_110_001, 20_100_100) == [None, "low_complexity"]
    assert kinds(folder, AT + 1, chromosome="21") == [None]
    assert ADAPTER.lookup(folder, f"22-{AT + 1}") == {"kind": "tandem"}
    assert ADAPTER.lookup(folder, f"22-{AT}") is None
    assert ADAPTER.lookup(folder, "22-here") is None


def test_a_release_may_lack_the_masker(tmp_path: Path) -> None:
    files = repeats.write(tmp_path / "files")
    built = build({"simple": files["simple"]}, tmp_path / "release")

    assert built.counts == {"tandem": 2, "masked": 0, "stretches": 1}


def test_the_changes_are_the_stretches_whose_answer_differs(tmp_path: Path) -> None:
    for name, later in (("old", False), ("new", True)):
        build(repeats.write(tmp_path / f"{name}-files", later), tmp_path / name)
    changes = ADAPTER.changes(tmp_path / "old", tmp_path / "new", RULES)

    assert changes.select("source", "key", "kind", "before", "after").rows() == [
        ("repeats", f"22-{AT + 1}-{AT + 3}", "removed", "tandem", None),
        ("repeats", "22-20110001-20110040", "removed", "low_complexity", None),
    ]
    assert ADAPTER.changes(tmp_path / "old", tmp_path / "old", RULES).is_empty()
    back = ADAPTER.changes(tmp_path / "new", tmp_path / "old", RULES)
    assert set(back["kind"]) == {"added"}


spans = st.lists(
    st.tuples(st.integers(1, 40), st.integers(0, 12), st.sampled_from(("tandem", "simple"))),
    max_size=8,
)


@given(old=spans, new=spans)
def test_what_is_read_and_what_changed_is_what_each_position_says(
    old: list[tuple[int, int, str]],
    new: list[tuple[int, int, str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    said = []
    folders = []
    for drawn in (old, new):
        folder = tmp_path_factory.mktemp("repeats")
        rows = [("22", start, start + length, kind) for start, length, kind in drawn]
        write_repeats(rows, folder)
        folders.append(folder)
        said.append(
            {
                at: ";".join(sorted({kind for _, start, end, kind in rows if start <= at <= end}))
                or None
                for at in range(1, 60)
            }
        )
        assert dict(zip(range(1, 60), kinds(folder, *range(1, 60)), strict=True)) == said[-1]
    changed = set()
    for key, before, after in changed_repeats(*folders).select("key", "before", "after").rows():
        _, start, end = key.split("-")
        for at in range(int(start), int(end) + 1):
            assert (said[0][at], said[1][at]) == (before, after)
            changed.add(at)
    assert changed == {at for at in range(1, 60) if said[0][at] != said[1][at]}


@pytest.mark.parametrize(
    ("role", "line", "message"),
    [
        ("simple", "585\tchr22\t1\t2", "4 columns, expected 17"),
        ("simple", simple("chr22", 100, 100), "no stretch of chromosome 22"),
        ("simple", simple("chr22", 100, 50_818_469), "no stretch of chromosome 22"),
        ("simple", simple("chr22", 100, 130).replace("\t100\t", "\tx\t"), "is no stretch"),
        ("masker", masked("chr22", 100, 130, "Complicated"), "unknown repClass 'Complicated'"),
        ("masker", masked("chr22", 100, 130, "SINE") + "\t1", "18 columns, expected 17"),
    ],
)
def test_what_is_not_the_format_is_refused_with_its_line(
    role: str, line: str, message: str, tmp_path: Path
) -> None:
    with pytest.raises(ReleaseError, match=rf"{role}\.txt:1: .*{message}"):
        build(given_lines(tmp_path / "files", role, line), tmp_path / "release")


def test_a_file_without_settings_of_its_own_takes_none(tmp_path: Path) -> None:
    material = Material(
        "repeats", "1", date(2022, 1, 1), repeats.write(tmp_path / "files"), {"kind": "all"}
    )
    with pytest.raises(ReleaseError, match="no build settings"):
        ADAPTER.build(material, Context(None, Releases({}), tmp_path), tmp_path)
