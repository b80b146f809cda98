"""The 64-bit keys of a table of alleles, equal to `Allele.key`, a column at a time.

Reversible alleles (eleven bases or fewer) are packed by numpy; the others, a few in a hundred, are
hashed, each different pair of REF and ALT once.
"""

from collections.abc import Mapping

import numpy as np
import polars as pl
from numpy.typing import NDArray

from varinterp.model.chromosome import Chromosome
from varinterp.model.variant import encode_alleles

UInt = NDArray[np.uint64]
Bytes = NDArray[np.uint8]
Ints = NDArray[np.int64]
_CHROMOSOME_SHIFT = 59
REVERSIBLE_BASES = 11
"""Bases of REF and ALT together that a key holds; longer alleles are hashed."""
_CODES: Mapping[str, int] = {chromosome.value: chromosome.code for chromosome in Chromosome}
_BASE_CODES = np.full(256, 0, dtype=np.uint64)
_BASE_CODES[[ord(base) for base in "ACGT"]] = [0, 1, 2, 3]


def keys(alleles: pl.DataFrame) -> pl.Series:
    """Return the keys of a table with ``chromosome``, ``position``, ``ref`` and ``alt``.

    Chromosomes are named without ``chr``, positions are 1-based, alleles are upper-case A, C, G
    and T. Raises polars' InvalidOperationError for another chromosome.
    """
    codes = alleles["chromosome"].replace_strict(_CODES, return_dtype=pl.UInt64).to_numpy()
    positions = alleles["position"].cast(pl.UInt64).to_numpy()
    place = codes << np.uint64(_CHROMOSOME_SHIFT) | (positions - np.uint64(1)) << np.uint64(31)
    return pl.Series("key", place | _encoded(alleles), dtype=pl.UInt64)


def chromosomes(keys: pl.Series) -> pl.Series:
    """Return the chromosomes of keys, named without ``chr``."""
    codes = keys.to_numpy() >> np.uint64(_CHROMOSOME_SHIFT)
    return pl.Series("chromosome", ["", *_CODES]).gather(codes)


def short_keys(
    chromosome: Chromosome,
    positions: NDArray[np.int32],
    text: Bytes,
    ref: tuple[Ints, Ints],
    alt: tuple[Ints, Ints],
) -> UInt:
    """Return the keys of alleles of eleven bases or fewer that stand in a text.

    `ref` and `alt` are where each starts, and its length.
    """
    (ref_start, ref_length), (alt_start, alt_length) = ref, alt
    after = alt_start - ref_length
    together = ref_length + alt_length
    packed = np.zeros(positions.size, np.uint64)
    for place in range(REVERSIBLE_BASES):
        at = np.where(place < ref_length, ref_start, after) + place
        bases = _BASE_CODES.take(text.take(at, mode="wrap"))
        packed = packed << np.uint64(2) | np.where(place < together, bases, np.uint64(0))
    lengths = ref_length.astype(np.uint64) << np.uint64(27)
    lengths |= alt_length.astype(np.uint64) << np.uint64(23)
    place_bits = (positions.astype(np.uint64) - np.uint64(1)) << np.uint64(31)
    found: UInt = place_bits | lengths | packed << np.uint64(1)
    return found | np.uint64(chromosome.code << _CHROMOSOME_SHIFT)


def long_keys(
    chromosome: Chromosome, positions: NDArray[np.int32], ref: pl.Series, alt: pl.Series
) -> UInt:
    """Return the keys of alleles of more than eleven bases."""
    pairs = zip(ref.to_list(), alt.to_list(), strict=True)
    codes = np.array([encode_alleles(*pair) for pair in pairs], np.uint64)
    place = (positions.astype(np.uint64) - np.uint64(1)) << np.uint64(31)
    found: UInt = place | codes | np.uint64(chromosome.code << _CHROMOSOME_SHIFT)
    return found


def _encoded(alleles: pl.DataFrame) -> UInt:
    """Return the 31 bits of REF and ALT."""
    lengths = alleles.select(
        pl.col("ref").str.len_bytes().cast(pl.UInt64),
        pl.col("alt").str.len_bytes().cast(pl.UInt64),
    )
    ref, alt = lengths["ref"].to_numpy(), lengths["alt"].to_numpy()
    short = ref + alt <= REVERSIBLE_BASES
    encoded = np.empty(alleles.height, dtype=np.uint64)
    encoded[short] = (
        ref[short] << np.uint64(27)
        | alt[short] << np.uint64(23)
        | _packed(alleles.filter(pl.Series(short))) << np.uint64(1)
    )
    encoded[~short] = _hashed(alleles.filter(pl.Series(~short)))
    return encoded


def _packed(alleles: pl.DataFrame) -> UInt:
    """Return two bits a base, first base highest, of REF and ALT padded to eleven bases."""
    padded = alleles.select(pl.concat_str("ref", "alt").str.pad_end(REVERSIBLE_BASES, "A"))
    text = padded.to_series().str.join("").item() if alleles.height else ""
    bases = np.frombuffer(text.encode(), dtype=np.uint8).reshape(-1, REVERSIBLE_BASES)
    packed = np.zeros(alleles.height, dtype=np.uint64)
    for column in bases.T:
        packed = packed << np.uint64(2) | _BASE_CODES[column]
    return packed


def _hashed(alleles: pl.DataFrame) -> UInt:
    pairs = alleles.select("ref", "alt")
    different = pairs.unique(maintain_order=True)
    codes = [encode_alleles(ref, alt) for ref, alt in different.iter_rows()]
    table = different.with_columns(pl.Series("code", codes, dtype=pl.UInt64))
    return pairs.join(table, on=["ref", "alt"], how="left", maintain_order="left")[
        "code"
    ].to_numpy()
