"""Published classes of alleles, as the files of VARINTERP_SHARED_DATA hold them.

A truth is one class of five, or of three where its source does not tell likely from certain. What
is conflicting, unclassified or without criteria is no truth. Genes are halved by the first byte of
the SHA-256 of their symbol: odd is *reported*, even is *development*. Whatever is chosen by looking
at figures is chosen on the development half.
"""

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from hashlib import sha256
from pathlib import Path

from shared_genome import shared

from varinterp.model.assessment import AcmgClass
from varinterp.model.chromosome import Chromosome
from varinterp.model.gene_disease import Inheritance, Mechanism
from varinterp.model.variant import Allele

HYPOTHESES = Path(__file__).with_name("acmg_hypotheses.tsv")


class Half(StrEnum):
    """Which half of the genes a gene is in."""

    DEVELOPMENT = "development"
    REPORTED = "reported"


class Side(StrEnum):
    """The three classes: likely and certain together."""

    PATHOGENIC = "P/LP"
    UNCERTAIN = "VUS"
    BENIGN = "B/LB"


@dataclass(frozen=True)
class Hypothesis:
    """The one disease and mode that a gene's published classes are about."""

    gene: str
    hgnc: str
    disease: str
    disease_name: str
    inheritance: Inheritance
    mechanism: Mechanism
    authority: str

    @property
    def half(self) -> Half:
        return half(self.gene)


@dataclass(frozen=True)
class Truth:
    """A published class; `five` is None where the source tells three classes only."""

    source: str
    gene: str
    allele: Allele
    side: Side
    five: AcmgClass | None
    stars: int | None
    stated_frequency: float | None = None


def half(gene: str) -> Half:
    """Return the half that a gene is in, which nobody chose."""
    return Half.REPORTED if sha256(gene.encode()).digest()[0] & 1 else Half.DEVELOPMENT


def hypotheses() -> dict[str, Hypothesis]:
    """Read the hypothesis of each gene."""
    with HYPOTHESES.open() as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    return {
        row["gene"]: Hypothesis(
            **{**row, "inheritance": Inheritance(row["inheritance"]),
               "mechanism": Mechanism(row["mechanism"])}  # type: ignore[arg-type]
        )
        for row in rows
    }  # fmt: skip


_FIVE = {
    "pathogenic": AcmgClass.PATHOGENIC,
    "likely_pathogenic": AcmgClass.LIKELY_PATHOGENIC,
    "uncertain_significance": AcmgClass.UNCERTAIN,
    "uncertain": AcmgClass.UNCERTAIN,
    "likely_benign": AcmgClass.LIKELY_BENIGN,
    "benign": AcmgClass.BENIGN,
}
_THREE = {
    "pathogenic/likely_pathogenic": Side.PATHOGENIC,
    "benign/likely_benign": Side.BENIGN,
    "lp/p": Side.PATHOGENIC,
    "lb/b": Side.BENIGN,
    "vus": Side.UNCERTAIN,
}
_STARS = {
    "practice_guideline": 4,
    "reviewed_by_expert_panel": 3,
    "criteria_provided,_multiple_submitters,_no_conflicts": 2,
    "criteria_provided,_single_submitter": 1,
    "criteria_provided_single_submitter": 1,
    "criteria_provided_multiple_submitters_no_conflicts": 2,
}
FILES = {
    "ClinVar 2021-07 BRCA1": "clinvar/clinvar_BRCA1_SNV.2021-07-15.vcf.gz",
    "ClinVar 2026-08 BRCA1 missense": "clinvar/clinvar_BRCA1_missense.2026-08-18.vcf.gz",
    "ClinVar 2026-08 CFTR": "clinvar/clinvar_CFTR.2026-08-04.vcf.gz",
    "ClinVar 2025-03 MECP2": "clinvar/clinvar_MECP2.2025-03.vcf.gz",
    "ClinVar 2024-03 ten genes": "clinvar/clinvar_10genes.2024-03-01.vcf.gz",
    "ClinVar 2017-04 slices": "clinvar/clinvar_ALL_slices.2017-04-04.lifted.vcf.gz",
    "ENIGMA 2016-05": "clinvar/enigma_BRCA12_expert_panel.2016-05-21.vcf.gz",
    "VKGL 2025-07": "vkgl/vkgl_202507.slices.vcf.gz",
}
ONLY = {
    "ClinVar 2017-04 slices": ("FBN1", "USH2A", "CDH23"),
    "ClinVar 2024-03 ten genes": ("BRCA2", "TP53", "PTEN", "WT1", "SLC12A1", "SDHD", "G6PC1"),
}
"""Where a newer set of a gene exists, that one is compared."""


