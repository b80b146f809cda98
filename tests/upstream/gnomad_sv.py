"""gnomAD's structural variants on the demo's chromosome, in the form of release 4.1: invented."""

from pathlib import Path

import pysam

HEADER = (
    "##fileformat=VCFv4.2",
    '##FILTER=<ID=HIGH_NCR,Description="Unacceptably high rate of no-call GTs">',
    '##FILTER=<ID=MULTIALLELIC,Description="Multiallelic site">',
    '##INFO=<ID=SVTYPE,Number=1,Type=String,Description="Type of structural variant">',
    '##INFO=<ID=END,Number=1,Type=Integer,Description="End position">',
    '##INFO=<ID=SVLEN,Number=1,Type=Integer,Description="SV length">',
    '##INFO=<ID=AC,Number=A,Type=Integer,Description="Alternate allele count">',
    '##INFO=<ID=AN,Number=1,Type=Integer,Description="Total alleles">',
    '##INFO=<ID=AF,Number=A,Type=Float,Description="Allele frequency">',
    "##contig=<ID=chr22,length=50818468>",
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO",
)
COUNTS = "AC=2000;AN=100000;AF=0.02"


def row(kind: str, start: int, end: int, filters: str = "PASS", counts: str = COUNTS) -> str:
    """Return a record; `start` is the first base that changes."""
    name = f"gnomAD-SV_v3_{kind}_chr22_{start}"
    info = f"SVTYPE={kind};END={end};SVLEN={end - start + 1};{counts}"
    return f"chr22\t{start - 1}\t{name}\tN\t<{kind}>\t999\t{filters}\t{info}"


NOW = (
    row("DEL", 20330001, 20380000),
    row("DUP", 20330001, 20380000, counts="AC=1;AN=100000;AF=0.00001"),
    row("DEL", 20100001, 20200000, "HIGH_NCR"),
    row("INS", 20110001, 20110001),
    row("CNV", 20120001, 20130000, "MULTIALLELIC"),
)
LATER = (
    row("DEL", 20330001, 20380000, counts="AC=3000;AN=100000;AF=0.03"),
    row("DEL", 20240001, 20270000),
    *NOW[2:],
)
"""A frequency that moved, a gain that went and a loss that came."""


def write(folder: Path, later: bool = False) -> dict[str, tuple[Path, ...]]:
    """Write the sites."""
    folder.mkdir(parents=True, exist_ok=True)
    plain = folder / "sites.vcf"
    plain.write_text("\n".join([*HEADER, *(LATER if later else NOW)]) + "\n")
    path = folder / "gnomad.sv.sites.vcf.gz"
    pysam.tabix_compress(str(plain), str(path), force=True)
    plain.unlink()
    return {"sites": (path,)}
