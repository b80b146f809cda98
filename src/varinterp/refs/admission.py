"""The gate that a built release passes before anything may read it.

Numbers against the catalogue's bounds and the release before, upstream rows left out against the
share that is allowed, the date that the files state, and sentinels: keys whose answer is known.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from varinterp.refs.catalogue import Admission, Expected, Sentinel

Lookup = Callable[[str], Mapping[str, Any] | None]
"""What a built release says under a key."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A built release as the gate sees it.

    `rows` are all rows written; `counts` the numbers that the source's adapter gives, `before`
    those of the release before it (None when it is the first), `stated` the date in the files.
    """

    dated: date
    rows: int
    counts: Mapping[str, int]
    set_aside: Mapping[str, int]
    stated: date | None = None
    before: Mapping[str, int] | None = None


def judge(admission: Admission, candidate: Candidate, lookup: Lookup) -> tuple[str, ...]:
    """Return every reason to refuse a release, none when it is admitted."""
    return (
        *_stated(candidate),
        *_counts(admission, candidate),
        *_set_aside(admission, candidate),
        *_sentinels(admission, candidate, lookup),
    )


def _stated(candidate: Candidate) -> tuple[str, ...]:
    if candidate.stated in (None, candidate.dated):
        return ()
    return (f"date: the files are of {candidate.stated}, expected {candidate.dated}",)


def _counts(admission: Admission, candidate: Candidate) -> tuple[str, ...]:
    problems = []
    if not candidate.rows:
        problems.append("rows: none were written")
    for name, expected in sorted(admission.counts.items()):
        count = candidate.counts.get(name)
        if count is None:
            problems.append(f"count {name}: not given by the build")
            continue
        problems += _bounds(name, count, expected)
        problems += _drift(name, count, (candidate.before or {}).get(name), expected)
    return tuple(problems)


def _bounds(name: str, count: int, expected: Expected) -> list[str]:
    if count < expected.min:
        return [f"count {name}: {count:,}, expected at least {expected.min:,}"]
    if expected.max is not None and count > expected.max:
        return [f"count {name}: {count:,}, expected at most {expected.max:,}"]
    return []


def _drift(name: str, count: int, before: int | None, expected: Expected) -> list[str]:
    """A first release, or one after a count of nothing, has nothing to drift from."""
    if not before or abs(count - before) <= expected.drift * before:
        return []
    return [
        f"count {name}: {before:,} in the release before, {count:,} now; "
        f"expected at most {expected.drift:.0%} of change"
    ]


def _set_aside(admission: Admission, candidate: Candidate) -> tuple[str, ...]:
    problems = []
    total = candidate.rows + sum(candidate.set_aside.values())
    for reason, count in sorted(candidate.set_aside.items()):
        allowed = admission.set_aside.get(reason, 0.0)
        if count > allowed * total:
            problems.append(
                f"left out, {reason}: {count:,} of {total:,} rows, expected at most {allowed:.2%}"
            )
    return tuple(problems)


def _sentinels(admission: Admission, candidate: Candidate, lookup: Lookup) -> tuple[str, ...]:
    return tuple(
        problem
        for sentinel in admission.sentinels
        if sentinel.since is None or sentinel.since <= candidate.dated
        for problem in _sentinel(sentinel, lookup(sentinel.key))
    )


def _sentinel(sentinel: Sentinel, found: Mapping[str, Any] | None) -> list[str]:
    place = f"sentinel {sentinel.key} ({sentinel.why})"
    if not sentinel.expect:
        return [] if found is None else [f"{place}: found, expected nothing"]
    if found is None:
        return [f"{place}: not found"]
    return [
        f"{place}: {name} is {_shown(found.get(name))}, expected {_shown(wanted)}"
        for name, wanted in sentinel.expect.items()
        if not _agrees(found.get(name), wanted)
    ]


def _agrees(found: Any, wanted: Any) -> bool:
    """Compare a value with an expected one: the same, or within ``{min, max}``, or ``contains``."""
    if not isinstance(wanted, Mapping):
        return bool(_plain(found) == _plain(wanted))
    if "contains" in wanted:
        return isinstance(found, list | tuple | str) and wanted["contains"] in found
    if not isinstance(found, int | float):
        return False
    least, most = wanted.get("min"), wanted.get("max")
    return (least is None or found >= least) and (most is None or found <= most)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _shown(value: Any) -> str:
    return "absent" if value is None else str(value)[:80]
