"""What a ClinVar release knows in the motifs of splice sites: comparators of PS1 by splicing.

A release that was built before there was such a file has none: it was not consulted then.
"""

from pathlib import Path

import polars as pl
import pyarrow as pa

from varinterp.model.splice_site import Side
from varinterp.sources.clinvar import row_groups_of
from varinterp.sources.keyed import ALLELE_FIELDS

SPLICE = "splice.parquet"
SPLICE_SCHEMA = pa.schema(
    [
        pa.field("transcript", pa.string(), nullable=False),
        pa.field("exon", pa.int32(), nullable=False),
        pa.field("side", pa.string(), nullable=False),
        pa.field("offset", pa.int32(), nullable=False),
        pa.field("changes_protein", pa.bool_()),
        *ALLELE_FIELDS,
        pa.field("significance", pa.list_(pa.string()), nullable=False),
        pa.field("stars", pa.int8()),
    ]
)
"""Sorted by transcript, exon, side and key; transcripts with versions. `side` is a word of
`splice_site.Side`, `offset` counts as its `MotifPlace`; `changes_protein` is null where it is not
known."""
SITE = ["transcript", "exon", "side"]
_WANTED = {"transcript": pl.String, "exon": pl.Int32, "side": pl.String}


def holds_sites(folder: Path) -> bool:
    """Whether a release was built with splice sites."""
    return (folder / SPLICE).exists()


def read_splice_sites(folder: Path, sites: set[tuple[str, int, Side]]) -> pl.DataFrame:
    """Return the substitutions in the motifs of some splice sites, with `SPLICE_SCHEMA`.

    A site is a transcript with its version, an exon (1-based) and one of its ends.
    """
    wanted = pl.DataFrame(sorted(sites), schema=_WANTED, orient="row")
    transcripts = wanted["transcript"].unique().sort().to_list()
    found = [pl.DataFrame(schema=pl.Schema(SPLICE_SCHEMA))]
    for rows in row_groups_of(folder / SPLICE, SPLICE_SCHEMA, transcripts):
        found.append(rows.join(wanted, on=SITE, how="semi"))
    return pl.concat(found).sort(*SITE, "key", "ref", "alt")
