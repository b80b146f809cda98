"""The demo's generator is not a part of the package: put it where its tests can import it."""

import sys
from pathlib import Path

import pytest

DEMO = Path(__file__).parents[3] / "resources" / "demo"
sys.path.insert(0, str(DEMO))


@pytest.fixture(scope="session")
def demo() -> Path:
    return DEMO
