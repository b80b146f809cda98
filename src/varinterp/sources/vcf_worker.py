"""Checking a VCF in a process of its own, with limits: hostile bytes cannot take the caller down.

``python -m varinterp.sources.vcf_worker`` reads a request as JSON on standard input and writes
the answer as JSON on standard output. Names travel that way because a command line is public.
"""

import os
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from varinterp.errors import Fault, InputError, ReleaseError
from varinterp.sources.fault_book import FaultBook
from varinterp.sources.vcf import VcfSummary, check_vcf, read_samples
from varinterp.sources.vcf_rules import RULES

MEMORY_BYTES = 6 << 30
"""Address space, of which about 1 GB is used: the rest is what polars' threads reserve."""
CPU_SECONDS = 3600
_ENVIRONMENT = {
    "PYTHONDONTWRITEBYTECODE": "1",
    # Every thread reserves memory: a node with many cores would not fit the limit.
    "POLARS_MAX_THREADS": "2",
    "OPENBLAS_NUM_THREADS": "1",
}


@dataclass(frozen=True, slots=True)
class Request:
    """What to check, and the limits to check it within."""

    path: Path
    reference: Path | None
    wanted: tuple[str, ...]
    memory_bytes: int = MEMORY_BYTES
    cpu_seconds: int = CPU_SECONDS


@dataclass(frozen=True, slots=True)
class Answer:
    """A summary, or the faults that refuse the file; and the wanted samples that it lacks."""

    summary: VcfSummary | None
    faults: tuple[Fault, ...]
    absent: tuple[str, ...]
    release_error: str | None = None


_REQUEST = TypeAdapter(Request)
_ANSWER = TypeAdapter(Answer)


def check_apart(request: Request) -> Answer:
    """Check a VCF in a subprocess; a crash there is a fault of the file.

    Raises ReleaseError when the reference is unusable.
    """
    environment = {**os.environ, **_ENVIRONMENT}
    # The command is ours; nothing of the request is in it.
    done = subprocess.run(
        [sys.executable, "-m", "varinterp.sources.vcf_worker"],
        input=_REQUEST.dump_json(request),
        capture_output=True,
        check=False,
        env=environment,
    )
    if done.returncode:
        return Answer(None, _crash(request.path, done.returncode), ())
    answer = _ANSWER.validate_json(done.stdout)
    if answer.release_error is not None:
        raise ReleaseError(answer.release_error)
    return answer


def _crash(path: Path, code: int) -> tuple[Fault, ...]:
    """Word the end of a worker that gave no answer; its own words may hold data and are dropped."""
    book = FaultBook(str(path), RULES)
    ended = f"signal {-code}" if code < 0 else f"code {code}"
    book.add("vcf.crash", f"a reader that ended with {ended}", 1)
    return book.faults()


def answer(request: Request) -> Answer:
    """Check the file here."""
    names = read_samples(request.path)
    present = [name for name in request.wanted if name in (names or ())]
    absent = tuple(name for name in request.wanted if names is not None and name not in names)
    try:
        summary = check_vcf(request.path, request.reference, present)
    except InputError as error:
        return Answer(None, error.faults, absent)
    except ReleaseError as error:
        return Answer(None, (), absent, str(error))
    return Answer(summary, (), absent)


def _limit(request: Request) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (request.memory_bytes, request.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (request.cpu_seconds, request.cpu_seconds))


def main() -> int:
    """Answer one request; 3 without a word for anything unforeseen."""
    request = _REQUEST.validate_json(sys.stdin.buffer.read())
    try:
        _limit(request)
        sys.stdout.buffer.write(_ANSWER.dump_json(answer(request)))
    except Exception:
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
