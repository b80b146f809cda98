"""A laboratory's list of points for copy numbers, and a later state of it: nobody gave these."""

from pathlib import Path

COLUMNS = ("copy_number", "line", "points", "author", "date", "pmid", "note")
PLACE = "22-20079000-20118000-DUP"


def row(line: str = "4L", points: str = "0.45", **cells: str) -> str:
    """Return an entry; `cells` replace others."""
    values = {
        "copy_number": f"GRCh38:{PLACE}", "line": line, "points": points, "author": "A. Curator",
        "date": "2025-11-22", "pmid": "31690835", "note": "",
    } | cells  # fmt: skip
    return "\t".join(values[name] for name in COLUMNS)


NOW = (row(), row("4D", "-0.30", pmid=""))
LATER = (row(), row("4A", "0.45", copy_number="GRCh38:22-20240001-20270000-DEL"))


def write(
    folder: Path, later: bool = False, rows: tuple[str, ...] = ()
) -> dict[str, tuple[Path, ...]]:
    """Write the list."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "points.tsv"
    path.write_text("\n".join(["\t".join(COLUMNS), *(rows or (LATER if later else NOW))]) + "\n")
    return {"list": (path,)}
