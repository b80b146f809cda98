"""A registry with a trio in it on each engine, made once and copied for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from act_builders import MORNING, family_result
from postgres import Cluster
from registry_builders import register
from registry_databases import Database, copied, migrated
from varinterp.registry.dataset import Dataset
from varinterp.registry.store import Registry


@pytest.fixture(scope="session")
def trio_registry(
    engine: str, server: Cluster | None, tmp_path_factory: pytest.TempPathFactory
) -> Database:
    made = migrated(engine, tmp_path_factory.mktemp("acts"), server)
    register(Registry.open(made.url), family_result(), MORNING)
    return made


@pytest.fixture
def store_url(trio_registry: Database, tmp_path: Path) -> Iterator[str]:
    """The URL of a registry in which case-1, a trio, is registered."""
    for database in copied(trio_registry, tmp_path):
        yield database.url


@pytest.fixture
def store(store_url: str) -> Registry:
    return Registry.open(store_url)


@pytest.fixture
def dataset(store: Registry) -> Dataset:
    return Dataset(store)
