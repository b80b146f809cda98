"""Running bcftools commands joined by pipes, and believing them only when they say nothing wrong.

Earlier bcftools dropped a malformed record, wrote the rest and left with 0: here a command fails
when its exit code says so or when htslib wrote an error (``[E::``) on the way.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from varinterp.errors import StageError

Command = Sequence[str | Path]
_ERROR = "[E::"


class BcftoolsError(StageError):
    """A command failed. `messages` may quote the input: read them, never show them."""

    def __init__(self, command: str, code: int, messages: str) -> None:
        self.messages = messages
        why = f"signal {-code}" if code < 0 else f"exit code {code}"
        super().__init__(f"bcftools {command} failed ({why})")


@dataclass(slots=True)
class Run:
    """Commands at work. `output` is the last one's; `messages` are complete after the block."""

    output: IO[bytes]
    messages: list[str] = field(default_factory=list)


@contextmanager
def pipeline(*commands: Command, feed: IO[bytes] | int | None = None) -> Iterator[Run]:
    """Run commands joined by pipes and yield the run, its output to be read to the end.

    `feed` is the first command's standard input. Raises BcftoolsError when a command fails.
    """
    with ExitStack() as stack:
        errors = [stack.enter_context(tempfile.TemporaryFile()) for _ in commands]
        children = _start(commands, feed, errors, stack)
        output = children[-1].stdout
        assert output is not None  # noqa: S101 - PIPE was asked for
        run = Run(output)
        yield run
        output.close()
        codes = [child.wait() for child in children]
        run.messages = [_text(error) for error in errors]
        _check(commands, codes, run.messages)


def run(*commands: Command) -> str:
    """Run commands joined by pipes and return what the last one printed."""
    with pipeline(*commands) as started:
        printed = started.output.read()
    return printed.decode()


def _start(
    commands: Sequence[Command],
    feed: IO[bytes] | int | None,
    errors: Sequence[IO[bytes]],
    stack: ExitStack,
) -> list["subprocess.Popen[bytes]"]:
    children: list[subprocess.Popen[bytes]] = []
    source: IO[bytes] | int = subprocess.DEVNULL if feed is None else feed
    for command, error in zip(commands, errors, strict=True):
        child = stack.enter_context(_process(command, source, subprocess.PIPE, error))
        stack.callback(child.kill)
        if children and children[-1].stdout is not None:
            children[-1].stdout.close()  # so that a dead reader is noticed by its writer
        children.append(child)
        assert child.stdout is not None  # noqa: S101 - PIPE was asked for
        source = child.stdout
    return children


def _process(
    command: Command, source: IO[bytes] | int, target: int, error: IO[bytes]
) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 - our own interpreter, a list, no shell
        [sys.executable, "-m", "varinterp.annotate.bcftools_child", *map(str, command)],
        stdin=source,
        stdout=target,
        stderr=error,
    )


def _text(error: IO[bytes]) -> str:
    error.seek(0)
    return error.read().decode(errors="replace")


def _check(commands: Sequence[Command], codes: Sequence[int], messages: Sequence[str]) -> None:
    together = "\n".join(messages)
    for command, code, said in zip(commands, codes, messages, strict=True):
        if code or _ERROR in said:
            raise BcftoolsError(str(command[0]), code, together)
