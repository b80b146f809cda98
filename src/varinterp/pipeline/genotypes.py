"""The genotypes of a row of `variants.parquet` or `candidates.parquet` as values."""

from collections.abc import Mapping, Sequence
from typing import Any

from varinterp.model.facts import FamilyGenotypes
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
                ),
            )
            for call in calls
        )
    )
