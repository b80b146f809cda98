"""A laboratory's list of founder and regional alleles, and a later state of it.

Every row is constructed: nobody has measured these carrier rates. The alleles are the demo's.
"""

from collections.abc import Mapping
from pathlib import Path

COLUMNS = (
    "list", "allele", "gene", "disease", "inheritance", "region", "measure", "rate", "overrides",
    "pmid", "curator", "date", "reason", "expires", "constructed",
)  # fmt: skip
MISSENSE, SPLICE, NONSENSE = "22-20061538-G-A", "22-20061684-G-A", "22-20055980-C-T"
COMMON = "22-20064566-T-G"
"""TANGO2 c.735T>G: common in the demo's frequencies, above BA1's limit."""


def row(**cells: str) -> dict[str, str]:
    """Return a row for TANGO2's disease that differs from the default in `cells`."""
    default = {
        "list": "Constructed founder list",
        "allele": f"GRCh38:{MISSENSE}",
        "gene": "HGNC:25439",
        "disease": "OMIM:616878",
        "inheritance": "autosomal_recessive",
        "region": "Constructed region",
        "measure": "carrier_rate",
        "rate": "1/22",
        "overrides": "BA1;BS1;PM2",
        "pmid": "",
        "curator": "A. Curator",
        "date": "2026-01-15",
        "reason": "Constructed for tests: a founder allele of a region that gnomAD lacks",
        "expires": "",
        "constructed": "yes",
    }
    return default | cells


NOW = (
    row(),
    row(allele=COMMON, rate="0.06", measure="allele_frequency", overrides="BA1;BS1"),
    row(allele=SPLICE, overrides="PM2", expires="2026-12-31"),
)
LATER = (
    row(rate="1/25", date="2026-06-01"),
    row(allele=SPLICE, overrides="PM2", expires="2026-12-31"),
    row(allele=NONSENSE, overrides="BS1;PM2"),
    row(allele=NONSENSE, region="Another constructed region", overrides="PM2"),
)


def text(rows: tuple[Mapping[str, str], ...]) -> str:
    """Return a list as its file."""
    lines = ["\t".join(COLUMNS), *("\t".join(each[name] for name in COLUMNS) for each in rows)]
    return "# A constructed list\n" + "".join(f"{line}\n" for line in lines)


def write(folder: Path, later: bool = False) -> dict[str, tuple[Path, ...]]:
    """Write the list, or its later state: a row more, one less, one said otherwise."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "founders.tsv"
    path.write_text(text(LATER if later else NOW), encoding="utf-8")
    return {"list": (path,)}
