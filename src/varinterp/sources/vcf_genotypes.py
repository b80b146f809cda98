"""FORMAT and the sample columns of a VCF's records.

A cell that matches the pattern of its FORMAT and number of ALT alleles is right; whatever does
not match is judged value by value (`cell_fault`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from varinterp.model.chromosome import Chromosome
from varinterp.sources.fault_book import FaultBook, shown
from varinterp.sources.vcf_definitions import (
    FLOAT,
    INTEGER,
    NOT_NEGATIVE,
    RESERVED_FORMAT,
    STRING,
    Definition,
)
from varinterp.sources.vcf_header import FIXED, Header
from varinterp.sources.vcf_rows import sample_column
from varinterp.sources.vcf_values import value_fault

_KEY = re.compile(r"[A-Za-z_][0-9A-Za-z_.]*", re.ASCII)
_CALL = re.compile(r"[/|]?((?:\.|[0-9]{1,9})(?:[/|](?:\.|[0-9]{1,9}))*)", re.ASCII)
_SEQUENCE = r"(?:^|,)[ACGTacgt]+(?:,|$)"
_MAX_PATTERN_ALTS = 9
_MAX_PATTERN_VALUES = 66
_CELL_RULES = ("vcf.cell_long", "vcf.gt", "vcf.gt_index", "vcf.gt_ploidy", "vcf.gt_half",
               "vcf.format_value")  # fmt: skip


@dataclass(slots=True)
class GenotypeCheck:
    """Checks FORMAT and the columns of the samples with the given indices."""

    header: Header
    samples: Sequence[int]
    book: FaultBook
    _definitions: dict[str, Definition] = field(init=False)

    def __post_init__(self) -> None:
        # A key that the header declares is held to that; GT is always the specification's.
        self._definitions = RESERVED_FORMAT | self.header.formats

    def check(self, rows: pl.DataFrame) -> None:
        """Record what is wrong with the rows; none is dropped."""
        for (layout,), part in rows.group_by("FORMAT", maintain_order=True):
            keys = str(layout).split(":")
            if self._format(keys, part):
                for (alts,), same in part.group_by("n_alt", maintain_order=True):
                    self._cells(keys, int(str(alts)), same)

    def _format(self, keys: list[str], rows: pl.DataFrame) -> bool:
        if not all(_KEY.fullmatch(key) for key in keys) or len(set(keys)) < len(keys):
            self.book.add_rows("vcf.format", rows, lambda row: shown(row["FORMAT"]))
            return False
        if keys[0] != "GT":
            # Callers of structural variants may give copy numbers alone: nothing is read there.
            read = rows if "GT" in keys else rows.filter(rows["ALT"].str.contains(_SEQUENCE))
            self.book.add_rows("vcf.format_gt", read, lambda row: shown(row["FORMAT"]))
            return False
        if not self._definitions.keys() >= set(keys):
            self.book.add_rows("vcf.format_undeclared", rows, lambda row: "another key")
        return True

    def _cells(self, keys: list[str], alts: int, rows: pl.DataFrame) -> None:
        pattern = cell_pattern(keys, self._definitions, alts)
        for index in self.samples:
            cells = rows.select("line", "code", cell=sample_column(index))
            if pattern is not None:
                cells = cells.filter(~cells["cell"].str.contains(pattern))
            self._judge(cells, keys, alts, f"column {len(FIXED) + 2 + index}")

    def _judge(self, cells: pl.DataFrame, keys: list[str], alts: int, column: str) -> None:
        known: dict[str, tuple[str, str]] = {}
        for cell in cells["cell"].unique():
            known[cell] = cell_fault(cell, keys, self._definitions, alts) or ("", "")
        for rule in _CELL_RULES:
            broken = [cell for cell, (found, _) in known.items() if found == rule]
            if broken:
                bad = cells.filter(pl.col("cell").is_in(broken))
                self._record(rule, bad, known, column)

    def _record(
        self, rule: str, cells: pl.DataFrame, known: dict[str, tuple[str, str]], column: str
    ) -> None:
        """Record cells that break a rule; on mtDNA more than two alleles are heteroplasmy."""
        if rule == "vcf.gt_ploidy":
            on_mt = cells["code"] == Chromosome.MT.code
            self.book.add_rows(
                "vcf.gt_heteroplasmy",
                cells.filter(on_mt),
                lambda row: known[row["cell"]][1],
                column,
            )
            cells = cells.filter(~on_mt)
        self.book.add_rows(rule, cells, lambda row: known[row["cell"]][1], column)


def cell_fault(
    cell: str, keys: list[str], definitions: dict[str, Definition], alts: int
) -> tuple[str, str] | None:
    """Return the first rule that a sample's cell breaks and what was found, or None."""
    values = cell.split(":")
    if len(values) > len(keys):
        return "vcf.cell_long", f"{len(values)} values for {len(keys)} keys"
    call = _CALL.fullmatch(values[0])
    if call is None:
        return "vcf.gt", f"GT {shown(values[0])}"
    alleles = re.split(r"[/|]", call[1])
    numbers = [int(allele) for allele in alleles if allele != "."]
    if any(number > alts for number in numbers):
        return "vcf.gt_index", f"allele {max(numbers)} of {alts}"
    if len(alleles) > 2:
        return "vcf.gt_ploidy", f"{len(alleles)} alleles"
    for key, value in zip(keys[1:], values[1:], strict=False):
        ploidies = (1, 2) if values[0] == "." else (len(alleles),)
        fault = _value(key, definitions, value, alts, ploidies)
        if fault is not None:
            return "vcf.format_value", fault
    if 0 < len(numbers) < len(alleles):
        return "vcf.gt_half", "a half call"
    return None


