"""The genetic block of the SDM-MR document: a CDA R2 document whose identity is masked.

CI-SIS volet SDM-MR 2024.01 (template 1.2.250.1.213.1.1.1.30, LOINC 34133-9). The registry knows
pseudonyms alone; the hospital's own system fills the patient's identity in, or takes the section
``Diagnostics MR`` over into its document.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from lxml import etree

from varinterp import __version__
from varinterp.registry.exports.cda import (
    HL7,
    NAMESPACES,
    add,
    concept,
    day,
    identifier,
    narrative,
    observation,
    serialised,
    templates,
    typed,
)
from varinterp.registry.exports.disease_codes import DiseaseCodes
from varinterp.registry.exports.permission import Export, require
from varinterp.registry.exports.record import Subject
from varinterp.registry.exports.sdm_mr_checks import require_sound
from varinterp.registry.exports.sdm_mr_diagnosis import DiagnosisBlock, Entry, diagnosis_blocks
from varinterp.registry.exports.sdm_mr_header import Issue, header
from varinterp.registry.exports.sdm_mr_settings import SdmMrSettings
from varinterp.registry.exports.sdm_mr_values import (
    ENTRIES,
    LOINC,
    SNOMED,
    TA_ASIP,
    Concept,
)

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_ACT = (
    "2.16.840.1.113883.10.20.1.27",
    "1.3.6.1.4.1.19376.1.5.3.1.4.5.1",
    "1.3.6.1.4.1.19376.1.5.3.1.4.5.2",
    "1.2.250.1.213.1.1.3.39",
)
_PROBLEM = (
    "2.16.840.1.113883.10.20.1.28",
    "1.3.6.1.4.1.19376.1.5.3.1.4.5",
    "1.2.250.1.213.1.1.3.37",
)


@dataclass(frozen=True, slots=True)
class SdmMrDocument:
    """What is written: the document's id, and its bytes."""

    id: str
    content: bytes


def sdm_mr(
    subject: Subject,
    codes: DiseaseCodes,
    settings: SdmMrSettings,
    on: date,
    *,
    version: int = 1,
    replaces: str | None = None,
) -> SdmMrDocument:
    """Write a case's document as of a day; `replaces` is the id of the one that it corrects.

    Raises InputError for a case without consent or without what the volet requires.
    """
    require(subject, Export.SDM_MR, on)
    blocks = diagnosis_blocks(subject, codes, settings)
    case = subject.record.case
    number = identifier(case, on.isoformat(), str(version), repr(blocks))
    root = etree.Element(f"{{{HL7}}}ClinicalDocument", nsmap=NAMESPACES)
    header(root, subject, settings, Issue(number, on, version, replaces))
    body = add(add(root, "component"), "structuredBody")
    _dossier(body, subject, on)
    _diagnoses(body, subject, blocks)
    diagnosis = subject.record.diagnosis
    undiagnosed = diagnosis is not None and diagnosis.undiagnosed
    require_sound(root, settings.gene_system, undiagnosed=undiagnosed)
    return SdmMrDocument(number, serialised(root))


def _dossier(body: "Element", subject: Subject, on: date) -> None:
    case, prescription = subject.record.case, subject.record.prescription
    created = None if prescription is None else prescription.prescribed_on
    section = _section(body, "1.2.250.1.213.1.1.2.66", identifier(case, "dossier-section"))
    concept(section, "code", Concept("GEN-168", TA_ASIP, "Dossier"))
    add(section, "title", "Dossier MR du patient")
    releases = ", ".join(
        f"{each.source} {each.release} ({each.licence})"
        + (" : données construites" if each.constructed else "")
        for each in subject.document.releases
    )
    narrative(section, [
        ("Identifiant du dossier", case, "dossier"),
        ("Date de la dernière mise à jour du dossier", on.isoformat(), "dossier_date_maj"),
        ("Logiciel", f"varinterp {__version__}", None),
        ("Versions des références", releases or "aucune", None),
    ])  # fmt: skip
    for code, name, anchor, when in (
        ("GEN-164", "Date de création", "dossier", created),
        ("GEN-165", "Date de mise à jour", "dossier_date_maj", on),
    ):
        said = observation(
            add(section, "entry"),
            Concept(code, TA_ASIP, name),
            anchor,
            identifier(case, code),
            when,
        )
        typed(add(said, "value", **day(when)), "TS")


