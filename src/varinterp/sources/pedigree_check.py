"""What must hold in a pedigree, whether it comes from a PED file or from the sample sheet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from varinterp.errors import Severity
from varinterp.model.family import Affected, Sex
from varinterp.sources import names
from varinterp.sources.fault_book import FaultBook, Rule

_EMPTY_PARENT = "correct the name, add the parent's own row, or leave the parent empty"

RULES: Mapping[str, Rule] = {
    "pedigree.name": Rule(names.EXPECTED, "rename the person or family"),
    "pedigree.twice": Rule("one row a person", "delete the row that is wrong"),
    "pedigree.case": Rule("names that differ by more than capitals", "rename one of the two"),
    "pedigree.parent_unknown": Rule("a person of the same family", _EMPTY_PARENT),
    "pedigree.parent_elsewhere": Rule(
        "a person of the same family", "give both rows the same family, or leave the parent empty"
    ),
    "pedigree.own_parent": Rule("another person as parent", _EMPTY_PARENT),
    "pedigree.same_parents": Rule("two parents", "correct father or mother"),
    "pedigree.loop": Rule("nobody among their own ancestors", "correct father and mother"),
    "pedigree.father_female": Rule("a male father", "exchange the parents or correct the sex"),
    "pedigree.mother_male": Rule("a female mother", "exchange the parents or correct the sex"),
    "pedigree.parent_sex": Rule(
        "the parent's sex", "give it: the father is male, the mother female", None, Severity.WARN
    ),
    "pedigree.affected_unknown": Rule(
        "affected or not",
        "give it when it is known: unknown is neither",
        None,
        Severity.WARN,
    ),
}


@dataclass(frozen=True, slots=True)
class PedigreeRow:
    """One person as written, with the line that says so."""

    family: str
    person: str
    father: str | None
    mother: str | None
    sex: Sex
    affected: Affected
    line: int


def check_pedigree(rows: Sequence[PedigreeRow], book: FaultBook) -> None:
    """Record everything that cannot be in the pedigrees of one file."""
    first: dict[tuple[str, str], PedigreeRow] = {}
    folded: dict[tuple[str, str], str] = {}
    for row in rows:
        known = folded.setdefault((row.family.casefold(), row.person.casefold()), row.person)
        if first.setdefault((row.family, row.person), row) is not row:
            book.add("pedigree.twice", "a second row of one person", row.line)
        elif known != row.person:
            book.add("pedigree.case", "a name that another person has", row.line)
    for row in first.values():
        _check_parents(row, first, book)
        if row.affected is Affected.UNKNOWN:
            book.add("pedigree.affected_unknown", "unknown", row.line)
    for row in _looped(first):
        book.add("pedigree.loop", "a person who is their own ancestor", row.line)


def _check_parents(
    row: PedigreeRow, people: Mapping[tuple[str, str], PedigreeRow], book: FaultBook
) -> None:
    if row.father is not None and row.father == row.mother:
        book.add("pedigree.same_parents", "one person as father and mother", row.line)
    for name, wrong, rule, column in (
        (row.father, Sex.FEMALE, "pedigree.father_female", "father"),
        (row.mother, Sex.MALE, "pedigree.mother_male", "mother"),
    ):
        if name is None:
            continue
        parent = people.get((row.family, name))
        if name == row.person:
            book.add("pedigree.own_parent", "the person", row.line, column)
        elif parent is None:
            elsewhere = any(person == name for _, person in people)
            missing = "pedigree.parent_elsewhere" if elsewhere else "pedigree.parent_unknown"
            found = "a person of another family" if elsewhere else "a name without a row"
            book.add(missing, found, row.line, column)
        elif parent.sex is wrong:
            book.add(rule, f"a {wrong.value} one, line {parent.line}", row.line, column)
        elif parent.sex is Sex.UNKNOWN:
            book.add("pedigree.parent_sex", "unknown", parent.line)


def _looped(people: Mapping[tuple[str, str], PedigreeRow]) -> Iterator[PedigreeRow]:
    """Yield the people who are among their own ancestors; own parents are another rule's."""
    for row in people.values():
        seen: set[str] = set()
        waiting = [name for name in _parents(row) if name != row.person]
        while waiting:
            name = waiting.pop()
            ancestor = people.get((row.family, name))
            if name not in seen and ancestor is not None:
                seen.add(name)
                waiting += _parents(ancestor)
        if row.person in seen:
            yield row


def _parents(row: PedigreeRow) -> list[str]:
    return [name for name in (row.father, row.mother) if name is not None]
