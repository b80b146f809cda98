"""Two laboratories' own classified alleles, as a VCF and as a table: every class is invented."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

CONSENSUS: Mapping[str, Any] = {
    "format": "vcf",
    "columns": {"class": "CLASS"},
    "classes": {
        "LP/P": ["likely_pathogenic", "pathogenic"],
        "VUS": ["uncertain_significance"],
        "LB/B": ["likely_benign", "benign"],
    },
}
"""`build` of a consensus of the form of VKGL's."""
TABLE: Mapping[str, Any] = {
    "format": "tsv",
    "columns": {
        "chromosome": "chrom", "position": "pos", "ref": "ref", "alt": "alt", "class": "classe",
        "ac": "ac", "an": "an", "homozygotes": "hom", "heterozygotes": "het", "text": "note",
        "date": "date", "curator": "by",
    },
    "classes": {
        "1": ["benign"], "2": ["likely_benign"], "3": ["uncertain_significance"],
        "4": ["likely_pathogenic"], "5": ["pathogenic"],
    },
}  # fmt: skip
"""`build` of a laboratory's own table."""
HEAD = (
    "##fileformat=VCFv4.2\n"
    "##source=an invented consensus\n"
    "##contig=<ID=chr22,length=50818468>\n"
    '##INFO=<ID=CLASS,Number=1,Type=String,Description="Consensus">\n'
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
)
NOW = ((20061532, "A", "G", "VUS"), (20061538, "G", "A", "LP/P"), (20061540, "G", "A", "LB/B"))
LATER = ((20061532, "A", "G", "LP/P"), (20061538, "G", "A", "VUS"), (20061684, "G", "A", "LP/P"))
COLUMNS = ("chrom", "pos", "ref", "alt", "classe", "ac", "an", "hom", "het", "note", "date", "by")
ROWS = (
    ("chr22", "20061538", "G", "A", "4", "3", "400", "1", "1", '"seen, twice"', "2024-05-01", "AB"),
    ("chr22", "20061538", "G", "A", "5", "", "", "", "", "again", "2025-06-01", "CD"),
    ("22", "20061532", "A", "G", "2", "40", "400", "2", "36", "", "", ""),
    ("22", "20061684", "G", "A", "", "1", "400", "0", "1", "no class yet", "2025-06-02", "AB"),
)
ROWS_LATER = (
    ("chr22", "20061538", "G", "A", "4", "3", "400", "1", "1", '"seen, twice"', "2024-05-01", "AB"),
    ("chr22", "20061538", "G", "A", "1", "", "", "", "", "again", "2025-06-01", "CD"),
    ("22", "20061532", "A", "G", "2", "44", "440", "2", "40", "", "", ""),
    ("22", "20061684", "G", "A", "", "1", "400", "0", "1", "no class still", "2025-06-02", "AB"),
)


def write(folder: Path, later: bool = False, table: bool = False) -> dict[str, tuple[Path, ...]]:
    """Write the consensus, or the laboratory's own table."""
    folder.mkdir(parents=True, exist_ok=True)
    if table:
        path = folder / "classified.tsv"
        rows = ROWS_LATER if later else ROWS
        path.write_text(
            "".join("\t".join(row) + "\n" for row in (COLUMNS, *rows)), encoding="utf-8"
        )
    else:
        path = folder / "consensus.vcf"
        path.write_text(
            HEAD
            + "".join(
                f"chr22\t{place}\t.\t{ref}\t{alt}\t.\t.\tCLASS={word}\n"
                for place, ref, alt, word in (LATER if later else NOW)
            ),
            encoding="utf-8",
        )
    return {"variants": (path,)}
