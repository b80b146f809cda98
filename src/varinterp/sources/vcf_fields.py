"""ID, QUAL, FILTER and INFO of a VCF's records."""

import re
from dataclasses import dataclass, field

import polars as pl

from varinterp.sources.fault_book import FaultBook, shown
from varinterp.sources.vcf_definitions import (
    FLAG,
    FLOAT,
    INTEGER,
    NOT_NEGATIVE,
    RESERVED_INFO,
    STRING,
    Definition,
)
from varinterp.sources.vcf_header import Header
from varinterp.sources.vcf_values import info_fault

_ID = r"^[^;\s]+(?:;[^;\s]+)*$"
_QUAL = r"^(?:\.|[+-]?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|(?i:inf|infinity|nan)))$"
_QUAL_ODD = r"^(?:-.*|[+]?(?i:inf|infinity|nan))$"
_FILTER_NAME = re.compile(r"[^\s;,]+")
_INFO_KEY = re.compile(r"(?:[A-Za-z_][0-9A-Za-z_.]*|1000G)", re.ASCII)
_MAX_PATTERN_ALTS = 6
_MAX_PATTERN_VALUES = 32
_UNDECLARED = "undeclared"
_EMPTY_ITEM = r"(?:;|$)|,|[^;]*,(?:,|;|$)"
# Beyond foreign characters: ten digits, a dot beside anything, a sign without digits.
_NOT_INTEGERS = (
    rf"{_EMPTY_ITEM}"
    r"|[^;]*(?:[^;0-9,.-]|[0-9]{10}|[0-9-]\.|\.[0-9.-]|[0-9.-]-|-(?:[,;.]|$))"
)
# Beyond foreign characters: an exponent or sign without digits, a second point or exponent.
_NOT_FLOATS = (
    rf"{_EMPTY_ITEM}|(?:[^;]*,)?[eE]"
    r"|[^;]*(?:[^;0-9,.eE+-]|[eE+-](?:[,;.eE]|$)|[0-9.+-][+-]|\.e|\.[0-9]*\.|[eE][^;,]*[eE.])"
)


@dataclass(slots=True)
class FieldCheck:
    """Checks the columns between ALT and FORMAT."""

    header: Header
    book: FaultBook
    _definitions: dict[str, Definition] = field(init=False)
    _suspects: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._definitions = RESERVED_INFO | self.header.info

    def check(self, rows: pl.DataFrame) -> None:
        """Record what is wrong with the rows; none is dropped."""
        self._ids(rows)
        qual = rows["QUAL"]
        self.book.add_rows(
            "vcf.qual", rows.filter(~qual.str.contains(_QUAL)), lambda row: shown(row["QUAL"])
        )
        self.book.add_rows(
            "vcf.qual_odd", rows.filter(qual.str.contains(_QUAL_ODD)), lambda row: "another"
        )
        self._filter(rows)
        self._info_layout(rows)
        self._info_values(rows)

    def _ids(self, rows: pl.DataFrame) -> None:
        good = rows["ID"].str.contains(_ID)
        self.book.add_rows("vcf.id", rows.filter(~good), lambda row: shown(row["ID"]))
        several = rows.filter(rows["ID"].str.contains(";", literal=True) & good)
        ids = several["ID"].str.split(";")
        twice = several.filter(ids.list.n_unique() < ids.list.len())
        self.book.add_rows("vcf.id", twice, lambda row: "one identifier twice")

    def _filter(self, rows: pl.DataFrame) -> None:
        verdicts = {text: _filter_rule(text, self.header) for text in rows["FILTER"].unique()}
        for rule in sorted(set(verdicts.values()) - {""}):
            broken = [text for text, found in verdicts.items() if found == rule]
            self.book.add_rows(
                rule, rows.filter(pl.col("FILTER").is_in(broken)), lambda row: shown(row["FILTER"])
            )

    def _info_layout(self, rows: pl.DataFrame) -> None:
        """Judge each distinct list of keys once: few exist, however many records."""
        layouts = rows.select("line", layout=pl.col("INFO").str.replace_all(r"=[^;]*", "="))
        verdicts = {
            text: _layout_fault(text, self._definitions) for text in layouts["layout"].unique()
        }
        undeclared = [text for text, found in verdicts.items() if found == _UNDECLARED]
        broken = [text for text, found in verdicts.items() if found not in ("", _UNDECLARED)]
        self.book.add_rows(
            "vcf.info_undeclared",
            layouts.filter(pl.col("layout").is_in(undeclared)),
            lambda row: "another key",
        )
        self.book.add_rows(
            "vcf.info",
            layouts.filter(pl.col("layout").is_in(broken)),
            lambda row: verdicts[row["layout"]],
        )

    def _info_values(self, rows: pl.DataFrame) -> None:
        for (alts,), part in rows.group_by("n_alt", maintain_order=True):
            count = int(str(alts))
            suspects = self._suspicious(part, count)
            faults = [info_fault(info, self._definitions, count) for info in suspects["INFO"]]
            wrong = suspects.select("line", fault=pl.Series(faults, dtype=pl.String))
            self.book.add_rows(
                "vcf.info_value", wrong.drop_nulls("fault"), lambda row: str(row["fault"])
            )

    def _suspicious(self, rows: pl.DataFrame, alts: int) -> pl.DataFrame:
        if alts > _MAX_PATTERN_ALTS:
            return rows
        if alts not in self._suspects:
            self._suspects[alts] = suspect_pattern(self._definitions, alts)
        return rows.filter(rows["INFO"].str.contains(self._suspects[alts]))


