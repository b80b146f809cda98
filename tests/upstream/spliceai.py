"""SpliceAI's VCFs for a few alleles of the demo region: every score is invented."""

import gzip
from pathlib import Path

HEAD = (
    "##fileformat=VCFv4.2\n"
    "##fileDate=20191004\n"
    "##reference=GRCh38/hg38\n"
    "##contig=<ID=22,length=50818468>\n"
    '##INFO=<ID=SpliceAI,Number=.,Type=String,Description="SpliceAIv1.3 variant annotation. These '
    "include delta scores (DS) and delta positions (DP) for acceptor gain (AG), acceptor loss "
    "(AL), donor gain (DG), and donor loss (DL). Format: ALLELE|SYMBOL|DS_AG|DS_AL|DS_DG|DS_DL|"
    'DP_AG|DP_AL|DP_DG|DP_DL">\n'
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
)
MISSENSE = "22-20061538-G-A@TANGO2"
SNV = (
    (20061530, "G", "A", ("A|TANGO2|0.01|0.19|0.00|0.02|1|2|3|4",)),
    (
        20061538,
        "G",
        "A",
        ("A|TANGO2|0.00|0.00|0.10|0.02|1|2|3|4", "A|DGCR8|0.30|0.00|0.00|0.00|1|2|3|4"),
    ),
    (20061683, "G", "A", ("A|TANGO2|0.00|0.00|0.00|0.91|1|2|3|4",)),
    (20061684, "G", "A", ("A|TANGO2|0.00|0.00|0.40|0.40|1|2|3|4",)),
)
SNV_LATER = (
    (20061530, "G", "A", ("A|TANGO2|0.01|0.20|0.00|0.02|1|2|3|4",)),
    (
        20061538,
        "G",
        "A",
        ("A|TANGO2|0.00|0.00|0.11|0.02|1|2|3|4", "A|DGCR8|0.30|0.00|0.00|0.00|1|2|3|4"),
    ),
    (20061683, "G", "A", ("A|TANGO2|0.00|0.00|0.00|0.92|1|2|3|4",)),
    (20061684, "G", "A", ("A|TANGO2|0.00|0.00|0.39|0.40|1|2|3|4",)),
    (20061685, "T", "C", ("C|TANGO2|0.00|0.00|0.05|0.00|1|2|3|4",)),
)
"""Over cut-offs, moved above one, the same score by another delta, a row that came."""
INDEL = ((20061529, "AGCAC", "A", ("A|TANGO2|0.00|0.60|0.00|0.00|1|2|3|4",)),)
INDEL_LATER: tuple[tuple[int, str, str, tuple[str, ...]], ...] = (
    (20061544, "A", "AG", ("AG|TANGO2|0.00|0.00|0.00|0.00|1|2|3|4",)),
)


def write(folder: Path, later: bool = False) -> dict[str, tuple[Path, ...]]:
    """Write both files as they are published."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        "snv": ("spliceai_scores.masked.snv.hg38.vcf.gz", SNV_LATER if later else SNV),
        "indels": ("spliceai_scores.masked.indel.hg38.vcf.gz", INDEL_LATER if later else INDEL),
    }
    found: dict[str, tuple[Path, ...]] = {}
    for role, (name, rows) in files.items():
        text = "".join(
            f"22\t{position}\t.\t{ref}\t{alt}\t.\t.\tSpliceAI={','.join(entries)}\n"
            for position, ref, alt, entries in rows
        )
        path = folder / name
        path.write_bytes(gzip.compress((HEAD + text).encode(), mtime=0))
        found[role] = (path,)
    return found
