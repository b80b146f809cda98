"""Every exception that varinterp raises on purpose.

VarinterpError
├── InputError          the user's input is wrong; carries every Fault found   exit 1
├── ReleaseError        a reference release is missing, damaged or speaks an unknown word   exit 1
├── StageError          a stage could not finish: disk, tool, time   exit 1
└── InternalError       our own bug: an invariant that does not hold   exit 3

Messages never hold a sample name, a genotype or a patient's HPO term: they say where to look.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """What a fault does to an input."""

    REJECT = "reject"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with an input, said so that its user can mend it.

    `line` and `column` are 1-based; `rule` is a stable identifier such as ``vcf.ref_mismatch``.
    """

    rule: str
    file: str
    found: str
    expected: str
    advice: str
    line: int | None = None
    column: str | None = None
    severity: Severity = Severity.REJECT

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        if self.column is not None:
            place = f"{place} [{self.column}]"
        return f"{place}: found {self.found}; expected {self.expected}; {self.advice} ({self.rule})"


class VarinterpError(Exception):
    """Root of the tree: catch it to handle everything that varinterp raises on purpose."""


class InputError(VarinterpError):
    """The input is wrong. All its faults are in `faults`, in reading order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class ReleaseError(VarinterpError):
    """A reference release is missing, damaged, or holds a word that its vocabulary lacks."""


class StageError(VarinterpError):
    """A stage of the workflow could not finish for a reason outside its input."""


class InternalError(VarinterpError):
    """An invariant of varinterp does not hold: our bug. The message holds no patient data."""
