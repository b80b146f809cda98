"""`case.json`: the immutable export of one analysis.

The document carries `schema_version`; an older one is lifted step by step when it is read. Facts
are stored by source and key, and read back into the type that their source declares.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from varinterp.errors import ReleaseError
from varinterp.files import write_text
from varinterp.model.assessment import Assessment
from varinterp.model.canonical import Json, to_json
from varinterp.model.case import (
    Candidate,
    Case,
    CaseResult,
    RankedHypothesis,
    ReleaseLabel,
    StageCount,
)
from varinterp.model.facts import ALL_FACTS

SCHEMA_VERSION = 1

LIFTS: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = MappingProxyType({})
"""One function per past version, from that version to the next."""

_FACT_TYPES = {fact.source: TypeAdapter(fact.type) for fact in ALL_FACTS}


class CaseDocument(BaseModel):
    """The document as it is on disk."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    schema_version: Annotated[int, Field(ge=1)]
    case: Case
    candidates: tuple[Candidate, ...]
    assessments: tuple[Assessment, ...]
    ranking: tuple[RankedHypothesis, ...]
    facts: dict[str, dict[str, Any]]
    releases: tuple[ReleaseLabel, ...]
    versions: dict[str, str]
    counts: tuple[StageCount, ...]
    warnings: tuple[str, ...]


def dump_case(result: CaseResult) -> str:
    """Return the document's text: sorted keys, two-space indent, a final newline."""
    facts: dict[str, dict[str, Json]] = {}
    for (source, key), value in sorted(result.facts.items()):
        facts.setdefault(source, {})[key] = to_json(value)
    document = {
        "schema_version": SCHEMA_VERSION,
        "case": to_json(result.case),
        "candidates": to_json(result.candidates),
        "assessments": to_json(result.assessments),
        "ranking": to_json(result.ranking),
        "facts": facts,
        "releases": to_json(result.releases),
        "versions": to_json(result.versions),
        "counts": to_json(result.counts),
        "warnings": to_json(result.warnings),
    }
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def write_case(result: CaseResult, path: Path) -> None:
    """Write `case.json` atomically."""
    write_text(path, dump_case(result))


def load_case(text: str | bytes, name: str = "case.json") -> CaseResult:
    """Read a document of this or any past version; raise ReleaseError when it is not one."""
    try:
        raw = json.loads(text)
        document = CaseDocument.model_validate_json(json.dumps(_lift(raw, name)))
        facts = {
            (source, key): _FACT_TYPES[source].validate_json(json.dumps(value))
            for source, values in document.facts.items()
            for key, value in values.items()
        }
    except (ValueError, KeyError, ValidationError) as error:
        raise ReleaseError(f"{name} is not a case document of a known version: {error}") from error
    return CaseResult(
        case=document.case,
        candidates=document.candidates,
        assessments=document.assessments,
        ranking=document.ranking,
        facts=facts,
        releases=document.releases,
        versions=document.versions,
        counts=document.counts,
        warnings=document.warnings,
    )


def read_case(path: Path) -> CaseResult:
    """Read `case.json`."""
    return load_case(path.read_bytes(), path.name)


def _lift(raw: dict[str, Any], name: str) -> dict[str, Any]:
    version = int(raw.get("schema_version", 0))
    while version != SCHEMA_VERSION:
        if version not in LIFTS:
            raise ReleaseError(
                f"{name} has schema version {version}; this varinterp reads up to {SCHEMA_VERSION}"
            )
        raw = LIFTS[version](raw)
        version = int(raw["schema_version"])
    return raw
