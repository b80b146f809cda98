"""From annotation rows to diseases: the clinical course, and terms of one sex."""

import polars as pl

from varinterp.model.family import Sex
from varinterp.phenotype.annotations import Disease
from varinterp.sources.hpo_diseases import described_diseases

FIT, WEAK, INFANTILE, CONGENITAL = "HP:9000011", "HP:9000021", "HP:0003593", "HP:0003577"


def row(term: str, aspect: str = "P", **said: object) -> dict[str, object]:
    plain: dict[str, object] = {
        "disease": "OMIM:1", "aspect": aspect, "term": term, "excluded": False, "name": "a name",
        "observed": None, "examined": None, "fraction": None, "sex": "", "curated": "2020-01-01",
    }  # fmt: skip
    return plain | said


def disease(*rows: dict[str, object]) -> Disease:
    schema = {"observed": pl.Int32, "examined": pl.Int32, "fraction": pl.Float64}
    found = described_diseases(pl.DataFrame(list(rows), schema_overrides=schema))
    return found["OMIM:1"]


def test_the_course_has_each_age_of_onset_with_its_share_or_one() -> None:
    found = disease(
        row(FIT),
        row(INFANTILE, "C", observed=3, examined=4),
        row(INFANTILE, "C", observed=1, examined=4),
        row(CONGENITAL, "C"),
        row("HP:0003584", "C", excluded=True),
        row("HP:0011463", "C", observed=0, examined=5),
    )
    assert found.course == {INFANTILE: 0.5, CONGENITAL: 1.0}
    assert found.terms == {FIT}


def test_a_term_is_of_one_sex_when_every_row_says_the_same() -> None:
    found = disease(
        row(FIT, sex="MALE"),
        row(FIT, sex="MALE", observed=1, examined=2),
        row(WEAK, sex="FEMALE"),
        row("HP:9000013", sex="MALE"),
        row("HP:9000013", sex="FEMALE"),
        row("HP:9000012", sex="MALE"),
        row("HP:9000012"),
    )
    assert found.sexes == {FIT: Sex.MALE, WEAK: Sex.FEMALE}


def test_a_term_that_does_not_occur_has_no_sex() -> None:
    found = disease(row(FIT), row(WEAK, sex="MALE", observed=0, examined=3))
    assert found.sexes == {}
    assert found.excluded == {WEAK}


def test_nothing_is_said_of_course_and_sex_where_no_row_does() -> None:
    found = disease(row(FIT))
    assert (found.course, found.sexes) == ({}, {})
