"""Tiny inputs for tests: a FASTA, VCFs, reference releases, and readers of what came out.

    fasta = write_fasta(tmp_path / "ref.fa", {"chr22": "ACGT…"})
    vcf = write_vcf(tmp_path / "family.vcf.gz", ["kid", "mum"],
                    [Record("chr22", 10, "A", "G", ["0/1:9,8:17:99", "0/0:20,0:20:60"])])
    rows = read_alleles(tmp_path / "alleles.arrow")
    folder = write_frequencies(tmp_path / "gnomad", [{"allele": "22-10-A-G", "ac": 3}])

Everything is written by hand-readable code of this file, never by the code under test.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pysam

from varinterp.annotate.variants import read_variants
from varinterp.family_table import VARIANTS_SCHEMA
from varinterp.model.chromosome import Chromosome
from varinterp.model.variant import Allele
from varinterp.sources.clinvar import ALLELES, ALLELES_SCHEMA
from varinterp.sources.clinvar_release import ROW
from varinterp.sources.gnomad import COVERED, COVERED_SCHEMA, FREQUENCIES_SCHEMA, FrequencyWriter
from varinterp.sources.keyed_changes import DIGEST
from varinterp.sources.pack import Column, PackWriter

FORMAT_LINES = (
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
    '##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads of each allele">',
    '##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Reads">',
    '##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="Genotype quality">',
    '##FORMAT=<ID=PS,Number=1,Type=Integer,Description="Phase set">',
    '##FORMAT=<ID=MIN_DP,Number=1,Type=Integer,Description="Fewest reads of a block">',
    '##INFO=<ID=END,Number=1,Type=Integer,Description="End of a block">',
    '##FILTER=<ID=LowQual,Description="Low quality">',
    '##ALT=<ID=NON_REF,Description="Any other allele">',
)


_COLUMNS = ("#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT")


@dataclass(frozen=True, slots=True)
class Record:
    """A VCF record; `calls` are the samples' cells as text, in the order of `fields`."""

    chrom: str
    pos: int
    ref: str
    alt: str
    calls: Sequence[str]
    fields: str = "GT:AD:DP:GQ"
    qual: str = "50"
    filter: str = "PASS"
    info: str = "."

    def __str__(self) -> str:
        fixed = (self.chrom, self.pos, ".", self.ref, self.alt, self.qual, self.filter, self.info)
        return "\t".join([*map(str, fixed), self.fields, *self.calls])


def block(chrom: str, start: int, end: int, ref: str, call: str) -> Record:
    """Return a gVCF reference block with a cell of ``GT:MIN_DP:DP:GQ``."""
    return Record(chrom, start, ref, "<NON_REF>", [call], "GT:MIN_DP:DP:GQ", ".", ".", f"END={end}")


def write_fasta(path: Path, contigs: Mapping[str, str]) -> Path:
    """Write an indexed FASTA."""
    path.write_text("".join(f">{name}\n{bases}\n" for name, bases in contigs.items()))
    pysam.faidx(str(path))
    return path


def write_vcf(
    path: Path,
    samples: Sequence[str],
    records: Iterable[Record],
    *,
    contigs: Mapping[str, int] | None = None,
    header: Sequence[str] = FORMAT_LINES,
) -> Path:
    """Write a VCF, BGZF when its name ends in ``.gz``; contig lines come from the records."""
    listed = list(records)
    names = contigs or dict.fromkeys([record.chrom for record in listed], 1_000_000)
    lines = [
        "##fileformat=VCFv4.2",
        *(f"##contig=<ID={name},length={length}>" for name, length in names.items()),
        *header,
        "\t".join([*_COLUMNS, *samples]),
        *map(str, listed),
    ]
    text = "".join(f"{line}\n" for line in lines)
    if path.suffix == ".gz":
        with pysam.BGZFile(str(path), "wb", None) as stream:
            stream.write(text.encode())
    else:
        path.write_text(text)
    return path


def read_alleles(path: Path) -> dict[str, dict[str, Any]]:
    """Return a family's rows by allele: their cells, and each person's genotype by name."""
    return {
        f"{row['chromosome']}-{row['position']}-{row['ref']}-{row['alt']}": row
        | {call["person"]: call for call in row["genotypes"]}
        for row in read_variants(path).iter_rows(named=True)
    }


def _cells(allele: str) -> dict[str, Any]:
    parsed = Allele.parse(allele)
    return {
        "key": parsed.key,
        "chromosome": parsed.chromosome.value,
        "position": parsed.position,
        "ref": parsed.ref,
        "alt": parsed.alt,
    }