def _filter_rule(text: str, header: Header) -> str:
    names = text.split(";")
    if text in (".", "PASS"):
        return ""
    if not all(_FILTER_NAME.fullmatch(name) for name in names) or len(set(names)) < len(names):
        return "vcf.filter"
    if {"PASS", ".", "0"} & set(names):
        return "vcf.filter"
    return "" if header.filters.issuperset(names) else "vcf.filter_undeclared"


def _layout_fault(layout: str, definitions: dict[str, Definition]) -> str:
    """Say what is wrong with an INFO column stripped of its values; empty when nothing is."""
    if layout == ".":
        return ""
    keys = [part.partition("=")[0] for part in layout.split(";")]
    if not all(_INFO_KEY.fullmatch(key) for key in keys):
        return "a key that is empty or has another character"
    if len(set(keys)) < len(keys):
        return "one key twice"
    return "" if definitions.keys() >= set(keys) else _UNDECLARED


def suspect_pattern(definitions: dict[str, Definition], alts: int) -> str:
    """Return a pattern that finds every INFO with a wrong value, and few others.

    Types are suspected by their characters, counts by their commas.
    """
    suspicious = {INTEGER: _NOT_INTEGERS, FLOAT: _NOT_FLOATS, FLAG: ""}
    parts = [
        f"(?:{keys})=(?:{odd})"
        for kind, odd in suspicious.items()
        if (keys := _keys(definitions, kind))
    ]
    below_zero = "|".join(re.escape(key) for key in sorted(NOT_NEGATIVE & definitions.keys()))
    parts.append(f"(?:{below_zero})=(?:-|[^;]*,-)")
    parts += _count_patterns(definitions, alts)
    return f"(?:^|;)(?:{'|'.join(parts)})"


def _keys(definitions: dict[str, Definition], kind: str) -> str:
    names = (key for key, definition in definitions.items() if definition.type == kind)
    return "|".join(re.escape(key) for key in sorted(names))


def _count_patterns(definitions: dict[str, Definition], alts: int) -> list[str]:
    """One alternative for each number of values: more commas than belong, or fewer."""
    by_count: dict[int, list[str]] = {}
    for key, definition in sorted(definitions.items()):
        count = definition.count(alts)
        is_free_text = definition.type == STRING and definition.number == "1"
        if count is not None and count > 0 and not is_free_text:
            by_count.setdefault(count, []).append(re.escape(key))
    return [
        f"(?:{'|'.join(keys)})=(?:{_more_values(count)}|{_fewer_values(count)})"
        if count <= _MAX_PATTERN_VALUES
        else f"(?:{'|'.join(keys)})="
        for count, keys in sorted(by_count.items())
    ]


def _more_values(count: int) -> str:
    return f"(?:[^;,]*,){{{count}}}"


def _fewer_values(count: int) -> str:
    return f"(?:[^;,]*,){{0,{count - 2}}}[^;,]*(?:;|$)" if count > 1 else "(?:;|$)"
