"""Keys of a table equal the keys of its alleles."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from varinterp.annotate.key import keys
from varinterp.model.chromosome import Chromosome
from varinterp.model.variant import Allele

BASES = st.text("ACGT", min_size=1, max_size=14)
ALLELES = st.builds(
    lambda chromosome, position, ref, alt: (
        chromosome,
        position % (chromosome.length - 20) + 1,
        ref,
        alt,
    ),
    st.sampled_from(Chromosome),
    st.integers(0, 1 << 28),
    BASES,
    BASES,
).filter(lambda cells: cells[2] != cells[3])


def table(cells: list[tuple[Chromosome, int, str, str]]) -> pl.DataFrame:
    schema = {"chromosome": pl.String, "position": pl.Int32, "ref": pl.String, "alt": pl.String}
    rows = [(chromosome.value, *rest) for chromosome, *rest in cells]
    return pl.DataFrame(rows, schema=schema, orient="row")


@settings(max_examples=300)
@given(st.lists(ALLELES, max_size=30))
def test_keys_of_a_table_equal_the_keys_of_its_alleles(
    cells: list[tuple[Chromosome, int, str, str]],
) -> None:
    assert keys(table(cells)).to_list() == [Allele(*cell).key for cell in cells]


@pytest.mark.parametrize("lengths", [(1, 10), (10, 1), (5, 6), (6, 6), (1, 11), (1, 1), (2, 200)])
def test_both_sides_of_the_reversible_limit(lengths: tuple[int, int]) -> None:
    cell = (Chromosome.X, 156_040_600, "T" * lengths[0], "G" * lengths[1])
    assert keys(table([cell])).to_list() == [Allele(*cell).key]


def test_unknown_chromosome_is_refused() -> None:
    frame = table([(Chromosome.C1, 5, "A", "C")]).with_columns(pl.lit("chr1").alias("chromosome"))
    with pytest.raises(pl.exceptions.InvalidOperationError):
        keys(frame)
