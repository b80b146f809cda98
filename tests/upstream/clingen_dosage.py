"""ClinGen's dosage lists for genes and a region of the demo's chromosome: scores are invented."""

from pathlib import Path

SCORES = tuple(
    f"{what} {part}"
    for what in ("Haploinsufficiency", "Triplosensitivity")
    for part in ("Score", "Description", *(f"PMID{number}" for number in range(1, 7)))
)
AFTER = (
    "cytoBand", "Genomic Location", *SCORES, "Date Last Evaluated",
    "Haploinsufficiency Disease ID", "Triplosensitivity Disease ID",
)  # fmt: skip
NOW = (
    ("TANGO2", "128989", "30", "0", "2020-07-08", ""),
    ("DGCR8", "54487", "1", "Not yet evaluated", "2012-03-01", ""),
    ("RTN4R", "65078", "1", "0", "2012-03-01", ""),
    ("ZDHHC8", "29801", "0", "0", "2012-03-01", ""),
)
LATER = (
    ("TANGO2", "128989", "30", "0", "2025-07-08", ""),
    ("DGCR8", "54487", "3", "0", "2025-03-01", "MONDO:0000010"),
    ("RTN4R", "65078", "40", "0", "2025-03-01", ""),
    ("RANBP1", "5902", "0", "0", "2025-03-01", ""),
)
"""Evaluated again, up to sufficient, down to unlikely; one went and one came."""


def write(folder: Path, later: bool = False) -> dict[str, tuple[Path, ...]]:
    """Write the list of genes and that of regions."""
    folder.mkdir(parents=True, exist_ok=True)
    dated = "02 Feb,2026" if later else "01 Jul,2025"
    genes = [_row(*fact) for fact in (LATER if later else NOW)]
    region = _row("22q11.2 recurrent region", "ISCA-37446", "3", "3", "2020-05-06", "")
    region = [region[1], region[0], *region[2:]]
    return {
        "genes": (
            _tsv(folder / "ClinGen_gene_curation_list_GRCh38.tsv", "Gene", dated,
                 ("Gene Symbol", "Gene ID", *AFTER), genes),
        ),
        "regions": (
            _tsv(folder / "ClinGen_region_curation_list_GRCh38.tsv", "Region", dated,
                 ("ISCA ID", "ISCA Region Name", *AFTER), [region]),
        ),
    }  # fmt: skip


def _row(name: str, number: str, loss: str, gain: str, day: str, disease: str) -> list[str]:
    scores = [loss, "words", "26805781", *[""] * 5, gain, "words", *[""] * 6]
    return [name, number, "22q11.21", "chr22:20012479-20067164", *scores, day, disease, ""]


def _tsv(path: Path, what: str, dated: str, names: tuple[str, ...], rows: list[list[str]]) -> Path:
    lines = [
        f"#ClinGen {what} Curation Results",
        f"#{dated}",
        "#Genomic Locations are reported on GRCh38 (hg38): GCF_000001405.36",
        "#https://www.ncbi.nlm.nih.gov/projects/dbvar/clingen",
        "#to create link: https://www.ncbi.nlm.nih.gov/projects/dbvar/clingen/clingen_gene.cgi?sym="
        "Gene Symbol",
        "#" + "\t".join(names),
        *("\t".join(row) for row in rows),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
