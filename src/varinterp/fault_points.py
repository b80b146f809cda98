"""Named points at which a test may have its own process killed, as a power cut would.

A write that must survive an interruption is proven by interrupting it: every step between two
states on the disk has a point, and the tests kill a process at each. Outside of those tests a
point costs one look at the environment.
"""

import os
import signal

KILL_AT = "VARINTERP_KILL_AT"
"""The point at which to die; ``name#3`` names the third passage."""

_passed: dict[str, int] = {}


def point(name: str) -> None:
    """Kill this process without a chance to clean up, when the environment names this point."""
    wanted = os.environ.get(KILL_AT)
    if wanted is None:
        return
    _passed[name] = _passed.get(name, 0) + 1
    if wanted in (name, f"{name}#{_passed[name]}"):
        os.kill(os.getpid(), signal.SIGKILL)
