"""INFO and FORMAT definitions: what a header declares, and what the specification reserves.

Reserved fields: VCF 4.3, tables 1 and 2; they hold where a header is silent.
"""

from dataclasses import dataclass
from math import comb

INTEGER = "Integer"
FLOAT = "Float"
FLAG = "Flag"
STRING = "String"
TYPES = frozenset({INTEGER, FLOAT, FLAG, STRING, "Character"})
LETTERS = frozenset({"A", "R", "G", ".", "P", "M", "LA", "LR", "LG"})
MIN_INT = -(2**31) + 8
MAX_INT = 2**31 - 1
"""The eight lowest 32-bit integers mean missing and end-of-vector in BCF."""


@dataclass(frozen=True, slots=True)
class Definition:
    """How many values a field has, and of what type."""

    number: str
    type: str

    def count(self, alts: int, ploidy: int = 2) -> int | None:
        """Return the number of values for a record, or None when it is free.

        Without an ALT allele callers disagree on what A, R and G mean: left free.
        """
        if self.number.isdecimal():
            return int(self.number)
        if alts == 0:
            return None
        return {
            "A": alts,
            "R": alts + 1,
            "G": comb(alts + ploidy, ploidy),
        }.get(self.number)


def _table(lines: str) -> dict[str, Definition]:
    rows = (line.split() for line in lines.strip().splitlines())
    return {key: Definition(number, kind) for number, kind, *keys in rows for key in keys}


RESERVED_INFO = _table("""
    1 String AA
    A Integer AC
    A Float AF
    1 Integer AN DP END MQ0 NS
    1 Float BQ MQ
    A String CIGAR
    0 Flag DB H2 H3 SOMATIC VALIDATED 1000G
    R Integer AD ADF ADR
""")

RESERVED_FORMAT = _table("""
    1 String GT FT
    1 Integer DP GQ MQ PQ PS
    R Integer AD ADF ADR
    A Integer EC
    2 Integer HQ
    G Integer PL
    G Float GL GP
""")

NOT_NEGATIVE = frozenset(
    {"AC", "AF", "AN", "DP", "END", "MQ0", "NS", "AD", "ADF", "ADR", "GQ", "PL", "PS"}
)
