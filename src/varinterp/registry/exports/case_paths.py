"""The paths that a field of a case may be filled from."""

from collections.abc import Iterable, Mapping
from datetime import date

from varinterp.model.consent import ConsentAnswer, ConsentScope, answer
from varinterp.model.diagnosis import DiagnosticLevel
from varinterp.model.family import Role, Sex
from varinterp.model.milestone import LifePeriod, Milestone, MilestoneKind
from varinterp.model.sequencing import Technique
from varinterp.registry.exports.interpretation import Progress, progress
from varinterp.registry.exports.profile_path import (
    CODE,
    TEXT,
    Context,
    FieldType,
    Plain,
    SourcePath,
    mappings,
    one,
    one_word,
    words_of,
)
from varinterp.registry.exports.record import Appreciation


def _sequenced(at: Context) -> str:
    """``proband+father+mother``: who of the closest was sequenced."""
    family = at.subject.document.case.family
    roles = {family.role(person) for person in family.sequenced}
    return "+".join(role for role in Role if role in roles)


def _orpha(at: Context) -> Iterable[str]:
    diagnosis = at.subject.record.diagnosis
    for disease in () if diagnosis is None else diagnosis.diseases:
        exact = at.codes.exact(disease)
        if exact is not None and exact.code is not None:
            yield exact.code


def _diseases(at: Context) -> tuple[str, ...]:
    diagnosis = at.subject.record.diagnosis
    return () if diagnosis is None else diagnosis.diseases


def _level(at: Context) -> DiagnosticLevel | None:
    diagnosis = at.subject.record.diagnosis
    return None if diagnosis is None else diagnosis.level


def _since(at: Context) -> date | None:
    diagnosis = at.subject.record.diagnosis
    return None if diagnosis is None else diagnosis.valid_from


def _granted(at: Context) -> Iterable[str]:
    record, proband = at.subject.record, at.subject.document.case.family.proband_id
    for scope in ConsentScope:
        if answer(record.consents, proband, scope, at.on) is ConsentAnswer.GRANTED:
            yield scope.value


def _coverages(at: Context) -> Iterable[float]:
    proband = at.subject.document.case.family.proband_id
    for sample in at.subject.record.samples:
        if sample.person == proband and sample.coverage is not None:
            yield sample.coverage.mean


def _releases(at: Context) -> Iterable[str]:
    return (f"{each.source} {each.release}" for each in at.subject.document.releases)


def _age(kind: MilestoneKind, meaning: str) -> dict[str, SourcePath]:
    def said(at: Context) -> Milestone:
        return at.subject.record.milestone(kind)

    return {
        f"age.{kind}": one_word(meaning, LifePeriod, lambda at: said(at).period),
        f"age.{kind}.months": one(
            FieldType.INTEGER, f"{meaning}, in completed months", lambda at: said(at).months
        ),
    }


def _prescribed(name: str, kind: FieldType, meaning: str) -> SourcePath:
    def read(at: Context) -> Plain | None:
        prescription = at.subject.record.prescription
        value = None if prescription is None else getattr(prescription, name)
        reference = getattr(value, "id", value)
        return reference if reference is None or isinstance(reference, date) else str(reference)

    return one(kind, meaning, read)


CASE_PATHS: Mapping[str, SourcePath] = {
    "case.id": one(TEXT, "the case's pseudonym", lambda at: at.subject.record.case),
    "case.analysis": one(
        FieldType.INTEGER, "number of the analysis", lambda at: at.subject.document.case.analysis
    ),
    "case.sex": one_word(
        "the proband's sex", Sex, lambda at: at.subject.document.case.family.proband.sex
    ),
    "case.consanguineous": one(
        FieldType.BOOLEAN,
        "the parents are stated to be consanguineous",
        lambda at: at.subject.document.case.family.consanguineous,
    ),
    "case.sequenced": one(TEXT, "who of the family was sequenced", _sequenced),
    "case.software": one(
        TEXT,
        "version of varinterp that concluded",
        lambda at: at.subject.document.versions.get("varinterp"),
    ),
    "case.releases": SourcePath(TEXT, "reference releases that were read", _releases),
    "consent.granted": SourcePath(
        CODE, "scopes that the proband granted", _granted, words_of(ConsentScope)
    ),
    "phenotype.observed": SourcePath(
        CODE, "HPO terms seen", lambda at: at.subject.phenotype.observed
    ),
    "phenotype.excluded": SourcePath(
        CODE, "HPO terms looked for and not seen", lambda at: at.subject.phenotype.excluded
    ),
    **_age(MilestoneKind.FIRST_SIGNS, "age at first signs"),
    **_age(MilestoneKind.CLINICAL_DIAGNOSIS, "age at clinical diagnosis"),
    **_age(MilestoneKind.GENETIC_DIAGNOSIS, "age at genetic diagnosis"),
    "diagnosis.appreciation": one_word(
        "the diagnosis that the patient came with, as the centre judged it",
        Appreciation,
        lambda at: at.subject.record.appreciation,
    ),
    "diagnosis.level": one_word(
        "diagnostic level, a signed act",
        DiagnosticLevel,
        _level,
    ),
    "diagnosis.date": one(
        FieldType.DATE,
        "day from which the level holds",
        _since,
    ),
    "diagnosis.progress": one_word(
        "progress in the words of the Phenopacket schema",
        Progress,
        lambda at: progress(at.subject),
    ),
    "diagnosis.diseases": SourcePath(CODE, "diseases as signed", _diseases),
    "diagnosis.orpha": SourcePath(CODE, "ORPHAcodes that say exactly the diseases", _orpha),
    "diagnosis.orpha_mapping": SourcePath(
        TEXT,
        "ORPHAcodes of the diseases with their relation and Mondo's release",
        lambda at: mappings(at, _diseases(at)),
    ),
    "prescription.id": _prescribed("id", TEXT, "reference of the prescription"),
    "prescription.date": _prescribed("prescribed_on", FieldType.DATE, "day of the prescription"),
    "prescription.pre_indication": _prescribed("pre_indication", TEXT, "pre-indication"),
    "prescription.meeting_before": _prescribed(
        "meeting_before", TEXT, "reference of the meeting before"
    ),
    "prescription.meeting_after": _prescribed(
        "meeting_after", TEXT, "reference of the meeting after"
    ),
    "prescription.report": _prescribed("report", TEXT, "reference of the laboratory's report"),
    "sample.technique": SourcePath(
        CODE,
        "techniques of the proband's samples",
        lambda at: at.subject.techniques,
        words_of(Technique),
    ),
    "sample.mean_coverage": SourcePath(
        FieldType.DECIMAL, "mean depth of the proband's samples, in reads", _coverages
    ),
}
"""Paths that a field of the case may name."""
