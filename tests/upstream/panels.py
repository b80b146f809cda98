"""A laboratory's gene panels, and a later state of them: a gene more, a level moved."""

from pathlib import Path

NOW = """# constructed
panel\tversion\ttitle\thgnc\tgene\tlevel\tsource
crises\t1.2\tMetabolic crises\tHGNC:25439\tTANGO2\tamber\tconstructed
"""
LATER = """# constructed
panel\tversion\ttitle\thgnc\tgene\tlevel\tsource
crises\t1.3\tMetabolic crises\tHGNC:25439\tTANGO2\tgreen\tconstructed
crises\t1.3\tMetabolic crises\tHGNC:2847\tDGCR8\tred\tconstructed
"""


def write(folder: Path, later: bool = False) -> dict[str, tuple[Path, ...]]:
    """Write the panels, or their later state."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "panels.tsv"
    path.write_text(LATER if later else NOW, encoding="utf-8")
    return {"list": (path,)}