def _write(path: Path, rows: list[dict[str, Any]], schema: pa.Schema) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(rows, schema), path, row_group_size=4)  # type: ignore[no-untyped-call]


def write_frequencies(
    folder: Path,
    rows: Iterable[Mapping[str, Any]],
    spans: Iterable[tuple[str, int, int]] = (),
    *,
    constructed: bool = False,
    groups: Sequence[str] = ("afr", "amr", "eas", "nfe", "sas"),
) -> Path:
    """Write a frequency release; a row names its ``allele`` and what differs from the defaults.

    A group has columns ``ac_afr``, ``an_afr`` and ``faf95_afr``. `spans` are covered stretches:
    (chromosome, start, end).
    """
    default = {
        "ac": 1, "an": 150_000, "af": 1 / 150_000, "faf95": None, "faf95_group": None,
        "group_max_af": None, "nhomalt": 0, "hemizygotes": 0, "filters": "PASS",
        "constructed": constructed,
    }  # fmt: skip
    for group in groups:
        default |= {f"ac_{group}": 0, f"an_{group}": 30_000, f"faf95_{group}": None}
    cells = [
        _cells(row["allele"]) | default | {k: v for k, v in row.items() if k != "allele"}
        for row in rows
    ]
    schema = pl.Schema(FREQUENCIES_SCHEMA) | {
        name: pl.Float64 if name.startswith("faf95") else pl.Int32 for name in [*default][10:]
    }
    frame = pl.DataFrame(cells, schema).sort("key", "ref", "alt")
    with FrequencyWriter(folder, groups, groups) as writer:
        for chromosome in Chromosome:
            if chromosome.value in frame["chromosome"]:
                writer.write(chromosome, frame.filter(chromosome=chromosome.value))
    covered = [
        {"chromosome": name, "start": start, "end": end, "note": "", "constructed": constructed}
        for name, start, end in spans
    ]
    _write(folder / COVERED, covered, COVERED_SCHEMA)
    return folder


def write_assertions(folder: Path, rows: Iterable[Mapping[str, Any]]) -> Path:
    """Write a ClinVar release; a row names its ``allele`` and what differs from the defaults."""
    default = {
        "significance": ["pathogenic"], "conditions": ["a disease"], "stars": 1,
        "rsid": None, "name": None, "citation": "",
    }  # fmt: skip
    cells = [
        _cells(row["allele"]) | default | {k: v for k, v in row.items() if k != "allele"}
        for row in rows
    ]
    ordered = sorted(cells, key=lambda row: (row["key"], row["ref"], row["alt"]))
    _write(folder / ALLELES, ordered, ALLELES_SCHEMA)
    columns = (Column(DIGEST, "uint64"), Column(ROW, "int32"))
    schema = {"key": pl.UInt64, "ref": pl.String, "alt": pl.String, "chromosome": pl.String}
    frame = pl.DataFrame(ordered, schema, strict=False).with_columns(
        pl.lit(0, pl.UInt64).alias(DIGEST), pl.int_range(pl.len(), dtype=pl.Int32).alias(ROW)
    )
    with PackWriter(folder, columns) as pack:
        for chromosome in Chromosome:
            pack.write(chromosome, frame.filter(chromosome=chromosome.value).drop("chromosome"))
    return folder


def call(person: str, **fields: Any) -> dict[str, Any]:
    """Return a genotype of a variants table: a well-read diploid reference call by default."""
    default = {
        "copies": 0, "ploidy": 2, "haplotype": None, "phase_set": None, "ref_depth": 30,
        "alt_depth": 0, "depth": 30, "genotype_quality": 60,
        "pl_0": None, "pl_1": None, "pl_2": None,
    }  # fmt: skip
    return {"person": person} | default | fields


def carried(person: str, copies: int = 1, **fields: Any) -> dict[str, Any]:
    """Return the genotype of somebody who carries the allele, well read."""
    return call(person, copies=copies, ref_depth=15, alt_depth=15, **fields)


def variants_table(rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """Return a variants table; a row names its ``allele`` and its ``genotypes``."""
    cells = [
        _cells(row["allele"])
        | {"original": None, "filter": "PASS", "quality": 50.0}
        | {k: v for k, v in row.items() if k != "allele"}
        for row in rows
    ]
    frame = pl.from_arrow(pa.Table.from_pylist(cells, VARIANTS_SCHEMA))
    assert isinstance(frame, pl.DataFrame)
    return frame.sort("key")
