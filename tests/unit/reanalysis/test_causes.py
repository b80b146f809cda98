"""What moved of what was read, and whose release brought it."""

from dataclasses import replace

import pytest

from event_builders import DISEASE, LP, ONE, VUS, Claim, cause, event, events, known, picture
from varinterp.model.assessment import Assessment
from varinterp.model.case import Tier
from varinterp.model.change import ChangeKind
from varinterp.model.event import Cause, EventKind
from varinterp.model.reads import Kind, Read
from varinterp.reanalysis.causes import behind, between
from varinterp.reanalysis.picture import Picture


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
        ("curation", "curation"),
        ("curation.own_cases", "own_cases"),
        ("population.local", "local_frequency"),
        ("consequence", "vep"),
        ("transcript.exon", "mane"),
        ("transcript.start", "mane"),
        ("transcript.gene", "mane"),
        ("gnomad.exon", "gnomad_exons"),
        ("repeats", "repeats"),
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


PARTNER = "22-20043360-C-T"


def reading(claim: Claim, *reads: Read) -> Assessment:
    return replace(claim.assessment, reads=reads)


def _of_side(reads: tuple[tuple[Read | None, Read | None], ...], at: int) -> list[Read]:
    return [read for each in reads if (read := each[at]) is not None]


def sides(*reads: tuple[Read | None, Read | None]) -> tuple[Picture, Picture]:
    """A case in which a partner's conclusion read other values before and after."""
    claim = Claim(allele=PARTNER)
    return tuple(
        replace(
            picture(claim),
            assessments={
                claim.key: reading(
                    claim, *(read for each in reads if (read := each[at]) is not None)
                )
            },
        )
        for at in (0, 1)
    )  # type: ignore[return-value]


def prior_moved() -> Cause:
    (found,) = between(
        [read("assessment", "a", str(Claim(allele=PARTNER).key))],
        [read("assessment", "b", str(Claim(allele=PARTNER).key))],
        {},
    )
    return found


def test_a_partner_that_moved_is_told_by_what_was_read_of_it() -> None:
    row = cause("gnomad", allele=PARTNER)
    pictures = sides((read("gnomad", "a", PARTNER), read("gnomad", "b", PARTNER)))

    assert behind([prior_moved()], pictures, known(row)) == {row}


def test_a_partner_of_a_partner_is_not_told() -> None:
    pictures = sides(
        (read("assessment", "a", "third"), read("assessment", "b", "third")),
        (read("case.gene", "a", "HGNC:25439"), read("case.gene", "b", "HGNC:25439")),
    )

    (found,) = behind([prior_moved()], pictures, {})
    assert (found.source, found.origin) == ("assessment", "case")


def test_company_is_told_by_the_gates_of_who_came_or_left() -> None:
    (moved,) = between(
        [read("case.gene", "a", "HGNC:25439")], [read("case.gene", "b", "HGNC:25439")], {}
    )
    row, stays = cause("clinvar", allele=PARTNER), cause("clinvar")
    alone, both = picture(Claim()), picture(Claim(), Claim(allele=PARTNER))

    assert behind([moved], (alone, both), known(row, stays)) == {row}
    assert behind([moved], (both, alone), known(row, stays)) == {row}
    assert behind([moved], (alone, both), {}) == {moved}
    assert moved.origin == "case"


def test_other_causes_stand_as_they_are() -> None:
    row = cause("revel")

    assert behind([row], sides(), {}) == {row}
