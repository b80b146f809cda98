"""The two lanes of a VCF: records that are provably normal, and all others, for bcftools.

`part` reads the text once. Plain records (`plain_records`) become columns, kept on disk by
chromosome; every other line goes as it is, under the file's own header, into a small VCF that
takes the whole route through bcftools. Its ID column holds the number of the line, so that the
order of the file is known when the lanes meet.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import IO

import numpy as np
import polars as pl

from varinterp.annotate.columns import Shards
from varinterp.annotate.family_vcf import Opened
from varinterp.annotate.line_fields import MISSING, Lines
from varinterp.annotate.plain_lines import CALL
from varinterp.annotate.plain_records import Columns, Plain, read_plain
from varinterp.annotate.text_blocks import TextFile, open_blocks
from varinterp.errors import ReleaseError
from varinterp.family_table import LIKELIHOODS
from varinterp.fasta import Reference
from varinterp.model.chromosome import Chromosome

_FLUSH = 200_000
"""Rows that are held before they are handed over."""
_HASH = ord("#")
_DEFINED = re.compile(rb"##FORMAT=<ID=(GT|AD|DP|GQ|PS|PL|GL),([^\n]*)")
_KIND = re.compile(rb"Number=([^,]+),Type=([A-Za-z]+),Description=")
_EXPECTED = {
    b"GT": {(b"1", b"String")},
    b"AD": {(b"R", b"Integer"), (b".", b"Integer")},
    b"DP": {(b"1", b"Integer"), (b"1", b"Float")},
    b"GQ": {(b"1", b"Integer"), (b"1", b"Float")},
    b"PS": {(b"1", b"Integer"), (b"1", b"String")},
}
_LISTS = {b"PL": {b"Integer", b"Float", b"String"}, b"GL": {b"Float", b"String"}}
"""Types of lists whose stated number does not change how they are read."""


@dataclass(frozen=True, slots=True)
class Given:
    """The VCF that bcftools reads; `numbered` when its IDs are the numbers of lines."""

    path: Path
    numbered: bool


@dataclass(slots=True)
class Lanes:
    """A VCF in two lanes: what was read here, and the file of what is left for bcftools.

    `contigs` maps the names under which plain records came; `blocks` counts reference blocks.
    """

    rest: Given
    plain: Shards | None = None
    contigs: dict[str, Chromosome] = field(default_factory=dict)
    records: int = 0
    blocks: int = 0


def part(vcf: Opened, reference: Path, folder: Path, *, count_blocks: bool) -> Lanes:
    """Read a VCF's plain records, and write the other lines to `folder`.

    A BCF, or a VCF whose header defines its fields in another way, goes to bcftools as a whole.
    Raises InputError when a compressed file is damaged.
    """
    with open_blocks(vcf.path) as text:
        if text is None or not _as_expected(text.header):
            return Lanes(Given(vcf.path, numbered=False))
        try:
            opened = Reference(reference)
        except (OSError, ReleaseError):  # bcftools says what is wrong with the reference
            return Lanes(Given(vcf.path, numbered=False))
        with opened as bases:
            return _read(text, vcf, bases, folder, count_blocks=count_blocks)


def _read(
    text: TextFile, vcf: Opened, bases: Reference, folder: Path, *, count_blocks: bool
) -> Lanes:
    lanes = Lanes(Given(folder / "rest.vcf", numbered=True), Shards(folder / "plain"))
    columns = Columns(_columns(text.header), vcf.columns)
    held = _Held(lanes, len(vcf.people))
    line = 0
    with lanes.rest.path.open("wb") as rest:
        rest.write(text.header)
        for block in text.blocks:
            plain = read_plain(block, columns, bases, count_blocks=count_blocks)
            lanes.blocks += plain.blocks
            held.add(plain, line)
            _write_left(rest, plain, line)
            line += plain.lines.starts.size
    held.flush()
    return lanes


def _as_expected(header: bytes) -> bool:
    """Tell whether the fields that are read mean what they mean everywhere, and GT is defined."""
    defined: set[bytes] = set()
    for name, rest in _DEFINED.findall(header):
        kind = _KIND.match(rest)
        if kind is None or name in defined or not _known(name, *kind.groups()):
            return False
        defined.add(name)
    return b"GT" in defined


def _known(name: bytes, number: bytes, kind: bytes) -> bool:
    return kind in _LISTS[name] if name in _LISTS else (number, kind) in _EXPECTED[name]


def _columns(header: bytes) -> int:
    return header[header.rfind(b"\n#CHROM\t") :].count(b"\t") + 1


def _write_left(rest: IO[bytes], plain: Plain, first: int) -> None:
    lines: Lines = plain.lines
    left = np.flatnonzero(plain.left)
    text = lines.text.tobytes()
    written: list[bytes] = []
    for number, start, end in zip(
        left.tolist(), lines.starts[left].tolist(), (lines.ends[left] + 1).tolist(), strict=True
    ):
        position = text.find(b"\t", start, end)
        before = text.find(b"\t", position + 1, end)
        after = text.find(b"\t", before + 1, end)
        if min(position, before, after) < 0 or text[start] == _HASH:
            written.append(text[start:end])
        else:
            written += (text[start : before + 1], b"%d" % (first + number), text[after:end])
    rest.write(b"".join(written))


class _Held:
    """Frames on their way to the shards, many together."""

    def __init__(self, lanes: Lanes, people: int) -> None:
        self._lanes = lanes
        self._people = people
        self._frames: list[tuple[Chromosome, pl.DataFrame]] = []

    def add(self, plain: Plain, first: int) -> None:
        """Take a block's plain records; its first line has the number `first`."""
        for contig, chromosome, frame in plain.frames:
            self._lanes.contigs[contig] = chromosome
            self._lanes.records += frame.height
            numbered = frame.with_columns((pl.col("row") + first).cast(pl.UInt32))
            self._frames.append((chromosome, numbered))
        if sum(frame.height for _, frame in self._frames) >= _FLUSH:
            self.flush()

    def flush(self) -> None:
        """Hand over what is held, a chromosome's frames together."""
        if self._frames and self._lanes.plain is not None:
            frames = [frame for _, frame in self._frames]
            whole = _with_nulls(pl.concat(frames), range(self._people))
            start = 0
            for chromosome, group in groupby(self._frames, key=lambda held: held[0]):
                rows = sum(frame.height for _, frame in group)
                self._lanes.plain.put(chromosome, whole.slice(start, rows))
                start += rows
        self._frames = []


