"""The right-most place of an insertion or deletion: the same sequence, and no further place."""

from pathlib import Path

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from coding_arbiter import left_most
from small_genome import SmallGenome, write_genome
from varinterp.annotate.shift import SHIFTED_SCHEMA, right_most, shifted_right

sequences = st.text("AC", min_size=6, max_size=30)


def after(bases: str, position: int, ref: str, alt: str) -> str:
    assert bases[position - 1 : position - 1 + len(ref)] == ref
    return bases[: position - 1] + alt + bases[position - 1 + len(ref) :]


@given(sequences, st.data())
def test_both_places_make_the_same_sequence_and_lead_to_each_other(
    bases: str, data: st.DataObject
) -> None:
    genome = SmallGenome(Path(), "G" + bases + "G")
    at = data.draw(st.integers(2, len(bases)))
    size = data.draw(st.integers(1, 4))
    ref = genome.bases[at - 1]
    deleted = (at, genome.bases[at - 1 : at - 1 + size + 1], ref)
    inserted = (at, ref, ref + data.draw(st.text("AC", min_size=size, max_size=size)))
    for site in (deleted, inserted):
        if len(site[1]) == len(site[2]) or site[0] + len(site[1]) > len(genome.bases):
            continue
        own = left_most(genome, site)
        moved = right_most(*own, lambda start, end: genome.bases[start - 1 : end])
        if moved is not None:
            assert after(genome.bases, *moved) == after(genome.bases, *own)
            assert left_most(genome, moved) == own
            assert moved[0] > own[0]
            again = right_most(*moved, lambda start, end: genome.bases[start - 1 : end])
            assert again is None


def test_only_insertions_and_deletions_with_another_place_have_a_row(tmp_path: Path) -> None:
    genome = write_genome(tmp_path)
    alleles = [
        ("22", 1061, "G", "A"),
        ("22", 1062, "GA", "G"),
        ("22", 1060, "TGG", "CC"),
        ("22", 1053, "G", "GT"),
    ]
    frame = pl.DataFrame(alleles, schema=["chromosome", "position", "ref", "alt"], orient="row")
    found = shifted_right(frame, genome.fasta)
    assert found.schema == SHIFTED_SCHEMA
    assert found.rows() == [("22", 1062, "GA", "G", 1064, "AA", "A")]


def test_a_long_repeat_is_followed_to_its_end() -> None:
    bases = "G" + "A" * 3000 + "C"
    found = right_most(1, "GA", "G", lambda start, end: bases[start - 1 : end])
    assert found == (3000, "AA", "A")
