"""Random draws that depend on their purpose alone, so that one family's change moves no other."""

from zlib import crc32

import numpy as np

from building.layout import SEED


def draws_for(purpose: str) -> np.random.Generator:
    """Return a generator for a named purpose."""
    return np.random.default_rng([SEED, crc32(purpose.encode())])
