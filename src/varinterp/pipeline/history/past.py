"""An allele of a case as it stood at a moment: what was concluded, or why nothing was.

Everything is read from the registry and the cohort store, so that it outlives the family's files.
Gates are opened again on the releases and rules of that moment, which says what they said then.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

import polars as pl

from varinterp.errors import Fault, InputError, ReleaseError, StageError
from varinterp.model.archive import CaseState
from varinterp.model.assessment import AssessmentKey
from varinterp.model.basis import Basis
from varinterp.model.case import CaseResult, Tier
from varinterp.model.event import NearMiss
from varinterp.model.evidence import Reason
from varinterp.model.facts import RULE, Rule
from varinterp.model.variant import Allele
from varinterp.pipeline.explain import Step, after_gates, called, gates
from varinterp.pipeline.history.conclusion import Concluded, Past
from varinterp.pipeline.history.replay import replay
from varinterp.pipeline.reanalysis.archive import Archive
from varinterp.pipeline.reanalysis.examine import Asked, open_gates
from varinterp.pipeline.reanalysis.target import Target
from varinterp.pipeline.reanalysis.view import Shelf, View
from varinterp.reanalysis.context import Context
from varinterp.reanalysis.near_miss import near_miss
from varinterp.reanalysis.picture import Picture
from varinterp.reanalysis.standings import standing_of
from varinterp.refs.lock import Releases
from varinterp.refs.release import open_release
from varinterp.sources.rules import Rules

_GATE_SOURCES = ("gnomad", "clinvar", "listed_alleles")


def past_of(archive: Archive, case: str, allele: Allele, at: datetime) -> Past:
    """Return an allele of a case as it stood at a moment.

    Raises InputError when no case of that pseudonym was ever registered.
    """
    return _Moment(archive, case, at).past(allele)


class _Moment:
    """A case at a moment; what is dear to read is read once."""

    def __init__(self, archive: Archive, case: str, at: datetime) -> None:
        self._archive, self._case, self._at = archive, case, at

    def past(self, asked: Allele) -> Past:
        if self._state is None or self._state.erased:
            return Past(self._case, asked, self._at, self._state, (self._absent(),))
        row, allele = self._row(asked)
        steps = self._steps(row, asked, allele)
        return Past(
            self._case, allele, self._at, self._state, steps, tuple(self._concluded(allele))
        )

    @cached_property
    def _state(self) -> CaseState | None:
        states = {state.case: state for state in self._archive.registry.states(self._at)}
        return states.get(self._case)

    @cached_property
    def _result(self) -> CaseResult:
        return self._archive.registry.result(self._case, self._at)

    def _absent(self) -> Step:
        """Say why there is nothing: erased since, or not registered yet."""
        if self._state is not None:
            return Step("registered", False, Reason.of("explain.erased"))
        if self._archive.registry.latest(self._case) is None:
            raise InputError([_unknown(self._archive.settings.registry)])
        day = self._at.date().isoformat()
        return Step("registered", False, Reason.of("explain.not_registered", day=day))

    def _row(self, asked: Allele) -> tuple[Mapping[str, Any] | None, Allele]:
        """Return the gates of the stored allele on the basis of the moment, and its own form."""
        rows = self._stored()
        if rows is None:
            return None, asked
        found = rows.filter(
            (
                (pl.col("chromosome") == asked.chromosome.value)
                & (pl.col("position") == asked.position)
                & (pl.col("ref") == asked.ref)
                & (pl.col("alt") == asked.alt)
            )
            | (pl.col("original") == str(asked))
        ).with_columns(stored=True)
        if found.is_empty():
            return None, asked
        (place,) = found.head(1).select("chromosome", "position", "ref", "alt").rows()
        allele = Allele.parse("-".join(map(str, place)))
        view = View(self._target(), self._archive.settings.reference, Shelf())
        asked_of = Asked(self._result.case, found, frozenset({allele.key}))
        return open_gates([asked_of], view)[0].to_dicts()[0], allele

    def _stored(self) -> pl.DataFrame | None:
        try:
            return self._archive.cohort.rows(self._case)
        except StageError:
            return None

    def _target(self) -> Target:
        assert self._state is not None  # noqa: S101 - asked before
        return past_target(self._archive, self._state.basis, _GATE_SOURCES)

    def _steps(
        self, row: Mapping[str, Any] | None, asked: Allele, allele: Allele
    ) -> tuple[Step, ...]:
        candidate = any(each.allele == allele for each in self._result.candidates)
        after = after_gates(self._result, allele) if candidate else []
        if row is not None:
            outside = row["candidate"] and not candidate
            none = [Step("gene", False, Reason.of("explain.no_gene"))] if outside else []
            return (called(allele, asked), *gates(row), *none, *after)
        if candidate:
            return (called(allele, asked), *after)
        reason = Reason.of("explain.not_stored", allele=str(asked))
        return (Step("called", None, reason),)

    def _concluded(self, allele: Allele) -> Iterator[Concluded]:
        assert self._state is not None  # noqa: S101 - asked before
        registry = self._archive.registry
        rules = registry.rules_of(self._state.basis)
        near = self._near_misses(allele, rules)
        signed = self._archive.dataset.signed(self._case, self._at)
        unnamed = self._result.only_in(Tier.UNRELATED) - signed.keys()
        for recorded in registry.current(self._case, self._at):
            stored = recorded.assessment
            if stored.key.allele == allele and stored.key not in unnamed:
                yield Concluded(
                    recorded_at=recorded.recorded_at,
                    replay=replay(
                        stored, registry.facts_of(recorded), rules, self._state.basis.software
                    ),
                    signed=signed.get(stored.key, stored.signed),
                    near_miss=near.get(stored.key),
                )

    def _near_misses(
        self, allele: Allele, rules: Mapping[str, Rule]
    ) -> dict[AssessmentKey, NearMiss]:
        picture = Picture.of_result(self._result)
        weighed = {(RULE.source, name): rule for name, rule in rules.items()}
        found = {}
        for subject in picture.places:
            standing = standing_of(picture, subject, Context(on=self._at.date().isoformat()))
            if subject[0] == allele and standing is not None:
                near = near_miss(standing, picture.assessments[standing.key], weighed)
                if near is not None:
                    found[standing.key] = near
        return found


def past_target(archive: Archive, basis: Basis, sources: tuple[str, ...]) -> Target:
    """Open some sources' releases of a former basis, recalled ones too, and its rules.

    Raises ReleaseError when one is no longer on disk.
    """
    opened = {}
    for source in sources:
        release = basis.release(source)
        if release is not None:
            opened[source] = open_release(archive.settings.references, source, release)
    if not opened:
        raise ReleaseError("the basis of that moment names no release of the gates' sources")
    label = basis.release(RULE.source) or ""
    values = dict(archive.registry.rules_of(basis))
    return Target(Releases(opened), Rules(label, "", "", values))


def _unknown(registry: str) -> Fault:
    return Fault(
        rule="history.unknown_case",
        file=registry.rpartition("/")[2],
        found="a name that no registered case has",
        expected="a case's pseudonym (C-…), or a family of the sheet",
        advice="copy the name from the sheet, or the pseudonym from case.json",
    )
