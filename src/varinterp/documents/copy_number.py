"""`copy_number.json`: a family's called copy numbers as they were assessed.

The document carries `schema_version`; an older one is lifted step by step when it is read. Of it,
``case.json`` holds what the ranking pairs with small alleles (`carried`); the rest is not stored in
the registry, and reanalysis assesses no copy number again.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from varinterp.documents.reading import Lifts, parse, pretty, refused_as, schema_of
from varinterp.files import write_text
from varinterp.model.canonical import to_object
from varinterp.model.carried_copy import CarriedCopy
from varinterp.model.case import ReleaseLabel
from varinterp.model.copy_number_assessment import CopyNumberAssessment
from varinterp.model.copy_number_facts import Carrier, Hit

SCHEMA_VERSION = 1

LIFTS: Lifts = MappingProxyType({})
"""One function per past version, from that version to the next."""


@dataclass(frozen=True, slots=True)
class CalledCopyNumber:
    """An assessment, and who in the family was called with it or without."""

    assessment: CopyNumberAssessment
    calls: tuple[tuple[str, Carrier], ...]


@dataclass(frozen=True, slots=True)
class CopyNumbers:
    """A family's copy numbers, most pathogenic first.

    `given` is False where no copy-number VCF was given: nothing was assessed then, which is not the
    same as nothing found. `records` counts those of the files and `set_aside` what was left out, by
    reason; `called` counts the proband's losses and gains.
    """

    case: str
    given: bool
    records: int = 0
    set_aside: tuple[tuple[str, int], ...] = ()
    called: int = 0
    found: tuple[CalledCopyNumber, ...] = ()
    releases: tuple[ReleaseLabel, ...] = ()
    without: tuple[str, ...] = ()


def carried(copies: CopyNumbers) -> tuple[CarriedCopy, ...]:
    """Return those that touch an exon of a gene, in genome order, as the ranking reads them."""
    found = (
        CarriedCopy(
            copy_number=each.assessment.copy_number,
            genes=tuple(
                sorted({g.hgnc for g in each.assessment.genes if g.hit is not Hit.INTRONIC})
            ),
            held=each.assessment.machine,
            points=each.assessment.points,
            calls=each.calls,
            constructed=each.assessment.constructed,
        )
        for each in copies.found
    )
    return tuple(sorted((each for each in found if each.genes), key=lambda c: c.copy_number))


class CopyNumberDocument(BaseModel):
    """The document as stored; `without` names the sources that the lock has no release of."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    schema_version: Annotated[int, Field(ge=1)]
    case: str
    given: bool
    records: int
    set_aside: tuple[tuple[str, int], ...]
    called: int
    found: tuple[CalledCopyNumber, ...]
    releases: tuple[ReleaseLabel, ...]
    without: tuple[str, ...]


def dump_copy_numbers(copies: CopyNumbers) -> str:
    """Return the document's text: sorted keys, two-space indent, a final newline."""
    return pretty({"schema_version": SCHEMA_VERSION, **to_object(copies)})


def write_copy_numbers(copies: CopyNumbers, path: Path) -> None:
    """Write `copy_number.json` atomically."""
    write_text(path, dump_copy_numbers(copies))


def load_copy_numbers(text: str | bytes, name: str = "copy_number.json") -> CopyNumbers:
    """Read a document of this or any past version; raise ReleaseError when it is not one.

    The error says where the document is wrong, never what it holds there.
    """
    with refused_as(f"{name} is no copy-number document"):
        raw = parse(text, name, SCHEMA_VERSION, LIFTS)
        document = CopyNumberDocument.model_validate_json(json.dumps(raw), strict=True)
    return CopyNumbers(
        case=document.case,
        given=document.given,
        records=document.records,
        set_aside=document.set_aside,
        called=document.called,
        found=document.found,
        releases=document.releases,
        without=document.without,
    )


def read_copy_numbers(path: Path) -> CopyNumbers:
    """Read `copy_number.json`."""
    return load_copy_numbers(path.read_bytes(), path.name)


def copy_number_schema() -> str:
    """Return the JSON Schema, as `docs/reference/schemas/copy_number.schema.json` holds it."""
    return schema_of(CopyNumberDocument)
