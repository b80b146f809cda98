"""The small world of reanalysis, built once for all tests of this folder."""

import pytest

from reanalysis_world import World, build_world


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Releases of every source and what their alleles do."""
    return build_world(tmp_path_factory.mktemp("world"))
