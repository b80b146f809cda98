"""Phenopackets of GA4GH schema version 2 (Jacobsen 2022, PMID 35705716), as JSON.

A Family is read for its proband's packet. Only the subject's sex, the phenotypic features and the
onset of the disease are used; the rest must be of version 2. How old the subject was when last seen
is no onset, and neither is that of one of the features.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic.alias_generators import to_camel

from varinterp.errors import InputError
from varinterp.model.family import Sex
from varinterp.sources import plain_text
from varinterp.sources.fault_book import MAX_FAULTS, FaultBook, Rule, shown
from varinterp.sources.hpo_onset import ANTENATAL, OnsetInput, onset_of_age
from varinterp.sources.hpo_terms import PatientTerm

RULES: Mapping[str, Rule] = {
    "phenopacket.json": Rule("a JSON object", "export it again"),
    "phenopacket.field": Rule("a Phenopacket of schema version 2", "export it again as version 2"),
}


class _Message(BaseModel):
    """A message of the schema: fields in camelCase or snake_case, none that it does not have."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, alias_generator=to_camel, populate_by_name=True
    )


class _PhenopacketSex(StrEnum):
    """In the order of the schema, which numbers them from 0."""

    UNKNOWN_SEX = "UNKNOWN_SEX"
    FEMALE = "FEMALE"
    MALE = "MALE"
    OTHER_SEX = "OTHER_SEX"


class _OntologyClass(_Message):
    id: str
    label: str = ""


class _Feature(_Message):
    type: _OntologyClass
    excluded: bool = False
    description: str = ""
    severity: Any = None
    modifiers: Any = None
    onset: Any = None
    resolution: Any = None
    evidence: Any = None


class _Individual(_Message):
    id: str
    sex: _PhenopacketSex = _PhenopacketSex.UNKNOWN_SEX
    alternate_ids: Any = None
    date_of_birth: Any = None
    time_at_last_encounter: Any = None
    vital_status: Any = None
    karyotypic_sex: Any = None
    gender: Any = None
    taxonomy: Any = None

    @field_validator("sex", mode="before")
    @classmethod
    def _by_number(cls, value: Any) -> Any:
        """Protobuf's JSON may give the number of a word in its place."""
        words = dict(enumerate(_PhenopacketSex))
        return words.get(value, value) if type(value) is int else value


class _Age(_Message):
    iso8601duration: str = ""


class _TimeElement(_Message):
    """Of its forms, an age and a term are an onset; a date is none without a date of birth."""

    age: _Age | None = None
    ontology_class: _OntologyClass | None = None
    gestational_age: Any = None
    age_range: Any = None
    timestamp: Any = None
    interval: Any = None


class _Disease(_Message):
    term: Any = None
    excluded: bool = False
    onset: _TimeElement | None = None
    resolution: Any = None
    disease_stage: Any = None
    clinical_tnm_finding: Any = None
    primary_site: Any = None
    laterality: Any = None


class _Phenopacket(_Message):
    id: str
    subject: _Individual = Field(default_factory=lambda: _Individual(id=""))
    phenotypic_features: tuple[_Feature, ...] = ()
    meta_data: dict[str, Any]
    measurements: Any = None
    biosamples: Any = None
    interpretations: Any = None
    diseases: tuple[_Disease, ...] = ()
    medical_actions: Any = None
    files: Any = None


@dataclass(frozen=True, slots=True)
class PhenopacketContent:
    """What varinterp uses of a Phenopacket.

    `onset` is that of its disease, None where it gives none that can be used; `onset_unclear` says
    that it gives one in another form, or several.
    """

    sex: Sex
    terms: tuple[PatientTerm, ...]
    onset: OnsetInput | None = None
    onset_unclear: bool = False


_SEX = {_PhenopacketSex.FEMALE: Sex.FEMALE, _PhenopacketSex.MALE: Sex.MALE}


def read_phenopacket(path: Path) -> PhenopacketContent:
    """Read a Phenopacket; raise InputError with all its faults."""
    book = FaultBook(str(path), {**RULES, **plain_text.RULES}, MAX_FAULTS)
    lines = plain_text.read_lines(path, book)
    packet = None if book.rejects else _parse("\n".join(lines), book)
    if packet is None:
        raise InputError(book.faults())
    terms = tuple(
        PatientTerm(
            feature.type.id, feature.excluded, str(path), None, "phenotypicFeatures", number
        )
        for number, feature in enumerate(packet.phenotypic_features, start=1)
    )
    onset, unclear = _onset(packet, str(path))
    return PhenopacketContent(_SEX.get(packet.subject.sex, Sex.UNKNOWN), terms, onset, unclear)


def _onset(packet: _Phenopacket, file: str) -> tuple[OnsetInput | None, bool]:
    """Return the one onset of the diseases, and whether what they say cannot be used."""
    told = [each.onset for each in packet.diseases if each.onset is not None and not each.excluded]
    found = {_term(element) for element in told}
    if len(found) != 1:
        return None, bool(found)
    term = found.pop()
    if term is None:
        return None, True
    return OnsetInput(term, file, None, "diseases.onset"), False


def _term(element: _TimeElement) -> str | None:
    if element.ontology_class is not None:
        return element.ontology_class.id
    if element.gestational_age is not None:
        return ANTENATAL
    return None if element.age is None else onset_of_age(element.age.iso8601duration)


def _parse(text: str, book: FaultBook) -> _Phenopacket | None:
    try:
        document = json.loads(text, object_pairs_hook=_stated)
    except json.JSONDecodeError as error:
        book.add("phenopacket.json", error.msg, error.lineno)
        return None
    except _RepeatedKeyError as error:
        book.add("phenopacket.json", str(error), 1)
        return None
    except (RecursionError, ValueError) as error:
        deep = isinstance(error, RecursionError)
        book.add("phenopacket.json", "objects nested too deep" if deep else "too long a number", 1)
        return None
    if not isinstance(document, dict):
        book.add("phenopacket.json", "no object", 1)
        return None
    try:
        packet = _Phenopacket.model_validate(_of_proband(document))
    except ValidationError as error:
        for problem in error.errors(include_url=False, include_input=False):
            book.add("phenopacket.field", problem["msg"], 1, _place(problem["loc"]))
        return None
    named = map(packet.meta_data.get, ("phenopacketSchemaVersion", "phenopacket_schema_version"))
    version = next((str(each) for each in named if each), "2")
    if not version.startswith("2"):
        book.add("phenopacket.field", f"version {shown(version)}", 1, "metaData")
        return None
    return packet


class _RepeatedKeyError(ValueError):
    """An object has one key twice: which value holds is anybody's guess."""


def _stated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object; protobuf's JSON writes null for what is not there."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _RepeatedKeyError("an object with one key twice")
    return {key: value for key, value in found.items() if value is not None}


def _of_proband(document: dict[str, Any]) -> Any:
    """Return the proband's packet of a Family, anything else as it is."""
    return document["proband"] if {"proband", "pedigree"} <= document.keys() else document


def _place(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location)[:80] or "the whole"
