"""Runs of the reanalysis, and the cases that they bring to another basis."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from varinterp.errors import InternalError
from varinterp.model.archive import Moved
from varinterp.model.basis import Basis
from varinterp.model.canonical import canonical
from varinterp.model.facts import Rule
from varinterp.registry.analyses import REANALYSIS, write_analysis
from varinterp.registry.bases import intern_basis
from varinterp.registry.batch import Batch
from varinterp.registry.cases import chunks
from varinterp.registry.content import (
    Conclusion,
    Content,
    StoredPicture,
    candidate_content,
    candidate_key,
    conclusion,
)
from varinterp.registry.payload import CaseKey
from varinterp.registry.registration import check_digest, check_keys
from varinterp.registry.shared import Shared
from varinterp.registry.tables import (
    ANALYSIS,
    ASSESSMENT,
    CANDIDATE,
    CASE,
    CASE_KEY,
    CASE_STATE,
    EVENT,
    RUN,
)
from varinterp.registry.versions import CaseWriter, Version, standing_of


@dataclass(frozen=True, slots=True)
class ReadyMove:
    """What a run concluded on a case, with its texts made."""

    moved: Moved
    conclusions: tuple[Conclusion, ...]
    candidates: tuple[Content, ...]
    picture: str
    events: tuple[str, ...]

    @classmethod
    def of(cls, moved: Moved) -> "ReadyMove":
        """Make the texts; raise InternalError for a move that contradicts itself."""
        if moved.document_digest is not None:
            check_digest(moved.document_digest)
        if moved.picture.case.id != moved.case or any(e.case != moved.case for e in moved.events):
            raise InternalError("a move names another case than it is of")
        conclusions = tuple(conclusion(each, moved.facts) for each in moved.assessments)
        candidates = tuple(map(candidate_content, moved.candidates))
        check_keys(moved.case, conclusions, candidates)
        return cls(
            moved=moved,
            conclusions=conclusions,
            candidates=candidates,
            picture=StoredPicture(moved.picture, (), (), {}).text(),
            events=tuple(map(canonical, moved.events)),
        )


@dataclass(frozen=True, slots=True)
class _Standing:
    """Where a case stands before it is moved."""

    case_id: int
    basis_id: int
    analysis_id: int
    run_id: int | None
    number: int
    secret: bytes | None


def move(
    batch: Batch,
    run_id: int,
    moved: Sequence[ReadyMove],
    unmoved: Sequence[str],
    basis: Basis,
    rules: Mapping[str, Rule],
) -> None:
    """Bring cases to a basis, each whole; one that the run has brought there is left alone."""
    basis_id = intern_basis(batch, basis, (), rules)
    target = batch.connection.scalar(sa.select(RUN.c.target_id).where(RUN.c.id == run_id))
    if target != basis_id:
        raise InternalError("a run moves cases to its own target")
    names = [each.moved.case for each in moved]
    if len({*names, *unmoved}) < len(names) + len(unmoved):
        raise InternalError("a case is moved twice at once")
    states = _standings(batch.connection, [*names, *unmoved])
    pending = [m for m in moved if not _is_there(states[m.moved.case], basis_id, run_id)]
    shared = Shared(batch, [each for ready in pending for each in ready.conclusions])
    known = _known(batch.connection, [states[ready.moved.case].case_id for ready in pending])
    for ready in pending:  # nothing is read from here on: the rows of all cases go out together
        step = _Step(batch, shared, known, basis_id, run_id)
        step.move(states[ready.moved.case], ready)
    shared.close()
    batch.add_all(
        CASE_STATE,
        [
            {
                "case_id": s.case_id,
                "basis_id": basis_id,
                "analysis_id": s.analysis_id,
                "run_id": run_id,
            }
            for name in unmoved
            if not _is_there(s := states[name], basis_id, run_id)
        ],
    )


_Known = dict[str, dict[int, dict[bytes, Version]]]


def _known(connection: sa.Connection, cases: Sequence[int]) -> _Known:
    return {table.name: standing_of(connection, table, cases) for table in (ASSESSMENT, CANDIDATE)}


@dataclass(frozen=True, slots=True)
class _Step:
    """Moves one case after the other, within one batch."""

    batch: Batch
    shared: Shared
    known: _Known
    basis_id: int
    run_id: int

    def move(self, state: _Standing, ready: ReadyMove) -> None:
        moved = ready.moved
        if state.secret is None:
            raise InternalError("a case that was erased cannot be moved")
        if moved.picture.case.analysis != state.number + 1:
            raise InternalError("a move's analysis follows the last one of its case")
        key = CaseKey(state.case_id, state.secret)
        analysis = {
            "number": moved.picture.case.analysis,
            "kind": REANALYSIS,
            "basis_id": self.basis_id,
            "document_digest": moved.document_digest,
        }
        analysis_id = write_analysis(self.batch, key, analysis, ready.picture, self.run_id)
        self._versions(CaseWriter(self.batch, self.shared, key, analysis_id), ready)
        _write_events(self.batch, key, ready, self.run_id)

    def _versions(self, writer: CaseWriter, ready: ReadyMove) -> None:
        case_id, moved = writer.key.case_id, ready.moved
        concluded = self.known[ASSESSMENT.name].get(case_id, {})
        candidates = self.known[CANDIDATE.name].get(case_id, {})
        writer.conclusions(ready.conclusions, concluded)
        writer.candidates(ready.candidates, candidates)
        writer.retire(ASSESSMENT, map(str, moved.retired), concluded)
        gone = (candidate_key(*pair) for pair in moved.retired_candidates)
        writer.retire(CANDIDATE, gone, candidates)


def _write_events(batch: Batch, key: CaseKey, ready: ReadyMove, run_id: int) -> None:
    batch.add_private(
        EVENT,
        key,
        [
            (
                {
                    "case_id": key.case_id,
                    "run_id": run_id,
                    "tier": event.tier.value,
                    "direction": event.direction.value,
                    "digest": event.digest,
                },
                text,
            )
            for event, text in zip(ready.moved.events, ready.events, strict=True)
        ],
    )


def _is_there(state: _Standing, basis_id: int, run_id: int) -> bool:
    return state.basis_id == basis_id and state.run_id == run_id


def _standings(connection: sa.Connection, names: Sequence[str]) -> dict[str, _Standing]:
    """Return where cases stand; raise InternalError for a case that is not registered."""
    found: dict[str, _Standing] = {}
    for some in chunks(names):
        found.update(_rows(connection, some))
    if len(found) < len(names):
        raise InternalError("a case that is not registered cannot be moved")
    return found


def _rows(connection: sa.Connection, names: Sequence[Any]) -> Iterable[tuple[str, _Standing]]:
    last = sa.func.max(CASE_STATE.c.id)
    newest = (
        sa.select(last.label("id"))
        .join(CASE, CASE.c.id == CASE_STATE.c.case_id)
        .where(CASE.c.pseudonym.in_(names))
        .group_by(CASE_STATE.c.case_id)
        .subquery()
    )
    rows = connection.execute(
        sa.select(CASE.c.pseudonym, CASE_STATE, ANALYSIS.c.number, CASE_KEY.c.secret)
        .join(newest, newest.c.id == CASE_STATE.c.id)
        .join(CASE, CASE.c.id == CASE_STATE.c.case_id)
        .join(ANALYSIS, ANALYSIS.c.id == CASE_STATE.c.analysis_id)
        .outerjoin(CASE_KEY, CASE_KEY.c.case_id == CASE.c.id)
    )
    for row in rows:
        secret = None if row.secret is None else bytes(row.secret)
        yield (
            row.pseudonym,
            _Standing(row.case_id, row.basis_id, row.analysis_id, row.run_id, row.number, secret),
        )
