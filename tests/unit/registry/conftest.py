"""A migrated registry, made once and copied for each test."""

import shutil
from pathlib import Path

import pytest

from registry_builders import url
from varinterp.registry.store import Registry


@pytest.fixture(scope="session")
def empty_registry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("registry") / "empty.sqlite"
    Registry.open(url(path))
    return path


@pytest.fixture
def path(empty_registry: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(empty_registry, tmp_path / "registry.sqlite"))


@pytest.fixture
def registry(path: Path) -> Registry:
    return Registry.open(url(path))