def _section(body: "Element", template: str, id_: str, *others: str) -> "Element":
    section = add(add(body, "component"), "section")
    templates(section, *others, template)
    add(section, "id", root=id_)
    return section


def _diagnoses(body: "Element", subject: Subject, blocks: tuple[DiagnosisBlock, ...]) -> None:
    case = subject.record.case
    section = _section(
        body, "1.2.250.1.213.1.1.2.129", identifier(case, "diagnoses"),
        "1.3.6.1.4.1.19376.1.5.3.1.3.3",
    )  # fmt: skip
    concept(section, "code", Concept("46241-6", LOINC, "Diagnostic d'admission à l'hôpital"))
    add(section, "title", "Diagnostics MR")
    rows: list[tuple[str, str, str | None]] = []
    for number, block in enumerate(blocks, start=1):
        rows.append(("Maladie rare", _disease_text(block), f"maladie-{number}"))
        rows += [
            (ENTRIES[entry.code].name, _text(entry), _anchor(number, place))
            for place, entry in enumerate(block.entries, start=1)
        ]
    narrative(section, rows)
    for number, block in enumerate(blocks, start=1):
        _diagnosis(section, case, number, block)


def _diagnosis(section: "Element", case: str, number: int, block: DiagnosisBlock) -> None:
    act = add(add(section, "entry"), "act", classCode="ACT", moodCode="EVN")
    templates(act, *_ACT)
    add(act, "id", root=identifier(case, "act", str(number)))
    add(act, "code", nullFlavor="NA")
    add(act, "statusCode", code="active")
    add(act, "effectiveTime", nullFlavor="NA")
    link = add(act, "entryRelationship", typeCode="SUBJ", inversionInd="false")
    problem = add(link, "observation", classCode="OBS", moodCode="EVN")
    templates(problem, *_PROBLEM)
    add(problem, "id", root=identifier(case, "problem", str(number)))
    concept(problem, "code", Concept("282291009", SNOMED, "interprétation diagnostique"))
    add(add(problem, "text"), "reference", value=f"#maladie-{number}")
    add(problem, "statusCode", code="completed")
    add(add(problem, "effectiveTime"), "low", **day(block.since))
    _disease(problem, block, f"#maladie-{number}")
    for place, entry in enumerate(block.entries, start=1):
        _entry(problem, entry, _anchor(number, place), identifier(case, str(number), str(place)))


def _disease(problem: "Element", block: DiagnosisBlock, anchor: str) -> None:
    if block.disease is not None:
        value = typed(concept(problem, "value", block.disease), "CD")
    else:
        flavour = "UNK" if block.translation is None else "OTH"
        value = typed(add(problem, "value", nullFlavor=flavour), "CD")
    add(add(value, "originalText"), "reference", value=anchor)
    if block.translation is not None:
        concept(value, "translation", block.translation)


def _entry(problem: "Element", entry: Entry, anchor: str, id_: str) -> None:
    link = add(problem, "entryRelationship", typeCode="REFR", inversionInd="true")
    said = observation(link, ENTRIES[entry.code], anchor, id_, entry.observed_on)
    if entry.concept is not None:
        typed(concept(said, "value", entry.concept), "CD")
    elif entry.months is not None:
        typed(add(said, "value", value=str(entry.months), unit="mo"), "PQ")
    else:
        typed(add(said, "value", entry.text), "ST")


def _anchor(number: int, place: int) -> str:
    return f"diagnostic-{number}-{place}"


def _disease_text(block: DiagnosisBlock) -> str:
    return block.name if block.disease is None else f"{block.name} (ORPHA:{block.disease.code})"


def _text(entry: Entry) -> str:
    if entry.concept is not None:
        return f"{entry.concept.name or entry.concept.code} ({entry.concept.code})"
    return f"{entry.months} mois" if entry.months is not None else str(entry.text)
