"""The entries of one rare disease in the SDM-MR document, from signed acts alone.

A disease is written as an ORPHAcode when people signed one or Mondo matches it exactly; a parent's
or a shared code goes into the free text with its relation, and the diagnosis has a null flavour.
"""

from dataclasses import dataclass
from datetime import date

from varinterp.errors import Fault, InputError
from varinterp.model.assessment import PATHOGENIC, AcmgClass
from varinterp.model.diagnosis import UNDIAGNOSED, DiagnosticLevel
from varinterp.model.genotype import Zygosity
from varinterp.model.milestone import Milestone, MilestoneKind
from varinterp.registry.exports.disease_codes import DiseaseCodes
from varinterp.registry.exports.record import Appreciation, Subject
from varinterp.registry.exports.sdm_mr_settings import SdmMrSettings
from varinterp.registry.exports.sdm_mr_values import (
    AGES,
    APPRECIATIONS,
    HPO,
    OMIM,
    ORPHA_DISEASES,
    STATUSES,
    TECHNIQUES,
    UNDIAGNOSED_CODE,
    Concept,
)
from varinterp.registry.exports.variant_view import VariantView, variant_views

_ZYGOSITY = {
    Zygosity.HETEROZYGOUS: "hétérozygote",
    Zygosity.HOMOZYGOUS: "homozygote",
    Zygosity.HEMIZYGOUS: "hémizygote",
}
_CLASS = {
    AcmgClass.BENIGN: "bénin",
    AcmgClass.LIKELY_BENIGN: "probablement bénin",
    AcmgClass.UNCERTAIN: "de signification incertaine",
    AcmgClass.LIKELY_PATHOGENIC: "probablement pathogène",
    AcmgClass.PATHOGENIC: "pathogène",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """An observation of a diagnosis: a coded value, a number of months or a text."""

    code: str
    concept: Concept | None = None
    months: int | None = None
    text: str | None = None
    observed_on: date | None = None


@dataclass(frozen=True, slots=True)
class DiagnosisBlock:
    """One rare disease: its code when it has one, what to say beside it, and its entries.

    `translation` is the code that was signed where there is no exact ORPHAcode for it.
    """

    disease: Concept | None
    translation: Concept | None
    name: str
    since: date | None
    entries: tuple[Entry, ...]


def diagnosis_blocks(
    subject: Subject, codes: DiseaseCodes, settings: SdmMrSettings
) -> tuple[DiagnosisBlock, ...]:
    """Return one block a signed disease; one without a code when no disease is signed."""
    diagnosis = subject.record.diagnosis
    diseases = () if diagnosis is None else diagnosis.diseases
    views = tuple(view for view in variant_views(subject) if view.finding.value in PATHOGENIC)
    if not diseases or diseases == (UNDIAGNOSED,):
        return (_block(subject, codes, settings, (*diseases, None)[0], views),)
    return tuple(
        _block(subject, codes, settings, disease, _explaining(views, disease, codes))
        for disease in diseases
    )


def _explaining(
    views: tuple[VariantView, ...], disease: str, codes: DiseaseCodes
) -> tuple[VariantView, ...]:
    """The findings whose disease is the signed one, or exactly the same in another terminology."""
    return tuple(
        view for view in views if view.disease is not None and _same(view.disease, disease, codes)
    )


def _same(one: str, other: str, codes: DiseaseCodes) -> bool:
    exact = codes.exact(one, other.partition(":")[0])
    return one == other or (exact is not None and exact.code == other)


def _block(
    subject: Subject,
    codes: DiseaseCodes,
    settings: SdmMrSettings,
    disease: str | None,
    views: tuple[VariantView, ...],
) -> DiagnosisBlock:
    diagnosis = subject.record.diagnosis
    name = _name(subject, disease)
    return DiagnosisBlock(
        disease=_orpha(disease, name, codes),
        translation=_translation(disease, name),
        name=name,
        since=None if diagnosis is None or disease is None else diagnosis.valid_from,
        entries=tuple(_entries(subject, codes, settings, disease, views)),
    )


def _orpha(disease: str | None, name: str, codes: DiseaseCodes) -> Concept | None:
    if disease is None:
        return None
    if disease == UNDIAGNOSED:
        return Concept(UNDIAGNOSED_CODE, ORPHA_DISEASES, name)
    exact = codes.exact(disease)
    if exact is None or exact.code is None:
        return None
    return Concept(exact.code.removeprefix("ORPHA:"), ORPHA_DISEASES, name)


def _translation(disease: str | None, name: str) -> Concept | None:
    if disease is None or not disease.startswith("OMIM:"):
        return None
    return Concept(disease.removeprefix("OMIM:"), OMIM, name)


def _name(subject: Subject, disease: str | None) -> str:
    if disease is None:
        return "Maladie rare sans diagnostic signé"
    if disease == UNDIAGNOSED:
        return "Maladie rare sans diagnostic déterminé après investigation complète"
    names = {
        key.disease: each.disease_name
        for each in subject.document.ranking
        for key in each.keys
        if each.disease_name
    }
    return names.get(disease) or disease


def _entries(
    subject: Subject,
    codes: DiseaseCodes,
    settings: SdmMrSettings,
    disease: str | None,
    views: tuple[VariantView, ...],
) -> list[Entry]:
    said, level = subject.record.milestone, _level(subject)
    return [
        Entry("MED-072", STATUSES[settings.statuses[level]]),
        *_clinical(subject),
        *_age("PAT-013", "PAT-014", said(MilestoneKind.FIRST_SIGNS)),
        Entry("MED-071", APPRECIATIONS[_appreciation(subject, settings)]),
        *_age("PAT-062", "PAT-063", said(MilestoneKind.CLINICAL_DIAGNOSIS)),
        *_age("PAT-064", "PAT-065", said(MilestoneKind.GENETIC_DIAGNOSIS)),
        *(
            Entry("MED-1286", TECHNIQUES[technique.code])
            for technique in (subject.techniques if views else ())
        ),
        *_genes(views, settings),
        *_others(views, disease, codes),
    ]


def _level(subject: Subject) -> DiagnosticLevel:
    diagnosis = subject.record.diagnosis
    return DiagnosticLevel.IN_PROGRESS if diagnosis is None else diagnosis.level


def _clinical(subject: Subject) -> list[Entry]:
    names = subject.document.term_names
    days = {each.term: each.observed_on for each in subject.record.observations}
    return [
        Entry("MED-1284", Concept(term, HPO, names.get(term, "")), observed_on=days.get(term))
        for term in subject.phenotype.observed
    ]


def _age(period: str, precision: str, age: Milestone) -> list[Entry]:
    exact = [] if age.months is None else [Entry(precision, months=age.months)]
    return [Entry(period, AGES[age.period]), *exact]


def _appreciation(subject: Subject, settings: SdmMrSettings) -> Appreciation:
    said = subject.record.appreciation or settings.appreciation
    if said is None:
        fault = Fault(
            rule="sdm_mr.appreciation",
            file=subject.record.case,
            column="MED-071",
            found="nothing recorded",
            expected="how the centre judged the diagnosis at entry",
            advice="record it, or set `appreciation` in resources/registry/sdm-mr-v1.yaml",
        )
        raise InputError([fault])
    return said


def _genes(views: tuple[VariantView, ...], settings: SdmMrSettings) -> list[Entry]:
    genes = {view.finding.key.gene: view.symbol for view in views}
    return [
        Entry("MED-552", Concept(gene, settings.gene_system, symbol))
        for gene, symbol in sorted(genes.items())
    ]


def _others(
    views: tuple[VariantView, ...], disease: str | None, codes: DiseaseCodes
) -> list[Entry]:
    said = [_said(view) for view in views]
    if disease is not None and disease != UNDIAGNOSED and codes.exact(disease) is None:
        said.append("; ".join(f"{disease} → {code.text}" for code in codes.of(disease)))
    return [Entry("MED-1287", text=" | ".join(said))] if said else []


def _said(view: VariantView) -> str:
    value = view.finding.value
    parts = (
        view.symbol,
        view.allele.id,
        view.hgvs_c,
        view.hgvs_p,
        _ZYGOSITY.get(view.zygosity),
        f"classe {value.rank} ({_CLASS[value]}), signée le {view.finding.signed_on.isoformat()}",
        "repose sur des données construites" if view.constructed else None,
    )
    return ", ".join(part for part in parts if part)
