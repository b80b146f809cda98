"""A lock names releases by content, and refuses what is not what it named."""

from datetime import date
from pathlib import Path

import pytest

from release_folders import admitted
from varinterp.errors import ReleaseError
from varinterp.refs.lock import open_releases, read_lock, write_lock
from varinterp.refs.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "refs")


def test_a_written_lock_is_read_back_with_its_contents(store: Store, tmp_path: Path) -> None:
    release = admitted(store, "a", "2026-01-01")

    written = write_lock([release], tmp_path / "refs.lock.yaml")

    assert read_lock(tmp_path / "refs.lock.yaml") == written
    assert written.content == {"clinvar": release.manifest.content}
    assert open_releases(written, store.root)["clinvar"] == release


def test_a_recalled_release_is_not_opened(store: Store, tmp_path: Path) -> None:
    release = admitted(store, "a", "2026-01-01")
    lock = write_lock([release], tmp_path / "refs.lock.yaml")
    store.recall(release, "truncated upstream", date(2026, 2, 3))

    with pytest.raises(ReleaseError, match=r"recalled on 2026-02-03: truncated upstream"):
        open_releases(lock, store.root)


def test_a_release_of_that_name_with_another_content_is_not_opened(
    store: Store, tmp_path: Path
) -> None:
    lock = write_lock([admitted(store, "a", "2026-01-01", "first")], tmp_path / "lock.yaml")
    elsewhere = Store(tmp_path / "elsewhere")
    admitted(elsewhere, "a", "2026-01-01", "second")

    with pytest.raises(ReleaseError, match="something else than when the lock was written"):
        open_releases(lock, elsewhere.root)
