"""What is stored of a conclusion, a candidate and a case: texts made ready before the lock."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from varinterp.documents.case import SCHEMA_VERSION, read_fact
from varinterp.errors import InternalError, StageError
from varinterp.model.archive import CasePicture
from varinterp.model.assessment import Assessment
from varinterp.model.canonical import canonical, digest_of_text
from varinterp.model.case import Candidate
from varinterp.model.facts import JOINT, PHENOTYPE_FIT
from varinterp.model.reads import FactsView
from varinterp.model.variant import Allele
from varinterp.registry.parts import Parts
from varinterp.registry.payload import pack

_ASSESSMENT = TypeAdapter(Assessment)
_CANDIDATE = TypeAdapter(Candidate)
_PICTURE = TypeAdapter(CasePicture)
_OWN_SOURCES = frozenset({JOINT.source, PHENOTYPE_FIT.source, "assessment", "gate"})

_READABLE = range(3, SCHEMA_VERSION + 1)
"""Versions that are read as they were written: what version 4 added has a value for *not said*."""


@dataclass(frozen=True, slots=True)
class Content:
    """An assessment or a candidate, made ready: its key's text, its digest, what is encrypted."""

    key: str
    digest: str
    packed: bytes


@dataclass(frozen=True, slots=True)
class Conclusion(Content):
    """An assessment with what its index holds, and the shared values that it read, by digest."""

    assessment: Assessment
    parts: Parts
    shared: Mapping[str, Any]


def is_own(source: str) -> bool:
    """Whether a source's facts tell of one patient: they are kept with the assessment."""
    return source.startswith("case.") or source in _OWN_SOURCES


def conclusion(assessment: Assessment, facts: FactsView) -> Conclusion:
    """Make an assessment ready, with those of the facts that it read which are the patient's."""
    document = canonical(assessment)
    own: dict[str, dict[str, Any]] = {}
    shared: dict[str, Any] = {}
    for read in assessment.reads:
        value = None if read.digest is None else facts.get((read.source, read.key))
        if value is None or read.digest is None:
            continue
        if is_own(read.source):
            own.setdefault(read.source, {})[read.key] = value
        else:
            shared[read.digest] = value
    return Conclusion(
        key=str(assessment.key),
        digest=digest_of_text(document),
        packed=pack(f"{document}\n{canonical(own)}"),
        assessment=assessment,
        parts=Parts.of(assessment.reads),
        shared=shared,
    )


def candidate_content(candidate: Candidate) -> Content:
    """Make a candidate ready."""
    document = canonical(candidate)
    key = candidate_key(candidate.allele, candidate.consequence.hgnc)
    return Content(key, digest_of_text(document), pack(document))


def candidate_key(allele: Allele, gene: str) -> str:
    """Return what a candidate is known by: an allele that lies in two genes is one in each."""
    return f"{allele}@{gene}"


def candidate_order(candidate: Candidate) -> tuple[int, str, str]:
    """Order candidates as they are found: along the genome, then by gene."""
    return (candidate.allele.key, str(candidate.allele), candidate.consequence.hgnc)


def value_text(digest: str, value: Any) -> str:
    """Return a value's text; raise InternalError when it is not the one that was read."""
    text = canonical(value)
    if digest_of_text(text) != digest:
        raise InternalError("a fact is not the value that the assessment read")
    return text


def load_conclusion(text: str, schema_version: int) -> tuple[Assessment, str]:
    """Read an assessment and the text of its own facts back."""
    _check_version(schema_version)
    document, _, own = text.partition("\n")
    return _load(_ASSESSMENT, document), own


def load_candidate(text: str, schema_version: int) -> Candidate:
    """Read a candidate back."""
    _check_version(schema_version)
    candidate: Candidate = _load(_CANDIDATE, text)
    return candidate


def load_own_facts(text: str) -> dict[tuple[str, str], Any]:
    """Read the facts back that stood beside an assessment."""
    return _facts(json.loads(text))


def load_fact(source: str, text: str) -> Any:
    """Read a value back into the type that its source declares."""
    try:
        return read_fact(source, json.loads(text))
    except (ValueError, ValidationError):
        raise StageError(f"a stored value of {source} cannot be read") from None


@dataclass(frozen=True, slots=True)
class StoredPicture:
    """A picture as it is kept, with what an analysis said in another order than ours.

    `assessments` and `candidates` are keys in the analysis's order, empty where it is the
    registry's; `facts` are those that no assessment read.
    """

    picture: CasePicture
    assessments: tuple[str, ...]
    candidates: tuple[str, ...]
    facts: FactsView

    def text(self) -> str:
        """Return the text that is encrypted."""
        kept: dict[str, dict[str, Any]] = {}
        for (source, key), value in self.facts.items():
            kept.setdefault(source, {})[key] = value
        return canonical(
            {
                "picture": self.picture,
                "assessments": self.assessments,
                "candidates": self.candidates,
                "facts": kept,
            }
        )

    @classmethod
    def load(cls, text: str, schema_version: int) -> "StoredPicture":
        """Read it back."""
        _check_version(schema_version)
        stored = json.loads(text)
        return cls(
            picture=_load(_PICTURE, json.dumps(stored["picture"])),
            assessments=tuple(stored["assessments"]),
            candidates=tuple(stored["candidates"]),
            facts=_facts(stored["facts"]),
        )


def _facts(stored: dict[str, dict[str, Any]]) -> dict[tuple[str, str], Any]:
    return {
        (source, key): read_fact(source, value)
        for source, values in stored.items()
        for key, value in values.items()
    }


def _load(adapter: TypeAdapter[Any], text: str) -> Any:
    try:
        return adapter.validate_json(text, strict=True)
    except ValidationError:
        # the cause would quote the document
        raise StageError("a stored document cannot be read; restore the registry") from None


def _check_version(schema_version: int) -> None:
    if schema_version not in _READABLE:
        raise StageError(
            f"a stored document has schema version {schema_version}; "
            f"this varinterp reads {_READABLE[0]} to {SCHEMA_VERSION}"
        )
