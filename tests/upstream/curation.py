"""A laboratory's list of curated entries, and a later state of it.

Every entry is constructed: nobody ran these assays or met these people. The alleles are the demo's.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

MISSENSE, SPLICE, NONSENSE = "22-20061538-G-A", "22-20061684-G-A", "22-20055980-C-T"
HGNC, DISEASE = "HGNC:25439", "OMIM:616878"

OF_KIND: Mapping[str, Mapping[str, str]] = {
    "assay": {
        "assay": "Golgi transport", "effect": "damaging", "odds_path": "20.1", "controls": "14",
        "established": "yes",
    },
    "rna": {"effect": "damaging", "normal_fraction": "0.05", "strength": "strong"},
    "probands": {"count": "3"},
    "case_control": {"odds_ratio": "8.2", "lower": "2.1", "upper": "31"},
    "segregation": {"informative": "4", "contradicting": "0", "unaffected_carriers": "1"},
    "de_novo": {"count": "1", "parentage": "confirmed", "phenotype": "consistent"},
    "in_trans": {
        "count": "2", "phase": "trans", "partner": f"GRCh38:{SPLICE}",
        "partner_class": "pathogenic",
    },
    "healthy": {"homozygotes": "1", "heterozygotes": "12"},
    "other_cause": {"count": "1", "cause": "a deletion of 22q11.2"},
    "override": {
        "criterion": "PM1", "outcome": "met", "strength": "moderate", "reason": "active site",
    },
    "retraction": {"note": "another allele was meant"},
}  # fmt: skip
"""The cells of one entry of each kind."""


def row(kind: str = "assay", **cells: str) -> dict[str, str]:
    """Return an entry about TANGO2's missense allele that differs from the default in `cells`."""
    default = {
        "id": f"{kind}-1",
        "kind": kind,
        "allele": f"GRCh38:{MISSENSE}",
        "hgnc": HGNC,
        "disease": DISEASE,
        "inheritance": "autosomal_recessive",
        "author": "A. Curator",
        "date": "2025-11-22",
        "pmid": "26805781",
        "constructed": "yes",
    }
    return {name: cell for name, cell in {**default, **OF_KIND[kind], **cells}.items() if cell}


NOW = (
    row("assay"),
    row("probands", allele=f"GRCh38:{SPLICE}"),
    row("case_control"),
    row("override", allele=f"GRCh38:{NONSENSE}", pmid="", note="seen at our own bench"),
)
LATER = (
    *NOW,
    row("retraction", retracts="case_control-1", date="2026-01-02"),
    row("segregation", date="2026-01-02"),
    row("probands", id="probands-2", allele=f"GRCh38:{NONSENSE}", retracts="", count="5"),
)


def text(rows: Iterable[Mapping[str, str]], columns: Iterable[str] | None = None) -> str:
    """Return a list as its file, with the columns that its rows have."""
    entries = tuple(rows)
    names = tuple(columns or dict.fromkeys(name for each in entries for name in each))
    lines = ["\t".join(names), *("\t".join(each.get(n, "") for n in names) for each in entries)]
    return "# A constructed list\n" + "".join(f"{line}\n" for line in lines)


def write(folder: Path, later: bool = False) -> dict[str, tuple[Path, ...]]:
    """Write the list, or its later state: three entries more, one of which takes one back."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "curated.tsv"
    path.write_text(text(LATER if later else NOW), encoding="utf-8")
    return {"list": (path,)}
