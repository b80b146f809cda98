"""Samples' cells of one FORMAT: plain genotypes, reads, depth, quality, phase set, likelihoods.

A genotype is plain when it is haploid or diploid, of 0, 1 and dots. `SITES` are their texts as
`site_genotype` gives them; a column of genotypes holds their numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from varinterp.annotate.likelihoods import MOST, seen_from_one
from varinterp.annotate.line_fields import (
    MISSING,
    Bytes,
    Ints,
    Marks,
    Mask,
    Numbers,
    strings,
    whole_numbers,
)
from varinterp.family_table import LIKELIHOODS

_ALLELES = ("0", "1", ".")
SITES = (
    *(f"{first}{mark}{second}" for mark in "/|" for first in _ALLELES for second in _ALLELES),
    *("0", "1", "./."),
)
"""The last is a lone dot, which says no ploidy: it is ``./.`` again, under a number of its own."""
_DIPLOID = 9
_CODES = np.full(256, 3, np.uint8)
_CODES[[ord(allele) for allele in _ALLELES]] = [0, 1, 2]
_SLASH, _PIPE, _DOT = (ord(mark) for mark in "/|.")
_DIGITS = 5
_LOGARITHM = r"-?(?:\d{1,6}|\d{1,5}\.\d|\d{1,4}\.\d\d|\d{1,3}\.\d{1,3}|\d\d?\.\d{1,4}|\d\.\d{1,5})"
_LOGARITHMS = rf"^{_LOGARITHM},{_LOGARITHM}(?:,{_LOGARITHM})?$"
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
    text: Bytes, marks: Marks, starts: Ints, ends: Ints, names: Mapping[str, int]
) -> Cells:
    """Read the cells between `starts` and `ends`.

    `names` maps the fields of FORMAT to their places, GT being the first.
    """
    first = np.searchsorted(marks.colons, starts)
    count = np.searchsorted(marks.colons, ends) - first
    fields = _Fields(text, marks, starts, ends, first, count)
    read = _genotypes(text, *fields.at(0))
    read.readable &= fields.count < len(names)
    _read_depths(read, fields, names)
    for name, target, digits in (
        ("DP", "depth", _DIGITS),
        ("GQ", "quality", _DIGITS),
        ("PS", "phase_set", _PHASE_DIGITS),
    ):
        if name in names:
            read.values[target] = _number(read, fields, names[name], digits)
        else:
            read.values[target] = np.full(read.sites.size, MISSING, np.int32)
    _read_likelihoods(read, fields, names)
    _read_logarithms(read, fields, names)
    phased = (read.sites >= _DIPLOID) & (read.sites < 2 * _DIPLOID)
    if "PS" in names:
        read.readable &= _no_leading_zero(fields, names["PS"])
        read.values["phase_set"][~phased] = MISSING
    return read


@dataclass(frozen=True, slots=True)
class _Fields:
    """The fields of a column of cells; `count` is a cell's number of colons, from `first` on."""

    text: Bytes
    marks: Marks
    starts: Ints
    ends: Ints
    first: Ints
    count: Ints

    def at(self, place: int) -> tuple[Ints, Ints]:
        """Return where a field starts and ends; where a cell lacks it, it has no length."""
        colons = self.marks.colons
        last = colons.size - 1
        before = colons.take(np.minimum(self.first + place - 1, last)) + 1
        start = self.starts if place == 0 else np.minimum(before, self.ends)
        after = colons.take(np.minimum(self.first + place, last))
        return start, np.minimum(after, self.ends)

    def parts(self, place: int, count: int) -> tuple[Ints, ...]:
        """Return where a field's first commas are, and its end where it has fewer."""
        starts, ends = self.at(place)
        commas = self.marks.commas
        first = np.searchsorted(commas, starts)
        places = (commas.take(first + at, mode="clip") for at in range(count))
        return tuple(np.minimum(place, ends) for place in places)

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
    (comma,) = fields.parts(names["AD"], 1)
    nothing = (ends - starts == 1) | fields.absent(names["AD"])
    after = np.minimum(comma + 1, ends)
    for target, start, end in (("ref_depth", starts, comma), ("alt_depth", after, ends)):
        values, good = whole_numbers(fields.text, start, end, _DIGITS)
        cells.values[target] = np.where(nothing, MISSING, values).astype(np.int32)
        cells.readable &= nothing | (good & (values != MISSING))
    dot = fields.text.take(starts, mode="wrap") == ord(".")
    cells.readable &= ~nothing | dot | fields.absent(names["AD"])


def _read_likelihoods(cells: Cells, fields: _Fields, names: Mapping[str, int]) -> None:
    """Read PL: a dot, or the likelihoods of all genotypes of REF and the one ALT."""
    if "PL" not in names:
        for name in LIKELIHOODS:
            cells.values[name] = np.full(cells.sites.size, MISSING, np.int32)
        return
    place = names["PL"]
    starts, ends = fields.at(place)
    first, second, third = fields.parts(place, 3)
    dot = (ends - starts == 1) & (fields.text.take(starts, mode="wrap") == _DOT)
    without = dot | fields.absent(place)
    zero, good = whole_numbers(fields.text, starts, first, _DIGITS)
    one, fine = whole_numbers(fields.text, np.minimum(first + 1, ends), second, _DIGITS)
    two, last = whole_numbers(fields.text, np.minimum(second + 1, ends), ends, _DIGITS)
    haploid = second == ends
    cells.readable &= without | (good & fine & (last | haploid) & (first < ends) & (third == ends))
    two = np.where(haploid, zero, two)
    best = np.minimum(np.minimum(zero, one), two)
    without |= best == MISSING
    for name, values, unknown in zip(
        LIKELIHOODS, (zero, one, two), (without, without, without | haploid), strict=True
    ):
        kept = np.minimum(values - best, MOST)
        cells.values[name] = np.where(unknown, MISSING, kept).astype(np.int32)


def _read_logarithms(cells: Cells, fields: _Fields, names: Mapping[str, int]) -> None:
    """Read GL where there is no PL: numbers that survive the 32 bits in which htslib holds them."""
    if "GL" not in names:
        return
    starts, ends = fields.at(names["GL"])
    wanted = np.flatnonzero(
        (cells.values[LIKELIHOODS[0]] == MISSING) & ~fields.absent(names["GL"]) & cells.readable
    )
    if not wanted.size:
        return
    written = strings(fields.text, starts[wanted], (ends - starts)[wanted])
    nothing = (written == ".").to_numpy()
    good = written.str.contains(_LOGARITHMS).to_numpy()
    cells.readable[wanted[~(good | nothing)]] = False
    found = seen_from_one(written.set(pl.Series(~good), None))
    for at, name in enumerate(LIKELIHOODS):
        cells.values[name][wanted] = found[:, at]


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
