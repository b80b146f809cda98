"""The table of classified alleles that the catalogue's entry describes, and a later one."""

from pathlib import Path

COLUMNS = ("allele", "class", "note", "date", "curator")
NOW = (
    ("GRCh38:22-20061538-G-A", "4", "in trans, one family", "2025-06-01", "AB"),
    ("GRCh38:22-20061532-A-G", "2", "", "2024-05-01", "CD"),
)
LATER = (
    ("GRCh38:22-20061538-G-A", "5", "in trans, two families", "2026-06-01", "AB"),
    ("GRCh38:22-20061684-G-A", "3", "", "2026-05-01", "CD"),
)


def write(folder: Path, later: bool = False) -> dict[str, tuple[Path, ...]]:
    """Write the table."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "classified.tsv"
    rows = (COLUMNS, *(LATER if later else NOW))
    path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    return {"variants": (path,)}
