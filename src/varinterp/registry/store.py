"""The registry: one analysis in, conclusions and their history out."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Self

from sqlalchemy import Engine, Select, exists, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from varinterp.errors import Fault, InputError
from varinterp.model.assessment import AssessmentKey
from varinterp.model.case import CaseResult
from varinterp.model.variant import Allele
from varinterp.registry.content import key_digest, load_assessment
from varinterp.registry.database import WRITE, connect, database_name, explained, write_ahead
from varinterp.registry.migrate import upgrade
from varinterp.registry.models import (
    AnalysisRow,
    AssessmentRow,
    CaseRow,
    ConclusionRow,
    ReadReleaseRow,
    ReadRow,
    ReleaseUsedRow,
)
from varinterp.registry.records import Receipt, Recorded, Rested
from varinterp.registry.registration import prepare, register


class Registry:
    """An open registry. It holds no connection between calls; processes may share a file."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, url: str) -> Self:
        """Open ``sqlite:///<path>``, creating or migrating it.

        Raises InputError for another kind of URL, StageError for a file that cannot be used.
        """
        engine = connect(url)
        with explained(engine):
            write_ahead(engine)
            upgrade(engine)
        return cls(engine)

    def register(self, result: CaseResult, document_digest: str, recorded_at: datetime) -> Receipt:
        """Record an analysis whole, in one transaction; the same one again writes nothing.

        `document_digest` is the SHA-256 of its ``case.json``. Raises InputError when the number
        is taken by another content, comes before the last one, or the case is not the same case.
        """
        registration = prepare(result, document_digest, recorded_at)
        with self._session(write=True) as session:
            return register(session, registration)

    def current(self, case: str) -> tuple[Recorded, ...]:
        """Return what the last analysis of a case concluded, in genome order.

        Raises InputError when no case of that pseudonym is registered.
        """
        with self._session() as session:
            last = session.scalar(
                select(AnalysisRow.id)
                .join(CaseRow, CaseRow.id == AnalysisRow.case_id)
                .where(CaseRow.pseudonym == case)
                .order_by(AnalysisRow.number.desc())
                .limit(1)
            )
            if last is None:
                raise InputError([_unknown_case(database_name(self._engine))])
            rows = select(AssessmentRow).where(
                AssessmentRow.id.in_(
                    select(ConclusionRow.assessment_id).where(ConclusionRow.analysis_id == last)
                )
            )
            return tuple(sorted(_recorded(session, rows), key=_genome_order))

    def latest(self, case: str) -> tuple[int, str] | None:
        """Return number and document digest of a case's last analysis, or None."""
        with self._session() as session:
            found = session.execute(
                select(AnalysisRow.number, AnalysisRow.document_digest)
                .join(CaseRow, CaseRow.id == AnalysisRow.case_id)
                .where(CaseRow.pseudonym == case)
                .order_by(AnalysisRow.number.desc())
                .limit(1)
            ).first()
        return None if found is None else (found.number, found.document_digest)

    def history(self, key: AssessmentKey) -> tuple[Recorded, ...]:
        """Return every version of the conclusion on a key, oldest first; none when unknown."""
        with self._session() as session:
            rows = select(AssessmentRow).where(AssessmentRow.key_digest == key_digest(key))
            return tuple(_recorded(session, rows.order_by(AssessmentRow.id)))

    def assessments_reading(self, source: str, key: str) -> tuple[AssessmentKey, ...]:
        """Return the keys whose current conclusion read a fact, found or absent, in genome order.

        Current means concluded by its case's last analysis. The key `reads.WHOLE` is a key of its
        own: whoever asked whether a source was consulted.
        """
        last = (
            select(func.max(AnalysisRow.number))
            .where(AnalysisRow.case_id == AssessmentRow.case_id)
            .correlate(AssessmentRow)
            .scalar_subquery()
        )
        readers = (
            select(
                CaseRow.pseudonym,
                AssessmentRow.allele,
                AssessmentRow.gene,
                AssessmentRow.disease,
                AssessmentRow.inheritance,
                AssessmentRow.rules,
            )
            .join(CaseRow, CaseRow.id == AssessmentRow.case_id)
            .join(ReadRow, ReadRow.read_set_id == AssessmentRow.read_set_id)
            .join(ConclusionRow, ConclusionRow.assessment_id == AssessmentRow.id)
            .join(AnalysisRow, AnalysisRow.id == ConclusionRow.analysis_id)
            .where(ReadRow.source == source, ReadRow.key == key, AnalysisRow.number == last)
        )
        with self._session() as session:
            keys = [
                AssessmentKey(case, Allele.parse(allele), *rest)
                for case, allele, *rest in session.execute(readers)
            ]
        return tuple(sorted(keys, key=_key_order))

    def releases_used(self) -> frozenset[tuple[str, str]]:
        """Return every (source, release) that an analysis was run with."""
        with self._session() as session:
            rows = session.execute(select(ReleaseUsedRow.source, ReleaseUsedRow.release).distinct())
            return frozenset((source, release) for source, release in rows)

    def concluded_from(self, source: str, release: str) -> tuple[Rested, ...]:
        """Return what was concluded by reading a release, by case, analysis and allele.

        An analysis that was run with the release and read none of its facts for a conclusion does
        not count for that conclusion.
        """
        last = (
            select(func.max(AnalysisRow.number))
            .where(AnalysisRow.case_id == AssessmentRow.case_id)
            .correlate(AssessmentRow)
            .scalar_subquery()
        )
        read_it = exists().where(
            ReadRow.read_set_id == AssessmentRow.read_set_id,
            ReadRow.source == ReadReleaseRow.source,
            ReadReleaseRow.analysis_id == AnalysisRow.id,
            ReadReleaseRow.release_source == source,
        )
        conclusions = (
            select(CaseRow.pseudonym, AnalysisRow.number, AssessmentRow, last)
            .join(ConclusionRow, ConclusionRow.analysis_id == AnalysisRow.id)
            .join(AssessmentRow, AssessmentRow.id == ConclusionRow.assessment_id)
            .join(CaseRow, CaseRow.id == AnalysisRow.case_id)
            .join(ReleaseUsedRow, ReleaseUsedRow.analysis_id == AnalysisRow.id)
            .where(ReleaseUsedRow.source == source, ReleaseUsedRow.release == release, read_it)
            .order_by(CaseRow.pseudonym, AnalysisRow.number, AssessmentRow.id)
        )
        with self._session() as session:
            return tuple(
                Rested(
                    case=case,
                    analysis=number,
                    allele=row.allele,
                    gene=row.gene,
                    disease=row.disease,
                    machine_class=row.machine_points,
                    signed_class=row.signed_class,
                    current=number == newest,
                )
                for case, number, row, newest in session.execute(conclusions)
            )

    @contextmanager
    def _session(self, write: bool = False) -> Iterator[Session]:
        engine = self._engine.execution_options(**WRITE) if write else self._engine
        with explained(self._engine), Session(engine, autoflush=False) as session, session.begin():
            yield session


def _recorded(session: Session, rows: Select[tuple[AssessmentRow]]) -> Iterator[Recorded]:
    loaded = rows.options(
        joinedload(AssessmentRow.analysis),
        selectinload(AssessmentRow.conclusions).joinedload(ConclusionRow.analysis),
    )
    for row in session.scalars(loaded):
        yield Recorded(
            id=row.id,
            assessment=load_assessment(row.document, row.content_digest, row.schema_version),
            digest=row.content_digest,
            analyses=tuple(sorted(conclusion.analysis.number for conclusion in row.conclusions)),
            recorded_at=row.analysis.recorded_at,
            supersedes=row.supersedes_id,
        )


def _key_order(key: AssessmentKey) -> tuple[int, str]:
    return (key.allele.key, str(key))


def _genome_order(recorded: Recorded) -> tuple[int, str]:
    return _key_order(recorded.assessment.key)


def _unknown_case(registry: str) -> Fault:
    return Fault(
        rule="registry.unknown_case",
        file=registry,
        found="a name that no registered case has",
        expected="the pseudonym of a registered case",
        advice="take it from the name of the family's results folder",
    )
