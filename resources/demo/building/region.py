"""The region's reference sequence, in true coordinates, and the FASTA that holds it."""

import gzip
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pysam
from numpy.typing import NDArray

from building.layout import CONTIG, Layout
from varinterp.model.chromosome import Chromosome

LINE = 60
Bases = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Region:
    """Bases from `start` on (1-based), upper case."""

    start: int
    bases: str

    @property
    def end(self) -> int:
        """Last position, 1-based inclusive."""
        return self.start + len(self.bases) - 1

    def of(self, start: int, end: int) -> str:
        """Return the bases between two 1-based inclusive positions inside the region."""
        if not self.start <= start <= end <= self.end:
            raise ValueError(f"{start}-{end} is not inside the region")
        return self.bases[start - self.start : end - self.start + 1]


def read_region(layout: Layout) -> Region:
    """Read the committed sequence; its FASTA name gives the coordinates."""
    path = layout.sequence / "GRCh38.chr22_20012478-20521908.fa.gz"
    with gzip.open(path, "rt") as stream:
        name, *lines = stream.read().split("\n")
    start, end = (int(number) for number in name.removeprefix(f">{CONTIG}:").split("-"))
    region = Region(start, "".join(lines).upper())
    if region.end != end:
        raise ValueError(f"{path.name} holds {len(region.bases)} bases, not {start}-{end}")
    return region


def write_plain_fasta(region: Region, path: Path) -> None:
    """Write chr22 at its full GRCh38 length, N outside the region, with its index."""
    length = Chromosome.C22.length
    bases = np.full(length, ord("N"), dtype=np.uint8)
    bases[region.start - 1 : region.end] = np.frombuffer(region.bases.encode(), dtype=np.uint8)
    whole, rest = divmod(length, LINE)
    folded = np.full((whole, LINE + 1), ord("\n"), dtype=np.uint8)
    folded[:, :LINE] = bases[: whole * LINE].reshape(whole, LINE)
    tail = bases[whole * LINE :].tobytes() + b"\n" if rest else b""
    path.write_bytes(f">{CONTIG}\n".encode() + folded.tobytes() + tail)
    pysam.faidx(str(path))


def write_reference(plain: Path, layout: Layout) -> None:
    """Compress a plain FASTA with BGZF beside its two indexes."""
    layout.fasta.parent.mkdir(parents=True, exist_ok=True)
    pysam.tabix_compress(str(plain), str(layout.fasta), force=True)
    pysam.faidx(str(layout.fasta))
