"""What recording costs: ``python -m benchmarks.registry [--cases N]``; no baseline.

From Assessment objects to committed rows: texts, digests, compression, encryption, reads, indexes,
values and the hash chain. Cases are recorded as a run of the reanalysis does, some in a
transaction. A server of PostgreSQL is started for it where there is one; its CPU counts too.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.registry_cases import RULES, cases
from varinterp.model.archive import CasePicture, Moved, NewRun
from varinterp.model.canonical import canonical
from varinterp.model.case import CaseResult
from varinterp.registry.bases import basis_of
from varinterp.registry.store import Registry

sys.path.append(str(Path(__file__).parents[1] / "tests"))  # the tests' own server

AT = datetime(2026, 7, 4, tzinfo=UTC)
CASES, IN_ONE = 60, 20


@dataclass(frozen=True, slots=True)
class Figures:
    """Assessments a second on the wall clock and of CPU, and what reading them all back takes."""

    engine: str
    wall: float
    cpu: float
    reads: int
    reading: float
    verifying: float


def main() -> None:
    """Record on each engine and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.registry", description=__doc__)
    parser.add_argument("--cases", type=int, default=CASES, help="of a hundred assessments each")
    print_registry(parser.parse_args().cases)


def print_registry(count: int = CASES) -> None:
    """Record on each engine and print the figures."""
    drawn = tuple(cases(count))
    assessments = [each for result in drawn for each in result.assessments]
    reads = sum(len(each.reads) for each in assessments) / len(assessments)
    size = sum(len(canonical(each)) for each in assessments) / len(assessments)
    print(f"\n{len(assessments):,} assessments: {reads:.0f} reads and {size / 1000:.1f} kB each")
    row = "{:<12}{:>14}{:>16}{:>22}{:>18}"
    print(row.format("", "a wall second", "a CPU second", "reads back, million/s", "verified/s"))
    for figures in _measured(drawn, len(assessments)):
        print(
            row.format(
                figures.engine,
                f"{figures.wall:,.0f}",
                f"{figures.cpu:,.0f}",
                f"{figures.reads / figures.reading / 1e6:.2f}",
                f"{len(assessments) / figures.verifying:,.0f}",
            ),
            flush=True,
        )


def _measured(drawn: Sequence[CaseResult], assessments: int) -> Iterator[Figures]:
    with tempfile.TemporaryDirectory(dir=".") as folder:
        yield _record("SQLite", f"sqlite:///{folder}/registry.sqlite", drawn, assessments)
    with _server() as server:
        if server is not None:
            url, pid = server
            yield _record("PostgreSQL", url, drawn, assessments, pid)


@contextmanager
def _server() -> Iterator[tuple[str, int] | None]:
    from pytest import skip  # noqa: PLC0415, PT013

    from postgres import running_cluster  # noqa: PLC0415 (found by the path above)

    try:
        with running_cluster(durable=True) as cluster:
            yield cluster.url(cluster.database()), cluster.pid
    except skip.Exception as reason:
        print(reason)
        yield None


def _record(
    engine: str, url: str, drawn: Sequence[CaseResult], assessments: int, server: int | None = None
) -> Figures:
    registry = Registry.open(url)
    for number, result in enumerate(drawn):
        bare = replace(result, assessments=(), facts={})
        registry.register(bare, f"{number:064x}", AT, rules=RULES)
    labels = tuple(replace(label, release="2026-11-15") for label in drawn[0].releases)
    target = basis_of(labels, drawn[0].versions)
    run = registry.open_run(NewRun("run", target, labels, RULES, "bench", True, {}), AT)
    moved = [_moved(result) for result in drawn]
    wall, cpu = time.perf_counter(), _cpu(server)
    for start in range(0, len(moved), IN_ONE):
        registry.move(run, moved[start : start + IN_ONE], (), target, RULES, AT)
    wall, cpu = time.perf_counter() - wall, _cpu(server) - cpu
    reading = time.perf_counter()
    pairs = sum(len(batch.fact_hash) for batch in registry.reads_after(0))
    reading, verifying = time.perf_counter() - reading, time.perf_counter()
    if not registry.verify().whole:
        raise RuntimeError("the registry is not whole")
    verifying = time.perf_counter() - verifying
    return Figures(engine, assessments / wall, assessments / cpu, pairs, reading, verifying)


def _moved(result: CaseResult) -> Moved:
    picture = CasePicture.of(result).numbered(2)
    return Moved(result.case.id, result.assessments, (), (), (), picture, result.facts)


def _cpu(server: int | None) -> float:
    """CPU seconds of this process, and of a server with the processes that it made."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    return own.ru_utime + own.ru_stime + (0.0 if server is None else _tree(server))


def _tree(pid: int) -> float:
    """CPU seconds, from the kernel's account, of a process, its children, and those it outlived."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:  # it has just ended: its parent's account has it
        return 0.0
    ticks = sum(int(field) for field in fields[11:15])
    return ticks / os.sysconf("SC_CLK_TCK") + sum(_tree(int(child)) for child in children)


if __name__ == "__main__":
    main()
