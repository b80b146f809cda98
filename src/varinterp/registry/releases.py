"""What rests on a release: asked when one is recalled, and before one is removed."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from varinterp.model.assessment import AcmgClass
from varinterp.model.external import laboratory_source
from varinterp.registry.records import Rested
from varinterp.registry.tables import (
    ANALYSIS,
    ASSESSMENT,
    ASSESSMENT_INDEX,
    BASIS_RELEASE,
    CASE,
    CASE_STATE,
    READ_PART,
)

_RELEASES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "consequence": ("vep",),
        "hpo.match": ("hpo", "disease_phenotypes"),
        "transcript": ("mane",),
        "transcript.exon": ("mane",),
        "transcript.start": ("mane",),
        "transcript.gene": ("mane",),
        "gnomad.exon": ("gnomad_exons",),
    }
)


def release_sources(source: str) -> tuple[str, ...]:
    """Return the sources of releases that answer a source of facts, in order.

    Unless it is listed, a source of facts is named after its release: ``gnomad.coverage`` → gnomad.
    """
    own = laboratory_source(source)
    return (own,) if own else _RELEASES.get(source, (source.partition(".")[0],))


def releases_used(connection: sa.Connection) -> frozenset[tuple[str, str]]:
    """Return every (source, release) that a conclusion stood on or a run was to bring it to."""
    columns = (BASIS_RELEASE.c.source, BASIS_RELEASE.c.release)
    return frozenset((row.source, row.release) for row in connection.execute(sa.select(*columns)))


def concluded_from(connection: sa.Connection, source: str, release: str) -> tuple[Rested, ...]:
    """Return what was concluded by reading a release, by case, analysis and version.

    A version counts for each analysis under which its case stood on the release, when it read a
    fact that the release answers. Cases that were erased are not told.
    """
    states = _states(connection, source, release)
    found: dict[tuple[str, int, int], Rested] = {}
    for state, current in states:
        for row in _standing_versions(connection, state):
            if not _read(row, source):
                continue
            place = (state.pseudonym, state.number, row.assessment_id)
            if place not in found or current:
                found[place] = _rested(state, row, current)
    return tuple(found[place] for place in sorted(found))


def _states(connection: sa.Connection, source: str, release: str) -> list[tuple[Any, bool]]:
    """Return each state on a basis with the release, and whether it is its case's last."""
    newest = sa.select(sa.func.max(CASE_STATE.c.id)).group_by(CASE_STATE.c.case_id)
    last = set(connection.scalars(newest))
    rows = connection.execute(
        sa.select(
            CASE_STATE.c.id,
            CASE_STATE.c.case_id,
            CASE_STATE.c.analysis_id,
            ANALYSIS.c.number,
            CASE.c.pseudonym,
        )
        .join(ANALYSIS, ANALYSIS.c.id == CASE_STATE.c.analysis_id)
        .join(CASE, CASE.c.id == CASE_STATE.c.case_id)
        .join(BASIS_RELEASE, BASIS_RELEASE.c.basis_id == CASE_STATE.c.basis_id)
        .where(BASIS_RELEASE.c.source == source, BASIS_RELEASE.c.release == release)
        .order_by(CASE_STATE.c.id)
    )
    return [(row, row.id in last) for row in rows]


def _standing_versions(connection: sa.Connection, state: Any) -> list[Any]:
    """Return the versions that stood under a state's analysis, with the sources that they read."""
    rules, gene = READ_PART.alias("rules_read"), READ_PART.alias("gene_read")
    later = ASSESSMENT.alias("later")
    superseded = sa.exists().where(
        later.c.case_id == ASSESSMENT.c.case_id,
        later.c.token == ASSESSMENT.c.token,
        later.c.id > ASSESSMENT.c.id,
        later.c.analysis_id <= state.analysis_id,
    )
    return list(
        connection.execute(
            sa.select(
                ASSESSMENT_INDEX,
                rules.c.sources.label("rules_sources"),
                gene.c.sources.label("gene_sources"),
            )
            .join(ASSESSMENT, ASSESSMENT.c.id == ASSESSMENT_INDEX.c.assessment_id)
            .join(rules, rules.c.id == ASSESSMENT_INDEX.c.rules_part)
            .join(gene, gene.c.id == ASSESSMENT_INDEX.c.gene_part)
            .where(
                ASSESSMENT.c.case_id == state.case_id,
                ASSESSMENT.c.analysis_id <= state.analysis_id,
                ~superseded,
            )
        )
    )


def _read(row: Any, source: str) -> bool:
    told = f"{row.rules_sources},{row.gene_sources},{row.sources}".split(",")
    return any(source in release_sources(each) for each in told if each)


def _rested(state: Any, row: Any, current: bool) -> Rested:
    return Rested(
        case=state.pseudonym,
        analysis=state.number,
        allele=row.allele,
        gene=row.gene,
        disease=row.disease,
        machine_class=AcmgClass(row.machine_points),
        signed_class=None if row.signed_class is None else AcmgClass(row.signed_class),
        current=current,
    )
