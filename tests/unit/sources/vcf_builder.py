"""Small VCFs and the toy genome that they are called on."""

import random
import struct
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

from varinterp.errors import Fault, InputError
from varinterp.sources.vcf import VcfSummary, check_vcf

Judge = Callable[..., tuple[VcfSummary | None, tuple[Fault, ...]]]
SAMPLES = ("KID", "DAD", "MUM")
LENGTHS = {"chr1": 3000, "chr2": 1500, "chrX": 1500, "chrM": 600}
HEADER = (
    "##fileformat=VCFv4.2",
    '##FILTER=<ID=PASS,Description="All filters passed">',
    '##FILTER=<ID=LowQual,Description="Low quality">',
    '##INFO=<ID=AC,Number=A,Type=Integer,Description="Allele count">',
    '##INFO=<ID=AF,Number=A,Type=Float,Description="Allele frequency">',
    '##INFO=<ID=END,Number=1,Type=Integer,Description="End">',
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
    '##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Allelic depths">',
    '##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Depth">',
    '##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="Quality">',
    '##FORMAT=<ID=PL,Number=G,Type=Integer,Description="Likelihoods">',
)
CONTIGS = tuple(f"##contig=<ID={name},length={length}>" for name, length in LENGTHS.items())


def _sequence(name: str) -> str:
    draw = random.Random(name)  # noqa: S311
    bases = "".join(draw.choice("ACGT") for _ in range(LENGTHS[name]))
    # A run of A from 500 to 519 for indels that can be spelled in many ways.
    return bases[:499] + "A" * 20 + bases[519:] if name == "chr1" else bases


GENOME = {name: _sequence(name) for name in LENGTHS}


def base(contig: str, position: int) -> str:
    """Return the reference base at a 1-based position."""
    return GENOME[contig][position - 1]


def other(contig: str, position: int) -> str:
    """Return a base that the reference has not there."""
    return "CGTA"["ACGT".index(base(contig, position))]


def write_genome(folder: Path, width: int = 60) -> Path:
    """Write the toy genome with its index."""
    path = folder / "genome.fa"
    text, index = "", ""
    for name, bases in GENOME.items():
        text += f">{name}\n"
        index += f"{name}\t{len(bases)}\t{len(text)}\t{width}\t{width + 1}\n"
        text += "".join(f"{bases[at : at + width]}\n" for at in range(0, len(bases), width))
    path.write_text(text)
    path.with_name("genome.fa.fai").write_text(index)
    return path


def record(
    position: int,
    ref: str | None = None,
    alt: str | None = None,
    *,
    contig: str = "chr1",
    info: str = ".",
    layout: str = "GT:AD:DP:GQ",
    cells: Sequence[str] = ("0/1:10,12:22:99", "0/0:20,0:20:60", "0/1:9,11:20:99"),
    filters: str = "PASS",
    identifier: str = ".",
    quality: str = "60",
) -> str:
    """Return a record's line; an SNV of the reference base unless told otherwise."""
    ref = base(contig, position) if ref is None else ref
    alt = other(contig, position) if alt is None else alt
    fixed = (contig, str(position), identifier, ref, alt, quality, filters, info)
    return "\t".join((*fixed, layout, *cells))


def text_of(
    *records: str,
    header: Sequence[str] = HEADER,
    contigs: Sequence[str] = CONTIGS,
    samples: Sequence[str] = SAMPLES,
) -> str:
    """Return the text of a VCF."""
    columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"
    names = "\t".join((columns, "FORMAT", *samples)) if samples else columns
    return "\n".join((*header, *contigs, names, *records)) + "\n"


FIRST_RECORD = text_of().count("\n") + 1
"""Line of the first record of `text_of`."""


def bgzf(data: bytes, block: int = 60000) -> bytes:
    """Compress as BGZF, `block` bytes a member, with the end-of-file member."""
    members = [data[at : at + block] for at in range(0, len(data), block)]
    return b"".join(_member(member) for member in [*members, b""])


def _member(data: bytes) -> bytes:
    deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
    body = deflate.compress(data) + deflate.flush()
    fixed = b"\x1f\x8b\x08\x04\0\0\0\0\0\xff\x06\0BC\x02\0"
    size = struct.pack("<H", len(body) + 25)
    return fixed + size + body + struct.pack("<II", zlib.crc32(data), len(data))


def outcome(
    path: Path, reference: Path | None, wanted: Sequence[str] | None = None
) -> tuple[VcfSummary | None, tuple[Fault, ...]]:
    """Return the summary (None when refused) and every fault."""
    try:
        summary = check_vcf(path, reference, wanted)
    except InputError as error:
        return None, error.faults
    return summary, summary.warnings