def _with_nulls(frame: pl.DataFrame, people: Sequence[int]) -> pl.DataFrame:
    """Return the frame with nulls for what is missing, and phase sets as text."""
    numbers = [f"{person}.{name}" for person in people for name in CALL]
    known = [
        pl.when(pl.col(name) >= 0)
        .then(pl.col(name).cast(pl.Int16) if name.endswith(LIKELIHOODS) else pl.col(name))
        .alias(name)
        for name in numbers
        if not name.endswith(".phase_set")
    ]
    named = [name for name in numbers if name.endswith(".phase_set")]
    sets = [_phase_sets(frame[name]) for name in named]
    sites = [pl.col(f"{person}.site").cast(pl.UInt16) for person in people]
    return frame.with_columns(_qualities(frame["quality"]), *known, *sets, *sites)


def _qualities(numbers: pl.Series) -> pl.Series:
    """Return the numbers with nulls for NaN, and zeros under them: bytes are compared."""
    return numbers.fill_nan(0).set(numbers.is_nan(), None)


def _phase_sets(numbers: pl.Series) -> pl.Series:
    if numbers.max() == MISSING:
        return pl.repeat(None, numbers.len(), dtype=pl.String, eager=True).alias(numbers.name)
    return numbers.set(numbers < 0, None).cast(pl.String)
