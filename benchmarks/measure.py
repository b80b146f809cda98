"""Measuring a process tree from outside, and two of them in turns.

CPU seconds are user and system time of the child and of everything it waited for. The parent
imports nothing heavy: a child's peak memory would otherwise start at the parent's.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
_SELDOM = 0.5
"""Seconds between two looks at the memory of a long run; of a short one, a twentieth of it."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process tree took.

    `peak_mb` is the largest resident size of one of its processes, `private_mb` the most that all
    of them together held of their own, files mapped into memory left out.
    """

    cpu: float
    wall: float
    peak_mb: float
    private_mb: float


@dataclass(frozen=True, slots=True)
class Sample:
    """One run of a side. `cpu` and `work` are scaled to the whole work."""

    cpu: float
    work: float
    peak_mb: float
    private_mb: float
    answer: Any


@dataclass(frozen=True, slots=True)
class Comparison:
    """Runs of both sides in turns."""

    ours: Sequence[Sample]
    baseline: Sequence[Sample]

    def ratios(self, of: Callable[[Sample], float]) -> tuple[float, float, float]:
        """Return the least, median and largest ratio of a pair of runs, ours to the baseline."""
        pairs = [
            of(mine) / max(of(theirs), 1e-4)
            for mine, theirs in zip(self.ours, self.baseline, strict=True)
        ]
        return min(pairs), median(pairs), max(pairs)


def middle(samples: Sequence[Sample], of: Callable[[Sample], float]) -> float:
    """Return the median of one figure."""
    return median(of(sample) for sample in samples)


def run(arguments: Sequence[str], cache: Path) -> Usage:
    """Run Python with arguments to its end; raise RuntimeError when it fails."""
    start = time.perf_counter()
    command = [sys.executable, *arguments]
    child = subprocess.Popen(command, cwd=ROOT, env=_environment(cache))  # noqa: S603 - our own
    private = 0
    while not (done := os.wait4(child.pid, os.WNOHANG))[0]:
        private = max(private, _private(child.pid))
        time.sleep(min(_SELDOM, (time.perf_counter() - start) / 20))
    _, status, usage = done
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{' '.join(arguments)} ended with {child.returncode}")
    return Usage(
        usage.ru_utime + usage.ru_stime,
        time.perf_counter() - start,
        usage.ru_maxrss / 1024,
        private / 1024,
    )


def _private(process: int) -> int:
    """Return the kB that a process and all that it started hold of their own (anonymous pages)."""
    root = Path("/proc", str(process))
    try:
        lines = (root / "smaps_rollup").read_text().splitlines()
        children = (root / "task" / str(process) / "children").read_text().split()
    except OSError:  # it has ended
        return 0
    own = sum(int(line.split()[1]) for line in lines if line.startswith("Anonymous:"))
    return own + sum(_private(int(child)) for child in children)


def sample(module: str, folder: Path, cache: Path) -> Sample:
    """Run one side of a benchmark."""
    with tempfile.TemporaryDirectory(dir=cache) as scratch:
        out = Path(scratch) / "out.json"
        usage = run(["-m", "benchmarks.child", module, str(folder), str(out)], cache)
        done = json.loads(out.read_text())
    work = done["work"] * done["scale"]
    return Sample(
        usage.cpu - done["work"] + work, work, usage.peak_mb, usage.private_mb, done["answer"]
    )


def compare(ours: str, baseline: str, folder: Path, cache: Path, runs: int) -> Comparison:
    """Run two sides in turns after a warm-up of each; RuntimeError when their answers differ."""
    mine, theirs = [], []
    for turn in range(runs + 1):
        pair = sample(ours, folder, cache), sample(baseline, folder, cache)
        if pair[0].answer != pair[1].answer:
            raise RuntimeError(f"{ours} and {baseline} do not give the same answer")
        if turn:
            mine.append(pair[0])
            theirs.append(pair[1])
    return Comparison(mine, theirs)


def _environment(cache: Path) -> dict[str, str]:
    """Threads as the command line sets them; bytecode in the cache, not in the tree."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {
        "POLARS_MAX_THREADS": "2",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONPYCACHEPREFIX": str(cache / "bytecode"),
    }
