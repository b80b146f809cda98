"""Published patients with their causal alleles, as they are spiked into somebody's genotypes.

Genes are halved by the hash of `acmg_truth.half`, over the groups of `published_cases`.
"""

import gzip
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from acmg_truth import Half
from published_cases import groups, halves, published
from shared_genome import shared

from varinterp.model.chromosome import Chromosome
from varinterp.model.gene_disease import Inheritance

Key = tuple[str, int, str, str]


@dataclass(frozen=True, slots=True)
class Carried:
    """A causal allele as published: its place on GRCh38, its zygosity and its names in HGVS."""

    key: Key
    zygosity: str
    names: Mapping[str, str]

    @property
    def text(self) -> str:
        """The allele as a candidate's id or original writes it."""
        return "-".join(map(str, self.key))


@dataclass(frozen=True, slots=True)
class Spiked:
    """A patient whose causal alleles are all on GRCh38, in one gene."""

    id: str
    gene: str
    hgnc: str
    disease: str
    alleles: tuple[Carried, ...]
    sex: str
    pmid: str
    observed: tuple[str, ...]
    excluded: tuple[str, ...]
    onset: str | None

    @property
    def two_copies(self) -> bool:
        """Whether the genotype is that of a recessive disease."""
        return len(self.alleles) == 2 or self.alleles[0].zygosity == "homozygous"

    def mode(self, stated: Collection[Inheritance]) -> Inheritance | None:
        """Return the mode, of those stated of the disease, that the genotype asks for."""
        dominant, recessive = Inheritance.AUTOSOMAL_DOMINANT, Inheritance.AUTOSOMAL_RECESSIVE
        wanted = (recessive, dominant) if self.two_copies else (dominant, recessive)
        for mode in (Inheritance.MITOCHONDRIAL, Inheritance.X_LINKED, *wanted):
            if mode in stated:
                return mode
        return None


def of_slices() -> tuple[Spiked, ...]:
    """Return the patients whose causal alleles lie in the slices with their true sequence."""
    folder = shared("genome", "cases", "phenopackets")
    found = [_packet(json.loads(path.read_text())) for path in sorted(folder.glob("*/*.json"))]
    return tuple(each for each in found if each is not None)


@cache
def of_store() -> tuple[Spiked, ...]:
    """Return the patients of the store with small alleles on GRCh38, all in one gene."""
    with gzip.open(shared("phenopackets", "cases.jsonl.gz"), "rt", encoding="utf-8") as lines:
        found = [_record(json.loads(line)) for line in lines]
    return tuple(sorted((each for each in found if each), key=lambda each: (each.gene, each.id)))


@cache
def half_of() -> Mapping[str, Half]:
    """Return the half of each disease of the store."""
    return halves(groups(published()))


def _packet(packet: Mapping[str, Any]) -> Spiked | None:
    said = packet["interpretations"][0]["diagnosis"]
    variants = [
        each["variantInterpretation"]["variationDescriptor"]
        for each in said["genomicInterpretations"]
    ]
    found = [
        Carried(
            _key(each["vcfRecord"]["chrom"], int(each["vcfRecord"]["pos"]),
                 each["vcfRecord"]["ref"], each["vcfRecord"]["alt"]),
            each["allelicState"]["label"],
            {name["syntax"]: name["value"] for name in each["expressions"]},
        )
        for each in variants
    ]  # fmt: skip
    features = packet["phenotypicFeatures"]
    gene = variants[0]["geneContext"]
    onset = packet["diseases"][0].get("onset", {}).get("ontologyClass", {}).get("label")
    return Spiked(
        id=packet["id"], gene=gene["symbol"], hgnc=gene["valueId"], disease=said["disease"]["id"],
        alleles=tuple(sorted(found, key=lambda each: each.key)),
        sex=_sex(packet["subject"].get("sex", "")),
        pmid=packet["metaData"]["externalReferences"][0]["id"],
        observed=tuple(f["type"]["id"] for f in features if not f.get("excluded")),
        excluded=tuple(f["type"]["id"] for f in features if f.get("excluded")),
        onset=onset,
    )  # fmt: skip


def _record(record: Mapping[str, Any]) -> Spiked | None:
    variants = record["variants"]
    genes = {each["hgnc"] for each in variants}
    if not variants or len(genes) > 1 or any("vcf" not in each for each in variants):
        return None
    keys = [_key(*each["vcf"][1:]) for each in variants]
    if len(variants) > 2 or len(set(keys)) < len(keys):
        return None
    found = [
        Carried(key, each["zyg"], each["expr"]) for key, each in zip(keys, variants, strict=True)
    ]
    return Spiked(
        id=record["id"], gene=variants[0]["gene"], hgnc=variants[0]["hgnc"],
        disease=record["diseases"][0]["id"],
        alleles=tuple(sorted(found, key=lambda each: each.key)),
        sex=_sex(record["sex"]), pmid=record["refs"][0], observed=tuple(record["hpo"]),
        excluded=tuple(record["hpo_excl"]), onset=record["diseases"][0]["onset"],
    )  # fmt: skip


def _key(contig: str, position: int, ref: str, alt: str) -> Key:
    chromosome = Chromosome.parse(contig)
    assert chromosome is not None
    return chromosome.value, position, ref, alt


def _sex(word: str) -> str:
    return word.lower() if word in ("MALE", "FEMALE") else "unknown"
