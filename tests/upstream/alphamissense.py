"""AlphaMissense's genomic file for a few alleles of the demo region: every score is invented."""

import gzip
from pathlib import Path

HEAD = (
    "# Copyright 2023 DeepMind Technologies Limited\n"
    "#\n"
    "# Licensed under CC BY 4.0 license\n"
    "#CHROM\tPOS\tREF\tALT\tgenome\tuniprot_id\ttranscript_id\tprotein_variant\tam_pathogenicity"
    "\tam_class\n"
)
MISSENSE = "22-20061538-G-A@ENST00000327374"
NOW = (
    ("chr22", 20061532, "A", "G", "Q6ICL3", "ENST00000327374.8", "T152A", 0.0990, "likely_benign"),
    ("chr22", 20061538, "G", "A", "Q6ICL3", "ENST00000327374.8", "G154R", 0.7919, "ambiguous"),
    (
        "chr22",
        20061538,
        "G",
        "C",
        "Q6ICL3",
        "ENST00000327374.8",
        "G154R",
        0.99,
        "likely_pathogenic",
    ),
    ("chr22", 20061538, "G", "A", "A0A024", "ENST00000456048.5", "G80R", 0.5, "ambiguous"),
    (
        "chr22",
        20061540,
        "G",
        "A",
        "Q6ICL3",
        "ENST00000327374.8",
        "G154E",
        0.95,
        "likely_pathogenic",
    ),
)
LATER = (
    ("chr22", 20061532, "A", "G", "Q6ICL3", "ENST00000327374.9", "T152A", 0.0991, "likely_benign"),
    ("chr22", 20061538, "G", "A", "Q6ICL3", "ENST00000327374.9", "G154R", 0.792, "ambiguous"),
    (
        "chr22",
        20061538,
        "G",
        "C",
        "Q6ICL3",
        "ENST00000327374.9",
        "G154R",
        0.9899,
        "likely_pathogenic",
    ),
    ("chr22", 20061538, "G", "A", "A0A024", "ENST00000456048.5", "G80R", 0.51, "ambiguous"),
    (
        "chr22",
        20061539,
        "G",
        "T",
        "Q6ICL3",
        "ENST00000327374.9",
        "G154V",
        0.97,
        "likely_pathogenic",
    ),
)
"""Up over two cut-offs, down under one, moved between them, a row that went, one that came."""


def write(folder: Path, later: bool = False) -> dict[str, tuple[Path, ...]]:
    """Write the file as it is published."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "AlphaMissense_hg38.tsv.gz"
    rows = "".join(
        "\t".join(map(str, (*row[:4], "hg38", *row[4:]))) + "\n"
        for row in (LATER if later else NOW)
    )
    path.write_bytes(gzip.compress((HEAD + rows).encode(), mtime=0))
    return {"scores": (path,)}
