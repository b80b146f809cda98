"""PED files: six columns, family, person, father, mother, sex, phenotype (PLINK, Purcell 2007)."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from varinterp.errors import Fault, InputError, Severity
from varinterp.model.family import Affected, Sex
from varinterp.sources import pedigree_check, plain_text
from varinterp.sources.fault_book import MAX_FAULTS, FaultBook, Rule, shown
from varinterp.sources.names import NAME
from varinterp.sources.pedigree_check import PedigreeRow, check_pedigree

_COLUMNS = 6
_NOBODY = "0"
_SEX = {"1": Sex.MALE, "2": Sex.FEMALE, "0": Sex.UNKNOWN}
_AFFECTED = {
    "1": Affected.NO,
    "2": Affected.YES,
    "0": Affected.UNKNOWN,
    "-9": Affected.UNKNOWN,
}
_HEADER_WORDS = frozenset({"family", "family_id", "fid", "famid", "individual_id", "iid", "sex"})

RULES: Mapping[str, Rule] = {
    "ped.columns": Rule("six columns", "write family person father mother sex phenotype"),
    "ped.more_columns": Rule("six columns", "nothing to do: not read", None, Severity.WARN),
    "ped.header": Rule("a person", "put # before the header line, or delete it"),
    "ped.sex": Rule("1 male, 2 female, 0 unknown", "correct the fifth column"),
    "ped.phenotype": Rule("1 unaffected, 2 affected, 0 or -9 unknown", "correct the sixth column"),
    "ped.empty": Rule("a row for each person", "give another file"),
}


@dataclass(frozen=True, slots=True)
class Pedigree:
    """The people of a PED file, in its order, and what it warns of."""

    rows: tuple[PedigreeRow, ...]
    warnings: tuple[Fault, ...]


def read_ped(path: Path) -> Pedigree:
    """Read a PED file; raise InputError with all its faults."""
    book = FaultBook(str(path), {**RULES, **pedigree_check.RULES, **plain_text.RULES}, MAX_FAULTS)
    rows = []
    for number, line in enumerate(plain_text.read_lines(path, book), start=1):
        fields = line.split()
        if fields and not line.startswith("#"):
            row = _row(fields, number, book)
            if row is not None:
                rows.append(row)
    if not rows and not book.rejects:
        book.add("ped.empty", "no rows", 1)
    check_pedigree(rows, book)
    if book.rejects:
        raise InputError(book.faults())
    return Pedigree(tuple(rows), book.faults())


def _row(fields: list[str], line: int, book: FaultBook) -> PedigreeRow | None:
    if line == 1 and _HEADER_WORDS & {field.casefold() for field in fields}:
        book.add("ped.header", "a header line", line)
        return None
    if len(fields) < _COLUMNS:
        book.add("ped.columns", f"{len(fields)}", line)
        return None
    if len(fields) > _COLUMNS:
        book.add("ped.more_columns", f"{len(fields)}", line)
    family, person, father, mother, sex, affected = fields[:_COLUMNS]
    for name in {family, person, father, mother} - {_NOBODY}:
        if not NAME.fullmatch(name):
            book.add("pedigree.name", "another name", line)
    if sex not in _SEX:
        book.add("ped.sex", shown(sex), line)
    if affected not in _AFFECTED:
        book.add("ped.phenotype", shown(affected), line)
    return PedigreeRow(
        family=family,
        person=person,
        father=None if father == _NOBODY else father,
        mother=None if mother == _NOBODY else mother,
        sex=_SEX.get(sex, Sex.UNKNOWN),
        affected=_AFFECTED.get(affected, Affected.NO),
        line=line,
    )
