"""Gene2Phenotype's CSV for genes of the demo region, in three of its formats: rows are invented."""

import csv
from pathlib import Path

COLUMNS = (
    "g2p id", "gene symbol", "gene mim", "hgnc id", "previous gene symbols", "disease name",
    "disease mim", "disease MONDO", "allelic requirement", "cross cutting modifier", "confidence",
    "variant consequence", "variant types", "molecular mechanism", "molecular mechanism support",
    "molecular mechanism categorisation", "molecular mechanism evidence", "phenotypes",
    "publications", "panel", "comments", "date of last review",
)  # fmt: skip
COLUMNS_2016 = (
    "gene symbol", "gene mim", "disease name", "disease mim", "DDD category", "allelic requirement",
    "mutation consequence", "phenotypes", "organ specificity list", "pmids", "panel",
)  # fmt: skip
LOSS = "loss of function"

Fact = tuple[str, str, str, str, str, str, str]
NOW: tuple[Fact, ...] = (
    ("TANGO2", "25439", "616878", "biallelic_autosomal", "definitive", LOSS, "2022-03-04"),
    ("DGCR8", "2847", "188400", "monoallelic_autosomal", "limited", "undetermined", "2021-03-04"),
    ("RTN4R", "18601", "181500", "monoallelic_autosomal", "strong", "gain of function", ""),
    ("ZDHHC8", "18474", "181501", "monoallelic_autosomal", "moderate", LOSS, "2020-01-01"),
    ("RANBP1", "9847", "", "mitochondrial", "limited", "undetermined", "2020-01-01"),
)
LATER: tuple[Fact, ...] = (
    ("TANGO2", "25439", "616878", "biallelic_autosomal", "definitive", LOSS, "2026-01-02"),
    ("DGCR8", "2847", "188400", "monoallelic_autosomal", "moderate", LOSS, "2026-01-02"),
    ("RTN4R", "18601", "181500", "monoallelic_autosomal", "disputed", "gain of function", ""),
    ("ZDHHC8", "18474", "181501", "biallelic_autosomal", "moderate", LOSS, "2020-01-01"),
    ("TRMT2A", "24974", "615000", "biallelic_autosomal", "strong", LOSS, "2026-01-02"),
)
"""TANGO2 reviewed again, DGCR8 up and with a mechanism, RTN4R down, ZDHHC8 another mode; RANBP1
went and TRMT2A came."""


def write(folder: Path, later: bool = False) -> dict[str, tuple[Path, ...]]:
    """Write the download of all panels in today's columns."""
    rows = [_row(number, *fact) for number, fact in enumerate(LATER if later else NOW, 1)]
    return {"records": (_csv(folder / "G2P.csv", COLUMNS, rows),)}


def write_2016(folder: Path) -> dict[str, tuple[Path, ...]]:
    """Write a panel in the columns of 2016: symbols, no HGNC ids, no dates."""
    rows = [
        dict.fromkeys(COLUMNS_2016, "")
        | {
            "gene symbol": gene,
            "disease name": "A DISORDER",
            "disease mim": "No disease mim",
            "DDD category": "confirmed DD gene",
            "allelic requirement": "biallelic",
            "mutation consequence": LOSS,
            "panel": "DD",
        }
        for gene in ("TANGO2", "NOT-A-GENE-TODAY")
    ]
    return {"records": (_csv(folder / "DDG2P.csv", COLUMNS_2016, rows),)}


def _row(
    number: int, gene: str, hgnc: str, mim: str, mode: str, classed: str, how: str, day: str
) -> dict[str, str]:
    return dict.fromkeys(COLUMNS, "") | {
        "g2p id": f"G2P{number:05}",
        "gene symbol": gene,
        "hgnc id": hgnc,
        "disease name": f"{gene}-related disorder, invented",
        "disease mim": mim,
        "allelic requirement": mode,
        "confidence": classed,
        "molecular mechanism": how,
        "molecular mechanism support": "evidence" if how == LOSS else "inferred",
        "publications": "26805781;26805782",
        "panel": "DD; Eye",
        "date of last review": day,
    }


def _csv(path: Path, names: tuple[str, ...], rows: list[dict[str, str]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as stream:
        table = csv.DictWriter(stream, names, lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    return path
