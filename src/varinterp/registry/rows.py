"""Writing an analysis's rows, inside the caller's write transaction."""

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from varinterp.documents.case import SCHEMA_VERSION
from varinterp.model.canonical import to_json
from varinterp.model.external import laboratory_source
from varinterp.model.variant import signed
from varinterp.registry.content import Content, Registration
from varinterp.registry.models import (
    AnalysisRow,
    AssessmentRow,
    CaseRow,
    ConclusionRow,
    ReadReleaseRow,
    ReadRow,
    ReadSetRow,
    ReleaseUsedRow,
)

_RELEASES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "consequence": ("vep",),
        "hpo.match": ("hpo", "disease_phenotypes"),
        "transcript": ("mane",),
        "transcript.exon": ("mane",),
    }
)


def write_analysis(session: Session, case: CaseRow, registration: Registration) -> AnalysisRow:
    """Write an analysis that is not there yet, with everything that it concluded and used."""
    result = registration.result
    analysis = AnalysisRow(
        case_id=case.id,
        number=result.case.analysis,
        document_digest=registration.document_digest,
        software=result.versions.get("varinterp"),
        versions=to_json(result.versions),
        recorded_at=registration.recorded_at,
    )
    session.add(analysis)
    session.flush()
    _write_releases(session, analysis, registration)
    _write_conclusions(session, analysis, registration.contents)
    session.flush()
    return analysis


def release_sources(source: str) -> tuple[str, ...]:
    """Return the sources of releases that answer a source of facts, in order.

    Unless it is listed, a source of facts is named after its release: ``gnomad.coverage`` → gnomad.
    """
    own = laboratory_source(source)
    return (own,) if own else _RELEASES.get(source, (source.partition(".")[0],))


def _write_releases(session: Session, analysis: AnalysisRow, registration: Registration) -> None:
    labels = registration.result.releases
    session.add_all(
        ReleaseUsedRow(
            analysis_id=analysis.id,
            source=label.source,
            release=label.release,
            date=label.date,
            url=label.url,
            licence=label.licence,
            constructed=label.constructed,
            note=label.note,
        )
        for label in labels
    )
    session.flush()
    used = {label.source for label in labels}
    read = {read.source for content in registration.contents for read in content.reads}
    session.add_all(
        ReadReleaseRow(analysis_id=analysis.id, source=source, release_source=release)
        for source in sorted(read)
        for release in release_sources(source)
        if release in used
    )


def _write_conclusions(
    session: Session, analysis: AnalysisRow, contents: tuple[Content, ...]
) -> None:
    """Write a new version where the content differs from the last, and point at it or the last."""
    latest = _latest_versions(session, analysis.case_id)
    for content in contents:
        before, before_digest = latest.get(content.key_digest, (None, None))
        if before_digest != content.digest:
            row = _assessment(content, analysis, _read_set(session, content))
            row.supersedes_id = before
            session.add(row)
            session.flush()
            latest[content.key_digest] = (row.id, content.digest)
    session.add_all(
        ConclusionRow(
            analysis_id=analysis.id,
            key_digest=content.key_digest,
            assessment_id=latest[content.key_digest][0],
        )
        for content in contents
    )


def _latest_versions(session: Session, case_id: int) -> dict[str, tuple[int, str]]:
    """Return the last version of each key of a case: its id and its content's digest."""
    versions = session.execute(
        select(AssessmentRow.key_digest, AssessmentRow.id, AssessmentRow.content_digest)
        .where(AssessmentRow.case_id == case_id)
        .order_by(AssessmentRow.id)
    )
    return {key: (row_id, content) for key, row_id, content in versions}


def _assessment(content: Content, analysis: AnalysisRow, read_set_id: int) -> AssessmentRow:
    assessment = content.assessment
    key, decided = assessment.key, assessment.signed
    return AssessmentRow(
        analysis_id=analysis.id,
        case_id=analysis.case_id,
        key_digest=content.key_digest,
        allele=key.allele.id,
        allele_key=signed(key.allele.key),
        gene=key.gene,
        disease=key.disease,
        inheritance=key.inheritance,
        rules=key.rules,
        content_digest=content.digest,
        points=assessment.points,
        posterior=assessment.posterior,
        machine_points=assessment.machine.points,
        machine_richards2015=assessment.machine.richards2015,
        machine_acgs=assessment.machine.acgs,
        external=to_json(assessment.external),
        signed_class=decided and decided.value,
        signed_reader1=decided and decided.reader1,
        signed_reader2=decided and decided.reader2,
        signed_date=decided and decided.date,
        schema_version=SCHEMA_VERSION,
        document=content.document,
        read_set_id=read_set_id,
    )


def _read_set(session: Session, content: Content) -> int:
    """Return the id of a set of reads, writing the set when it is new."""
    known = session.scalar(select(ReadSetRow.id).where(ReadSetRow.digest == content.reads_digest))
    if known is not None:
        return known
    new = ReadSetRow(digest=content.reads_digest)
    session.add(new)
    session.flush()
    reads = [
        {
            "read_set_id": new.id,
            "source": read.source,
            "key": read.key,
            "kind": read.kind,
            "value_digest": read.digest,
        }
        for read in content.reads
    ]
    if reads:
        session.execute(insert(ReadRow), reads)
    return new.id
