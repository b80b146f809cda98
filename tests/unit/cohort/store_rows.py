"""Rows of a store written by hand, and the store that the tests compare with: a dictionary."""

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from varinterp.cohort.parts import PART_SCHEMA
from varinterp.model.variant import Allele

KID, MUM, DAD = "P-KID", "P-MUM", "P-DAD"


def rows(
    alleles: Iterable[str],
    *,
    context: Sequence[str] = (),
    people: Sequence[str] = (KID, MUM),
    copies: Mapping[tuple[str, str], int | None] | None = None,
) -> pl.DataFrame:
    """Return rows as `CohortStore.add` takes them; everybody has one copy unless it is said."""
    given = copies or {}
    cells = [
        {
            "key": (parsed := Allele.parse(allele)).key,
            "chromosome": parsed.chromosome.value,
            "position": parsed.position,
            "ref": parsed.ref,
            "alt": parsed.alt,
            "original": None,
            "filter": "PASS",
            "quality": 50.0,
            "genotypes": [
                {
                    "person": person,
                    "copies": given.get((allele, person), 1),
                    "ploidy": 2,
                    "haplotype": None,
                    "phase_set": None,
                    "ref_depth": 10,
                    "alt_depth": 10 * bool(given.get((allele, person), 1)),
                    "depth": 20,
                    "genotype_quality": 99,
                    "pl_0": None,
                    "pl_1": None,
                    "pl_2": None,
                }
                for person in people
            ],
            "stored": allele not in context,
        }
        for allele in alleles
    ]
    empty = pl.from_arrow(PART_SCHEMA.empty_table())
    assert isinstance(empty, pl.DataFrame)
    return pl.DataFrame(cells, schema=empty.schema).sort("key", "ref", "alt")


def consequences(alleles: Mapping[str, Sequence[str]]) -> pl.DataFrame:
    """Return consequences, a row a transcript, of alleles and their transcripts."""
    cells = [
        {
            "chromosome": parsed.chromosome.value,
            "position": parsed.position,
            "ref": parsed.ref,
            "alt": parsed.alt,
            "transcript": transcript,
            "terms": ["missense_variant"],
        }
        for allele, transcripts in alleles.items()
        for transcript in transcripts
        if (parsed := Allele.parse(allele))
    ]
    text = pl.String()
    kinds: dict[str, pl.DataType] = dict.fromkeys(
        ["chromosome", "position", "ref", "alt", "transcript", "terms"], text
    )
    return pl.DataFrame(cells, kinds | {"position": pl.Int64(), "terms": pl.List(text)})


def keys(*alleles: str) -> pl.Series:
    """Return the keys of alleles, ascending."""
    return pl.Series(sorted({Allele.parse(allele).key for allele in alleles}), dtype=pl.UInt64)


def pairs(found: pl.DataFrame) -> set[tuple[int, str]]:
    """Return a table of keys and cases as a set."""
    return set(found.select("key", "case").iter_rows())
