"""A case as a Phenopacket of GA4GH schema version 2 (Jacobsen 2022, PMID 35705716).

Ids are pseudonyms. Diseases and classes are those that people signed; what the program proposes
is left out, because a disease under an interpretation reads as a diagnosis.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from google.protobuf.json_format import MessageToJson  # type: ignore[import-untyped]
from phenopackets.schema import v2

from varinterp import __version__
from varinterp.model.assessment import AcmgClass
from varinterp.model.case import ReleaseLabel
from varinterp.model.diagnosis import DiagnosticLevel
from varinterp.model.family import Sex
from varinterp.model.genotype import Zygosity
from varinterp.model.variant import BUILD
from varinterp.registry.exports.interpretation import Progress, interpreted, progress
from varinterp.registry.exports.permission import Export, require
from varinterp.registry.exports.record import Subject
from varinterp.registry.exports.variant_view import VariantView, variant_views

SCHEMA_VERSION = "2.0"
_SEX = {Sex.FEMALE: "FEMALE", Sex.MALE: "MALE", Sex.UNKNOWN: "UNKNOWN_SEX"}
_CLASS = {
    AcmgClass.BENIGN: "BENIGN",
    AcmgClass.LIKELY_BENIGN: "LIKELY_BENIGN",
    AcmgClass.UNCERTAIN: "UNCERTAIN_SIGNIFICANCE",
    AcmgClass.LIKELY_PATHOGENIC: "LIKELY_PATHOGENIC",
    AcmgClass.PATHOGENIC: "PATHOGENIC",
}
_ALLELIC_STATE = {
    Zygosity.HETEROZYGOUS: ("GENO:0000135", "heterozygous"),
    Zygosity.HOMOZYGOUS: ("GENO:0000136", "homozygous"),
    Zygosity.HEMIZYGOUS: ("GENO:0000134", "hemizygous"),
}
_OBO = "http://purl.obolibrary.org/obo/"
_ONTOLOGIES = {
    "HP": ("hp", "human phenotype ontology", f"{_OBO}hp.owl", f"{_OBO}HP_"),
    "OMIM": ("omim", "Online Mendelian Inheritance in Man", "https://www.omim.org/",
             "https://www.omim.org/entry/"),
    "ORPHA": ("orpha", "Orphanet", "https://www.orpha.net/", "http://www.orpha.net/ORDO/Orphanet_"),
    "MONDO": ("mondo", "Mondo Disease Ontology", f"{_OBO}mondo.owl", f"{_OBO}MONDO_"),
    "HGNC": ("hgnc", "HUGO Gene Nomenclature Committee", "https://www.genenames.org/",
             "https://identifiers.org/hgnc/"),
    "GENO": ("geno", "Genotype Ontology", f"{_OBO}geno.owl", f"{_OBO}GENO_"),
    "NCBITaxon": ("ncbitaxon", "NCBI organismal classification", f"{_OBO}ncbitaxon.owl",
                  f"{_OBO}NCBITaxon_"),
}  # fmt: skip
_RELEASES = {"HP": "hpo", "MONDO": "mondo_mappings"}
_NOT_STATED = "not stated"


def phenopacket(subject: Subject, on: date) -> str:
    """Return a case as of a day, as protobuf JSON; raise InputError without consent."""
    require(subject, Export.PHENOPACKET, on)
    case = subject.document.case
    proband = case.family.proband
    diseases = _signed(subject)
    packet = v2.Phenopacket(
        id=f"{case.id}.{case.analysis}",
        subject=v2.Individual(
            id=proband.id, sex=_SEX[proband.sex], taxonomy=_class("NCBITaxon:9606", "Homo sapiens")
        ),
        phenotypic_features=_features(subject),
        interpretations=_interpretations(subject, diseases),
        diseases=[
            v2.Disease(term=_class(disease, _disease_name(subject, disease)))
            for disease in _confirmed(subject)
        ],
    )
    packet.meta_data.CopyFrom(_meta_data(subject, on, _prefixes(packet)))
    text: str = MessageToJson(packet, indent=2, sort_keys=True, ensure_ascii=False)
    return f"{text}\n"


def _features(subject: Subject) -> list[Any]:
    names, phenotype = subject.document.term_names, subject.phenotype
    terms = [(term, False) for term in phenotype.observed]
    terms += [(term, True) for term in phenotype.excluded]
    return [
        v2.PhenotypicFeature(type=_class(term, names.get(term, "")), excluded=excluded)
        for term, excluded in terms
    ]


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


def _interpretations(subject: Subject, diseases: tuple[str, ...]) -> list[Any]:
    case = subject.record.case
    if not diseases:
        return [v2.Interpretation(id=f"{case}.1", progress_status=progress(subject).value)]
    return [
        v2.Interpretation(
            id=f"{case}.{number}",
            progress_status=_progress(subject, disease).value,
            diagnosis=v2.Diagnosis(
                disease=_class(disease, _disease_name(subject, disease)),
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
            acmg_pathogenicity_classification=_CLASS[view.finding.value],
            variation_descriptor=_descriptor(view),
        ),
    )


def _descriptor(view: VariantView) -> Any:
    allele = view.allele
    descriptor = v2.VariationDescriptor(
        id=allele.id,
        label=view.hgvs_c or str(allele),
        description="rests on constructed data" if view.constructed else "",
        gene_context=v2.GeneDescriptor(value_id=view.finding.key.gene, symbol=view.symbol),
        expressions=[
            v2.Expression(syntax=syntax, value=value)
            for syntax, value in (
                ("hgvs.g", view.hgvs_g),
                ("hgvs.c", view.hgvs_c),
                ("hgvs.p", view.hgvs_p),
            )
            if value is not None
        ],
        vcf_record=v2.VcfRecord(
            genome_assembly=BUILD,
            chrom=str(allele.chromosome),
            pos=allele.position,
            ref=allele.ref,
            alt=allele.alt,
        ),
        molecule_context="genomic",
    )
    state = _ALLELIC_STATE.get(view.zygosity)
    if state is not None:
        descriptor.allelic_state.CopyFrom(_class(*state))
    return descriptor


def _disease_name(subject: Subject, disease: str) -> str:
    for hypothesis in subject.document.ranking:
        if hypothesis.disease_name and any(key.disease == disease for key in hypothesis.keys):
            return hypothesis.disease_name
    return ""


def _class(id_: str, label: str) -> Any:
    return v2.OntologyClass(id=id_, label=label)


def _prefixes(packet: Any) -> tuple[str, ...]:
    """The ontologies that the packet's ids are of."""
    text = MessageToJson(packet)
    return tuple(prefix for prefix in _ONTOLOGIES if f'"{prefix}:' in text)


