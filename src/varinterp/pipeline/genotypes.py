"""The genotypes of `variants.parquet` or `candidates.parquet`, as values and as columns."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl

from varinterp.family_table import LIKELIHOODS
from varinterp.inheritance.calls import CallTable
from varinterp.inheritance.columns import NONE, Columns, Ints
from varinterp.inheritance.limits import FamilyLimits
from varinterp.model.facts import FamilyGenotypes
from varinterp.model.family import Family
from varinterp.model.genotype import Genotype


def family_genotypes(calls: Sequence[Mapping[str, Any]]) -> FamilyGenotypes:
    """Return everybody's genotype, in the pedigree's order."""
    return FamilyGenotypes(
        tuple(
            (
                call["person"],
                Genotype(
                    copies=call["copies"],
                    ploidy=call["ploidy"],
                    haplotype=call["haplotype"],
                    phase_set=call["phase_set"],
                    ref_depth=call["ref_depth"],
                    alt_depth=call["alt_depth"],
                    depth=call["depth"],
                    quality=call["genotype_quality"],
                    likelihoods=_likelihoods(call),
                ),
            )
            for call in calls
        )
    )


def _likelihoods(call: Mapping[str, Any]) -> tuple[int, ...] | None:
    """Return those of no, one and two copies, as far as they are there."""
    return tuple(value for name in LIKELIHOODS if (value := call[name]) is not None) or None


def call_table(genotypes: pl.Series, family: Family, limits: FamilyLimits) -> CallTable:
    """Return everybody's calls at every row, to be answered together.

    `genotypes` holds a list of calls a row, of the same people in the same order.
    """
    people = [] if genotypes.is_empty() else list(genotypes[0].struct.field("person"))
    calls = genotypes.explode(empty_as_null=False).struct
    rows = [people.index(p.id) if p.id in people else None for p in family]

    def column(name: str) -> Ints:
        flat = calls.field(name).fill_null(NONE).to_numpy()
        table = flat.reshape(-1, max(1, len(people))).T
        nobody = np.full(table.shape[1], NONE, table.dtype)
        return np.stack([nobody if row is None else table[row] for row in rows])

    fields = ("copies", "ploidy", "ref_depth", "alt_depth", "depth", "genotype_quality")
    likelihoods = np.stack([column(name) for name in LIKELIHOODS])
    columns = Columns(*(column(name) for name in fields), likelihoods=likelihoods)
    own = people.index(family.proband_id) if people else 0
    sets = calls.field("phase_set").gather_every(max(1, len(people)), own)
    numbered = sets.rank("dense").fill_null(NONE).cast(pl.Int64).to_numpy()
    proband = next(at for at, person in enumerate(family) if person.id == family.proband_id)
    return CallTable.from_columns(family, columns, limits, column("haplotype")[proband], numbered)
