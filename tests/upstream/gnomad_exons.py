"""Loss-of-function alleles by exon: derived from other releases, with no file of its own."""

from pathlib import Path


def write(folder: Path, later: bool = False) -> dict[str, tuple[Path, ...]]:
    """Write nothing."""
    return {}