def _meta_data(subject: Subject, on: date, prefixes: tuple[str, ...]) -> Any:
    meta = v2.MetaData(
        created_by=f"varinterp {__version__}",
        phenopacket_schema_version=SCHEMA_VERSION,
        resources=[*_ontologies(subject, prefixes), *_references(subject)],
    )
    meta.created.FromDatetime(datetime.combine(on, time(), tzinfo=UTC))
    return meta


def _ontologies(subject: Subject, prefixes: tuple[str, ...]) -> Iterator[Any]:
    releases = {each.source: each for each in subject.document.releases}
    for prefix in prefixes:
        id_, name, url, iri = _ONTOLOGIES[prefix]
        release = releases.get(_RELEASES.get(prefix, ""))
        yield v2.Resource(
            id=id_,
            name=name,
            url=url,
            version=_NOT_STATED if release is None else release.release,
            namespace_prefix=prefix,
            iri_prefix=iri,
        )


def _references(subject: Subject) -> Iterator[Any]:
    """Each reference release that the conclusions read, with its licence in its name."""
    for each in sorted(subject.document.releases, key=lambda each: (each.source, each.release)):
        yield v2.Resource(
            id=f"varinterp.{each.source}",
            name=_named(each),
            url=each.url,
            version=each.release,
            namespace_prefix=f"varinterp.{each.source}",
            iri_prefix=each.url,
        )


def _named(release: ReleaseLabel) -> str:
    constructed = ", constructed data" if release.constructed else ""
    return f"{release.source} ({release.licence}{constructed})"
