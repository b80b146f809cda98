"""The registry: analyses and moves in; conclusions, their history and their reads out."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Self

import sqlalchemy as sa

from varinterp.errors import InputError
from varinterp.model.archive import CaseState, Located, Moved, NewRun, ReadBatch, RunRecord
from varinterp.model.assessment import AssessmentKey
from varinterp.model.basis import Basis
from varinterp.model.case import Case, CaseResult, ReleaseLabel
from varinterp.model.event import Event
from varinterp.model.facts import Rule
from varinterp.model.reads import FactsView
from varinterp.model.variant import Allele
from varinterp.registry import bases, chain, erasure, history, moves, releases, runs, states
from varinterp.registry.analyses import REANALYSIS
from varinterp.registry.batch import Batch, opened
from varinterp.registry.database import connect, reading, write_ahead, writing
from varinterp.registry.history import CaseReader
from varinterp.registry.migrate import upgrade
from varinterp.registry.records import ChainReport, Receipt, Recorded, Rested
from varinterp.registry.refusals import explained
from varinterp.registry.registration import prepare, register
from varinterp.registry.tables import ANALYSIS, BATCH, CASE

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray

WORKFLOW = "workflow"
"""The author of what the workflow registers; people have names of their own."""


class Registry:
    """An open registry. It holds no connection between calls; processes may share a database.

    `as_of` is a moment of recording: what was recorded later is not seen.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, url: str) -> Self:
        """Open ``sqlite:///<path>`` or ``postgresql+psycopg://…``, creating or migrating it.

        Raises InputError for another kind of URL, StageError for a database that cannot be used.
        """
        engine = connect(url)
        with explained(engine):
            write_ahead(engine)
            upgrade(engine)
        return cls(engine)

    @contextmanager
    def session(self) -> Iterator[sa.Connection]:
        """Open a transaction that reads: all of it sees one state."""
        with (
            explained(self._engine),
            reading(self._engine).connect() as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def batch(self, kind: str, author: str, at: datetime) -> Iterator[Batch]:
        """Open a transaction that writes: one link of the hash chain, there whole or not at all."""
        with (
            explained(self._engine),
            writing(self._engine).connect() as connection,
            connection.begin(),
            opened(connection, kind, author, at) as batch,
        ):
            yield batch

    def register(
        self,
        result: CaseResult,
        document_digest: str,
        recorded_at: datetime,
        *,
        rules: Mapping[str, Rule],
    ) -> Receipt:
        """Record an analysis whole, in one transaction; the same one again writes nothing.

        `document_digest` is the SHA-256 of its ``case.json``, `rules` those in force. Raises
        InputError when the number is taken by another content, comes before the last one, the case
        is another or was erased, or the analysis stands on releases that a run has left
        (`registration`).
        """
        ready = prepare(result, document_digest, rules)
        with self.batch("analysis", WORKFLOW, recorded_at) as batch:
            return register(batch, ready)

    def open_run(self, run: NewRun, at: datetime) -> int:
        """Record that a run of the reanalysis begins; return its id."""
        with self.batch("run", run.author, at) as batch:
            return runs.open_run(batch, run)

    def close_run(self, run_id: int, counts: Mapping[str, int], at: datetime) -> None:
        """Record that a run ended, and what it counted."""
        with self.batch("run_end", REANALYSIS, at) as batch:
            runs.close_run(batch, run_id, counts)

    def runs(self) -> tuple[RunRecord, ...]:
        """Return every run in the order of their beginning."""
        with self.session() as connection:
            return runs.runs(connection)

    def move(
        self,
        run_id: int,
        moved: Sequence[Moved],
        unmoved: Sequence[str],
        basis: Basis,
        rules: Mapping[str, Rule],
        at: datetime,
    ) -> None:
        """Bring cases to a run's target in one transaction, each whole, with its events.

        A case that the run has brought there is left alone, so that a run that was cut off may be
        repeated. Raises InternalError for a move that contradicts itself or the registry.
        """
        ready = [moves.ReadyMove.of(each) for each in moved]
        with self.batch("move", REANALYSIS, at) as batch:
            moves.move(batch, run_id, ready, unmoved, basis, rules)

    def states(self, as_of: datetime | None = None) -> tuple[CaseState, ...]:
        """Return where every case stands, erased ones too, in order of pseudonym."""
        with self.session() as connection:
            return states.states(connection, history.horizon(connection, as_of))

    def case(self, pseudonym: str, as_of: datetime | None = None) -> Case:
        """Return a case as its last analysis has it; raise InputError when it cannot be read."""
        with self._reader(pseudonym, as_of) as reader:
            return reader.picture().picture.case

    def result(self, pseudonym: str, as_of: datetime | None = None) -> CaseResult:
        """Rebuild a case from its records.

        Where nothing moved since an analysis was registered, it is that analysis to the byte.
        """
        with self._reader(pseudonym, as_of) as reader:
            return reader.result()

    def current(self, case: str, as_of: datetime | None = None) -> tuple[Recorded, ...]:
        """Return the conclusions of a case that stand, in genome order.

        Raises InputError when no case of that pseudonym is registered, or it was erased.
        """
        with self._reader(case, as_of) as reader:
            return reader.current()

    def current_of(self, pseudonym: str, alleles: Collection[Allele]) -> tuple[Recorded, ...]:
        """Return the conclusions that stand on some alleles of a case, in genome order."""
        with self._reader(pseudonym, None) as reader:
            return reader.current(alleles)

    def history(self, key: AssessmentKey) -> tuple[Recorded, ...]:
        """Return every version of the conclusion on a key, oldest first; none when unknown."""
        try:
            with self._reader(key.case, None) as reader:
                return reader.history(key)
        except InputError:
            return ()

    def latest(self, case: str) -> tuple[int, str | None] | None:
        """Return number and document digest of a case's last analysis, or None."""
        found = self.documents(case)
        return found[-1] if found else None

    def analysed(self) -> Mapping[str, int]:
        """Return the number of every case's last analysis of the workflow, by pseudonym."""
        with self.session() as connection:
            return states.last_full(connection)

    def documents(self, case: str) -> tuple[tuple[int, str | None], ...]:
        """Return number and document digest of every analysis of a case, in order.

        An analysis of a run that exported no document has no digest.
        """
        with self.session() as connection:
            rows = connection.execute(
                sa.select(ANALYSIS.c.number, ANALYSIS.c.document_digest)
                .join(CASE, CASE.c.id == ANALYSIS.c.case_id)
                .where(CASE.c.pseudonym == case)
                .order_by(ANALYSIS.c.number)
            )
            return tuple((row.number, row.document_digest) for row in rows)

    def rules_of(self, basis: Basis) -> Mapping[str, Rule]:
        """Return the rules in force on a basis that something was concluded on."""
        with self.session() as connection:
            return bases.rules_of(connection, basis)

    def labels_of(self, basis: Basis) -> tuple[ReleaseLabel, ...]:
        """Return the labels of a basis's releases, in order of source."""
        with self.session() as connection:
            return bases.labels_of(connection, basis)

    def facts_of(self, *recorded: Recorded) -> FactsView:
        """Return the facts that versions read, by source and key, as they were read."""
        with self.session() as connection:
            return history.facts_of(connection, recorded)

    def reads_after(self, assessment_id: int) -> Iterator[ReadBatch]:
        """Return the reads of every version that was recorded after one, in order of version."""
        from varinterp.registry import reads  # noqa: PLC0415 (numpy: dearer than a registration)

        with self.session() as connection:
            yield from reads.reads_after(connection, assessment_id)

    def located(self, assessment_ids: "NDArray[int64]") -> tuple[Located, ...]:
        """Return those of some versions that stand today, in order of their ids."""
        from varinterp.registry import reads  # noqa: PLC0415

        with self.session() as connection:
            return reads.located(connection, assessment_ids)

    def events(
        self, run: int | None = None, case: str | None = None, as_of: datetime | None = None
    ) -> tuple[tuple[int, int, datetime, Event], ...]:
        """Return (event id, run id, moment, event), in the order of recording."""
        with self.session() as connection:
            return states.events(connection, history.horizon(connection, as_of), run, case)

    def releases_used(self) -> frozenset[tuple[str, str]]:
        """Return every (source, release) that a conclusion stood on or a run was to bring it to."""
        with self.session() as connection:
            return releases.releases_used(connection)

    def concluded_from(self, source: str, release: str) -> tuple[Rested, ...]:
        """Return what was concluded by reading a release, by case, analysis and version."""
        with self.session() as connection:
            return releases.concluded_from(connection, source, release)

    def erase(self, case: str, at: datetime, author: str) -> None:
        """Destroy a case's key and purge its indexes; nothing of it can be read any more."""
        with self.batch("erasure", author, at) as batch:
            erasure.erase(batch, case, author)
        with explained(self._engine):
            erasure.sweep(self._engine)

    def identity(self) -> str:
        """Return what tells this registry from any other: its first link's hash, or nothing yet."""
        with self.session() as connection:
            return connection.scalar(sa.select(BATCH.c.hash).where(BATCH.c.id == 1)) or ""

    def verify(self) -> ChainReport:
        """Compute every row's seal and every link of the hash chain again, then the indexes."""
        with self.session() as connection:
            return chain.verify(connection)

    @contextmanager
    def _reader(self, case: str, as_of: datetime | None) -> Iterator[CaseReader]:
        with self.session() as connection:
            up_to = history.horizon(connection, as_of)
            yield CaseReader(connection, case, up_to)
