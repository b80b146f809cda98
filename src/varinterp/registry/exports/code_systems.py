"""The terminologies that a profile may use: their OIDs, and whether a code can be one of them.

LOINC codes end in a Luhn digit (LOINC Users' Guide, annex B) and SNOMED CT ids in a Verhoeff digit
(SNOMED CT Release File Specification, 2.4.1), so that a mistyped code is told at once.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

_LOINC = re.compile(r"((?:LP|LA)?\d{1,7})-(\d)")
_VERHOEFF_PERMUTATION = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)


@dataclass(frozen=True, slots=True)
class CodeSystem:
    """A terminology: its OID where it has one, and the test of a code."""

    oid: str | None
    holds: Callable[[str], bool]
    shape: str


def _matching(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda code: compiled.fullmatch(code) is not None


def loinc(code: str) -> bool:
    """Whether a code has LOINC's form (``53037-8``, ``LA6668-3``) and check digit."""
    found = _LOINC.fullmatch(code)
    return found is not None and luhn(found[1]) == int(found[2])


def luhn(characters: str) -> int:
    """Return the Luhn check digit; a letter counts as its ASCII code less that of ``0``."""
    total = 0
    for place, character in enumerate(reversed(characters)):
        value = ord(character) - ord("0")
        total += value if place % 2 else 2 * value - value // 5 * 9
    return -total % 10


def snomed(code: str) -> bool:
    """Whether a code has the form of a SNOMED CT id (6 to 18 digits) and its check digit."""
    return re.fullmatch(r"[1-9]\d{5,17}", code) is not None and _verhoeff(code) == 0


def _verhoeff(digits: str) -> int:
    check = 0
    for place, digit in enumerate(reversed(digits)):
        check = _dihedral(check, _permuted(int(digit), place % 8))
    return check


def _permuted(digit: int, times: int) -> int:
    for _ in range(times):
        digit = _VERHOEFF_PERMUTATION[digit]
    return digit


def _dihedral(left: int, right: int) -> int:
    """Multiply in the dihedral group of order ten: 0 to 4 are rotations, 5 to 9 reflections."""
    if left < 5:
        return (left + right) % 5 if right < 5 else (left + right) % 5 + 5
    return (left - right) % 5 + 5 if right < 5 else (left - right) % 5


CODE_SYSTEMS: Mapping[str, CodeSystem] = {
    "LOINC": CodeSystem("2.16.840.1.113883.6.1", loinc, "a LOINC code with its check digit"),
    "SNOMEDCT": CodeSystem("2.16.840.1.113883.6.96", snomed, "a SNOMED CT id with its check digit"),
    "GA4GH": CodeSystem(None, _matching(r"[A-Za-z_]{2,40}"), "a word of the Phenopacket schema"),
    "ANS": CodeSystem(
        "1.2.250.1.213.1.1.4.322",
        _matching(r"[A-Z]{3}-\d{2,4}(?:\.\d{2}){0,2}"),
        "a code of TA_ASIP such as MED-552",
    ),
    "HPO": CodeSystem("1.2.250.1.213.2.51", _matching(r"HP:\d{7}"), "an HPO id"),
    "ORPHA": CodeSystem("1.2.250.1.213.2.49.1", _matching(r"ORPHA:[1-9]\d*"), "an ORPHAcode"),
    "OMIM": CodeSystem("2.16.840.1.113883.6.174", _matching(r"OMIM:\d{6}"), "an OMIM number"),
    "MONDO": CodeSystem(None, _matching(r"MONDO:\d{7}"), "a Mondo id"),
    "HGNC": CodeSystem("2.16.840.1.113883.6.281", _matching(r"HGNC:[1-9]\d*"), "an HGNC id"),
    "HGVS": CodeSystem("2.16.840.1.113883.6.282", _matching(r"[^\s]{3,500}"), "an HGVS name"),
    "GENO": CodeSystem(None, _matching(r"GENO:\d{7}"), "a GENO id"),
    "ISO8601": CodeSystem(None, _matching(r"\d{4}-\d{2}-\d{2}"), "a date"),
    "LOCAL": CodeSystem(None, _matching(r"[A-Za-z0-9_.-]{1,60}"), "a word of the laboratory's own"),
}
"""By the name that a profile uses."""
