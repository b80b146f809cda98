"""The words of gnomAD's FILTER column, stored as bits: 0 is PASS.

Read for this: the headers of gnomAD 4.1's sites files (exomes, genomes: AC0, AS_VQSR,
InbreedingCoeff; joint: the three that name a data set, with INFO ``exomes_filters`` and
``genomes_filters``), of 2.1.1 (RF) and of 3.1's mitochondrial file.
"""

from collections.abc import Iterable

import polars as pl

from varinterp.errors import ReleaseError
from varinterp.sources.lines import shown

PASS = "PASS"  # noqa: S105 - a filter's word
NOT_OBSERVED = "AC0"
"""No high-quality genotype carries the allele: it was not observed (gnomAD's VCF header)."""
WORDS = (
    NOT_OBSERVED, "AS_VQSR", "InbreedingCoeff", "RF",
    "EXOMES_FILTERED", "GENOMES_FILTERED", "BOTH_FILTERED",
    "artifact_prone_site", "indel_stack", "npg",
)  # fmt: skip
"""In the order of their bits; a new word goes to the end."""
FILTERS = frozenset(WORDS)
_BITS = {word: 1 << place for place, word in enumerate(WORDS)}


def filter_bits(texts: pl.Series, what: str) -> pl.Series:
    """Return the bits of PASS, or of words joined by ``;``; ReleaseError for an unknown word."""
    different = texts.unique().to_list()
    bits = {text: _bits(text, what) for text in different}
    return texts.replace_strict(bits, return_dtype=pl.Int32)


def filter_texts(bits: pl.Series) -> pl.Series:
    """Return the words of stored bits, joined by ``;``."""
    texts = {number: _text(number) for number in bits.drop_nulls().unique().to_list()}
    return bits.replace_strict(texts, return_dtype=pl.String, default=None)


def joined(words: Iterable[str]) -> str:
    """Return words in their order, or PASS for none."""
    return ";".join(sorted(words, key=_BITS.__getitem__)) or PASS


def strange_words(words: Iterable[str]) -> list[str]:
    """Return the words that are none of ours."""
    return sorted(set(words) - FILTERS - {PASS})


def _bits(text: str | None, what: str) -> int:
    words = [] if text == PASS else (text or "").split(";")
    strange = strange_words(words) or ([PASS] if PASS in words else [])
    if strange:
        raise ReleaseError(
            f"{what}: unknown filter {shown(strange[0])}; varinterp knows PASS, "
            f"{', '.join(sorted(FILTERS))}"
        )
    return sum({_BITS[word] for word in words})


def _text(bits: int) -> str:
    return joined(word for word, bit in _BITS.items() if bits & bit)
