"""An assessment as the registry keeps it: canonical text and digests, and back again."""

import json
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from varinterp.documents.case import SCHEMA_VERSION
from varinterp.errors import StageError
from varinterp.model.assessment import Assessment, AssessmentKey
from varinterp.model.canonical import canonical, digest
from varinterp.model.case import CaseResult
from varinterp.model.reads import Read

_ADAPTER = TypeAdapter(Assessment)


@dataclass(frozen=True, slots=True)
class Content:
    """An assessment, made ready to be stored before the database is locked."""

    assessment: Assessment
    key_digest: str
    document: str
    digest: str
    reads: tuple[Read, ...]
    reads_digest: str

    @classmethod
    def of(cls, assessment: Assessment) -> "Content":
        """Compute everything that is stored of an assessment."""
        reads = tuple(sorted(assessment.reads))
        return cls(
            assessment=assessment,
            key_digest=key_digest(assessment.key),
            document=canonical(assessment),
            digest=assessment.digest,
            reads=reads,
            reads_digest=digest(reads),
        )


@dataclass(frozen=True, slots=True)
class Registration:
    """An analysis that is ready to be written: checked, and its digests computed."""

    result: CaseResult
    document_digest: str
    recorded_at: datetime
    contents: tuple[Content, ...]


def key_digest(key: AssessmentKey) -> str:
    """Return the digest that stands for a key in indexes: alleles may be thousands of bases."""
    return digest(str(key))


def load_assessment(document: str, content_digest: str, schema_version: int) -> Assessment:
    """Read a stored document back; raise StageError when it was altered or is of a later schema.

    An assessment's own form is the same in every version so far.
    """
    if schema_version > SCHEMA_VERSION:
        raise StageError(
            f"a stored assessment has schema version {schema_version}; "
            f"this varinterp reads up to {SCHEMA_VERSION}"
        )
    try:
        if digest(json.loads(document)) != content_digest:
            raise StageError("a stored assessment does not match its digest; restore the registry")
        return _ADAPTER.validate_json(document)
    except (ValueError, ValidationError):
        # the cause would quote the document
        raise StageError("a stored assessment cannot be read; restore the registry") from None
