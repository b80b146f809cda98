"""Python's collector of cycles, held still while values without cycles are made by the thousand."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held_still() -> Iterator[None]:
    """Make values that never form a cycle: looking for some took nearly half of assessing.

    What is no longer used is still freed at once; an outer `held_still` stays in force.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
