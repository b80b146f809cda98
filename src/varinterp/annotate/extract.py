"""From a laboratory's VCF to the records and fields that interpretation needs, and no more.

bcftools rewrites the family's columns as a small VCF of our own: sample names, INFO, command
lines and paths of the original stay behind. The genotype is written twice, as ``GT`` and as
``OLD_GT``, because splitting a site changes the first; PL and GL stay the texts that they were.
Reference blocks (no ALT, or only the unseen allele) go to a table of their own. IDs stay only where
they are the numbers of lines.
"""

import re
import shutil
import zlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from varinterp.annotate.allele_kind import kind
from varinterp.annotate.bcftools import BcftoolsError, Command, pipeline
from varinterp.annotate.columns import Schema, frames
from varinterp.annotate.family_vcf import Opened
from varinterp.annotate.lanes import Given
from varinterp.annotate.vcf_faults import BYTE_ORDER_MARK, damaged, explain, open_text
from varinterp.errors import Fault, InputError, StageError

_BLOCK = 'N_ALT=0 || (N_ALT=1 && (ALT="<NON_REF>" || ALT="<*>"))'
_SITES = (
    r"%CHROM\t%POS\t%ID\t%REF\t%ALT\t%QUAL\t%FILTER\t.\tGT:OLD_GT:AD:DP:CALLER_GQ:CALLER_PS"
    ":CALLER_PL:CALLER_GL"
    r"[\t%GT:%GT:%AD:%DP:%GQ:%PS:%PL:%GL]\n"
)
_BLOCKS = r"%CHROM\t%POS\t%REF\t%INFO/END\t%FILTER[\t%GT\t%LEN\t%MIN_DP\t%DP\t%GQ]\n"
_FILTER = re.compile(r"[^\s,;\"<>=]+")
_HEADER = """\
##fileformat=VCFv4.2
{contigs}{filters}##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
##FORMAT=<ID=OLD_GT,Number=1,Type=String,Description="Genotype of the record before it is split">
##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads of each allele">
##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Reads">
##FORMAT=<ID=CALLER_GQ,Number=1,Type=Float,Description="Genotype quality">
##FORMAT=<ID=CALLER_PS,Number=1,Type=String,Description="Phase set">
##FORMAT=<ID=CALLER_PL,Number=1,Type=String,Description="PL of the record before it is split">
##FORMAT=<ID=CALLER_GL,Number=1,Type=String,Description="GL of the record before it is split">
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t{people}
"""


