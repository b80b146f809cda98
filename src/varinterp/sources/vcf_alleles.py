"""REF and ALT of a VCF's records: their alphabet, kinds, and REF against the reference."""

import re
from collections import Counter
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from varinterp.fasta import Bytes, Reference
from varinterp.model.chromosome import Chromosome
from varinterp.sources.fault_book import FaultBook, shown
from varinterp.sources.vcf_header import Header

_SEQUENCE = r"^[ACGTacgt]+$"
_BASES = r"^[ACGTNacgtn]+$"
_IUPAC = r"^[ACGTNRYSWKMBDHVacgtnryswkmbdhv]+$"
_BREAKEND = (
    r"^(?:[ACGTNacgtn.]+[\[\]][^\[\]\s]+:[0-9]+[\[\]]|[\[\]][^\[\]\s]+:[0-9]+[\[\]][ACGTNacgtn.]+"
    r"|\.[ACGTNacgtn]+|[ACGTNacgtn]+\.)$"
)
_SYMBOLIC = r"^<[A-Za-z0-9_.:+*-]+>$"
_TYPE = re.compile(r"<(?:DEL|INS|DUP|INV|CNV|BND|TRA|CN[0-9]+|NON_REF|\*)(?::[^>]+)?>")
_SPANS = r"^<(?:DEL|DUP|INV|CNV)[:>]"
_NEEDS_END = r"(?:^|;)(?:END|SVLEN)="
_ANY_N = ord("N")
_IUPAC_BASES = {
    "R": "AG", "Y": "CT", "S": "CG", "W": "AT", "K": "GT", "M": "AC",
    "B": "CGT", "D": "AGT", "H": "ACT", "V": "ACG",
}  # fmt: skip

SNV, MNV, INSERTION, DELETION = "snv", "mnv", "insertion", "deletion"
STAR, NON_REF, SYMBOLIC, BREAKEND = "star", "non_ref", "symbolic", "breakend"
AMBIGUOUS, NONE = "ambiguous", "none"


