"""A ClinVar release: what it says of alleles, and the missense alleles that it knows at a codon.

A word of significance that ClinVar did not use before stops the reading: a renamed word has hidden
pathogenic alleles in other programs.
"""

from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from varinterp.errors import ReleaseError
from varinterp.model.facts import Significance
from varinterp.model.transcript import Term
from varinterp.sources.keyed import ALLELE_FIELDS, read_keyed
from varinterp.sources.lines import shown
from varinterp.sources.parquet import KEYED_GROUP, read_table, write_table

ALLELES = "alleles.parquet"
CODONS = "codons.parquet"
ALLELES_SCHEMA = pa.schema(
    [
        *ALLELE_FIELDS,
        pa.field("significance", pa.list_(pa.string()), nullable=False),
        pa.field("conditions", pa.list_(pa.string()), nullable=False),
        pa.field("stars", pa.int8()),
        pa.field("rsid", pa.string()),
        pa.field("name", pa.string()),
        pa.field("citation", pa.string(), nullable=False),
    ]
)
"""Sorted by key. `significance` pairs with `conditions`; `stars` (0 to 4) is null when unknown."""
CODONS_SCHEMA = pa.schema(
    [
        pa.field("transcript", pa.string(), nullable=False),
        pa.field("codon", pa.int32(), nullable=False),
        pa.field("ref_aa", pa.string(), nullable=False),
        pa.field("alt_aa", pa.string(), nullable=False),
        *ALLELE_FIELDS,
        pa.field("significance", pa.list_(pa.string()), nullable=False),
        pa.field("stars", pa.int8()),
    ]
)
"""Sorted by transcript, codon and key; amino acids in one letter; transcripts with versions."""

_WORDS = frozenset(word.value for word in Significance)
_ALLELE = ["chromosome", "position", "ref", "alt"]
_AMINO_ACID = "^[ACDEFGHIKLMNPQRSTUVWY]$"
_CODON = ["transcript", "codon"]


def read_assertions(folder: Path, keys: pl.Series) -> pl.DataFrame:
    """Return the release's rows for some allele keys, in key order, with `ALLELES_SCHEMA`.

    A long allele's key is a hash: compare REF and ALT. Raises ReleaseError for a word that is not
    in `Significance`.
    """
    path = folder / ALLELES

    def check(table: pa.Table, first_row: int) -> None:
        _check_words(table, first_row, path)

    return read_keyed(path, ALLELES_SCHEMA, keys, check)


def read_codons(folder: Path, wanted: pl.DataFrame) -> pl.DataFrame:
    """Return the missense alleles at some codons, with `CODONS_SCHEMA`.

    `wanted` has ``transcript`` (with its version) and ``codon`` (1-based).
    """
    path = folder / CODONS
    try:
        schema = pq.read_schema(path)  # type: ignore[no-untyped-call]
        if not schema.equals(CODONS_SCHEMA, check_metadata=False):
            raise ReleaseError(
                f"{path}: its columns are not those that this version reads; rebuild the release"
            )
        codons = wanted.select(pl.col("transcript"), pl.col("codon").cast(pl.Int32)).unique()
        found = (
            pl.scan_parquet(path)
            .join(codons.lazy(), on=_CODON, how="semi")
            .sort(*_CODON, "key", "ref", "alt")
            .collect()
        )
        words = pq.ParquetFile(path).read(columns=["significance"])  # type: ignore[no-untyped-call]
        _check_words(words, 0, path)
    except (OSError, pa.ArrowInvalid, pl.exceptions.PolarsError) as error:
        raise ReleaseError(f"{path} cannot be read; restore the release") from error
    return found


def write_codons(folder: Path, assertions: pl.DataFrame, consequences: pl.DataFrame) -> int:
    """Write `codons.parquet` of a release being built; return its rows.

    `assertions` has the columns of `ALLELES_SCHEMA`; `consequences` those of a table of `CSQ`. Only
    an allele that changes one amino acid into another is a comparator for PS1 and PM5: a nonsense
    or frameshift allele at the codon says nothing about a missense one (Richards 2015,
    PMID 25741868).
    """
    missense = consequences.filter(
        pl.col("terms").list.contains(Term.MISSENSE.value)
        & pl.col("ref_aa").str.contains(_AMINO_ACID)
        & pl.col("alt_aa").str.contains(_AMINO_ACID)
        & pl.col("protein_position").is_not_null()
    ).select(
        "chromosome",
        pl.col("position").cast(pl.Int32),
        "ref",
        "alt",
        "transcript",
        pl.col("protein_position").cast(pl.Int32).alias("codon"),
        "ref_aa",
        "alt_aa",
    )
    rows = (
        assertions.join(missense, on=_ALLELE, how="inner")
        .select(CODONS_SCHEMA.names)
        .unique([*_CODON, *_ALLELE], maintain_order=True)
        .sort(*_CODON, "key", "ref", "alt")
    )
    return write_table(rows.to_arrow().cast(CODONS_SCHEMA), folder / CODONS, KEYED_GROUP)


def read_all_assertions(folder: Path) -> pl.DataFrame:
    """Return every row of a release, its words checked: for building and comparing releases."""
    path = folder / ALLELES
    table = read_table(path, ALLELES_SCHEMA)
    _check_words(table, 0, path)
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)  # noqa: S101 - a table becomes a frame
    return frame


def _check_words(table: pa.Table, first_row: int, path: Path) -> None:
    words = pl.DataFrame({"words": pl.from_arrow(table["significance"])}).with_row_index(
        "row", offset=first_row + 1
    )
    known = pl.col("words").is_in(list(_WORDS)).fill_null(False)
    bad = words.explode("words", empty_as_null=True).filter(~known)
    if bad.height:
        word = bad["words"][0]
        raise ReleaseError(
            f"{path}, row {bad['row'][0]}: unknown significance "
            f"{'(none)' if word is None else shown(word)}; varinterp knows "
            f"{', '.join(sorted(_WORDS))}"
        )
