"""How the archive stands: runs, cases by basis, what is stale, open events, the stores' health."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from varinterp.errors import VarinterpError
from varinterp.model.archive import CaseState, RunRecord
from varinterp.model.basis import Basis, Move
from varinterp.model.event import EventTier
from varinterp.model.review import ReviewState
from varinterp.pipeline.reanalysis.archive import Archive
from varinterp.pipeline.reanalysis.target import read_target
from varinterp.refs.lock import read_lock
from varinterp.refs.store import Store
from varinterp.registry.tables import ASSESSMENT_INDEX

SHOWN_RUNS = 5


@dataclass(frozen=True, slots=True)
class Standing:
    """A basis that cases stand on, how many, and what lies between it and the target."""

    basis: Basis
    cases: int
    behind: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Newer:
    """A source with an admitted release that is later than the one that the lock names."""

    source: str
    locked: str
    newest: str


@dataclass(frozen=True, slots=True)
class Health:
    """What there is of the stores, and what is wrong; `checked` says that every byte was read.

    `unstored` counts cases whose alleles the cohort store lacks: nothing can promote one of them.
    `unindexed` counts conclusions that the index of reads does not know yet; the next run takes
    them in.
    """

    stored: int
    unstored: int
    unindexed: int
    checked: bool
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """`runs` are the last ones, newest first. `quiet_since` is the day since which no run found
    anything to say; None when the last one did, or when there was none. `problem` says why the
    target cannot be read, and what is stale is then not known.
    """

    runs: tuple[RunRecord, ...]
    standings: tuple[Standing, ...]
    erased: int
    newer: tuple[Newer, ...]
    open_events: Mapping[EventTier, int]
    states: Mapping[ReviewState, int]
    health: Health
    quiet_since: datetime | None
    problem: str | None = None

    @property
    def stale(self) -> int:
        """How many cases do not stand on the target."""
        return sum(standing.cases for standing in self.standings if standing.behind)


def status_of(archive: Archive, *, check: bool = False) -> Status:
    """Return how the archive stands; with `check`, every byte of registry and store is read."""
    states = archive.registry.states()
    runs = tuple(sorted(archive.registry.runs(), key=lambda run: run.id, reverse=True))
    problem, target = None, None
    try:
        target = read_target(archive.settings).basis
    except VarinterpError as error:
        problem = str(error)
    by_tier, by_state = _events(archive)
    return Status(
        runs=runs[:SHOWN_RUNS],
        standings=tuple(_standings(states, target)),
        erased=sum(state.erased for state in states),
        newer=tuple(_newer(archive)),
        open_events=by_tier,
        states=by_state,
        health=_health(archive, states, check),
        quiet_since=_quiet_since(archive, runs),
        problem=problem,
    )


def _standings(states: Iterable[CaseState], target: Basis | None) -> list[Standing]:
    counted = Counter(state.basis for state in states if not state.erased)
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0].releases))
    return [
        Standing(basis, cases, basis_moves(basis, target) if target else ())
        for basis, cases in ordered
    ]


def basis_moves(basis: Basis, target: Basis) -> tuple[Move, ...]:
    """Return the moves between two bases; another software is a move of ``varinterp``."""
    moves = basis.moves(target)
    if basis.software == target.software:
        return moves
    return (*moves, Move("varinterp", basis.software, target.software))


def _newer(archive: Archive) -> list[Newer]:
    """Return the locked sources of which a later release was admitted and not recalled."""
    store = Store(archive.settings.references)
    found = []
    for source, locked in sorted(_locked(archive).items()):
        current = store.current(source)
        if current is not None and current.manifest.release != locked:
            found.append(Newer(source, locked, current.manifest.release))
    return found


def _locked(archive: Archive) -> Mapping[str, str]:
    path = archive.settings.lock
    return read_lock(path).releases if path.is_file() else {}


def _events(archive: Archive) -> tuple[dict[EventTier, int], dict[ReviewState, int]]:
    tiers: Counter[EventTier] = Counter()
    states: Counter[ReviewState] = Counter()
    for each in archive.dataset.open_events():
        tiers[each.event.tier] += 1
        states[each.review.state] += 1
    return dict(sorted(tiers.items())), dict(sorted(states.items()))


def _health(archive: Archive, states: Iterable[CaseState], check: bool) -> Health:
    living = {state.case for state in states if not state.erased}
    stored = archive.cohort.cases()
    return Health(
        stored=len(living & stored.keys()),
        unstored=len(living - stored.keys()),
        unindexed=_unindexed(archive),
        checked=check,
        faults=(*archive.reads.damaged(), *(_checked(archive) if check else ())),
    )


def _unindexed(archive: Archive) -> int:
    with archive.registry.session() as connection:
        last = connection.scalar(sa.select(sa.func.max(ASSESSMENT_INDEX.c.assessment_id))) or 0
    return max(0, last - archive.reads.mark)


def _checked(archive: Archive) -> Iterable[str]:
    broken = archive.registry.verify().broken
    return (*archive.cohort.verify(), *([] if broken is None else [broken]))


def _quiet_since(archive: Archive, runs: Iterable[RunRecord]) -> datetime | None:
    """Return when the first of the last runs in a row without an event was finished."""
    quiet = None
    for run in runs:
        if run.finished_at is None:
            continue
        if next(iter(archive.registry.events(run=run.id)), None) is not None:
            break
        quiet = run.finished_at
    return quiet
