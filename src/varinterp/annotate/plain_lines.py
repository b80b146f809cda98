"""Records of one contig as columns: which of them are plain, and what they say.

`plain_records` says what a plain record is. Each step here looks at the lines that are left and
keeps those that it can vouch for.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from varinterp.annotate.cell_fields import Cells, read_cells
from varinterp.annotate.key import REVERSIBLE_BASES, long_keys, short_keys
from varinterp.annotate.line_fields import (
    MISSING,
    Ints,
    Lines,
    Mask,
    Numbers,
    decimals,
    ragged,
    strings,
    texts,
)
from varinterp.family_table import LIKELIHOODS
from varinterp.fasta import Reference
from varinterp.model.chromosome import Chromosome

CALL = ("ref_depth", "alt_depth", "depth", "quality", "phase_set", *LIKELIHOODS)
_REF, _ALT, _QUAL, _FILTER, _FORMAT = 3, 4, 5, 6, 8
_LONGEST = 200
"""Bases of REF and ALT that this lane looks at."""
_FILTERS, _FORMATS = 64, 16
"""Different texts of a column in one block; lines with more are left."""
_WORD = re.compile(r"[^\s,;\"<>=]+")
_BASES = np.full(256, 4, np.uint8)
_BASES[np.frombuffer(b"ACGT", np.uint8)] = [0, 1, 2, 3]


class ContigLines:
    """Some lines of one contig, fewer with every question.

    `chosen` are their rows among the whole lines, `positions` their POS.
    """

    def __init__(
        self, lines: Lines, chosen: Ints, positions: Numbers, samples: Sequence[int]
    ) -> None:
        self._lines = lines
        self._text = lines.text
        self._rows = chosen
        self._samples = samples
        self._position = positions
        self._values: dict[str, Any] = {}

    def frame(self, chromosome: Chromosome, reference: Reference) -> pl.DataFrame | None:
        """Return the plain records, or None without any."""
        length = reference.length(chromosome) or 0
        self._alleles(length)
        if not self._rows.size:
            return None
        self._reference(chromosome, reference)
        self._quality_and_filter()
        self._calls()
        return self._frame(chromosome) if self._rows.size else None

    def readable(self) -> Ints:
        """Return which of the lines have a plain QUAL and FILTER, and plain cells."""
        if self._rows.size:
            self._quality_and_filter()
        if self._rows.size:
            self._calls()
        return self._rows

    def _field(self, column: int) -> tuple[Ints, Ints]:
        ends = self._lines.separators[:, column]
        starts = self._lines.separators[:, column - 1] + 1
        if self._rows.size < len(starts):
            return starts[self._rows], ends[self._rows]
        return starts, ends.copy()

    def _keep(self, good: Mask) -> None:
        if good.all():
            return
        self._rows = self._rows[good]
        self._position = self._position[good]
        self._values = {name: column[good] for name, column in self._values.items()}

    def _alleles(self, chromosome_length: int) -> None:
        """Keep biallelic records of bases that lie inside the chromosome and are shortest."""
        ref, ref_end = self._field(_REF)
        alt, alt_end = self._field(_ALT)
        ref_length, alt_length = ref_end - ref, alt_end - alt
        ref_last = _BASES.take(self._text.take(ref_end - 1))
        alt_last = _BASES.take(self._text.take(alt_end - 1))
        good = (ref_last < 4) & (alt_last < 4) & (ref_last != alt_last)
        good &= (ref_length <= _LONGEST) & (alt_length <= _LONGEST)
        good &= self._position + ref_length - 1 <= chromosome_length
        longer = np.flatnonzero(good & (ref_length + alt_length > 2))
        if longer.size:
            same = self._text.take(ref[longer]) == self._text.take(alt[longer])
            short = np.minimum(ref_length[longer], alt_length[longer]) == 1
            bases = np.ones(longer.size, np.bool_)
            for start, size in ((ref, ref_length), (alt, alt_length)):
                places, owner = ragged(start[longer], size[longer])
                bases[owner[_BASES.take(self._text.take(places)) == 4]] = False
            good[longer] = bases & (short | ~same)
        self._values = {
            "ref": ref, "alt": alt, "ref_length": ref_length, "alt_length": alt_length,
        }  # fmt: skip
        self._keep(good)

    def _reference(self, chromosome: Chromosome, reference: Reference) -> None:
        """Keep records whose REF is what the reference has."""
        start = self._values["ref"]
        places = self._position.astype(np.int64) - 1
        good = reference.bases(chromosome, places) == self._text.take(start)
        longer = np.flatnonzero(good & (self._values["ref_length"] > 1))
        if longer.size:
            size = self._values["ref_length"][longer]
            there, owner = ragged(places[longer], size)
            here, _ = ragged(start[longer], size)
            differ = reference.bases(chromosome, there) != self._text.take(here)
            good[longer[owner[differ]]] = False
        self._keep(good)

    def _quality_and_filter(self) -> None:
        quality, good = decimals(self._text, *self._field(_QUAL))
        filters, seen = texts(self._text, *self._field(_FILTER), _FILTERS)
        usable = np.array([_usable(text) for text in seen] + [False])
        names = [None if text == b"." else text.decode("ascii", "replace") for text in seen]
        self._values |= {"quality": quality, "filter": filters}
        self._filters = pl.Series(names, dtype=pl.String)
        self._keep(good & usable[filters])

    def _calls(self) -> None:
        """Keep records whose every member's cell can be read."""
        formats, seen = texts(self._text, *self._field(_FORMAT), _FORMATS)
        known = {
            number: names
            for number, text in enumerate(seen)
            if (names := _format(text)) is not None
        }
        numbers = [number for number in known if (formats == number).any()]
        if len(numbers) == 1 and (formats == numbers[0]).all():
            self._read_group(known[numbers[0]])
            return
        good = np.zeros(self._rows.size, np.bool_)
        for number in numbers:
            good |= self._read_group_into(formats == number, known[number])
        self._keep(good)

    def _read_group(self, names: Mapping[str, int]) -> None:
        good = np.ones(self._rows.size, np.bool_)
        for person, sample in enumerate(self._samples):
            starts, ends = self._field(_FORMAT + 1 + sample)
            cells = read_cells(self._text, self._lines.marks, starts, ends, names)
            good &= cells.readable
            for name, column in _named(person, cells):
                self._values[name] = column
        self._keep(good)

    def _read_group_into(self, chosen: Mask, names: Mapping[str, int]) -> Mask:
        rows = np.flatnonzero(chosen)
        good = np.ones(rows.size, np.bool_)
        for person, sample in enumerate(self._samples):
            starts, ends = self._field(_FORMAT + 1 + sample)
            marks = self._lines.marks
            cells = read_cells(self._text, marks, starts[rows], ends[rows], names)
            good &= cells.readable
            for name, column in _named(person, cells):
                whole = self._values.setdefault(
                    name, np.full(self._rows.size, MISSING, column.dtype)
                )
                whole[rows] = column
        chosen[rows] = good
        return chosen

    def _frame(self, chromosome: Chromosome) -> pl.DataFrame:
        values = self._values
        ref = strings(self._text, values["ref"], values["ref_length"])
        alt = strings(self._text, values["alt"], values["alt_length"])
        people = range(len(self._samples))
        return pl.DataFrame(
            {
                "row": self._lines.whole[self._rows],
                "key": self._keys(chromosome, ref, alt),
                "position": self._position,
                "ref": ref,
                "alt": alt,
                "quality": values["quality"],
                "filter": self._filters.gather(values["filter"]),
                **{
                    f"{person}.{name}": values[f"{person}.{name}"]
                    for person in people
                    for name in ("site", *CALL)
                },
            }
        )

    def _keys(self, chromosome: Chromosome, ref: pl.Series, alt: pl.Series) -> NDArray[np.uint64]:
        """Return `key.keys`, with shorter ways for single bases and short alleles."""
        values = self._values
        one = _BASES.take(self._text.take(values["ref"])).astype(np.uint64)
        two = _BASES.take(self._text.take(values["alt"])).astype(np.uint64)
        place = (self._position.astype(np.uint64) - np.uint64(1)) << np.uint64(31)
        bases = (one << np.uint64(2) | two) << np.uint64(19)
        found: NDArray[np.uint64] = place | bases | np.uint64(chromosome.code << 59 | 17 << 23)
        together = values["ref_length"] + values["alt_length"]
        short = np.flatnonzero((together > 2) & (together <= REVERSIBLE_BASES))
        if short.size:
            where = [
                (values[name][short], values[f"{name}_length"][short]) for name in ("ref", "alt")
            ]
            found[short] = short_keys(chromosome, self._position[short], self._text, *where)
        long = np.flatnonzero(together > REVERSIBLE_BASES)
        if long.size:
            found[long] = long_keys(chromosome, self._position[long], ref[long], alt[long])
        return found


def _named(person: int, cells: Cells) -> list[tuple[str, Numbers]]:
    return [
        (f"{person}.site", cells.sites),
        *((f"{person}.{name}", cells.values[name]) for name in CALL),
    ]


def _format(text: bytes) -> dict[str, int] | None:
    """Return the place of each field that is read, or None for a FORMAT that is not plain."""
    names = text.decode("latin-1").split(":")
    if names[0] != "GT" or len(set(names)) < len(names) or "" in names:
        return None
    return {name: place for place, name in enumerate(names)}


def _usable(text: bytes) -> bool:
    """Tell whether a FILTER says the same before and after bcftools."""
    words = text.decode("latin-1").split(";")
    if words in (["PASS"], ["."]):
        return True
    plain = text.isascii() and all(_WORD.fullmatch(word) for word in words)
    return plain and len(set(words)) == len(words) and not {"PASS", ".", "0"} & set(words)
