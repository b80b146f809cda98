"""gnomAD's genomes sites VCF."""

from pathlib import Path

from upstream.gnomad_exomes import written


def write(folder: Path, later: bool = False) -> dict[str, tuple[Path, ...]]:
    """Write the sites of chromosome 22."""
    return written(folder, "genomes", later)
