"""PanelApp's API for genes of the demo region, as pages of genes and as a panel: all invented."""

import json
from pathlib import Path
from typing import Any

BIALLELIC = "BIALLELIC, autosomal or pseudoautosomal"
MONOALLELIC = "MONOALLELIC, autosomal or pseudoautosomal, NOT imprinted"
BOTH = "BOTH monoallelic and biallelic, autosomal or pseudoautosomal"
HGNC = {
    "TANGO2": "HGNC:25439", "DGCR8": "HGNC:2847", "RTN4R": "HGNC:18601", "ZDHHC8": "HGNC:18474",
    "RANBP1": "HGNC:9847", "TRMT2A": "HGNC:24974",
}  # fmt: skip
Fact = tuple[str, str, str, list[str]]
NOW: tuple[Fact, ...] = (
    ("TANGO2", "3", BIALLELIC, ["26805781"]),
    ("DGCR8", "1", MONOALLELIC, []),
    ("RTN4R", "2", MONOALLELIC, []),
    ("ZDHHC8", "2", MONOALLELIC, []),
    ("RANBP1", "1", "Unknown", []),
)
LATER: tuple[Fact, ...] = (
    ("TANGO2", "3", BIALLELIC, ["26805781", "26805782"]),
    ("DGCR8", "3", MONOALLELIC, []),
    ("RTN4R", "1", MONOALLELIC, []),
    ("ZDHHC8", "2", BIALLELIC, []),
    ("TRMT2A", "2", BOTH, []),
)
"""A paper more, up to green, down to red, another mode; one went and one came."""
PER_PAGE = 3


def write(folder: Path, later: bool = False) -> dict[str, tuple[Path, ...]]:
    """Write the pages of ``/api/v1/genes/``."""
    folder.mkdir(parents=True, exist_ok=True)
    entries = [{**_entry(*row), "panel": panel(later)} for row in (LATER if later else NOW)]
    pages = []
    for number, start in enumerate(range(0, len(entries), PER_PAGE), 1):
        here = entries[start : start + PER_PAGE]
        path = folder / f"genes.{number:04}.json"
        following = "https://panelapp.example/api/v1/genes/?page=2" if number == 1 else None
        page = {"count": len(entries), "next": following, "previous": None, "results": here}
        path.write_text(json.dumps(page), encoding="utf-8")
        pages.append(path)
    return {"genes": tuple(pages)}


def write_panel(folder: Path) -> dict[str, tuple[Path, ...]]:
    """Write one whole panel, as ``/api/v1/panels/signedoff/<id>/`` gives it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "panel.json"
    whole = panel(False) | {"genes": [_entry(*row) for row in NOW], "regions": [{}], "strs": []}
    path.write_text(json.dumps(whole), encoding="utf-8")
    return {"genes": (path,)}


def panel(later: bool) -> dict[str, Any]:
    """What an entry says of its panel."""
    return {
        "id": 1141,
        "hash_id": None,
        "name": "Acute rhabdomyolysis",
        "version": "1.16" if later else "1.15",
        "version_created": "2023-03-22T14:31:53.123456Z",
        "signed_off": "2023-03-22",
    }


def _entry(gene: str, level: str, mode: str, papers: list[str]) -> dict[str, Any]:
    return {
        "gene_data": {"hgnc_id": HGNC[gene], "gene_symbol": gene, "biotype": "protein_coding"},
        "entity_type": "gene",
        "entity_name": gene,
        "confidence_level": level,
        "penetrance": None,
        "mode_of_pathogenicity": "",
        "publications": papers,
        "evidence": ["Expert Review"],
        "phenotypes": ["a phenotype"],
        "mode_of_inheritance": mode,
        "tags": [],
        "transcript": None,
    }
