"""Genotypes in columns are answered as genotypes in values."""

from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from core_builders import FAMILY_LIMITS, trio
from varinterp.family_table import GENOTYPE
from varinterp.inheritance import compound, dominant, recessive
from varinterp.inheritance.calls import CallTable
from varinterp.inheritance.pairs import pairs_of
from varinterp.pipeline.genotypes import call_table, family_genotypes

PEOPLE = ("mother", "proband", "father")
FAMILY = trio(sibling=None)
COPIES = st.sampled_from([(0, 2), (1, 2), (2, 2), (1, 1), (None, None)])
READS = st.none() | st.integers(0, 60)
PHRED = st.sampled_from([0, 20, 28, 29, 40, 90, 91, 300])
LIKELIHOODS = st.one_of(st.just((None, None, None)), st.tuples(PHRED, PHRED, st.none() | PHRED))


@st.composite
def rows(draw: st.DrawFn) -> list[dict[str, Any]]:
    calls = []
    for person in PEOPLE:
        copies, ploidy = draw(COPIES)
        phased = draw(st.booleans())
        calls.append(
            {
                "person": person, "copies": copies, "ploidy": ploidy,
                "haplotype": draw(st.integers(0, 1)) if phased else None,
                "phase_set": draw(st.sampled_from(["a", "b"])) if phased else None,
                "ref_depth": draw(READS), "alt_depth": draw(READS), "depth": draw(READS),
                "genotype_quality": draw(READS),
                **dict(zip(("pl_0", "pl_1", "pl_2"), draw(LIKELIHOODS), strict=True)),
            }
        )  # fmt: skip
    return calls


@given(st.lists(rows(), min_size=1, max_size=6))
def test_columns_and_values_say_the_same(table: list[list[dict[str, Any]]]) -> None:
    column = pl.Series(pa.array(table, pa.list_(GENOTYPE)))
    by_column = call_table(column, FAMILY, FAMILY_LIMITS)
    by_value = CallTable.of(FAMILY, [family_genotypes(row) for row in table], FAMILY_LIMITS)

    assert (by_column.codes == by_value.codes).all()
    assert (by_column.trio == by_value.trio).all()
    places = np.arange(len(table))
    for at in range(len(table)):
        assert dominant.answers(by_column).fit(at) == dominant.answers(by_value).fit(at)
        assert recessive.answers(by_column).fit(at) == recessive.answers(by_value).fit(at)
    first = np.zeros_like(places)
    pairs = [compound.answers(pairs_of(each, first, places)) for each in (by_column, by_value)]
    assert [pairs[0].fit(at) for at in range(len(table))] == [
        pairs[1].fit(at) for at in range(len(table))
    ]


def test_a_table_without_alleles() -> None:
    column = pl.Series(pa.array([], pa.list_(GENOTYPE)))

    assert len(call_table(column, FAMILY, FAMILY_LIMITS)) == 0
