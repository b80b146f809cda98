"""CADD's files of substitutions and of indels, for a few positions: every score is invented."""

import gzip
from pathlib import Path

COLUMNS = "#Chrom\tPos\tRef\tAlt\tRawScore\tPHRED\n"
MISSENSE = "22-20061538-G-A"
NOW = {
    20061537: ("C", {"A": 22.7, "G": 22.8, "T": 0.703}),
    20061538: ("G", {"A": 28.1, "C": 25.3, "T": 25.2}),
    20061600: ("C", {"A": 1.0, "G": 17.3, "T": 0.15}),
}
LATER = {
    20061537: ("C", {"A": 22.71, "G": 22.81, "T": 0.703}),
    20061538: ("G", {"A": 28.0, "C": 25.3, "T": 25.3}),
    20061601: ("A", {"C": 1.0, "G": 17.3, "T": 0.15}),
}
"""Up and down over cut-offs, moved between them, a position that went, one that came."""
INDELS = (("22", 20061529, "AGCAC", "A", 23.5), ("22", 20061544, "A", "AG", 31.0))
INDELS_LATER = (("22", 20061529, "AGCAC", "A", 22.7), ("22", 20061545, "G", "GT", 31.0))


def write(folder: Path, later: bool = False) -> dict[str, tuple[Path, ...]]:
    """Write both files as they are published."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [
        ("22", position, ref, alt, score)
        for position, (ref, scores) in sorted((LATER if later else NOW).items())
        for alt, score in scores.items()
    ]
    version = "v1.7" if later else "v1.6"
    return {
        "snv": (write_rows(folder / "whole_genome_SNVs.tsv.gz", version, rows),),
        "indels": (
            write_rows(
                folder / "gnomad.genomes.r4.0.indel.tsv.gz",
                version,
                INDELS_LATER if later else INDELS,
            ),
        ),
    }


def write_rows(path: Path, version: str, rows: object) -> Path:
    assert isinstance(rows, list | tuple)
    banner = (
        f"## CADD GRCh38-{version} (c) University of Washington, Hudson-Alpha Institute for "
        "Biotechnology and Berlin Institute of Health 2013-2023. All rights reserved.\n"
    )
    text = "".join("\t".join(map(str, (*row[:4], 1.5, row[4]))) + "\n" for row in rows)
    path.write_bytes(gzip.compress((banner + COLUMNS + text).encode(), mtime=0))
    return path
