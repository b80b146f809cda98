"""What every test shares: this folder is importable, Hypothesis draws the same each time, and no
test waits for the disk: `os.fsync` guards against a power cut, which no test outlives."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from postgres import cluster  # noqa: F401 (a fixture of every test that asks for it)

settings.register_profile("reproducible", derandomize=True, deadline=None)
settings.load_profile("reproducible")


@pytest.fixture(scope="session", autouse=True)
def careless_disk() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda descriptor: None)
        yield
