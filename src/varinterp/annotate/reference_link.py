"""A FASTA under the contig names that vepyr asks for (``22``, ``MT``), without a copy of it.

vepyr reads contigs by the cache's names and refuses a FASTA that says ``chr22``. A link to the
FASTA beside an index of our own with the contigs renamed serves it the same bytes.
"""

from pathlib import Path

from varinterp.errors import StageError
from varinterp.model.chromosome import Chromosome


def link_reference(fasta: Path, folder: Path) -> Path:
    """Link `fasta` into `folder` with a renamed index and return the link.

    Contigs that are not primary chromosomes keep their names. Raises StageError when the FASTA
    has no index (``.fai``, and ``.gzi`` when it is compressed).
    """
    link = folder / ("reference.fa.gz" if fasta.suffix in (".gz", ".bgz") else "reference.fa")
    link.symlink_to(_existing(fasta).resolve())
    index = _existing(_beside(fasta, ".fai")).read_text()
    _beside(link, ".fai").write_text("".join(map(_renamed, index.splitlines(keepends=True))))
    if link.suffix == ".gz":
        _beside(link, ".gzi").symlink_to(_existing(_beside(fasta, ".gzi")).resolve())
    return link


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise StageError(f"{path} does not exist: index the reference with samtools faidx")
    return path


def _renamed(line: str) -> str:
    contig, tab, rest = line.partition("\t")
    return f"{Chromosome.parse(contig) or contig}{tab}{rest}"
