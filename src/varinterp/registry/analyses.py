"""The rows of analyses: written with the state that they leave a case in, and read back."""

from collections.abc import Mapping
from datetime import UTC
from typing import Any

import sqlalchemy as sa

from varinterp.documents.case import SCHEMA_VERSION
from varinterp.registry.batch import Batch
from varinterp.registry.content import StoredPicture
from varinterp.registry.payload import CaseKey
from varinterp.registry.records import Receipt
from varinterp.registry.tables import ANALYSIS, ASSESSMENT, BATCH, CASE_STATE
from varinterp.registry.versions import standing, versions

FULL = "full"
"""An analysis of the workflow."""

REANALYSIS = "reanalysis"
"""An analysis of a run."""


def write_analysis(
    batch: Batch, key: CaseKey, analysis: Mapping[str, Any], picture: str, run_id: int | None
) -> int:
    """Write an analysis and the case's state on its basis; return the analysis's row id."""
    row = {**analysis, "case_id": key.case_id, "run_id": run_id, "schema_version": SCHEMA_VERSION}
    (analysis_id,) = batch.add_private(ANALYSIS, key, [(row, picture)])
    batch.add(
        CASE_STATE,
        {
            "case_id": key.case_id,
            "basis_id": analysis["basis_id"],
            "analysis_id": analysis_id,
            "run_id": run_id,
        },
    )
    return analysis_id


def read_picture(key: CaseKey, row: Any) -> StoredPicture:
    """Return the picture that an analysis's row holds."""
    text = key.unlock(ANALYSIS.name, row.id, bytes(row.payload))
    return StoredPicture.load(text, row.schema_version)


def receipt(batch: Batch, case: str, analysis_id: int) -> Receipt:
    """Count what an analysis wrote; the same on the day and ever after."""
    row = batch.connection.execute(
        sa.select(ANALYSIS, BATCH.c.recorded_at.label("at"))
        .outerjoin(BATCH, BATCH.c.id == ANALYSIS.c.batch_id)
        .where(ANALYSIS.c.id == analysis_id)
    ).one()
    history = versions(batch.connection, ASSESSMENT, row.case_id, row.batch_id)
    earlier = {version.token for version in history if version.analysis_id < analysis_id}
    written = {v.token for v in history if v.analysis_id == analysis_id and v.content is not None}
    return Receipt(
        case=case,
        analysis=row.number,
        document_digest=row.document_digest,
        recorded_at=row.at or batch.at.astimezone(UTC),  # its own batch's link is not written yet
        first=len(written - earlier),
        changed=len(written & earlier),
        unchanged=len(standing(history).keys() - written),
    )
