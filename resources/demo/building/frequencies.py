"""The constructed frequency table: the shape of gnomAD v4, none of its data."""

import math
from dataclasses import dataclass

import numpy as np

from building.alleles import allele_of, read_common_snps
from building.draws import draws_for
from building.layout import Layout
from building.tables import read_tsv
from varinterp.model.variant import Allele

GROUP_ALLELES = {"afr": 75000, "amr": 60000, "eas": 44800, "nfe": 1180000, "sas": 91000}
"""Alleles observed in each constructed group; about the sizes of gnomAD v4."""

LOWEST, HIGHEST = 0.015, 0.5
EXACT_COUNTS = 50


@dataclass(frozen=True, slots=True)
class ConstructedFrequency:
    """A row of the constructed table."""

    allele: Allele
    ac: int
    an: int
    nhomalt: int
    group: str
    group_ac: int
    filters: str

    @property
    def af(self) -> float:
        """Frequency over all groups."""
        return _rounded(self.ac / self.an)

    @property
    def group_max_af(self) -> float:
        """Frequency in the group where it is highest."""
        return _rounded(self.group_ac / GROUP_ALLELES[self.group])

    @property
    def faf95(self) -> float:
        """Filtering allele frequency of that group."""
        return _rounded(poisson_lower_bound(self.group_ac) / GROUP_ALLELES[self.group])


def read_frequencies(layout: Layout, release: int) -> list[ConstructedFrequency]:
    """Return the rows stated up to a release (1, 2) and a drawn one for every other common SNP.

    They are in order of key; what is drawn is the same in every release.
    """
    table = read_tsv(layout.facts / "frequencies.tsv")
    known = (_stated(row) for row in table if int(row["since"]) <= release)
    stated = {row.allele: row for row in known}
    draws = draws_for("frequencies")
    drawn = (_drawn(allele, draws) for _, allele in read_common_snps(layout))
    rows = {row.allele: row for row in drawn} | stated
    return sorted(rows.values(), key=lambda row: row.allele.key)


def poisson_lower_bound(count: int) -> float:
    """Return the mean whose chance of at least `count` events is 5 % (Whiffin 2017, PMID 28518168).

    Above EXACT_COUNTS, the Wilson-Hilferty approximation.
    """
    if count > EXACT_COUNTS:
        return float(count * (1 - 1 / (9 * count) - 1.6448536 / (3 * math.sqrt(count))) ** 3)
    low, high = 0.0, float(count)
    for _ in range(60):
        middle = (low + high) / 2
        below = math.exp(-middle) * sum(middle**k / math.factorial(k) for k in range(count))
        low, high = (middle, high) if 1 - below < 0.05 else (low, middle)
    return low


def _stated(row: dict[str, str]) -> ConstructedFrequency:
    ac = int(row["ac"])
    return ConstructedFrequency(
        allele=allele_of(row),
        ac=ac,
        an=int(row["an"]),
        nhomalt=int(row["nhomalt"]),
        group=row["group"],
        group_ac=round(ac * float(row["group_share"])),
        filters=row["filters"],
    )


def _drawn(allele: Allele, draws: np.random.Generator) -> ConstructedFrequency:
    frequency = LOWEST * (HIGHEST / LOWEST) ** draws.random()
    an = int(draws.integers(700_000, 805_000)) * 2
    group = sorted(GROUP_ALLELES)[int(draws.integers(len(GROUP_ALLELES)))]
    excess = 1.05 + (0.05 if group == "nfe" else 0.6) * draws.random()
    return ConstructedFrequency(
        allele=allele,
        ac=round(frequency * an),
        an=an,
        nhomalt=round(frequency**2 * an / 2),
        group=group,
        group_ac=round(min(frequency * excess, 0.95) * GROUP_ALLELES[group]),
        filters="PASS",
    )


def _rounded(frequency: float) -> float:
    """Keep six significant digits, as gnomAD's files do."""
    return float(f"{frequency:.6g}")
