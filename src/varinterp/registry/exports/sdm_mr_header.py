"""The header of the SDM-MR document: pseudonym, masked identity, author, organisation."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from varinterp import __version__
from varinterp.model.family import Sex
from varinterp.registry.exports.cda import add, concept, day, identifier, templates
from varinterp.registry.exports.record import Subject
from varinterp.registry.exports.sdm_mr_settings import SdmMrSettings
from varinterp.registry.exports.sdm_mr_values import LOINC, SNOMED, Concept

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

TEMPLATES = ("2.16.840.1.113883.2.8.2.1", "1.2.250.1.213.1.1.1.1")
SDM_MR, VERSION = "1.2.250.1.213.1.1.1.30", "2024.01"
_GENDER = "2.16.840.1.113883.5.1"
_SEX = {Sex.FEMALE: ("F", "Féminin"), Sex.MALE: ("M", "Masculin")}


@dataclass(frozen=True, slots=True)
class Issue:
    """One version of a document: its id, its day, and the document that it replaces."""

    number: str
    on: date
    version: int
    replaces: str | None


def header(root: "Element", subject: Subject, settings: SdmMrSettings, issue: Issue) -> None:
    """Append everything before the body, in the order of CDA's schema."""
    _document(root, issue, identifier(subject.record.case, "set"))
    _patient(root, subject, settings)
    _organisation(root, settings, issue.on)
    _service(root, subject)
    if issue.replaces is not None:
        related = add(root, "relatedDocument", typeCode="RPLC")
        add(add(related, "parentDocument"), "id", root=issue.replaces)


def _document(root: "Element", issue: Issue, series: str) -> None:
    add(root, "realmCode", code="FR")
    add(root, "typeId", root="2.16.840.1.113883.1.3", extension="POCD_HD000040")
    templates(root, *TEMPLATES)
    add(root, "templateId", root=SDM_MR, extension=VERSION)
    add(root, "id", root=issue.number)
    add(root, "code", code="34133-9", displayName="Synthèse d'épisode de soins", codeSystem=LOINC)
    add(root, "title", "Set de données minimum maladies rares (SDM-MR) : bloc génétique")
    add(root, "effectiveTime", **day(issue.on))
    add(root, "confidentialityCode", code="N", displayName="Normal",
        codeSystem="2.16.840.1.113883.5.25")  # fmt: skip
    add(root, "languageCode", code="fr-FR")
    add(root, "setId", root=series)
    add(root, "versionNumber", value=str(issue.version))


def _patient(root: "Element", subject: Subject, settings: SdmMrSettings) -> None:
    role = add(add(root, "recordTarget"), "patientRole", classCode="PAT")
    place = settings.pseudonym_root or identifier("pseudonyms")
    add(role, "id", root=place, extension=subject.record.case)
    add(role, "addr", nullFlavor="MSK")
    add(role, "telecom", nullFlavor="MSK")
    patient = add(role, "patient", classCode="PSN")
    name = add(patient, "name")
    add(name, "family", qualifier="BR", nullFlavor="MSK")
    add(name, "given", nullFlavor="MSK")
    sex = _SEX.get(subject.document.case.family.proband.sex)
    if sex is None:
        add(patient, "administrativeGenderCode", nullFlavor="UNK")
    else:
        concept(patient, "administrativeGenderCode", Concept(sex[0], _GENDER, sex[1]))
    add(patient, "birthTime", nullFlavor="MSK")


def _organisation(root: "Element", settings: SdmMrSettings, on: date) -> None:
    """The author is this program, for the organisation that keeps the document."""
    author = add(root, "author")
    add(author, "time", **day(on))
    assigned = add(author, "assignedAuthor")
    add(assigned, "id", root=identifier("varinterp"))
    device = add(assigned, "assignedAuthoringDevice")
    add(device, "softwareName", f"varinterp {__version__}")
    _organisation_of(add(assigned, "representedOrganization"), settings)
    custodian = add(add(root, "custodian"), "assignedCustodian")
    _organisation_of(add(custodian, "representedCustodianOrganization"), settings)


def _organisation_of(parent: "Element", settings: SdmMrSettings) -> None:
    organisation = settings.organisation
    attributes = {"root": organisation.root or identifier("organisation", organisation.name)}
    if organisation.id is not None:
        attributes["extension"] = organisation.id
    add(parent, "id", **attributes)
    add(parent, "name", organisation.name)


def _service(root: "Element", subject: Subject) -> None:
    event = add(add(root, "documentationOf"), "serviceEvent")
    concept(event, "code", Concept("11429006", SNOMED, "consultation"))
    prescription = subject.record.prescription
    start = None if prescription is None else prescription.prescribed_on
    add(add(event, "effectiveTime"), "low", **day(start))
