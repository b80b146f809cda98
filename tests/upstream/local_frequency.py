"""A laboratory's own counts, as a table or as a VCF of sites, and a later state of them.

Every count is constructed. The alleles are the demo's.
"""

from pathlib import Path

COLUMNS = ("allele", "ac", "an", "homozygotes", "affected", "unaffected")
NOW = (
    ("22-20061538-G-A", 24, 1000, 6, 9, 9),
    ("22-20064566-T-G", 61, 1000, 2, 20, 39),
    ("22-20055980-C-T", 3, 1000, 1, 1, 1),
    ("22-20061684-G-A", 12, 998, 0, 5, 7),
    ("22-20036801-GT-G", 7, 1000, 0, 0, 7),
)
LATER = (
    ("22-20061538-G-A", 24, 1000, 6, 9, 9),
    ("22-20064566-T-G", 58, 1200, 2, 20, 36),
    ("22-20055980-C-T", 5, 1200, 1, 1, 2),
    ("22-20061684-G-A", 13, 1198, 0, 6, 7),
    ("22-20061577-C-T", 40, 1200, 0, 10, 30),
)
"""Beside the first, unchanged: a limit crossed or counts moved, a row that went, one that came."""

Rows = tuple[tuple[str, int, int, int, int, int], ...]


def write(folder: Path, later: bool = False, vcf: bool = False) -> dict[str, tuple[Path, ...]]:
    """Write the counts as a table, or as a VCF."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = LATER if later else NOW
    if vcf:
        path = folder / "counts.vcf"
        path.write_text(as_vcf(rows), encoding="utf-8")
        return {"vcf": (path,)}
    path = folder / "counts.tsv"
    path.write_text(as_table(rows), encoding="utf-8")
    return {"table": (path,)}


def as_table(rows: Rows) -> str:
    """Return counts as a table."""
    return "".join("\t".join(map(str, cells)) + "\n" for cells in (COLUMNS, *rows))


def as_vcf(rows: Rows) -> str:
    """Return counts as a VCF of sites."""
    lines = [
        "##fileformat=VCFv4.3",
        "##contig=<ID=chr22,length=50818468>",
        '##INFO=<ID=AC,Number=A,Type=Integer,Description="Copies">',
        '##INFO=<ID=AN,Number=1,Type=Integer,Description="Alleles">',
        '##INFO=<ID=HOM,Number=A,Type=Integer,Description="Homozygotes">',
        '##INFO=<ID=CARRIERS_AFFECTED,Number=A,Type=Integer,Description="Affected carriers">',
        '##INFO=<ID=CARRIERS_UNAFFECTED,Number=A,Type=Integer,Description="Other carriers">',
        "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO",
    ]
    for allele, ac, an, homozygotes, affected, unaffected in sorted(rows, key=_position):
        _, position, ref, alt = allele.split("-")
        info = (
            f"AC={ac};AN={an};HOM={homozygotes};CARRIERS_AFFECTED={affected};"
            f"CARRIERS_UNAFFECTED={unaffected}"
        )
        lines.append(f"chr22\t{position}\t.\t{ref}\t{alt}\t.\tPASS\t{info}")
    return "".join(f"{line}\n" for line in lines)


def _position(cells: tuple[str, int, int, int, int, int]) -> int:
    return int(cells[0].split("-")[1])