def truths(source: str) -> Iterator[Truth]:
    """Yield the classes of a source for the genes that have a hypothesis."""
    known = hypotheses()
    wanted = ONLY.get(source, tuple(known))
    for cells, info in _lines(shared("genome", FILES[source])):
        allele = _allele(cells)
        gene = info.get("GENE", "").rpartition("|")[2] or _gene_of(allele)
        if gene not in wanted or allele is None:
            continue
        called = _called(info)
        status = info.get("CLNREVSTAT", "").replace("%2C", ",")
        if called is None or (status and status not in _STARS):
            continue
        side, five = called
        yield Truth(source, gene, allele, side, five, _STARS.get(status), _frequency(info))


def _lines(path: Path) -> Iterator[tuple[list[str], dict[str, str]]]:
    with gzip.open(path, "rt") as text:
        for line in text:
            if not line.startswith("#"):
                cells = line.rstrip("\n").split("\t")
                yield cells, dict(each.partition("=")[::2] for each in cells[7].split(";"))


def _allele(cells: list[str]) -> Allele | None:
    chromosome = Chromosome.parse(cells[0])
    if chromosome is None:
        return None
    try:
        return Allele(chromosome, int(cells[1]), cells[3], cells[4])
    except ValueError:
        return None


def _called(info: dict[str, str]) -> tuple[Side, AcmgClass | None] | None:
    """Return the one class of all words of a record; None where they do not agree on a side."""
    text = info.get("CLNSIG") or info.get("CLASS") or ""
    found = [_word(word) for word in text.lower().split("|")]
    told = [each for each in found if each is not None]
    sides = {side for side, _ in told}
    if len(sides) != 1 or len(told) != len(found):
        return None
    fives = {five for _, five in told}
    return sides.pop(), fives.pop() if len(fives) == 1 else None


def _word(word: str) -> tuple[Side, AcmgClass | None] | None:
    if word in _THREE:
        return _THREE[word], None
    five = _FIVE.get(word)
    return None if five is None else (side_of(five), five)


def side_of(five: AcmgClass) -> Side:
    """Return the class of three that a class of five belongs to."""
    if five.rank == AcmgClass.UNCERTAIN.rank:
        return Side.UNCERTAIN
    return Side.PATHOGENIC if five.rank > AcmgClass.UNCERTAIN.rank else Side.BENIGN


def _frequency(info: dict[str, str]) -> float | None:
    """Return the higher of gnomAD's two frequencies that the ten genes' file carries."""
    stated = [float(info[name]) for name in ("AF_gnomADg", "AF_gnomADe") if name in info]
    return max(stated, default=None)


@cache
def _slices() -> dict[str, tuple[Chromosome, int, int]]:
    """Return where the genes of the hypotheses lie, from MANE's models."""
    models = shared("genome", "transcripts", "mane_select_v1.5.models.tsv.gz")
    known = hypotheses()
    with gzip.open(models, "rt") as text:
        rows = list(csv.DictReader(text, delimiter="\t"))
    return {
        row["#symbol"]: (_chromosome(row["chrom"]), int(row["tx_start"]), int(row["tx_end"]))
        for row in rows
        if row["#symbol"] in known
    }


def _chromosome(name: str) -> Chromosome:
    chromosome = Chromosome.parse(name)
    assert chromosome is not None
    return chromosome


def _gene_of(allele: Allele | None) -> str:
    if allele is None:
        return ""
    for gene, (chromosome, start, end) in _slices().items():
        if allele.chromosome is chromosome and start <= allele.position <= end:
            return gene
    return ""
