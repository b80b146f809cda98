"""Values of INFO and FORMAT fields against their definitions: one slow, exact judge.

Regular expressions pass the values that are plainly right, millions a second; whatever they do
not pass comes here.
"""

import re

from varinterp.sources.fault_book import shown
from varinterp.sources.vcf_definitions import (
    FLAG,
    FLOAT,
    INTEGER,
    MAX_INT,
    MIN_INT,
    NOT_NEGATIVE,
    STRING,
    Definition,
)

MISSING = "."
_INTEGER = re.compile(r"[+-]?[0-9]+", re.ASCII)
_FLOAT = re.compile(
    r"[+-]?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?|inf(?:inity)?|nan)",
    re.ASCII | re.IGNORECASE,
)


def value_fault(
    key: str, definition: Definition, text: str, alts: int, ploidy: int = 2
) -> str | None:
    """Say what is wrong with a field's value, or None; a lone dot is always right."""
    if text == MISSING:
        return None
    items = text.split(",")
    if "" in items and definition.type in (INTEGER, FLOAT):
        return f"{key} with an empty value"
    fault = next((found for item in items if (found := _item(key, definition.type, item))), None)
    if fault is not None:
        return f"{key} {fault}"
    wanted = definition.count(alts, ploidy)
    is_free_text = definition.type == STRING and definition.number == "1"
    if wanted is None or is_free_text or len(items) == wanted:
        return None
    return f"{len(items)} values of {key} where {wanted} belong"


def _item(key: str, kind: str, item: str) -> str | None:
    if item == MISSING or kind not in (INTEGER, FLOAT):
        return None
    if kind == FLOAT:
        item = item.rstrip(" ")  # GATK's Mutect2 writes floats with a space after them
    if not (_INTEGER if kind == INTEGER else _FLOAT).fullmatch(item):
        return f"{shown(item)}, not of type {kind}"
    if kind == INTEGER and not (len(item) < 12 and MIN_INT <= int(item) <= MAX_INT):
        return "beyond 32 bits"
    if key in NOT_NEGATIVE and item.startswith("-") and float(item) < 0:
        return "below zero"
    return None


def info_fault(info: str, definitions: dict[str, Definition], alts: int) -> str | None:
    """Say what is wrong with an INFO column's values, or None."""
    for field in info.split(";"):
        key, equals, text = field.partition("=")
        definition = definitions.get(key)
        if definition is None:
            continue
        if definition.type == FLAG:
            if equals:
                return f"a value for the flag {key}"
        elif equals and (fault := value_fault(key, definition, text, alts)):
            return fault
    return None
