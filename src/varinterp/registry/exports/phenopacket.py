"""A case as a Phenopacket of GA4GH schema version 2 (Jacobsen 2022, PMID 35705716).

Ids are pseudonyms. Diseases and classes are those that people signed; what the program proposes
is left out, because a disease under an interpretation reads as a diagnosis.
"""

from datetime import date
from typing import Any

from phenopackets.schema import v2

from varinterp.model.diagnosis import DiagnosticLevel
from varinterp.registry.exports.interpretation import Progress, interpreted, progress
from varinterp.registry.exports.packet_parts import (
    CLASS,
    as_text,
    descriptor,
    disease_name,
    features,
    individual,
    meta_data,
    onset,
    ontology_class,
    unnamed_disease,
)
from varinterp.registry.exports.permission import Export, require
from varinterp.registry.exports.record import Subject
from varinterp.registry.exports.variant_view import VariantView, variant_views


def phenopacket(subject: Subject, on: date) -> str:
    """Return a case as of a day, as protobuf JSON; raise InputError without consent."""
    require(subject, Export.PHENOPACKET, on)
    document = subject.document
    case = document.case
    packet = v2.Phenopacket(
        id=f"{case.id}.{case.analysis}",
        subject=individual(case.family.proband),
        phenotypic_features=features(subject.phenotype, dict(document.term_names)),
        interpretations=_interpretations(subject, _signed(subject)),
        diseases=_diseases(subject),
    )
    packet.meta_data.CopyFrom(meta_data(packet, document.releases, on))
    return as_text(packet)


def _signed(subject: Subject) -> tuple[str, ...]:
    """The diseases of the signed diagnosis, then those of other signed findings."""
    diagnosis = subject.record.diagnosis
    named = () if diagnosis is None else diagnosis.diseases
    found = [view.disease for view in variant_views(subject) if view.disease is not None]
    return tuple(dict.fromkeys((*named, *found)))


def _confirmed(subject: Subject) -> tuple[str, ...]:
    diagnosis = subject.record.diagnosis
    if diagnosis is None or diagnosis.level is not DiagnosticLevel.CONFIRMED:
        return ()
    return diagnosis.diseases


def _diseases(subject: Subject) -> list[Any]:
    """Return what is confirmed; an onset is of it when that is one disease, else of one unnamed."""
    named = [v2.Disease(term=_disease(subject, disease)) for disease in _confirmed(subject)]
    began = onset(subject.phenotype, subject.document.term_names)
    if began is None:
        return named
    if len(named) != 1:
        return [*named, unnamed_disease(began)]
    named[0].onset.CopyFrom(began)
    return named


def _interpretations(subject: Subject, diseases: tuple[str, ...]) -> list[Any]:
    case = subject.record.case
    if not diseases:
        return [v2.Interpretation(id=f"{case}.1", progress_status=progress(subject).value)]
    return [
        v2.Interpretation(
            id=f"{case}.{number}",
            progress_status=_progress(subject, disease).value,
            diagnosis=v2.Diagnosis(
                disease=_disease(subject, disease),
                genomic_interpretations=[
                    _genomic(subject, view)
                    for view in variant_views(subject)
                    if view.disease == disease
                ],
            ),
        )
        for number, disease in enumerate(diseases, start=1)
    ]


def _progress(subject: Subject, disease: str) -> Progress:
    """A disease that only a finding names is no diagnosis, however far the case is."""
    diagnosis, reached = subject.record.diagnosis, progress(subject)
    if diagnosis is not None and disease in diagnosis.diseases:
        return reached
    return Progress.IN_PROGRESS if reached is Progress.IN_PROGRESS else Progress.COMPLETED


def _genomic(subject: Subject, view: VariantView) -> Any:
    return v2.GenomicInterpretation(
        subject_or_biosample_id=subject.document.case.family.proband_id,
        interpretation_status=interpreted(subject, view).value,
        variant_interpretation=v2.VariantInterpretation(
            acmg_pathogenicity_classification=CLASS[view.finding.value],
            variation_descriptor=descriptor(view),
        ),
    )


def _disease(subject: Subject, disease: str) -> Any:
    return ontology_class(disease, disease_name(subject.document, disease))