@dataclass(slots=True)
class AlleleCheck:
    """Checks and counts alleles block by block; `kinds` counts ALT alleles by kind."""

    header: Header
    reference: Reference | None
    book: FaultBook
    kinds: Counter[str] = field(default_factory=Counter)
    gvcf_blocks: int = 0

    def check(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Return rows with sound alleles, with ``n_alt`` and ``simple`` (one ALT, ACGT only)."""
        # A code such as R may stand in the reference itself; only then is it bearable.
        good = rows["REF"].str.contains(_BASES if self.reference is None else _IUPAC)
        self.book.add_rows("vcf.ref", rows.filter(~good), lambda row: shown(row["REF"]))
        rows = rows.filter(good).with_columns(
            simple=pl.col("ALT").str.contains(_SEQUENCE) & pl.col("REF").str.contains(_SEQUENCE)
        )
        rows = self._simple(rows)
        rows = self._others(rows)
        if self.reference is not None:
            self._against_reference(rows, self.reference)
        return rows

    def _simple(self, rows: pl.DataFrame) -> pl.DataFrame:
        rows = rows.with_columns(
            n_alt=pl.when(pl.col("ALT") == ".")
            .then(0)
            .otherwise(pl.col("ALT").str.count_matches(",", literal=True) + 1)
            .cast(pl.Int32)
        )
        same = rows["simple"] & (rows["REF"].str.to_uppercase() == rows["ALT"].str.to_uppercase())
        self.book.add_rows("vcf.alt_is_ref", rows.filter(same), lambda row: "the same bases as REF")
        sizes = rows.filter(pl.col("simple")).select(
            ref=pl.col("REF").str.len_bytes().cast(pl.Int64),
            alt=pl.col("ALT").str.len_bytes().cast(pl.Int64),
        )
        self._count(sizes.select(_kind_by_size()))
        return rows.filter(~same)

    def _count(self, kinds: pl.DataFrame) -> None:
        for kind, count in kinds.group_by("kind").len().iter_rows():
            self.kinds[kind] += count

    def _others(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Check the rows with several, symbolic or unusual ALT alleles, one row an allele."""
        others = rows.filter(~pl.col("simple"))
        if others.is_empty():
            return rows
        lists = others.filter(pl.col("n_alt") > 1).with_columns(
            alleles=pl.col("ALT").str.split(",")
        )
        twice = lists.filter(
            pl.col("alleles").list.eval(pl.element().str.to_uppercase()).list.n_unique()
            < pl.col("alleles").list.len()
        )
        self.book.add_rows("vcf.alt_twice", twice, lambda row: "an allele that comes twice")
        single = others.filter(pl.col("n_alt") <= 1).with_columns(alleles=pl.col("ALT"))
        alleles = pl.concat([single, lists.explode("alleles", empty_as_null=True)]).with_columns(
            ref=pl.col("REF").str.len_bytes().cast(pl.Int64),
            alt=pl.col("alleles").str.len_bytes().cast(pl.Int64),
        )
        alleles = alleles.with_columns(_kind())
        self._count(alleles.select("kind"))
        bad = pl.concat([self._report(alleles), twice["line"]])
        self._blocks(alleles)
        return rows.filter(~pl.col("line").is_in(bad.implode()))

    def _report(self, alleles: pl.DataFrame) -> pl.Series:
        """Record what is wrong with single alleles; return the lines concerned."""
        malformed = alleles.filter(
            pl.col("kind").is_null() | ((pl.col("kind") == NONE) & (pl.col("n_alt") > 0))
        )
        same = alleles.filter(pl.col("alleles").str.to_uppercase() == pl.col("REF"))
        named = alleles.filter(pl.col("kind") == SYMBOLIC)
        unknown = named.filter(
            pl.Series([not self._known(name) for name in named["alleles"]], dtype=pl.Boolean)
        )
        endless = named.filter(
            pl.col("alleles").str.contains(_SPANS) & ~pl.col("INFO").str.contains(_NEEDS_END)
        )
        self.book.add_rows("vcf.alt", malformed, lambda row: shown(row["alleles"]))
        self.book.add_rows("vcf.alt_is_ref", same, lambda row: "the same bases as REF")
        self.book.add_rows("vcf.alt_type", unknown, lambda row: shown(row["alleles"]))
        self.book.add_rows("vcf.sv_end", endless, lambda row: "neither END nor SVLEN")
        self._ends(alleles.filter(pl.col("kind").is_in([SYMBOLIC, NON_REF])))
        return pl.concat([part["line"] for part in (malformed, same, unknown)]).unique()

    def _known(self, name: str) -> bool:
        return _TYPE.fullmatch(name) is not None or name[1:-1] in self.header.alts

    def _ends(self, alleles: pl.DataFrame) -> None:
        """END lies between POS and the contig's end."""
        lengths = [_length(self.reference, chromosome) for chromosome in Chromosome]
        limits = pl.Series([0, *lengths], dtype=pl.Int64)
        ends = alleles.with_columns(
            end=pl.col("INFO").str.extract(r"(?:^|;)END=([0-9]{1,10})(?:;|$)").cast(pl.Int64),
            limit=limits.gather(alleles["code"].cast(pl.UInt32)),
        )
        outside = (pl.col("end") < pl.col("pos")) | (pl.col("end") > pl.col("limit"))
        self.book.add_rows("vcf.sv_end", ends.filter(outside), lambda row: "another END")

    def _blocks(self, alleles: pl.DataFrame) -> None:
        only = alleles.filter((pl.col("kind") == NON_REF) & (pl.col("n_alt") == 1))
        stretches = alleles.filter(
            (pl.col("kind") == NONE) & pl.col("INFO").str.contains(r"(?:^|;)END=")
        )
        self.gvcf_blocks += only.height + stretches.height

    def _against_reference(self, rows: pl.DataFrame, reference: Reference) -> None:
        for code in rows["code"].unique().sort():
            part = rows.filter(pl.col("code") == code)
            found = reference_mismatches(part, reference, Chromosome.from_code(code))
            self.book.add_rows(
                "vcf.ref_unverifiable",
                part.filter(pl.Series(found.unknown)),
                lambda row: "an N in the reference",
            )
            self.book.add_rows(
                "vcf.ref_mismatch",
                part.filter(pl.Series(found.different & ~found.unknown)),
                lambda row: "other bases",
            )
            agreeing = part.filter(pl.Series(~found.different))
            coded = agreeing.filter(~agreeing["REF"].str.contains(_BASES))
            self.book.add_rows("vcf.ref_coded", coded, lambda row: "another letter")


@dataclass(frozen=True, slots=True)
class Mismatches:
    """For each row: whether REF differs, and whether the reference is N somewhere under it."""

    different: NDArray[np.bool_]
    unknown: NDArray[np.bool_]


def _agreement() -> NDArray[np.bool_]:
    """Table of (reference, REF) letters: a REF may name any base of the reference's IUPAC code."""
    table = np.eye(256, dtype=np.bool_)
    for code, bases in _IUPAC_BASES.items():
        table[ord(code), [ord(base) for base in bases]] = True
    return table


_AGREE = _agreement()


def reference_mismatches(
    rows: pl.DataFrame, reference: Reference, chromosome: Chromosome
) -> Mismatches:
    """Compare every base of every REF with the reference in one gather."""
    sizes = rows["REF"].str.len_bytes().to_numpy().astype(np.int64)
    ends = np.cumsum(sizes)
    owners = np.repeat(np.arange(len(sizes)), sizes)
    positions = np.arange(ends[-1]) + np.repeat(rows["pos"].to_numpy() - 1 - ends + sizes, sizes)
    bases = reference.bases(chromosome, positions)
    stated = _flat(rows["REF"])
    different = np.zeros(len(sizes), np.bool_)
    different[owners[~_AGREE[bases, stated]]] = True
    unknown = np.zeros(len(sizes), np.bool_)
    unknown[owners[bases == _ANY_N]] = True
    return Mismatches(different, unknown)


def _flat(texts: pl.Series) -> Bytes:
    joined: str = texts.str.join("").item()
    return np.frombuffer(joined.upper().encode(), np.uint8)


def _kind_by_size() -> pl.Expr:
    return (
        pl.when(pl.col("alt") > pl.col("ref"))
        .then(pl.lit(INSERTION))
        .when(pl.col("alt") < pl.col("ref"))
        .then(pl.lit(DELETION))
        .when(pl.col("alt") == 1)
        .then(pl.lit(SNV))
        .otherwise(pl.lit(MNV))
        .alias("kind")
    )


def _kind() -> pl.Expr:
    """Kind of ``alleles``; null when it is malformed."""
    allele = pl.col("alleles")
    return (
        pl.when(allele.str.contains(_SEQUENCE))
        .then(_kind_by_size())
        .when(allele == "*")
        .then(pl.lit(STAR))
        .when(allele.is_in(["<NON_REF>", "<*>"]))
        .then(pl.lit(NON_REF))
        .when(allele == ".")
        .then(pl.lit(NONE))
        .when(allele.str.contains(_BASES))
        .then(pl.lit(AMBIGUOUS))
        .when(allele.str.contains(_SYMBOLIC))
        .then(pl.lit(SYMBOLIC))
        .when(allele.str.contains(_BREAKEND))
        .then(pl.lit(BREAKEND))
        .alias("kind")
    )


def _length(reference: Reference | None, chromosome: Chromosome) -> int:
    found = reference.length(chromosome) if reference is not None else None
    return found or chromosome.length
