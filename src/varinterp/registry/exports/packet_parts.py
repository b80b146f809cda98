"""Messages that every Phenopacket of ours is made of: people, terms, alleles, and what was read.

GA4GH schema version 2 (Jacobsen 2022, PMID 35705716).
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import Any, Protocol

from google.protobuf.json_format import MessageToJson  # type: ignore[import-untyped]
from phenopackets.schema import v2

from varinterp import __version__
from varinterp.model.assessment import AcmgClass
from varinterp.model.case import CaseResult, ReleaseLabel
from varinterp.model.family import Person, Sex
from varinterp.model.genotype import Zygosity
from varinterp.model.phenotype import Phenotype
from varinterp.model.variant import BUILD, Allele

SCHEMA_VERSION = "2.0"
SEX = {Sex.FEMALE: "FEMALE", Sex.MALE: "MALE", Sex.UNKNOWN: "UNKNOWN_SEX"}
CLASS = {
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
_UNNAMED = ("MONDO:0700096", "human disease")
_RELEASES = {"HP": "hpo", "MONDO": "mondo_mappings"}
_NOT_STATED = "not stated"


class Described(Protocol):
    """What is said of an allele; a name that is not known is None."""

    @property
    def allele(self) -> Allele:
        """The allele."""

    @property
    def gene(self) -> str:
        """The gene's HGNC id."""

    @property
    def symbol(self) -> str:
        """The gene's symbol."""

    @property
    def hgvs_g(self) -> str | None:
        """Its genomic name."""

    @property
    def hgvs_c(self) -> str | None:
        """Its name on the transcript, with the accession."""

    @property
    def hgvs_p(self) -> str | None:
        """Its name on the protein, with the accession."""

    @property
    def zygosity(self) -> Zygosity:
        """The patient's genotype."""

    @property
    def constructed(self) -> bool:
        """Whether what is concluded on it rests on a constructed fact."""


def ontology_class(id_: str, label: str) -> Any:
    """Return a term."""
    return v2.OntologyClass(id=id_, label=label)


def individual(person: Person) -> Any:
    """Return a member of the family under their pseudonym."""
    taxonomy = ontology_class("NCBITaxon:9606", "Homo sapiens")
    return v2.Individual(id=person.id, sex=SEX[person.sex], taxonomy=taxonomy)


def features(phenotype: Phenotype, names: dict[str, str]) -> list[Any]:
    """Return the terms that were seen, then those that were looked for and not seen."""
    terms = [(term, False) for term in phenotype.observed]
    terms += [(term, True) for term in phenotype.excluded]
    return [
        v2.PhenotypicFeature(type=ontology_class(term, names.get(term, "")), excluded=excluded)
        for term, excluded in terms
    ]


def onset(phenotype: Phenotype, names: Mapping[str, str]) -> Any | None:
    """Return when the disease began; None where nobody said."""
    term = phenotype.onset
    if term is None:
        return None
    return v2.TimeElement(ontology_class=ontology_class(term, names.get(term, "")))


def unnamed_disease(began: Any) -> Any:
    """Return the disease that an onset is of, before anybody named it."""
    return v2.Disease(term=ontology_class(*_UNNAMED), onset=began)


def genomic_substitution(allele: Allele) -> str | None:
    """Return the genomic name of a substitution of one base; None for other alleles.

    HGVS puts an insertion or deletion at its 3′-most place, which takes the reference sequence.
    """
    if len(allele.ref) != 1 or len(allele.alt) != 1:
        return None
    kind = "m" if allele.chromosome == "MT" else "g"
    place = f"{allele.chromosome.accession}:{kind}.{allele.position}"
    return f"{place}{allele.ref}>{allele.alt}"


def descriptor(said: Described) -> Any:
    """Return an allele with its gene, names, VCF record and allelic state."""
    allele = said.allele
    named = (("hgvs.g", said.hgvs_g), ("hgvs.c", said.hgvs_c), ("hgvs.p", said.hgvs_p))
    found = v2.VariationDescriptor(
        id=allele.id,
        label=said.hgvs_c or str(allele),
        description="rests on constructed data" if said.constructed else "",
        gene_context=v2.GeneDescriptor(value_id=said.gene, symbol=said.symbol),
        expressions=[
            v2.Expression(syntax=syntax, value=value)
            for syntax, value in named
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
    state = _ALLELIC_STATE.get(said.zygosity)
    if state is not None:
        found.allelic_state.CopyFrom(ontology_class(*state))
    return found


def disease_name(result: CaseResult, disease: str) -> str:
    """Return what the case's document calls a disease; empty where it does not."""
    for hypothesis in result.ranking:
        if hypothesis.disease_name and any(key.disease == disease for key in hypothesis.keys):
            return hypothesis.disease_name
    return ""


def meta_data(message: Any, releases: Iterable[ReleaseLabel], on: date) -> Any:
    """Return what a message rests on: the ontologies of its ids, and each release that was read."""
    labels = sorted(releases, key=lambda each: (each.source, each.release))
    text = MessageToJson(message)
    prefixes = [prefix for prefix in _ONTOLOGIES if f'"{prefix}:' in text]
    meta = v2.MetaData(
        created_by=f"varinterp {__version__}",
        phenopacket_schema_version=SCHEMA_VERSION,
        resources=[*_ontologies(labels, prefixes), *map(_reference, labels)],
    )
    meta.created.FromDatetime(datetime.combine(on, time(), tzinfo=UTC))
    return meta


def as_text(message: Any) -> str:
    """Return a message as protobuf JSON: the same message gives the same bytes."""
    text: str = MessageToJson(message, indent=2, sort_keys=True, ensure_ascii=False)
    return f"{text}\n"


def _ontologies(labels: Iterable[ReleaseLabel], prefixes: Iterable[str]) -> Iterator[Any]:
    releases = {each.source: each for each in labels}
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


def _reference(label: ReleaseLabel) -> Any:
    """A reference release that the conclusions read, with its licence in its name."""
    constructed = ", constructed data" if label.constructed else ""
    return v2.Resource(
        id=f"varinterp.{label.source}",
        name=f"{label.source} ({label.licence}{constructed})",
        url=label.url,
        version=label.release,
        namespace_prefix=f"varinterp.{label.source}",
        iri_prefix=label.url,
    )
