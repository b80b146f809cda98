"""The files of a ClinVar release: written a chromosome at a time, in order of key.

``alleles.parquet``        what ClinVar says of each allele, and our resolution (`clinvar`)
``<chromosome>.pack``      key, digest of the row's value and row in ``alleles.parquet``
``codons.parquet``         missense alleles by codon, comparators for PS1 and PM5 (`clinvar`)
``codon_digests.parquet``  digest of what a codon holds
``splice.parquet``         substitutions by splice site, comparators for PS1 (`clinvar_splice`)
``submissions.parquet``    every submission of the alleles, and why it has no vote
``resolutions.parquet``    votes and class of each variation, and of each of its conditions
``places.parquet``         genes and diseases of the alleles, row for row (`clinvar_places`)
"""

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import polars as pl
import pyarrow as pa

from varinterp.model.chromosome import Chromosome
from varinterp.sources.clinvar import ALLELES, ALLELES_SCHEMA
from varinterp.sources.clinvar_comparators import ComparatorWriter
from varinterp.sources.clinvar_places import PLACES, PLACES_SCHEMA
from varinterp.sources.clinvar_resolution import Resolved
from varinterp.sources.clinvar_rule import CLASSES
from varinterp.sources.keyed_changes import DIGEST
from varinterp.sources.pack import Column, PackWriter
from varinterp.sources.row_digest import row_digests
from varinterp.sources.row_groups import TableWriter, write_frame

SUBMISSIONS = "submissions.parquet"
SUBMISSIONS_SCHEMA = pa.schema(
    [
        pa.field("variation", pa.uint32(), nullable=False),
        pa.field("scv", pa.string(), nullable=False),
        pa.field("submitter", pa.string(), nullable=False),
        pa.field("significance", pa.string(), nullable=False),
        pa.field("stars", pa.int8()),
        pa.field("date", pa.date32()),
        pa.field("condition", pa.string(), nullable=False),
        pa.field("left_out", pa.string()),
    ]
)
"""Sorted by variation and accession. `left_out` is a word of `clinvar_resolution.LeftOut`, null for
a submission that has a vote; `significance` is ``none`` without a germline class."""
RESOLUTIONS = "resolutions.parquet"
RESOLUTIONS_SCHEMA = pa.schema(
    [
        pa.field("variation", pa.uint32(), nullable=False),
        pa.field("condition_id", pa.string()),
        pa.field("condition", pa.string()),
        pa.field("resolved", pa.string(), nullable=False),
        pa.field("resolved_stars", pa.int8(), nullable=False),
        pa.field("margin", pa.int16(), nullable=False),
        pa.field("robustness", pa.int16(), nullable=False),
        *(pa.field(word.value, pa.uint16(), nullable=False) for word in CLASSES),
    ]
)
"""Sorted by variation and condition; a row without condition is of all conditions together. The
columns named by a class are its votes."""
VALUE = (
    "significance", "conditions", "stars", "rsid", "name", "resolved", "resolved_stars", "margin",
)  # fmt: skip
"""What a look-up of an allele answers, and what its digest is of."""
ROW = "row"


class AlleleWriter:
    """Writes alleles, their pack and their codons; a context, whole when it ends without error.

    `rows` has the finished files with their rows. With `places` the alleles have ``genes`` and
    ``diseases``, which have a file of their own.
    """

    def __init__(self, folder: Path, *, places: bool = False) -> None:
        self.folder = folder
        self.rows: dict[str, int] = {}
        self._tables = {ALLELES: ALLELES_SCHEMA, **({PLACES: PLACES_SCHEMA} if places else {})}
        self._stack = ExitStack()
        self._count = 0
        self._comparators = ComparatorWriter(folder)

    def __enter__(self) -> Self:
        self._pack = self._stack.enter_context(
            PackWriter(self.folder, (Column(DIGEST, "uint64"), Column(ROW, "int32")))
        )
        self._writers = [
            self._stack.enter_context(TableWriter(self.folder / name, schema))
            for name, schema in self._tables.items()
        ]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.__exit__(kind, error, trace)
        if kind is None:
            counts = dict.fromkeys(self._tables, self._count)
            self.rows = {**counts, **self._pack.files(), **self._comparators.write()}

    def write(
        self,
        chromosome: Chromosome,
        alleles: pl.DataFrame,
        missense: pl.DataFrame,
        sites: pl.DataFrame | None = None,
    ) -> None:
        """Add a chromosome: `alleles` sorted by key, REF and ALT, with the columns of the schema
        (`conditions` as one text, separated by ``|``), and the rows of `missense_codons` and of
        `splice_motif_alleles`."""
        digests = row_digests(alleles, VALUE)
        rows = pl.int_range(self._count, self._count + alleles.height, dtype=pl.Int32, eager=True)
        self._pack.write(
            chromosome, alleles.select("key", "ref", "alt").with_columns(digests, rows.alias(ROW))
        )
        whole = alleles.with_columns(_list("conditions"))
        for writer in self._writers:
            writer.write(whole)
        self._comparators.add(alleles, missense, sites)
        self._count += alleles.height


def _list(name: str) -> pl.Expr:
    """Split a text at ``|``; an empty one has no part."""
    parts = pl.col(name).str.split("|")
    return pl.when(pl.col(name) == "").then(parts.list.head(0)).otherwise(parts).alias(name)


def write_resolved(folder: Path, resolved: Resolved, variations: pl.Series) -> dict[str, int]:
    """Write the submissions and resolutions of some variations; return the files with rows."""
    kept = variations.unique().to_frame("variation")
    submissions = resolved.submissions.join(kept, on="variation", how="semi", maintain_order="left")
    numbers = resolved.names.schema["number"]
    overall = resolved.variations.join(kept, on="variation", how="semi").with_columns(
        pl.lit(None, numbers).alias("condition")
    )
    conditions = resolved.conditions.join(kept, on="variation", how="semi")
    resolutions = pl.concat([overall.select(conditions.columns), conditions]).sort(
        "variation", "condition"
    )

    def named(part: pl.DataFrame) -> pl.DataFrame:
        return part.rename({"condition": "number"}).join(
            resolved.names.rename({"name": "condition"}),
            on="number", how="left", maintain_order="left",
        )  # fmt: skip

    return {
        SUBMISSIONS: write_frame(
            submissions, SUBMISSIONS_SCHEMA, folder / SUBMISSIONS, _submissions
        ),
        RESOLUTIONS: write_frame(resolutions, RESOLUTIONS_SCHEMA, folder / RESOLUTIONS, named),
    }


def _submissions(part: pl.DataFrame) -> pl.DataFrame:
    accession = pl.concat_str(
        pl.lit("SCV"), pl.col("scv").cast(pl.String).str.zfill(9), pl.lit("."), "version"
    )
    return part.select(
        "variation",
        accession.alias("scv"),
        pl.col("submitter").cast(pl.String),
        pl.col("term").cast(pl.String).alias("significance"),
        "stars",
        "date",
        pl.col("condition").cast(pl.String),
        pl.col("left_out").cast(pl.String),
    )
