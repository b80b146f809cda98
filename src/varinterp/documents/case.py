"""`case.json`: the immutable export of one analysis.

The document carries `schema_version`; an older one is lifted step by step when it is read. Facts
are stored by source and key, and read back into the type that their source declares.
"""

import json
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from varinterp.documents.lifts import LIFTS, PREDICTIONS_OF_1, RepeatOf2
from varinterp.documents.reading import parse, pretty, refused_as, schema_of
from varinterp.files import write_text
from varinterp.model.assessment import PRIOR, Assessment
from varinterp.model.canonical import Json, to_json
from varinterp.model.carried_copy import CarriedCopy
from varinterp.model.case import (
    Candidate,
    Case,
    CaseResult,
    PhenotypeScore,
    RankedHypothesis,
    ReleaseLabel,
    StageCount,
)
from varinterp.model.curation import CURATED
from varinterp.model.evidence import Reason
from varinterp.model.external import MITOMAP, LaboratoryAssertion, laboratory_source
from varinterp.model.facts import ALL_FACTS, REPEAT, Repeat, Rule
from varinterp.model.panel import Panel

SCHEMA_VERSION = 4

_FACT_TYPES = {
    **{fact.source: TypeAdapter[Any](fact.type) for fact in (*ALL_FACTS, *CURATED, PRIOR, MITOMAP)},
    PREDICTIONS_OF_1: TypeAdapter[Any](dict[str, float | None]),
    REPEAT.source: TypeAdapter[Any](Repeat | RepeatOf2),
}
_LABORATORY = TypeAdapter[Any](LaboratoryAssertion)


class CaseDocument(BaseModel):
    """The document as it is on disk."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    schema_version: Annotated[int, Field(ge=1)]
    case: Case
    candidates: tuple[Candidate, ...]
    assessments: tuple[Assessment, ...]
    ranking: tuple[RankedHypothesis, ...]
    phenotypes: dict[str, PhenotypeScore]
    term_names: dict[str, str]
    facts: dict[str, dict[str, Any]]
    releases: tuple[ReleaseLabel, ...]
    versions: dict[str, str]
    counts: tuple[StageCount, ...]
    warnings: tuple[Reason, ...]
    panels: tuple[Panel, ...] = ()
    ranked_by: dict[str, Rule] = Field(default={})
    copy_numbers: tuple[CarriedCopy, ...] = ()


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
        "phenotypes": to_json(result.phenotypes),
        "term_names": to_json(result.term_names),
        "facts": facts,
        "releases": to_json(result.releases),
        "versions": to_json(result.versions),
        "counts": to_json(result.counts),
        "warnings": to_json(result.warnings),
        "panels": to_json(result.panels),
        "ranked_by": to_json(result.ranked_by),
        "copy_numbers": to_json(result.copy_numbers),
    }
    return pretty(document)


def write_case(result: CaseResult, path: Path) -> None:
    """Write `case.json` atomically."""
    write_text(path, dump_case(result))


def load_case(text: str | bytes, name: str = "case.json") -> CaseResult:
    """Read a document of this or any past version; raise ReleaseError when it is not one.

    The error says where the document is wrong, never what it holds there.
    """
    with refused_as(f"{name} is not a case document"):
        raw = parse(text, name, SCHEMA_VERSION, LIFTS)
        document = CaseDocument.model_validate_json(json.dumps(raw), strict=True)
        facts = {
            (source, key): read_fact(source, value)
            for source, values in document.facts.items()
            for key, value in values.items()
        }
    return CaseResult(
        case=document.case,
        candidates=document.candidates,
        assessments=document.assessments,
        ranking=document.ranking,
        phenotypes=document.phenotypes,
        term_names=document.term_names,
        facts=facts,
        releases=document.releases,
        versions=document.versions,
        counts=document.counts,
        warnings=document.warnings,
        panels=document.panels,
        ranked_by=document.ranked_by,
        copy_numbers=document.copy_numbers,
    )


def read_case(path: Path) -> CaseResult:
    """Read `case.json`."""
    return load_case(path.read_bytes(), path.name)


def case_schema() -> str:
    """Return the document's JSON Schema, as `docs/reference/schemas/case.schema.json` holds it."""
    return schema_of(CaseDocument)


def read_fact(source: str, value: object) -> object:
    """Read a fact into the type that its source declares; raise ValueError when it is not one."""
    adapter = _LABORATORY if laboratory_source(source) else _FACT_TYPES.get(source)
    if adapter is None:
        raise ValueError(f"no source of facts is named {source[:40]!r}")
    return adapter.validate_json(json.dumps(value), strict=True, extra="forbid")
