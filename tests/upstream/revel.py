"""REVEL's file with transcript ids, in its zip, for a few alleles: every score is invented."""

import zipfile
from pathlib import Path

MEMBER = "revel_with_transcript_ids"
HEAD = "chr,hg19_pos,grch38_pos,ref,alt,aaref,aaalt,REVEL,Ensembl_transcriptid\n"
MISSENSE = "22-20061538-G-A@ENST00000327374"
NOW = (
    ("22", "20049055", "20061532", "A", "G", "T", "A", "0.29", "ENST00000327374;ENST00000456048"),
    ("22", "20049056", ".", "C", "G", "T", "S", "0.1", "ENST00000327374"),
    ("22", "20049061", "20061538", "G", "A", "G", "R", "0.772", "ENST00000327374;ENST00000401833"),
    ("22", "20049061", "20061538", "G", "A", "G", "S", "0.644", "ENST00000456048"),
    ("22", "20049070", "20061530", "G", "A", "A", "T", "0.003", "ENST00000327374"),
)
LATER = (
    ("22", "20049055", "20061532", "A", "G", "T", "A", "0.291", "ENST00000327374;ENST00000456048"),
    ("22", "20049056", ".", "C", "G", "T", "S", "0.1", "ENST00000327374"),
    ("22", "20049061", "20061538", "G", "A", "G", "R", "0.773", "ENST00000327374"),
    ("22", "20049061", "20061538", "G", "A", "G", "S", "0.65", "ENST00000456048"),
    ("22", "20049063", "20061540", "G", "A", "G", "E", "0.932", "ENST00000327374"),
)
"""Over a cut-off, a transcript that went, moved between cut-offs, a row that went, one that came.

The fifth row of the first shows that the order is GRCh37's."""


def write(folder: Path, later: bool = False) -> dict[str, tuple[Path, ...]]:
    """Write the zip as it is published."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "revel-v1.3_all_chromosomes.zip"
    text = HEAD + "".join(",".join(row) + "\n" for row in (LATER if later else NOW))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(MEMBER, (2021, 5, 3, 0, 0, 0)), text)
    return {"scores": (path,)}
