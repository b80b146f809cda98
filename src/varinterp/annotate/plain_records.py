"""The records of a block of text that are provably normal already, as columns.

A record is plain when all of this holds; everything else is left for bcftools:

* its line has the header's columns, none of the fixed ones empty; POS is a number inside a primary
  chromosome that the reference has; QUAL has up to nine digits or is a dot
* REF and the one ALT are A, C, G and T in capitals, and REF is what the reference has
* its last bases differ, and one allele is a single base or their first bases differ: it can be
  neither moved to the left nor trimmed (Tan, Abecasis, Kang 2015, PMID 25701572)
* each member's genotype is haploid or diploid, of 0, 1 and dots, and AD, DP, GQ, PS, PL and GL
  are plain numbers or dots
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from varinterp.annotate.line_fields import Lines, Mask, Numbers, cut, texts, whole_numbers
from varinterp.annotate.plain_lines import ContigLines
from varinterp.fasta import Reference
from varinterp.model.chromosome import Chromosome

_CHROM, _POS, _ALT, _FORMAT = 0, 1, 4, 8
_POSITION_DIGITS = 9
_CONTIGS, _SYMBOLS = 64, 64
"""Different texts of a column in one block; lines with more are left."""
_BLOCKS = (b".", b"<NON_REF>", b"<*>")


@dataclass(frozen=True, slots=True)
class Columns:
    """How a file's lines are laid out: its columns, and the members' sample columns (from 0)."""

    count: int
    samples: Sequence[int]


@dataclass(slots=True)
class Plain:
    """What was read from a block: plain records by contig, and which lines are left.

    `frames` have ``row`` (number of the line in the block), ``key``, ``position``, ``ref``,
    ``alt``, ``quality``, ``filter`` and for each person n ``{n}.site`` (a number of
    `cell_fields.SITES`) and ``{n}.<name>`` for `plain_lines.CALL`, -1 where missing.
    """

    lines: Lines
    left: Mask
    blocks: int = 0
    frames: list[tuple[str, Chromosome, pl.DataFrame]] = field(default_factory=list)


def read_plain(
    block: bytes, columns: Columns, reference: Reference, *, count_blocks: bool
) -> Plain:
    """Read a block's plain records. Reference blocks of gVCF are counted if `count_blocks`."""
    lines = cut(block, columns.count)
    plain = Plain(lines, np.ones(lines.starts.size, np.bool_))
    if not lines.whole.size:
        return plain
    site = _Site.read(lines)
    if count_blocks:
        chosen = np.flatnonzero(site.good & _is_block(lines))
        found = lines.whole[site.part(lines, chosen, columns).readable()]
        plain.blocks = int(found.size)
        plain.left[found] = False
    for number, name in enumerate(site.contigs):
        chromosome = Chromosome.parse(name.decode("latin-1"))
        if chromosome is not None and reference.length(chromosome):
            chosen = np.flatnonzero(site.good & (site.contig == number))
            frame = site.part(lines, chosen, columns).frame(chromosome, reference)
            if frame is not None:
                plain.left[frame["row"].to_numpy()] = False
                plain.frames.append((name.decode(), chromosome, frame))
    return plain


@dataclass(frozen=True, slots=True)
class _Site:
    """The fixed columns of whole lines that say whether a record can be plain."""

    good: Mask
    contig: NDArray[np.int8]
    contigs: list[bytes]
    position: Numbers

    @classmethod
    def read(cls, lines: Lines) -> "_Site":
        contig, contigs = texts(lines.text, *lines.field(_CHROM), _CONTIGS)
        position, good = whole_numbers(lines.text, *lines.field(_POS), _POSITION_DIGITS)
        good &= (contig >= 0) & (position > 0)
        good &= lines.text.take(lines.field(_POS)[0]) != ord("0")
        good &= lines.text.take(lines.field(_CHROM)[0]) != ord("#")
        widths = np.diff(lines.separators[:, : _FORMAT + 1], axis=1)
        return cls(good & (widths > 1).all(axis=1), contig, contigs, position)

    def part(self, lines: Lines, chosen: NDArray[np.int64], columns: Columns) -> ContigLines:
        """Return some of the lines, to be read further."""
        return ContigLines(lines, chosen, self.position[chosen], columns.samples)


def _is_block(lines: Lines) -> Mask:
    starts, ends = lines.field(_ALT)
    found = np.zeros(starts.size, np.bool_)
    mark = lines.text.take(starts)
    possible = np.flatnonzero((mark == ord(".")) | (mark == ord("<")))
    if possible.size:
        numbers, seen = texts(lines.text, starts[possible], ends[possible], _SYMBOLS)
        wanted = [number for number, text in enumerate(seen) if text in _BLOCKS]
        found[possible] = np.isin(numbers, wanted)
    return found
