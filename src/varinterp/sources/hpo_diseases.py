"""From the rows of the annotations to diseases: one of each, its terms with their frequencies."""

from typing import Any

import polars as pl

from varinterp.model.family import Sex
from varinterp.phenotype.annotations import Disease
from varinterp.sources.hpoa import Aspect

Lists = tuple[list[Any], ...]
Grouped = dict[str, Lists]
_SEXES = {"MALE": Sex.MALE, "FEMALE": Sex.FEMALE}


def described_diseases(rows: pl.DataFrame) -> dict[str, Disease]:
    """Return every disease of a table of annotations, by id and in its order.

    A term occurs in a disease when a row says so without NOT and without a frequency of zero.
    Counted patients of several rows are pooled; without counts the highest stated fraction holds.
    """
    phenotypes = _by_disease(_occurrences(rows, Aspect.PHENOTYPE), "term", "occurs", "frequency")
    courses = _by_disease(_occurrences(rows, Aspect.COURSE), "term", "occurs", "frequency")
    modes = _by_disease(rows.filter(aspect=Aspect.INHERITANCE.value, excluded=False), "term")
    sexes = _by_disease(_of_one_sex(rows), "term", "sex")
    nothing: Lists = ([], [], [])
    return {
        disease: _disease(
            disease,
            name,
            phenotypes.get(disease, nothing),
            frozenset(modes.get(disease, nothing)[0]),
            _course(courses.get(disease, nothing)),
            _sexes(sexes.get(disease, nothing)),
        )
        for disease, name in _named(rows).iter_rows()
    }


def _named(rows: pl.DataFrame) -> pl.DataFrame:
    """Each disease once, under the name that a curator touched last."""
    names = rows.select("disease", "curated", "name").sort(
        "disease", "curated", "name", descending=[False, True, False]
    )
    named = names.unique("disease", keep="first", maintain_order=True)
    return named.select("disease", "name")


def _occurrences(rows: pl.DataFrame, aspect: Aspect) -> pl.DataFrame:
    """One row a (disease, term): whether it occurs, and in what fraction of patients."""
    said = ~pl.col("excluded")
    never = (pl.col("observed").eq(0) | pl.col("fraction").eq(0)).fill_null(False)
    return (
        rows.filter(aspect=aspect.value)
        .group_by("disease", "term")
        .agg(
            occurs=(said & ~never).any(),
            seen=pl.col("observed").filter(said).sum(),
            of=pl.col("examined").filter(said).sum(),
            stated=pl.col("fraction").filter(said).max(),
        )
        .with_columns(
            frequency=pl.when(pl.col("seen") > 0)
            .then(pl.col("seen") / pl.col("of"))
            .otherwise(pl.col("stated"))
        )
        .sort("disease", "term")
    )


def _of_one_sex(rows: pl.DataFrame) -> pl.DataFrame:
    """The (disease, phenotype) pairs whose every row is about the same sex."""
    return (
        rows.filter(aspect=Aspect.PHENOTYPE.value, excluded=False)
        .group_by("disease", "term")
        .agg(pl.col("sex").unique())
        .filter(pl.col("sex").list.len() == 1)
        .with_columns(pl.col("sex").list.first())
        .filter(pl.col("sex") != "")
        .sort("disease", "term")
    )


def _by_disease(rows: pl.DataFrame, *columns: str) -> Grouped:
    """Gather columns into lists under each disease, in the rows' order."""
    grouped = rows.group_by("disease", maintain_order=True).agg(columns)
    return {disease: tuple(lists) for disease, *lists in grouped.iter_rows()}


def _disease(
    disease: str,
    name: str,
    phenotypes: Lists,
    inheritance: frozenset[str],
    course: dict[str, float],
    sexes: dict[str, Sex],
) -> Disease:
    said = list(zip(*phenotypes, strict=True))
    terms = frozenset(term for term, occurs, _ in said if occurs)
    return Disease(
        id=disease,
        name=name,
        terms=terms,
        frequency={term: share for term, occurs, share in said if occurs and share is not None},
        excluded=frozenset(term for term, occurs, _ in said if not occurs),
        inheritance=inheritance,
        course=course,
        sexes={term: sex for term, sex in sexes.items() if term in terms},
    )


def _course(lists: Lists) -> dict[str, float]:
    said = zip(*lists, strict=True)
    return {term: 1.0 if share is None else share for term, occurs, share in said if occurs}


def _sexes(lists: Lists) -> dict[str, Sex]:
    return {term: _SEXES[sex] for term, sex in zip(*lists[:2], strict=True)}
