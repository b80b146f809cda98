"""Every family under `inheritance/` is answered as its folder expects, however it is asked."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from family_cases import Situation, expected, hits, read_situation
from varinterp.model.facts import FamilyGenotypes
from varinterp.model.family import Family, Person
from varinterp.model.fit import Fit
from varinterp.model.gene_disease import Inheritance

HERE = Path(__file__).parent / "inheritance"
FOLDERS = sorted(path for path in HERE.iterdir() if path.is_dir())


def answers(situation: Situation, mode: Inheritance | None, incomplete: bool) -> dict[str, Fit]:
    found = list(situation.hypotheses(mode, incomplete=incomplete))
    assert max(Counter(map(hits, found)).values()) == 1
    return {hits(each): each.fit for each in found}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_family(folder: Path) -> None:
    situation = read_situation(folder)
    for mode, incomplete, alleles, answer, reason, role in expected(folder):
        found = answers(situation, mode, incomplete)

        assert alleles in found, f"raised: {sorted(found)}"
        fit = found[alleles]
        told = dict(fit.reason.facts)
        assert (fit.answer.value, fit.reason.key) == (answer, reason), alleles
        assert role in ("-", told.get("role")), alleles


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_order_of_members_does_not_matter(folder: Path) -> None:
    situation = read_situation(folder)
    turned = replace(
        situation,
        family=replace(situation.family, members=situation.family.members[::-1]),
        calls={
            name: FamilyGenotypes(genotypes.calls[::-1])
            for name, genotypes in situation.calls.items()
        },
    )
    for mode, incomplete, *_ in expected(folder):
        assert answers(situation, mode, incomplete) == answers(turned, mode, incomplete)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_relatives_who_were_not_sequenced_change_nothing(folder: Path) -> None:
    situation = read_situation(folder)
    more = replace(situation, family=with_unsequenced(situation.family))
    for mode, incomplete, *_ in expected(folder):
        assert answers(situation, mode, incomplete) == answers(more, mode, incomplete)


def with_unsequenced(family: Family) -> Family:
    """Add parents of whoever has none, and an affected sibling of the proband."""
    proband = family.proband
    known = {person.id for person in family}
    added = [
        Person("brother-x", affected=proband.affected, father=proband.father,
               mother=proband.mother, sequenced=False)
    ]  # fmt: skip
    members = []
    for person in family:
        if person.father is None and person.mother is None:
            father, mother = f"{person.id}-f", f"{person.id}-m"
            added += [Person(each, sequenced=False) for each in (father, mother)]
            person = replace(person, father=father, mother=mother)
        members.append(person)
    assert not known & {person.id for person in added}
    return replace(family, members=(*members, *added))