def _value(
    key: str,
    definitions: dict[str, Definition],
    value: str,
    alts: int,
    ploidies: tuple[int, ...],
) -> str | None:
    if value == "":
        return f"an empty {key}"
    definition = definitions.get(key)
    if definition is None:
        return None
    faults = [value_fault(key, definition, value, alts, ploidy) for ploidy in ploidies]
    return None if None in faults else faults[0]


def cell_pattern(keys: list[str], definitions: dict[str, Definition], alts: int) -> str | None:
    """Return a pattern that only right cells match, or None when it would be too long."""
    if alts > _MAX_PATTERN_ALTS:
        return None
    branches = []
    for calls, ploidy in ((_diploid(alts), 2), (_haploid(alts), 1)):
        values = [_value_pattern(key, definitions, alts, ploidy) for key in keys[1:]]
        if None in values:
            return None
        rest = ""
        for value in reversed(values):
            rest = f"(?::{value}{rest})?"
        branches.append(f"(?:{calls}){rest}")
    return f"^(?:{'|'.join(branches)})$"


def _diploid(alts: int) -> str:
    return rf"[0-{alts}][/|][0-{alts}]|\./\.|\.\|\.|\."


def _haploid(alts: int) -> str:
    return rf"[0-{alts}]|\."


def _value_pattern(
    key: str, definitions: dict[str, Definition], alts: int, ploidy: int
) -> str | None:
    definition = definitions.get(key)
    if definition is None:
        return "[^:]+"
    sign = "" if key in NOT_NEGATIVE else "-?"
    item = {
        INTEGER: rf"(?:{sign}[0-9]{{1,9}}|\.)",
        FLOAT: rf"(?:{sign}[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|\.)",
    }.get(definition.type, "[^:,]+")
    count = definition.count(alts, ploidy)
    if definition.type == STRING and definition.number == "1":
        return "[^:,]+"
    if count is None:
        return f"{item}(?:,{item})*"
    if not 0 < count <= _MAX_PATTERN_VALUES:
        return r"\." if count == 0 else None
    return rf"(?:{item}(?:,{item}){{{count - 1}}}|\.)"
