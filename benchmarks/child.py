"""One side of a benchmark in a process: ``python -m benchmarks.child MODULE FOLDER OUT``.

Writes as JSON the CPU seconds of the work, its scale and its answer; the parent measures the
process from outside.
"""

import json
import resource
import sys
from importlib import import_module
from pathlib import Path
from typing import cast

from benchmarks.task import Task


def cpu_seconds() -> float:
    """CPU seconds so far of this process and of the children that it has waited for."""
    spent = 0.0
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        usage = resource.getrusage(who)
        spent += usage.ru_utime + usage.ru_stime
    return spent


def main(module: str, folder: str, out: str) -> None:
    """Run one module's work once."""
    task = cast(Task, import_module(module))
    prepared = task.prepare(Path(folder))
    before = cpu_seconds()
    done = task.work(prepared)
    spent = cpu_seconds() - before
    Path(out).write_text(json.dumps({"work": spent, "scale": done.scale, "answer": done.answer}))


if __name__ == "__main__":
    main(*sys.argv[1:])
