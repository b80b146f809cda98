"""Reads sequenced from two haplotypes, written as an aligned, sorted, indexed BAM.

150-base pairs, base qualities 37, 30 or 20 with errors at the rate that each states (about one in
a thousand), alignments placed where the reads came from.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pysam
from numpy.typing import NDArray

from building.capture import Span
from building.draws import draws_for
from building.genomes import Genome, Haplotype
from building.layout import CONTIG
from building.region import Region
from varinterp.model.chromosome import Chromosome
from varinterp.model.variant import Allele

READ = 150
SHORTEST, LONGEST = 300, 420
MARGIN = LONGEST + 60
INSERTED = -1
QUALITIES = np.array([37, 30, 20], dtype=np.uint8)
QUALITY_SHARES = (0.90, 0.98)
BASES = np.frombuffer(b"ACGT", dtype=np.uint8)
Numbers = NDArray[np.int64]
Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Few:
    """An allele to put into exactly so many fragments of the first haplotype."""

    allele: Allele
    fragments: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A haplotype over a target: its bases, and the genome position of each (INSERTED if none)."""

    bases: Bytes
    positions: Numbers


def write_reads(
    path: Path,
    sample: str,
    genome: Genome,
    region: Region,
    targets: Iterable[Span],
    depth: int,
    few: Few | None,
) -> None:
    """Sequence a person's genome to about `depth` reads over the targets."""
    draws = draws_for(f"reads {sample}")
    lines: list[tuple[int, str]] = []
    for number, (start, end) in enumerate(targets):
        for side, haplotype in enumerate(genome.haplotypes):
            piece = cut(region, haplotype, start - MARGIN, end + MARGIN)
            wanted = few if side == 0 and few and start <= few.allele.position <= end else None
            name = f"{sample}:{number}:{side}"
            lines.extend(_pairs(piece, name, sample, depth / 2, draws, wanted))
    lines.sort()
    _write_bam(path, sample, (line for _, line in lines))


def cut(region: Region, haplotype: Haplotype, start: int, end: int) -> Piece:
    """Return a haplotype's bases between two positions of the reference."""
    bases = np.frombuffer(region.of(start, end).encode(), dtype=np.uint8)
    positions = np.arange(start, end + 1)
    inside = (allele for allele in haplotype if start < allele.position and allele.end < end)
    for allele in sorted(inside, reverse=True):
        at = allele.position - start
        alt = np.frombuffer(allele.alt.encode(), dtype=np.uint8)
        kept = np.full(len(alt), INSERTED)
        shared = min(len(alt), len(allele.ref))
        kept[:shared] = np.arange(allele.position, allele.position + shared)
        rest = at + len(allele.ref)
        bases = np.concatenate([bases[:at], alt, bases[rest:]])
        positions = np.concatenate([positions[:at], kept, positions[rest:]])
    return Piece(bases, positions)


def _pairs(
    piece: Piece,
    name: str,
    sample: str,
    depth: float,
    draws: np.random.Generator,
    few: Few | None,
) -> Iterator[tuple[int, str]]:
    """Yield (position, SAM line) of both reads of every fragment of a piece."""
    room = len(piece.bases) - LONGEST
    count = round(depth * room / (2 * READ))
    starts = draws.integers(0, room, count)
    ends = starts + draws.integers(SHORTEST, LONGEST, count)
    forward = draws.random(count) < 0.5
    offsets = np.concatenate([starts, ends - READ])
    bases, qualities = _sequence(piece, offsets, draws)
    if few is not None:
        _put(few, piece, offsets, bases)
    strands = np.concatenate([forward, forward])
    for row in range(2 * count):
        mate = offsets[(row + count) % (2 * count)]
        first = row < count
        flag = (99 if first else 147) if strands[row] else (163 if first else 83)
        place, cigar = _alignment(piece.positions[offsets[row] : offsets[row] + READ])
        fields = (
            f"{name}:{row % count}", str(flag), CONTIG, str(place), "60", cigar, "=",
            str(_place(piece.positions[mate:])), "0",
            bases[row].tobytes().decode(), (qualities[row] + 33).tobytes().decode(),
            f"RG:Z:{sample}",
        )  # fmt: skip
        yield place, "\t".join(fields)


def _sequence(piece: Piece, offsets: Numbers, draws: np.random.Generator) -> tuple[Bytes, Bytes]:
    """Read the bases at each offset, with qualities and the errors that they state."""
    bases = piece.bases[offsets[:, None] + np.arange(READ)]
    qualities = QUALITIES[np.searchsorted(QUALITY_SHARES, draws.random(bases.shape))]
    wrong = draws.random(bases.shape) < 10.0 ** (qualities.astype(float) / -10)
    shifts = draws.integers(1, 4, int(wrong.sum()))
    bases[wrong] = BASES[(np.searchsorted(BASES, bases[wrong]) + shifts) % 4]
    return bases, qualities


def _put(few: Few, piece: Piece, offsets: Numbers, bases: Bytes) -> None:
    """Change one base of the first fragments that show the allele's position mid-read."""
    at = int(np.flatnonzero(piece.positions == few.allele.position)[0])
    showing = np.flatnonzero((offsets + 30 < at) & (at < offsets + READ - 30))[: few.fragments]
    bases[showing, at - offsets[showing]] = ord(few.allele.alt)


def _place(positions: Numbers) -> int:
    """Return the first reference position of a read, 1-based."""
    return int(positions[positions != INSERTED][0])


def _alignment(positions: Numbers) -> tuple[int, str]:
    """Return a read's 1-based position and its CIGAR."""
    if positions[-1] - positions[0] == READ - 1 and INSERTED not in positions:
        return int(positions[0]), f"{READ}M"
    operations: list[tuple[str, int]] = []
    previous: int | None = None
    for position in positions.tolist():
        if position == INSERTED:
            operations.append(("S" if previous is None else "I", 1))
            continue
        if previous is not None and position > previous + 1:
            operations.append(("D", position - previous - 1))
        operations.append(("M", 1))
        previous = position
    return _place(positions), _folded(operations)


def _folded(operations: list[tuple[str, int]]) -> str:
    """Join equal neighbouring operations into a CIGAR."""
    joined: list[tuple[str, int]] = []
    for letter, length in operations:
        if joined and joined[-1][0] == letter:
            joined[-1] = (letter, joined[-1][1] + length)
        else:
            joined.append((letter, length))
    return "".join(f"{length}{letter}" for letter, length in joined)


def _write_bam(path: Path, sample: str, lines: Iterable[str]) -> None:
    text = path.with_suffix(".sam")
    header = (
        "@HD\tVN:1.6\tSO:coordinate\n"
        f"@SQ\tSN:{CONTIG}\tLN:{Chromosome.C22.length}\n"
        f"@RG\tID:{sample}\tSM:{sample}\tPL:ILLUMINA\n"
    )
    text.write_text(header + "".join(line + "\n" for line in lines))
    pysam.view("-b", "-o", str(path), str(text), catch_stdout=False)
    pysam.index(str(path))
    text.unlink()
