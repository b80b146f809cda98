"""Releases stand side by side, enter whole, and leave only when nothing rests on them."""

from datetime import date
from pathlib import Path

import pytest

from release_folders import admitted, sealed
from varinterp.errors import ReleaseError
from varinterp.refs.release import open_release
from varinterp.refs.store import Store, Verdict


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "refs")


def names(store: Store, source: str = "clinvar") -> list[str]:
    return [release.manifest.release for release in store.releases(source)]


def current(store: Store) -> str | None:
    release = store.current("clinvar")
    return release.manifest.release if release else None


def test_the_youngest_release_is_current_whatever_the_order_of_arrival(store: Store) -> None:
    admitted(store, "b", "2026-02-01")
    admitted(store, "a", "2026-01-01")

    assert names(store) == ["a", "b"]
    assert current(store) == "b"
    assert store.sources() == ("clinvar",)


def test_a_release_is_never_replaced(store: Store) -> None:
    admitted(store, "a", "2026-01-01", "first")

    with pytest.raises(ReleaseError, match="never replaced"):
        admitted(store, "a", "2026-01-01", "second")

    assert (store.releases("clinvar")[0].folder / "table.txt").read_text() == "first"


def test_a_refused_build_leaves_current_untouched_and_says_why(store: Store) -> None:
    admitted(store, "a", "2026-01-01")
    verdict = Verdict(source="clinvar", release="b", problems=("count alleles: 3",))
    with store.staging() as staging:
        built = sealed(staging / "release", "b", "2026-02-01")
        place = store.quarantine(verdict, built.folder)

    assert current(store) == "a"
    assert names(store) == ["a"]
    assert store.quarantined("clinvar") == (verdict,)
    assert (place / "table.txt").is_file()


def test_a_mended_build_ends_the_quarantine_of_its_name(store: Store) -> None:
    store.quarantine(Verdict(source="clinvar", release="b", problems=("x",)), None)

    admitted(store, "b", "2026-02-01")

    assert store.quarantined("clinvar") == ()
    assert current(store) == "b"


def test_a_recall_moves_current_back_and_keeps_the_release(store: Store) -> None:
    admitted(store, "a", "2026-01-01")
    bad = admitted(store, "b", "2026-02-01")

    store.recall(bad, "half of the rows are missing", date(2026, 2, 3))

    assert current(store) == "a"
    assert names(store) == ["a", "b"]
    recall = store.recall_of(bad)
    assert recall is not None
    assert recall.reason == "half of the rows are missing"
    assert store.previous("clinvar", date(2026, 3, 1)) == open_release(store.root, "clinvar", "a")


def test_the_recall_of_the_only_release_leaves_none_current(store: Store) -> None:
    store.recall(admitted(store, "a", "2026-01-01"), "bad", date(2026, 2, 3))

    assert current(store) is None


def test_what_a_conclusion_a_lock_or_a_kept_release_needs_is_no_garbage(store: Store) -> None:
    admitted(store, "1.4", "2025-01-01", source="mane")
    admitted(store, "1.5", "2026-01-01", source="mane")
    for month in range(1, 6):
        needs = {"mane": "1.4"} if month == 2 else {}
        admitted(store, f"r{month}", f"2026-{month:02}-01", needs=needs)

    garbage = store.garbage({("clinvar", "r2")}, keep=1)

    assert [release.name for release in garbage] == ["clinvar@r1", "clinvar@r3", "clinvar@r4"]


def test_a_removed_release_is_gone_whole(store: Store) -> None:
    old = admitted(store, "a", "2026-01-01")
    admitted(store, "b", "2026-02-01")

    store.remove(old)

    assert names(store) == ["b"]
    assert [path.name for path in store.root.iterdir()] == ["clinvar"]


@pytest.mark.parametrize("name", ["../b", "", ".hidden", "a/b", "a" * 65, "a b"])
def test_a_name_that_is_no_name_never_reaches_a_path(store: Store, name: str) -> None:
    with pytest.raises(ReleaseError, match="no name"):
        open_release(store.root, "clinvar", name)
    with pytest.raises(ReleaseError, match="no name"):
        store.releases(name)
