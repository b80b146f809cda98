"""Samples' cells of one FORMAT: plain genotypes, reads, depth, quality and phase set.

A genotype is plain when it is haploid or diploid, of 0, 1 and dots. `SITES` are their texts as
`site_genotype` gives them; a column of genotypes holds their numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from varinterp.annotate.line_fields import MISSING, Bytes, Ints, Mask, Numbers, whole_numbers

_ALLELES = ("0", "1", ".")
SITES = (
    *(f"{first}{mark}{second}" for mark in "/|" for first in _ALLELES for second in _ALLELES),
    *("0", "1", "./."),
)
"""The last is a lone dot, which says no ploidy: it is ``./.`` again, under a number of its own."""
_DIPLOID = 9
_CODES = np.full(256, 3, np.uint8)
_CODES[[ord(allele) for allele in _ALLELES]] = [0, 1, 2]
_SLASH, _PIPE, _COMMA, _COLON = (ord(mark) for mark in "/|,:")
_DIGITS = 5
_PHASE_DIGITS = 9


@dataclass(slots=True)
class Cells:
    """One sample's values, and which rows could be read.

    `sites` are numbers of `SITES`; the others are -1 where missing. `phase_set` is -1 too where
    the genotype is not phased.
    """

    readable: Mask
    sites: Numbers
    values: dict[str, Numbers] = field(default_factory=dict)


def read_cells(
    text: Bytes, colons: Ints, starts: Ints, ends: Ints, names: Mapping[str, int]
) -> Cells:
    """Read the cells between `starts` and `ends`.

    `colons` are the places of all colons of `text`, followed by one beyond its end; `names` maps
    the fields of FORMAT to their places, GT being the first.
    """
    first = np.searchsorted(colons, starts)
    fields = _Fields(text, colons, starts, ends, first, np.searchsorted(colons, ends) - first)
    cells = _genotypes(text, *fields.at(0))
    cells.readable &= fields.count < len(names)
    _read_depths(cells, fields, names)
    for name, target, digits in (
        ("DP", "depth", _DIGITS),
        ("GQ", "quality", _DIGITS),
        ("PS", "phase_set", _PHASE_DIGITS),
    ):
        if name in names:
            cells.values[target] = _number(cells, fields, names[name], digits)
        else:
            cells.values[target] = np.full(starts.size, MISSING, np.int32)
    phased = (cells.sites >= _DIPLOID) & (cells.sites < 2 * _DIPLOID)
    if "PS" in names:
        cells.readable &= _no_leading_zero(fields, names["PS"])
        cells.values["phase_set"][~phased] = MISSING
    return cells


@dataclass(frozen=True, slots=True)
class _Fields:
    """The fields of a column of cells; `count` is a cell's number of colons, from `first` on."""

    text: Bytes
    colons: Ints
    starts: Ints
    ends: Ints
    first: Ints
    count: Ints

    def at(self, place: int) -> tuple[Ints, Ints]:
        """Return where a field starts and ends; where a cell lacks it, it has no length."""
        last = self.colons.size - 1
        before = self.colons.take(np.minimum(self.first + place - 1, last)) + 1
        start = self.starts if place == 0 else np.minimum(before, self.ends)
        after = self.colons.take(np.minimum(self.first + place, last))
        return start, np.minimum(after, self.ends)

    def absent(self, place: int) -> Mask:
        """Tell the cells that end before a field."""
        return self.count < place


def _genotypes(text: Bytes, starts: Ints, ends: Ints) -> Cells:
    lengths = ends - starts
    one = _CODES.take(text.take(starts, mode="wrap"))
    mark = text.take(starts + 1, mode="wrap")
    two = _CODES.take(text.take(starts + 2, mode="wrap"))
    diploid = (lengths == 3) & (one < 3) & (two < 3) & ((mark == _SLASH) | (mark == _PIPE))
    haploid = (lengths == 1) & (one < 3)
    sites = np.where(
        diploid,
        one * np.int32(3) + two + (mark == _PIPE) * np.int32(_DIPLOID),
        one + np.int32(2 * _DIPLOID),
    ).astype(np.int32)
    sites[~(diploid | haploid)] = 0
    return Cells(diploid | haploid, sites)


def _read_depths(cells: Cells, fields: _Fields, names: Mapping[str, int]) -> None:
    """Read AD: a dot, or the reads of REF and of the one ALT."""
    if "AD" not in names:
        for target in ("ref_depth", "alt_depth"):
            cells.values[target] = np.full(cells.sites.size, MISSING, np.int32)
        return
    starts, ends = fields.at(names["AD"])
    comma = ends.copy()
    for offset in range(_DIGITS, 0, -1):
        at = starts + offset
        comma = np.where(fields.text.take(at, mode="wrap") == _COMMA, at, comma)
    nothing = (ends - starts == 1) | fields.absent(names["AD"])
    comma = np.minimum(comma, ends)
    after = np.minimum(comma + 1, ends)
    for target, start, end in (("ref_depth", starts, comma), ("alt_depth", after, ends)):
        values, good = whole_numbers(fields.text, start, end, _DIGITS)
        cells.values[target] = np.where(nothing, MISSING, values).astype(np.int32)
        cells.readable &= nothing | (good & (values != MISSING))
    dot = fields.text.take(starts, mode="wrap") == ord(".")
    cells.readable &= ~nothing | dot | fields.absent(names["AD"])


def _number(cells: Cells, fields: _Fields, place: int, digits: int) -> Numbers:
    starts, ends = fields.at(place)
    values, good = whole_numbers(fields.text, starts, ends, digits)
    absent = fields.absent(place)
    cells.readable &= good | absent
    return np.where(absent, MISSING, values).astype(np.int32)


def _no_leading_zero(fields: _Fields, place: int) -> Mask:
    starts, ends = fields.at(place)
    plain: Mask = (fields.text.take(starts, mode="wrap") != ord("0")) | (ends - starts == 1)
    return plain
