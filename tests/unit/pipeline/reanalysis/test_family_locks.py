"""After a run: the families' own locks, and nobody else at work meanwhile."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from demo_runs import DEMO, demo_config
from varinterp.errors import StageError
from varinterp.files import held
from varinterp.model.archive import CaseState
from varinterp.model.basis import Basis
from varinterp.pipeline.config import parse_settings
from varinterp.pipeline.reanalysis.archive import Archive, open_archive
from varinterp.pipeline.reanalysis.family_locks import bring_locks_forward
from varinterp.pipeline.reanalysis.run import Options, run
from varinterp.pipeline.reanalysis.target import Target, read_target
from varinterp.refs.lock import read_lock
from varinterp.registry.dataset import Dataset
from varinterp.registry.dataset.facade import RegisteredCase
from varinterp.registry.store import Registry

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
THEN, NOW = DEMO / "refs.2015.lock.yaml", DEMO / "refs.2017.lock.yaml"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return open_archive(parse_settings(demo_config(tmp_path)))


@pytest.fixture
def target(archive: Archive) -> Target:
    return read_target(archive.settings, NOW)


def stand(monkeypatch: pytest.MonkeyPatch, **bases: Basis) -> None:
    """Let an archive have cases that stand on bases; their families are named after them."""
    states = tuple(CaseState(case, basis, 1, False, False, NOON) for case, basis in bases.items())
    cases = tuple(RegisteredCase(case, f"F-{case}", f"P-{case}", False) for case in bases)
    monkeypatch.setattr(Registry, "states", lambda self: states)
    monkeypatch.setattr(Dataset, "cases", lambda self: cases)


def own_lock(archive: Archive, family: str) -> Path:
    path = archive.settings.results / family / "refs.lock.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(THEN.read_text())
    return path


def test_a_moved_family_starts_from_where_its_case_stands_and_is_not_made_new(
    archive: Archive, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = Basis.of(read_lock(THEN).releases, "0.3.0")
    stand(monkeypatch, moved=target.basis, left=elsewhere, gone=target.basis)
    moved, left = own_lock(archive, "F-moved"), own_lock(archive, "F-left")
    written = moved.stat().st_mtime_ns

    assert bring_locks_forward(archive, target) == 1
    assert read_lock(moved).releases == read_lock(NOW).releases
    assert moved.stat().st_mtime_ns == written
    assert left.read_text() == THEN.read_text()
    assert not (archive.settings.results / "F-gone").exists()
    assert bring_locks_forward(archive, target) == 0


def test_a_second_reanalysis_at_once_is_refused(archive: Archive, target: Target) -> None:
    with (
        held(archive.settings.reanalysis / ".lock"),
        pytest.raises(StageError, match="another reanalysis is at work"),
    ):
        run(archive, target, Options(NOON))
    assert archive.registry.runs() == ()
