"""What moved of what was read, and whose release brought it."""

import pytest

from event_builders import DISEASE, LP, ONE, VUS, Claim, cause, event, events, known, picture
from varinterp.model.case import Tier
from varinterp.model.change import ChangeKind
from varinterp.model.event import EventKind
from varinterp.model.reads import Kind, Read
from varinterp.reanalysis.causes import between


def read(source: str, digest: str | None, key: str = ONE) -> Read:
    return Read(source, key, Kind.POINT, digest)


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (None, "a", ChangeKind.ADDED),
        ("a", None, ChangeKind.REMOVED),
        ("a", "b", ChangeKind.RESTATED),
    ],
)
def test_a_read_that_moved_without_a_row_of_its_own_is_named_by_what_became_of_it(
    before: str | None, after: str | None, kind: ChangeKind
) -> None:
    (found,) = between([read("gnomad", before)], [read("gnomad", after)], {})

    assert (found.source, found.key, found.kinds) == ("gnomad", ONE, (kind,))


@pytest.mark.parametrize(
    ("source", "origin"),
    [
        ("clinvar.codon", "clinvar"),
        ("gnomad.coverage", "gnomad"),
        ("assertion.vkgl", "vkgl"),
        ("population.listed", "listed_alleles"),
        ("population.local", "local_frequency"),
        ("consequence", "vep"),
        ("transcript.exon", "mane"),
        ("case.genotype", "case"),
        ("consequence.joint", "case"),
        ("hpo.match", "hpo"),
        ("rules", "rules"),
    ],
)
def test_the_origin_is_the_source_whose_release_is_asked(source: str, origin: str) -> None:
    (found,) = between([read(source, "a")], [read(source, "b")], {})

    assert found.origin == origin


def test_a_match_that_no_release_moved_is_the_patients_own_when_the_terms_moved() -> None:
    sides = ([read("hpo.match", "a", DISEASE)], [read("hpo.match", "b", DISEASE)])
    row = cause("hpo.match", allele=DISEASE)

    assert [each.origin for each in between(*sides, {}, terms_moved=True)] == ["case"]
    assert between(*sides, known(row), terms_moved=True) == {row}


def test_what_one_side_alone_asked_is_no_change_but_where_a_release_names_it() -> None:
    row = cause("revel")

    assert between([], [read("revel", "a")], {}) == set()
    assert between([], [read("revel", "a")], known(row)) == {row}
    assert between([read("revel", "a")], [read("revel", "a")], known(row)) == set()


def test_the_patient_and_a_release_together_are_knowledge() -> None:
    before = picture(Claim(tier=Tier.UNRELATED, exact=0), observed=("HP:0000001",))
    after = Claim(criteria=LP, values={"revel": "2"})
    (found,) = events(before, picture(after), cause("revel"))

    assert found.kind is EventKind.KNOWLEDGE
    assert found.responsible == ("case", "revel")


def test_the_evidence_changed_when_the_last_of_its_causes_did() -> None:
    values = [{"gnomad": value, "revel": value} for value in "12"]
    rows = (cause("gnomad", date="2026-02-01"), cause("revel", date="2026-10-01"))
    found = event(
        Claim(criteria=VUS, values=values[0]), Claim(criteria=LP, values=values[1]), *rows
    )

    assert set(found.causes) == set(rows)
    assert found.dates.evidence_changed == "2026-10-01"
