"""Collecting the faults of one file: every rule is counted, the first lines of each are kept."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from varinterp.errors import Fault, Severity

if TYPE_CHECKING:
    import polars as pl

MAX_FAULTS = 100
_KEPT = {Severity.REJECT: 20, Severity.WARN: 1}
_SHOWN_LENGTH = 40
_OFFERED = 3


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule expects and what its breaker should do about it."""

    expected: str
    advice: str
    column: str | None = None
    severity: Severity = Severity.REJECT


def shown(text: str) -> str:
    """Quote a malformed value for a message: at most 40 characters, control ones escaped."""
    short = text if len(text) <= _SHOWN_LENGTH else text[:_SHOWN_LENGTH] + "…"
    return f"'{short.encode('unicode_escape').decode()}'" if short else "an empty value"


def nearest(text: str, known: Iterable[str]) -> str:
    """End an advice with the known names that a misspelt one is like: ``; is it SCN1A?``."""
    spelled = {name.casefold(): name for name in sorted(known)}
    near = get_close_matches(text.casefold(), spelled, n=_OFFERED)
    return f"; is it {' or '.join(spelled[each] for each in near)}?" if near else ""


@dataclass(slots=True)
class _Breaches:
    count: int = 0
    kept: list[Fault] = field(default_factory=list)


class FaultBook:
    """The faults of one file, in reading order.

    A broken file can break one rule a million times: only the first lines of each rule are kept
    (20, or 1 for a warning, or `kept`), the rest is counted and said with the last one kept.
    """

    def __init__(self, file: str, rules: Mapping[str, Rule], kept: int | None = None) -> None:
        self._file = file
        self._kept = _KEPT if kept is None else dict.fromkeys(Severity, kept)
        self._rules = rules
        self._breaches: dict[str, _Breaches] = {}
        self._others: list[Fault] = []

    def add(
        self, rule: str, found: str, line: int, column: str | None = None, count: int = 1
    ) -> None:
        """Record that `count` lines, the first of them `line`, break a rule."""
        breaches = self._breaches.setdefault(rule, _Breaches())
        breaches.count += count
        spec = self._rules[rule]
        if len(breaches.kept) < self._kept[spec.severity]:
            breaches.kept.append(
                Fault(
                    rule=rule,
                    file=self._file,
                    found=found,
                    expected=spec.expected,
                    advice=spec.advice,
                    line=line,
                    column=column or spec.column,
                    severity=spec.severity,
                )
            )

    def add_rows(
        self,
        rule: str,
        rows: "pl.DataFrame",
        found: Callable[[dict[str, Any]], str],
        column: str | None = None,
    ) -> None:
        """Record every row of a table with a ``line`` column; `found` words the rows kept."""
        limit = self._kept[self._rules[rule].severity]
        for row in rows.head(limit).iter_rows(named=True):
            self.add(rule, found(row), row["line"], column)
        beyond = rows.height - limit
        if beyond > 0:
            self._breaches[rule].count += beyond

    def keep(self, faults: Iterable[Fault]) -> None:
        """Record faults of other files, which this one names, as they are."""
        self._others += faults

    @property
    def rejects(self) -> bool:
        """Whether any fault so far refuses the file."""
        return any(self._rules[rule].severity is Severity.REJECT for rule in self._breaches) or any(
            fault.severity is Severity.REJECT for fault in self._others
        )

    def faults(self) -> tuple[Fault, ...]:
        """Return at most 100 faults by line; a rule broken more often says how often.

        The faults of other files come after this file's own.
        """
        listed = [fault for breaches in self._breaches.values() for fault in _said(breaches)]
        listed.sort(key=lambda fault: fault.line or 0)
        return tuple([*listed, *self._others][:MAX_FAULTS])


def _said(breaches: _Breaches) -> list[Fault]:
    beyond = breaches.count - len(breaches.kept)
    if not beyond:
        return breaches.kept
    last = breaches.kept[-1]
    said = Fault(
        rule=last.rule,
        file=last.file,
        found=f"{last.found} (and {beyond} more like it)",
        expected=last.expected,
        advice=last.advice,
        line=last.line,
        column=last.column,
        severity=last.severity,
    )
    return [*breaches.kept[:-1], said]
