"""The codes of the SDM-MR document's genetic block: entries, value sets, terminologies.

CI-SIS volet SDM-MR 2024.01 of the French digital health agency (ANS); value sets
JDV_StatutActuelDiagnostic, JDV_Age, JDV_AppreciationDiagnosticCentre, JDV_TechniquesDiagnostic and
JDV_CasSporadiqueFamilial of October 2024.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from varinterp.model.milestone import LifePeriod
from varinterp.registry.exports.record import Appreciation

SNOMED = "2.16.840.1.113883.6.96"
LOINC = "2.16.840.1.113883.6.1"
TA_ASIP = "1.2.250.1.213.1.1.4.322"
ORPHA_DISEASES = "1.2.250.1.213.2.49.1"
ORPHA_GROUPS = "1.2.250.1.213.2.49.2"
HPO = "1.2.250.1.213.2.51"
ICD10 = "2.16.840.1.113883.6.3"
OMIM = "2.16.840.1.113883.6.174"
SYSTEM_NAMES = {
    SNOMED: "SNOMED CT",
    LOINC: "LOINC",
    TA_ASIP: "TA_ASIP",
    ORPHA_DISEASES: "JDV_Orpha_Maladies",
    ORPHA_GROUPS: "JDV_Orpha_Groupes-Maladies",
    HPO: "HPO",
    ICD10: "CIM-10",
    OMIM: "OMIM",
}
UNDIAGNOSED_CODE = "616874"
NULL_FLAVORS = frozenset({"UNK", "NA", "NASK", "ASKU", "NI", "NAV", "MSK", "OTH"})
_ICD10 = r"[A-Z]\d{2}(\.?[0-9A-Z+*-]{1,4})?"


@dataclass(frozen=True, slots=True)
class Concept:
    """A code of a terminology with its French name."""

    code: str
    system: str
    name: str


def _set(*concepts: Concept) -> Mapping[str, Concept]:
    return {concept.code: concept for concept in concepts}


STATUSES = _set(
    Concept("385651009", SNOMED, "en cours d'exécution"),
    Concept("42425007", SNOMED, "équivoque"),
    Concept("255545003", SNOMED, "diagnostic définitif"),
    Concept("24800002", SNOMED, "porteur(-euse) sain(e)"),
    Concept("723511001", SNOMED, "réfuté"),
)
AGES: Mapping[LifePeriod, Concept] = {
    LifePeriod.NO_SIGN: Concept("MED-1288", TA_ASIP, "Aucun signe"),
    LifePeriod.FETAL: Concept("303112003", SNOMED, "période fœtale"),
    LifePeriod.NEONATAL: Concept("255407002", SNOMED, "néonatal"),
    LifePeriod.LIFETIME: Concept(
        "767023003", SNOMED, "période de la vie entre la naissance et la mort"
    ),
    LifePeriod.POSTMORTEM: Concept("303113008", SNOMED, "période postmortem"),
    LifePeriod.UNDETERMINED: Concept("373068000", SNOMED, "indéterminé(e)"),
}
APPRECIATIONS: Mapping[Appreciation, Concept] = {
    Appreciation.ABSENT: Concept("2667000", SNOMED, "absent"),
    Appreciation.INADEQUATE: Concept("71978007", SNOMED, "inadéquat"),
    Appreciation.ADEQUATE: Concept("88323005", SNOMED, "adéquat"),
}
TECHNIQUES = _set(
    Concept("MED-081", TA_ASIP, "Chromosomique (caryotype, FISH)"),
    Concept("MED-082", TA_ASIP, "ACPA"),
    Concept("MED-083", TA_ASIP, "Analyse moléculaire ciblée (1 ou plusieurs gènes)"),
    Concept("MED-084", TA_ASIP, "Analyse pangénomique"),
    Concept("GEN-092.04.17", TA_ASIP, "Autre technique"),
)
FAMILIAL = _set(
    Concept("75741005", SNOMED, "sporadique"),
    Concept("255401001", SNOMED, "familial"),
)
ENTRIES = _set(
    Concept("MED-072", TA_ASIP, "Statut actuel du diagnostic"),
    Concept("MED-1284", TA_ASIP, "Description clinique"),
    Concept("MED-073", TA_ASIP, "Cas sporadique ou familial"),
    Concept("PAT-013", TA_ASIP, "Age aux premiers signes"),
    Concept("PAT-014", TA_ASIP, "Précision de l'âge aux premiers signes"),
    Concept("MED-071", TA_ASIP, "Appréciation du diagnostic à l'entrée du centre"),
    Concept("PAT-062", TA_ASIP, "Age au diagnostic clinique"),
    Concept("PAT-063", TA_ASIP, "Précision de l'âge au diagnostic clinique"),
    Concept("PAT-064", TA_ASIP, "Age au diagnostic génétique"),
    Concept("PAT-065", TA_ASIP, "Précision de l'âge au diagnostic génétique"),
    Concept("MED-1286", TA_ASIP, "Technique sur laquelle repose le diagnostic génétique"),
    Concept("MED-552", TA_ASIP, "Gène"),
    Concept("MED-1287", TA_ASIP, "Autres descriptions génétiques"),
)
"""The entries of a diagnosis, in the order of the volet."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """How often an entry stands in a diagnosis, and the codes of each terminology it may hold.

    `systems` maps a terminology to the pattern of its codes; it is empty for a number or a text,
    whose type is `kind` (``PQ`` in months, ``ST``).
    """

    most_one: bool
    required: bool
    kind: str
    systems: Mapping[str, re.Pattern[str]]


def _codes(concepts: Iterable[Concept]) -> dict[str, re.Pattern[str]]:
    by_system: dict[str, list[str]] = {}
    for concept in concepts:
        by_system.setdefault(concept.system, []).append(re.escape(concept.code))
    return {system: re.compile("|".join(codes)) for system, codes in by_system.items()}


def allowed_entries(gene_system: str) -> Mapping[str, Allowed]:
    """Return what each entry of a diagnosis may hold; `gene_system` is HGNC's OID as set.

    The field list says that MED-071 is optional and the schematron that it is required.
    """
    ages = _codes(AGES.values())
    months = Allowed(True, False, "PQ", {})
    clinical = {
        HPO: re.compile(r"HP:\d{7}"),
        ORPHA_GROUPS: re.compile(r"[1-9]\d{0,6}"),
        ICD10: re.compile(_ICD10),
    }
    return {
        "MED-072": Allowed(True, True, "CD", _codes(STATUSES.values())),
        "MED-1284": Allowed(False, False, "CD", clinical),
        "MED-073": Allowed(True, False, "CD", _codes(FAMILIAL.values())),
        "PAT-013": Allowed(True, True, "CD", ages),
        "PAT-014": months,
        "MED-071": Allowed(True, True, "CD", _codes(APPRECIATIONS.values())),
        "PAT-062": Allowed(True, True, "CD", ages),
        "PAT-063": months,
        "PAT-064": Allowed(True, True, "CD", ages),
        "PAT-065": months,
        "MED-1286": Allowed(False, False, "CD", _codes(TECHNIQUES.values())),
        "MED-552": Allowed(False, False, "CD", {gene_system: re.compile(r"HGNC:[1-9]\d{0,5}")}),
        "MED-1287": Allowed(True, False, "ST", {}),
    }


DISEASES: Mapping[str, re.Pattern[str]] = {
    ORPHA_DISEASES: re.compile(r"[1-9]\d{0,6}"),
    ICD10: re.compile(_ICD10),
}
"""What a diagnosis itself may be coded in."""
