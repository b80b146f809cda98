"""What people observed of an allele, as one value: scopes, ids, and its way through a document."""

from dataclasses import fields

import pytest

from upstream.curation import OF_KIND, row
from varinterp.documents.case import read_fact
from varinterp.model.canonical import to_json
from varinterp.model.curation import CURATED, Curations, Scope, own_entry
from varinterp.model.gene_disease import Inheritance
from varinterp.sources.curated_kinds import ENTRY, FIELDS
from varinterp.sources.curated_release import curations_of

AD, AR = Inheritance.AUTOSOMAL_DOMINANT, Inheritance.AUTOSOMAL_RECESSIVE
EVERYTHING = curations_of(
    ENTRY.validate_python(row(kind)) for kind in OF_KIND if kind != "retraction"
)


@pytest.mark.parametrize(
    ("scope", "holds"),
    [
        (Scope(), True),
        (Scope("HGNC:1"), True),
        (Scope("HGNC:1", "OMIM:1", AD), True),
        (Scope("HGNC:2"), False),
        (Scope(None, "OMIM:2"), False),
        (Scope(None, None, AR), False),
        (Scope("HGNC:1", "OMIM:1", AR), False),
    ],
)
def test_an_entry_holds_where_everything_that_it_names_agrees(scope: Scope, holds: bool) -> None:
    assert scope.holds_for("HGNC:1", "OMIM:1", AD) is holds


def test_a_scope_of_a_mode_does_not_hold_where_no_mode_is_known() -> None:
    assert not Scope(None, None, AD).holds_for("HGNC:1", "none", None)
    assert Scope().holds_for("HGNC:1", "none", None)


def test_every_kind_is_one_of_the_value() -> None:
    names = {each.name for each in fields(Curations)}

    assert set(FIELDS.values()) == names - {"constructed"}
    assert all(getattr(EVERYTHING, name) for name in names)


@pytest.mark.parametrize("fact", CURATED, ids=lambda fact: fact.source)
def test_what_was_observed_is_stored_with_a_case_and_read_back(fact: object) -> None:
    source = fact.source  # type: ignore[attr-defined]

    assert read_fact(source, to_json(EVERYTHING)) == EVERYTHING


def test_a_familys_entry_has_an_id_of_its_own_for_each_allele() -> None:
    names = {own_entry(family, allele) for family in ("F-1", "F-2") for allele in ("a", "b")}

    assert len(names) == 4
    assert all(name.startswith("own-") for name in names)
