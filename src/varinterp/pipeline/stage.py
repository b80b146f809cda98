"""Running one stage of the workflow: a log without patients, and failures that say what to do."""

import json
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from varinterp.errors import InputError, InternalError, VarinterpError
from varinterp.files import write_text
from varinterp.model.canonical import to_json

FAILURE_SUFFIX = ".failure.json"


@contextmanager
def stage(name: str, log: Path) -> Iterator[None]:
    """Run a stage: on success write ``ok`` to its log; on failure, why, and leave with 1 or 3.

    A traceback names files and lines; the message of an unforeseen exception is left out, because
    libraries put the values that they choke on into it.
    """
    failure = log.with_name(log.name + FAILURE_SUFFIX)
    failure.unlink(missing_ok=True)
    try:
        yield
    except InternalError as error:
        sys.exit(_fail(name, log, failure, [str(error)], 3))
    except VarinterpError as error:
        faults = error.faults if isinstance(error, InputError) else ()
        lines = [str(fault) for fault in faults] or [str(error)]
        sys.exit(_fail(name, log, failure, lines, 1))
    except Exception as error:
        lines = [f"{type(error).__name__} in", *traceback.format_tb(error.__traceback__)]
        sys.exit(_fail(name, log, failure, lines, 3))
    write_text(log, f"{name}: ok\n")


def _fail(name: str, log: Path, failure: Path, lines: list[str], code: int) -> int:
    text = "\n".join(line.rstrip() for line in lines)
    kind = "a fault of varinterp, please report it" if code == 3 else "stopped"
    write_text(log, f"{name}: {kind}\n{text}\n")
    write_text(failure, json.dumps(to_json({"stage": name, "code": code, "lines": lines})) + "\n")
    print(f"{name}: {kind}\n{text}", file=sys.stderr)
    return code


def failures(logs: Path) -> dict[str, tuple[str, list[str]]]:
    """Return the recorded failure of each family: pseudonym to (stage, lines)."""
    found = {}
    for path in sorted(logs.glob(f"*/*{FAILURE_SUFFIX}")):
        document = json.loads(path.read_text())
        found[path.parent.name] = (document["stage"], document["lines"])
    return found
