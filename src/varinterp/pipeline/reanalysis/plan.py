"""What a reanalysis would touch, said before anything is computed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from varinterp.errors import ReleaseError
from varinterp.model.archive import CaseState
from varinterp.model.basis import Basis, Move
from varinterp.model.consent import ConsentScope
from varinterp.model.facts import RULE, Rule
from varinterp.pipeline.reanalysis.delta import Delta, delta_of
from varinterp.pipeline.reanalysis.gaps import Gap, gaps_of, listed_keys
from varinterp.pipeline.reanalysis.planned import Moving, Plan, Skipped, SourcePlan
from varinterp.pipeline.reanalysis.scope import Scope, Scopes, total
from varinterp.pipeline.reanalysis.target import Target
from varinterp.pipeline.reanalysis.touched import Index, Touched
from varinterp.refs.catalogue import Catalogue, read_catalogue
from varinterp.refs.lock import Releases
from varinterp.refs.release import open_release
from varinterp.sources.rules import Rules

if TYPE_CHECKING:
    from varinterp.pipeline.reanalysis.archive import Archive


__all__ = ["Moving", "Plan", "Skipped", "SourcePlan", "plan"]


def plan(archive: "Archive", target: Target, *, everything: bool = False, on: date) -> Plan:
    """Return what a run would touch; with `everything`, all cases are examined whole.

    `on` is the day on which consents are asked.
    """
    states = {state.case: state for state in archive.registry.states()}
    skipped = tuple(_skipped(archive, states.values(), on))
    left = states.keys() - {each.case for each in skipped}
    waiting = [
        state
        for case, state in sorted(states.items())
        if case in left and (everything or state.told_by(on) or state.basis != target.basis)
    ]
    by_basis: dict[Basis, list[CaseState]] = defaultdict(list)
    for state in waiting:
        by_basis[state.basis].append(state)
    planner = _Planner(archive, target, on, everything)
    for basis in sorted(by_basis, key=str):
        planner.add(basis, by_basis[basis])
    return planner.plan(len(states), len(waiting), skipped)


def _skipped(archive: "Archive", states: Iterable[CaseState], on: date) -> Iterable[Skipped]:
    stored, analysed = archive.cohort.cases(), archive.registry.analysed()
    allowed = archive.dataset.permissions(ConsentScope.REANALYSIS, on)
    probands = {each.case: each.proband for each in archive.dataset.cases()}
    for state in sorted(states, key=lambda state: state.case):
        case = state.case
        if state.erased:
            yield Skipped(case, "erased")
        elif not allowed[case]:
            relative = probands[case] not in allowed[case].deciders
            yield Skipped(case, "relative_withdrew" if relative else "no_consent")
        elif stored.get(case, 0) < analysed[case]:
            yield Skipped(case, "not_stored")


class _Planner:
    """Adds up bases: a source's releases are compared once, whoever stands on the older one."""

    def __init__(self, archive: "Archive", target: Target, on: date, everything: bool) -> None:
        self.archive, self.target, self.on, self.everything = archive, target, on, everything
        archive.catch_up()
        population = target.releases["gnomad"].folder
        self.index = Index(archive.reads, archive.registry.located, archive.cohort, population)
        self.catalogue: Catalogue = read_catalogue(archive.settings.catalogue)
        self.deltas: dict[Move, tuple[Delta, Touched]] = {}
        self.counts: dict[Move, Counter[str]] = defaultdict(Counter)
        self.gaps: dict[Move, tuple[Gap, ...]] = {}
        self.scopes: dict[str, Scope] = {}
        self.bases: dict[str, Moving] = {}
        self.unmoved: list[str] = []
        self.analyses: dict[str, int] = {}
        self.software: Counter[tuple[str, str]] = Counter()

    def add(self, basis: Basis, states: list[CaseState]) -> None:
        """Take in the cases that stand on a basis."""
        old = self._opened(basis)
        cases = frozenset(state.case for state in states)
        scopes = Scopes(cases, whole=self.everything)
        if basis.software != self.target.basis.software:
            scopes.whole = True
            self.software[basis.software, self.target.basis.software] += len(cases)
        deltas = []
        for move in basis.moves(self.target.basis):
            delta, touched = self._delta(move, old)
            deltas.append(delta)
            scopes.add(delta, touched)
            self._count(move, delta, touched, scopes)
            if move.source == "gene_disease":
                scopes.reordered |= self._with_listings(cases)
        moving = Moving(old, tuple(deltas), basis.software != self.target.basis.software)
        for state in states:
            self.analyses[state.case] = state.analysis
            scope = scopes.of(state.case, observed=state.told_by(self.on))
            if scope.empty:
                self.unmoved.append(state.case)
            else:
                self.scopes[state.case] = scope
                self.bases[state.case] = moving

    def plan(self, cases: int, moving: int, skipped: tuple[Skipped, ...]) -> Plan:
        """Return what was added up."""
        return Plan(
            target=self.target.basis,
            sources=(*self._sources(), *self._software()),
            cases=cases,
            moving=moving,
            assessments=total({case: scope.keys for case, scope in self.scopes.items()}),
            gates=total({case: scope.gates for case, scope in self.scopes.items()}),
            whole=sum(scope.whole or scope.every_gate for scope in self.scopes.values()),
            reranked=sum(scope.rerank for scope in self.scopes.values()),
            skipped=skipped,
            gaps=tuple(gap for _, gaps in sorted(self.gaps.items(), key=str) for gap in gaps),
            unmoved=tuple(sorted(self.unmoved)),
            scopes=dict(sorted(self.scopes.items())),
            bases=self.bases,
            analyses=self.analyses,
        )

    def _delta(self, move: Move, old: Target) -> tuple[Delta, Touched]:
        if move not in self.deltas:
            delta = delta_of(move, old, self.target, self.catalogue)
            self.deltas[move] = delta, self.index.touched(delta)
            self.gaps[move] = gaps_of(delta, old, self.target)
        return self.deltas[move]

    def _count(self, move: Move, delta: Delta, touched: Touched, scopes: Scopes) -> None:
        read, gates = scopes.own(touched.read), scopes.rows(touched.gates)
        cases = {one.case for one in read} | set(gates["case"])
        everybody = delta.whole is not None or scopes.every_gate or scopes.rerank
        self.counts[move]["assessments"] += len(read)
        self.counts[move]["gates"] += gates.height
        self.counts[move]["cases"] += len(scopes.cases) if everybody else len(cases)

    def _sources(self) -> Iterable[SourcePlan]:
        for move, (delta, _) in sorted(self.deltas.items(), key=lambda pair: str(pair[0])):
            kinds = delta.changes.group_by("kind").len().sort("kind")
            yield SourcePlan(
                source=move.source,
                before=move.before,
                after=move.after,
                changed_keys=delta.changes.select("source", "key").n_unique(),
                kinds=tuple((str(kind), int(count)) for kind, count in kinds.iter_rows()),
                assessments=self.counts[move]["assessments"],
                gates=self.counts[move]["gates"],
                cases=self.counts[move]["cases"],
                cohort_wide=delta.whole,
            )

    def _software(self) -> Iterable[SourcePlan]:
        for (before, after), cases in sorted(self.software.items()):
            yield SourcePlan("software", before, after, 0, (), 0, 0, cases, "software")

    def _with_listings(self, cases: frozenset[str]) -> set[str]:
        """Return the cases that carry a listed allele: a stray listing is warned of by disease."""
        keys = listed_keys(self.target.releases.get("listed_alleles"))
        carriers = self.archive.cohort.carriers(np.sort(keys))
        return set(carriers["case"]) & cases

    def _opened(self, basis: Basis) -> Target:
        """Open what is still there of an older basis; what is not is missing from it."""
        found = {}
        for source, name in basis.releases:
            if source == RULE.source:
                continue
            try:
                found[source] = open_release(self.archive.settings.references, source, name)
            except ReleaseError:
                continue
        values = self.archive.registry.rules_of(basis)
        return Target(Releases(found), old_rules(basis, values))


def old_rules(basis: Basis, values: Mapping[str, Rule]) -> Rules:
    """Return the rules of a basis; a release of rules is named ``core-v1-0123abcd``."""
    label = basis.release(RULE.source) or ""
    name, _, rest = label.partition("-v")
    return Rules(name or "core", rest.rpartition("-")[0] or "0", "1970-01-01", dict(values))
