"""A file is there whole or not at all."""

import os
import stat
from hashlib import sha256
from pathlib import Path

import pytest

from varinterp.files import atomic_write, sha256_of, write_text


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_appears_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "results" / "family" / "case.json"
    write_text(path, "é\n")

    assert path.read_bytes() == "é\n".encode()
    assert names(path.parent) == ["case.json"]


def test_the_old_file_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    path.write_text("old")
    with atomic_write(path) as temporary:
        temporary.write_text("new")
        assert path.read_text() == "old"

    assert path.read_text() == "new"


def test_an_interrupted_writer_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    path.write_text("old")
    with pytest.raises(KeyboardInterrupt):
        _interrupted(path)

    assert path.read_text() == "old"
    assert names(tmp_path) == ["case.json"]


def test_a_file_is_on_the_disk_before_its_name_is_and_then_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_disk: list[str] = []

    def sync(descriptor: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        on_disk.append("folder" if is_folder else os.read(descriptor, 9).decode())
        assert (tmp_path / "case.json").exists() is is_folder

    monkeypatch.setattr(os, "fsync", sync)
    write_text(tmp_path / "case.json", "whole")

    assert on_disk == ["whole", "folder"]


def _interrupted(path: Path) -> None:
    with atomic_write(path) as temporary:
        temporary.write_text("half")
        raise KeyboardInterrupt


def test_an_interrupted_first_writer_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), atomic_write(tmp_path / "case.json"):
        raise RuntimeError

    assert names(tmp_path) == []


def test_what_does_not_verify_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "table.parquet"
    path.write_text("old")

    def refuse(written: Path) -> None:
        assert written.read_text() == "short"
        raise OSError("not whole")

    with pytest.raises(OSError, match="not whole"), atomic_write(path, refuse) as temporary:
        temporary.write_text("short")

    assert path.read_text() == "old"
    assert names(tmp_path) == ["table.parquet"]


def test_a_disk_that_swallows_bytes_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "write_bytes", lambda self, data: 0)
    with pytest.raises(OSError, match=r"case\.json was not written whole"):
        write_text(tmp_path / "case.json", "text")

    assert names(tmp_path) == []


def test_the_temporary_name_keeps_the_suffix_that_writers_go_by(tmp_path: Path) -> None:
    with atomic_write(tmp_path / "calls.vcf.gz") as temporary:
        assert temporary.name.endswith(".vcf.gz")
        assert temporary.parent == tmp_path
        temporary.write_bytes(b"")


@pytest.mark.parametrize("umask", [0o022, 0o027, 0o077], ids=oct)
def test_a_result_has_the_mode_of_any_new_file(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        write_text(tmp_path / "case.json", "text")
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "case.json").stat().st_mode) == 0o666 & ~umask


@pytest.mark.parametrize("size", [0, 1, 1 << 20, (1 << 20) + 1])
def test_the_digest_is_of_all_bytes(tmp_path: Path, size: int) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * size)

    assert sha256_of(path) == sha256(b"x" * size).hexdigest()
