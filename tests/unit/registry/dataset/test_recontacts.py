"""The recontact list: carriers and relatives, consent, owners and days."""

from datetime import date

import pytest

from act_builders import CASE, CHILD, DAY, FATHER, MOTHER, family_result, later, yes
from registry_builders import ALLELES, register
from varinterp.errors import InputError
from varinterp.model.consent import ConsentScope
from varinterp.model.recontact import RecontactState
from varinterp.model.variant import Allele
from varinterp.registry.dataset import Dataset
from varinterp.registry.dataset.recontacts import Listed
from varinterp.registry.store import Registry

DUE = date(2026, 8, 1)


def ask(dataset: Dataset, *people: str, hours: float = 2, due: date = DUE) -> Listed:
    return dataset.recontact(
        CASE, people, owner="Dr Roy", due=due, reason="reclassified", author="Martin",
        at=later(hours),
    )  # fmt: skip


@pytest.fixture
def willing(dataset: Dataset) -> Dataset:
    said = [yes(ConsentScope.RECONTACT, person) for person in (CHILD, MOTHER)]
    dataset.consent(CASE, said, author="Roy", at=later(1))
    return dataset


def test_carriers_are_found_in_every_case_relatives_too(dataset: Dataset, store: Registry) -> None:
    register(store, family_result("case-2", family="F-TWO"), later())

    found = dataset.carriers(Allele.parse(ALLELES[0]))

    assert found == ((CASE, CHILD), (CASE, MOTHER), ("case-2", CHILD), ("case-2", MOTHER))
    assert dataset.carriers(Allele.parse(ALLELES[1])) == ()
    store.erase("case-2", later(1), "Roy")
    assert dataset.carriers(Allele.parse(ALLELES[0])) == found[:2]


def test_whoever_did_not_agree_is_named_and_not_called(willing: Dataset) -> None:
    listed = ask(willing, CHILD, MOTHER, FATHER)

    assert listed.withheld == (FATHER,)
    assert {each.person for each in willing.recontacts()} == {CHILD, MOTHER}
    assert {each.owner for each in willing.recontacts(CASE)} == {"Dr Roy"}


def test_somebody_on_the_list_stays_as_they_are(willing: Dataset, store: Registry) -> None:
    first = ask(willing, CHILD)
    before = store.verify()

    assert ask(willing, CHILD, hours=3) == first
    assert store.verify() == before
    both = ask(willing, CHILD, MOTHER, hours=4, due=date(2026, 7, 20))
    assert both.entries[0] == first.entries[0]
    assert [each.person for each in willing.recontacts()] == [MOTHER, CHILD]


def test_an_entry_is_open_overdue_and_closed_once(willing: Dataset) -> None:
    (entry,) = ask(willing, CHILD).entries
    (found,) = willing.recontacts()
    assert not found.overdue(DUE)
    assert found.overdue(date(2026, 8, 2))

    for hours in (3, 4):
        done = willing.close_recontact(
            CASE, entry, RecontactState.DONE, on=DAY, author="Roy", at=later(hours), note="seen"
        )

    assert (done.state, done.closed_on, done.note) == (RecontactState.DONE, DAY, "seen")
    assert not done.overdue(date(2027, 1, 1))
    assert willing.recontacts(as_of=later(2.5))[0].state is RecontactState.OPEN
    with pytest.raises(InputError, match=r"dataset\.recontact"):
        willing.close_recontact(
            CASE, entry, RecontactState.CANCELLED, on=DAY, author="Roy", at=later(5)
        )


def test_a_closed_entry_does_not_hold_the_next_one_back(willing: Dataset) -> None:
    (entry,) = ask(willing, CHILD).entries
    willing.close_recontact(CASE, entry, RecontactState.DONE, on=DAY, author="Roy", at=later(3))

    assert ask(willing, CHILD, hours=4).entries != (entry,)


def test_a_stranger_and_a_reason_that_is_missing_are_refused(willing: Dataset) -> None:
    with pytest.raises(InputError, match=r"dataset\.person"):
        ask(willing, "P-STRANGER")
    with pytest.raises(InputError, match=r"dataset\.reason"):
        willing.recontact(CASE, [CHILD], owner="", due=DUE, reason="x", author="Roy", at=later(2))