@dataclass(slots=True)
class Survey:
    """What the extracted records hold, counted from their text."""

    records: int = 0
    contigs: dict[str, int] = field(default_factory=dict)
    filters: set[str] = field(default_factory=set)
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    """ALT alleles by contig and kind."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """A VCF's variant records, its survey, and the number and table of its reference blocks.

    `numbered` when the records' IDs are the numbers of lines.
    """

    sites: Path
    survey: Survey
    blocks: int
    block_table: Path
    numbered: bool


def extract(vcf: Opened, given: Given, folder: Path, *, keep_blocks: bool) -> Extracted:
    """Write the family's records of a VCF to `folder`; raise InputError where it is malformed.

    `given` holds the records of the VCF that are to be read. The table of reference blocks is
    filled only when `keep_blocks`; they are always counted.
    """
    names = folder / "names.txt"
    names.write_text("".join(f"{name}\n" for name in vcf.names))
    body, block_table = folder / "body.tsv", folder / "blocks.tsv"
    try:
        lines = _count_lines(given.path)
        path = _unmarked(given.path, folder)
        layout = _SITES if given.numbered else _SITES.replace("%ID", ".")
        _query(path, names, body, "-e", layout)
        survey = _survey(body)
        blocks = 0
        if lines is None or lines != survey.records or keep_blocks:
            _query(path, names, block_table, "-i", _BLOCKS if keep_blocks else r"%CHROM\n")
            blocks = _count_newlines(block_table)
    except BcftoolsError as error:
        raise explain(error, vcf.source({})) from error
    if lines is not None and lines != survey.records + blocks:
        raise StageError(
            f"{lines} records in a VCF of the family, {survey.records + blocks} read from it"
        )
    sites = folder / "sites.vcf"
    _write_sites(sites, body, survey, vcf)
    return Extracted(sites, survey, blocks, block_table, given.numbered)


def _unmarked(path: Path, folder: Path) -> Path:
    """Return the VCF, or a copy without the byte-order mark that htslib stumbles over."""
    with open_text(path) as stream:
        if stream.read(len(BYTE_ORDER_MARK)) != BYTE_ORDER_MARK:
            return path
        copy = folder / "unmarked.vcf"
        with copy.open("wb") as target:
            shutil.copyfileobj(stream, target, 1 << 20)
    return copy


def _query(vcf: Path, names: Path, out: Path, choice: str, layout: str) -> None:
    command: Command = ["query", "-u", "-S", names, choice, _BLOCK, "-f", layout, vcf]
    with pipeline(command) as run, out.open("wb") as target:
        shutil.copyfileobj(run.output, target, 1 << 20)


def _survey(body: Path) -> Survey:
    columns = ["chrom", "pos", "id", "ref", "alt", "qual", "filter"]
    schema: Schema = {**dict.fromkeys(columns, pl.String), **_others(body, len(columns))}
    survey = Survey()
    with body.open("rb") as stream:
        for frame in frames(stream, schema, ["chrom", "ref", "alt", "filter"]):
            survey.records += frame.height
            survey.filters |= set(frame["filter"].drop_nulls().unique())
            for contig, count in frame.group_by("chrom", maintain_order=True).len().iter_rows():
                survey.contigs[contig] = survey.contigs.get(contig, 0) + count
            _count_kinds(frame, survey.kinds)
    survey.filters = {word for words in survey.filters for word in words.split(";")}
    return survey


def _others(body: Path, named: int) -> Schema:
    with body.open("rb") as stream:
        width = stream.readline().count(b"\t") + 1
    return {f"column_{index}": pl.String for index in range(named, width)}


def _count_kinds(frame: pl.DataFrame, kinds: Counter[tuple[str, str]]) -> None:
    several = frame["alt"].str.contains(",", literal=True)
    split = (
        frame.filter(several)
        .with_columns(pl.col("alt").str.split(","))
        .explode("alt", empty_as_null=False)
    )
    for part in (frame.filter(~several), split):
        counts = part.group_by("chrom", kind()).len()
        for contig, name, count in counts.iter_rows():
            kinds[contig, name] += count


def _write_sites(sites: Path, body: Path, survey: Survey, vcf: Opened) -> None:
    words = sorted(survey.filters - {"PASS", "."})
    if not all(_FILTER.fullmatch(word) for word in words):
        fault = Fault(
            "vcf.filter", vcf.path.name, "a malformed filter name",
            "PASS, a dot, or filter names separated by ';'", "write the file again with its caller",
            column="FILTER",
        )  # fmt: skip
        raise InputError([fault])
    header = _HEADER.format(
        contigs="".join(f"##contig=<ID={contig}>\n" for contig in survey.contigs),
        filters="".join(f'##FILTER=<ID={word},Description="">\n' for word in words),
        people="\t".join(vcf.people),
    )
    with sites.open("wb") as target:
        target.write(header.encode())
        with body.open("rb") as stream:
            shutil.copyfileobj(stream, target, 1 << 20)
    body.unlink()


def _count_lines(path: Path) -> int | None:
    """Count a VCF's records without htslib, or return None for BCF."""
    count = headers = 0
    last = b"\n"
    try:
        with open_text(path) as stream:
            if stream.read(3) == b"BCF":
                return None
            stream.seek(0)
            while piece := stream.read(1 << 20).removeprefix(BYTE_ORDER_MARK):
                count += piece.count(b"\n")
                headers += (last + piece).count(b"\n#")
                last = piece[-1:]
    except (OSError, EOFError, zlib.error) as error:
        raise damaged(path) from error
    return count + (last != b"\n") - headers


def _count_newlines(path: Path) -> int:
    with path.open("rb") as stream:
        return sum(piece.count(b"\n") for piece in iter(lambda: stream.read(1 << 20), b""))
