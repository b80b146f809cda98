"""The paths that a field of a signed finding may be filled from."""

from collections.abc import Callable, Iterable, Mapping
from enum import Enum

from varinterp.model.assessment import AcmgClass
from varinterp.model.gene_disease import Inheritance
from varinterp.model.genotype import Zygosity
from varinterp.model.variant import BUILD
from varinterp.registry.exports.interpretation import Interpreted, interpreted
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
from varinterp.registry.exports.variant_view import VariantView


def _criteria(at: Context) -> Iterable[str]:
    assessment = at.finding.assessment
    for finding in () if assessment is None else assessment.findings:
        if finding.strength is not None:
            yield f"{finding.criterion}:{finding.strength}"


def _finding_word(
    meaning: str, enum: type[Enum], read: Callable[[VariantView], Plain | None]
) -> SourcePath:
    return one_word(meaning, enum, lambda at: read(at.finding))


def _of_finding(
    kind: FieldType, meaning: str, read: Callable[[VariantView], Plain | None]
) -> SourcePath:
    return one(kind, meaning, lambda at: read(at.finding))


def _machine_class(view: VariantView) -> AcmgClass | None:
    return None if view.assessment is None else view.assessment.machine.points


def _zygosity(view: VariantView) -> str | None:
    return view.zygosity if view.zygosity.carries else None


_CHANGES = ("substitution", "deletion", "insertion", "deletion_insertion")
_ORIGINS = ("de_novo", "maternal", "paternal", "biparental")

FINDING_PATHS: Mapping[str, SourcePath] = {
    "finding.allele": _of_finding(TEXT, "the allele's id", lambda view: view.allele.id),
    "finding.genome": SourcePath(CODE, "reference genome", lambda _: (BUILD,), (BUILD,)),
    "finding.hgvs_g": _of_finding(
        CODE, "genomic name, of substitutions alone", lambda view: view.hgvs_g
    ),
    "finding.hgvs_c": _of_finding(CODE, "name on the transcript", lambda view: view.hgvs_c),
    "finding.hgvs_p": _of_finding(CODE, "name on the protein", lambda view: view.hgvs_p),
    "finding.gene": _of_finding(CODE, "the gene's HGNC id", lambda view: view.finding.key.gene),
    "finding.symbol": _of_finding(TEXT, "the gene's symbol", lambda view: view.symbol),
    "finding.change_type": SourcePath(
        CODE, "type of DNA change", lambda at: (at.finding.change_type,), _CHANGES
    ),
    "finding.zygosity": SourcePath(
        CODE,
        "the proband's zygosity as called",
        lambda at: (_zygosity(at.finding),),
        words_of(Zygosity, Zygosity.REFERENCE, Zygosity.MISSING),
    ),
    "finding.origin": SourcePath(
        CODE, "where the allele comes from", lambda at: (at.finding.origin,), _ORIGINS
    ),
    "finding.source_class": SourcePath(
        CODE, "genomic source: a constitutional analysis", lambda _: ("germline",), ("germline",)
    ),
    "finding.disease": _of_finding(
        CODE, "disease of the signed hypothesis", lambda view: view.disease
    ),
    "finding.orpha_mapping": SourcePath(
        TEXT,
        "ORPHAcodes of that disease with their relation and Mondo's release",
        lambda at: mappings(at, () if at.finding.disease is None else (at.finding.disease,)),
    ),
    "finding.inheritance": _finding_word(
        "mode of inheritance of the hypothesis",
        Inheritance,
        lambda view: view.finding.key.inheritance,
    ),
    "finding.class": _finding_word(
        "class that two people signed", AcmgClass, lambda view: view.finding.value
    ),
    "finding.signed_on": _of_finding(
        FieldType.DATE, "day of the signatures", lambda view: view.finding.signed_on
    ),
    "finding.report": _of_finding(TEXT, "report that names it", lambda view: view.finding.report),
    "finding.machine_class": _finding_word(
        "class that the program computes now, by points; not a conclusion",
        AcmgClass,
        _machine_class,
    ),
    "finding.criteria": SourcePath(TEXT, "criteria that the program finds met", _criteria),
    "finding.rules": _of_finding(
        TEXT, "rules that it was assessed with", lambda view: view.finding.key.rules
    ),
    "finding.status": SourcePath(
        CODE,
        "what the finding is to the signed diagnosis",
        lambda at: (interpreted(at.subject, at.finding),),
        words_of(Interpreted),
    ),
    "finding.constructed": _of_finding(
        FieldType.BOOLEAN, "the assessment rests on a constructed fact", lambda v: v.constructed
    ),
}
"""Paths that a field of a finding may name."""
