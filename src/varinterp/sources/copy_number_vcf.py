"""A called CNV or SV VCF: its losses and gains, everybody's calls, and what was set aside.

GRCh38 alone, told from the header's contig lengths or its ``##reference``: a symbolic allele has no
bases that would prove the build.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from varinterp.errors import Fault, InputError
from varinterp.model.chromosome import GRCH37_LENGTHS, Chromosome
from varinterp.model.family import Sex
from varinterp.sources.copy_number_calls import CALLS_SCHEMA, copy_number_calls
from varinterp.sources.copy_number_records import copy_number_records
from varinterp.sources.fault_book import FaultBook, Rule
from varinterp.sources.vcf_container import ContainerReader, DamageError
from varinterp.sources.vcf_header import Header, read_header
from varinterp.sources.vcf_lines import LineBlocks
from varinterp.sources.vcf_rows import RowSplitter
from varinterp.sources.vcf_rules import RULES as VCF_RULES

_GRCH37 = re.compile(r"hg19|grch37|b37|hs37d5", re.IGNORECASE)
_GRCH38 = re.compile(r"hg38|grch38|hs38|GCA_000001405\.15", re.IGNORECASE)
RULES: Mapping[str, Rule] = {
    **VCF_RULES,
    "copy_number.build_unknown": Rule(
        "##contig lines with GRCh38's lengths, or a ##reference that names it",
        "add them: bcftools reheader --fai GRCh38.fa.fai FILE",
    ),
    "copy_number.no_samples": Rule(
        "a FORMAT column with GT or CN, and samples", "call the samples"
    ),
}


@dataclass(frozen=True, slots=True)
class CopyNumberVcf:
    """What a file holds: `calls` as `CALLS_SCHEMA`, `records` read, and those set aside by reason.

    `sample` in `calls` is the place of a name in the request.
    """

    calls: pl.DataFrame
    records: int
    set_aside: Mapping[str, int]
    warnings: tuple[Fault, ...]


def read_copy_number_vcf(path: Path, samples: Mapping[str, Sex]) -> CopyNumberVcf:
    """Read the calls of some samples; raise InputError with every fault of the file."""
    book = FaultBook(str(path), RULES)
    if not path.is_file():
        book.add("vcf.not_a_file", "none", 1)
        raise InputError(book.faults())
    aside: Counter[str] = Counter()
    parts: list[pl.DataFrame] = []
    records = 0
    with ContainerReader(path) as container:
        lines = LineBlocks(container.pieces(), book)
        try:
            header = read_header(lines, book)
            columns = {} if header is None else _columns(header, samples, book)
            if header is not None and columns:
                splitter = RowSplitter(header.columns, [index for index in columns], book)
                while data := lines.read():
                    rows = splitter.split(data, lines.line)
                    lines.line += data.count(b"\n")
                    records += rows.height
                    if rows.height:
                        found = copy_number_records(rows, aside, book)
                        parts.append(copy_number_calls(found, columns))
        except DamageError as damage:
            book.add(damage.rule, damage.found, lines.line)
    if book.rejects:
        raise InputError(book.faults())
    calls = pl.concat([pl.DataFrame(schema=CALLS_SCHEMA), *parts])
    return CopyNumberVcf(
        calls=_by_request(calls, header, samples),
        records=records,
        set_aside=dict(sorted(aside.items())),
        warnings=book.faults(),
    )


def _columns(header: Header, samples: Mapping[str, Sex], book: FaultBook) -> dict[int, Sex]:
    """Return the wanted samples' columns, after what the header says of build and samples."""
    _check_build(header, book)
    line = header.columns_line
    if not header.genotypes or not {"GT", "CN"} & header.formats.keys():
        book.add("copy_number.no_samples", "neither GT nor CN", line)
        return {}
    absent = [name for name in samples if name not in header.samples]
    for _ in absent:
        found = f"{len(header.samples)} samples without it"
        book.add("vcf.sample_absent", found, line)
    return {header.samples.index(name): sex for name, sex in samples.items() if name not in absent}


def _check_build(header: Header, book: FaultBook) -> None:
    known = {
        name: (chromosome, length)
        for name, length in header.contigs.items()
        if (chromosome := Chromosome.parse(name)) is not None
        and chromosome is not Chromosome.MT
        and length is not None
    }
    for name, (chromosome, length) in known.items():
        if length == chromosome.length:
            continue
        rule = "vcf.build_grch37" if length == GRCH37_LENGTHS[chromosome] else "vcf.contig_length"
        book.add(rule, f"a contig of {length} bases", header.contig_lines[name])
    if known:
        return
    if _GRCH37.search(header.reference):
        book.add("vcf.build_grch37", "a ##reference line of GRCh37", header.columns_line)
    elif not _GRCH38.search(header.reference):
        book.add("copy_number.build_unknown", "neither", header.columns_line)


def _by_request(
    calls: pl.DataFrame, header: Header | None, samples: Mapping[str, Sex]
) -> pl.DataFrame:
    """Number the samples as they were asked for, and sort in genome order."""
    if header is None or calls.is_empty():
        return calls
    places = {header.samples.index(name): place for place, name in enumerate(samples)}
    codes = {chromosome.value: chromosome.code for chromosome in Chromosome}
    return calls.with_columns(pl.col("sample").replace_strict(places, return_dtype=pl.Int64)).sort(
        pl.col("chromosome").replace_strict(codes, return_dtype=pl.Int8),
        "start", "end", "change", "line", "sample",
    )  # fmt: skip
