"""What a VEP release is built of where Ensembl's own cache is not at hand: known substitutions.

A sites VCF like ClinVar's, with the rs number of a real common substitution of the demo region. The
rest is the `mane` release and the reference.
"""

import gzip
from pathlib import Path

HEAD = (
    "##fileformat=VCFv4.1\n"
    '##INFO=<ID=RS,Number=.,Type=String,Description="dbSNP ID (i.e. rs number)">\n'
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
)
KNOWN = "22\t20012623\t1\tG\tA\t.\t.\tRS=73387790\n"


def write(folder: Path, later: bool = False) -> dict[str, tuple[Path, ...]]:
    """Write the VCF, the same for both releases: it is the transcripts that move."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "clinvar.vcf.gz"
    path.write_bytes(gzip.compress((HEAD + KNOWN).encode()))
    return {"variation": (path,)}
