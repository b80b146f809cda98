"""`variants.parquet`: the family's alleles with population and ClinVar evidence, and the gates.

A batch of alleles at a time, so that a genome needs no more memory than an exome.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from varinterp.annotate.gate import GateLimits, gate
from varinterp.annotate.join import ASSERTED, annotate
from varinterp.annotate.variants import open_variants
from varinterp.errors import StageError
from varinterp.family_table import LIKELIHOODS, VARIANTS_SCHEMA
from varinterp.files import atomic_write
from varinterp.inheritance.de_novo import TrioLimits
from varinterp.model.family import Family
from varinterp.sources.clinvar_lookup import lookup_assertions
from varinterp.sources.gnomad import covered, lookup_frequencies
from varinterp.sources.listed_alleles import is_listed

if TYPE_CHECKING:  # reading a lock and rules is for whoever opens them, and imports pydantic
    from varinterp.refs.lock import Releases
    from varinterp.sources.rules import Rules

ANNOTATED_SCHEMA = pa.schema(
    [
        *VARIANTS_SCHEMA,
        pa.field("frequency_state", pa.string(), nullable=False),
        pa.field("ac", pa.int32()),
        pa.field("an", pa.int32()),
        pa.field("af", pa.float64()),
        pa.field("faf95", pa.float64()),
        pa.field("faf95_group", pa.string()),
        pa.field("group_max_af", pa.float64()),
        pa.field("nhomalt", pa.int32()),
        pa.field("hemizygotes", pa.int32()),
        pa.field("frequency_filters", pa.string()),
        pa.field("frequency_constructed", pa.bool_(), nullable=False),
        pa.field("clinvar_significance", pa.list_(pa.string())),
        pa.field("clinvar_stars", pa.int8()),
        pa.field("clinvar_conditions", pa.list_(pa.string())),
        pa.field("clinvar_name", pa.string()),
        pa.field("clinvar_rsid", pa.string()),
        pa.field("gate_frequency", pa.float64()),
        pa.field("gate_frequency_measure", pa.string()),
        pa.field("gate_rare_max", pa.float64(), nullable=False),
        pa.field("gate_rare", pa.bool_(), nullable=False),
        pa.field("gate_known_frequency", pa.float64()),
        pa.field("gate_known_max", pa.float64(), nullable=False),
        pa.field("gate_known", pa.bool_(), nullable=False),
        pa.field("gate_listed", pa.bool_(), nullable=False),
        pa.field("gate_copies", pa.int8()),
        pa.field("gate_carried", pa.bool_(), nullable=False),
        pa.field("gate_depth", pa.int32()),
        pa.field("gate_genotype_quality", pa.int32()),
        pa.field("gate_quality", pa.bool_(), nullable=False),
        pa.field("gate_low_confidence", pa.bool_(), nullable=False),
        pa.field("gate_parent_depth", pa.int32()),
        pa.field("gate_parent_alt_reads", pa.int32()),
        pa.field("gate_parent_quality", pa.int32()),
        pa.field("gate_de_novo", pa.bool_()),
        pa.field("candidate", pa.bool_(), nullable=False),
    ]
)
"""One row an allele, sorted by key. A gate's numbers are beside its answer."""

LISTED = "listed"

_CALL = "genotypes.list.element."
_CLOSE = ("key", "position", "ac", "gate_depth", "gate_genotype_quality", "gate_parent_depth",
          "gate_parent_alt_reads", "gate_parent_quality")  # fmt: skip
_CALLED = ("ref_depth", "alt_depth", "depth", "genotype_quality")
_MANIFOLD = ("quality", "an", "af", "faf95", "group_max_af", "nhomalt", "gate_frequency",
             "gate_known_frequency")  # fmt: skip
_LAYOUT: dict[str, Any] = {
    "compression": "zstd",
    "compression_level": 1,
    "use_dictionary": [
        *(name for name in ANNOTATED_SCHEMA.names if name not in (*_CLOSE, *_MANIFOLD)),
        *(_CALL + name for name in ("person", "copies", "ploidy", "haplotype", "phase_set")),
        *(_CALL + name for name in LIKELIHOODS),
        *(f"clinvar_{name}.list.element" for name in ("significance", "conditions")),
    ],
    "column_encoding": dict.fromkeys(
        [*_CLOSE, *(_CALL + name for name in _CALLED)], "DELTA_BINARY_PACKED"
    ),
    "write_statistics": ["key", "chromosome", "candidate"],
}
"""How the table is encoded: numbers that differ little by their differences, words by dictionary,
the others as they are. It costs half of what the writer's defaults do."""


def gate_limits(rules: "Rules") -> GateLimits:
    """Return the gates' numbers from the rules in force."""
    trio = TrioLimits.read(rules.number)
    return GateLimits(
        rare_max=rules.number("gate.rare_max"),
        known_max=rules.number("gate.known_max"),
        min_depth=trio.min_depth,
        max_alt_reads=trio.max_alt_reads,
        min_quality=trio.min_quality,
        groups_left_out=rules.words("population.groups_left_out"),
    )


def write_annotated(
    *, alleles: Path, family: Family, releases: "Releases", limits: GateLimits, out: Path
) -> None:
    """Write the family's alleles with their evidence and gates; StageError when rows are lost."""
    rows = 0

    def verify(written: Path) -> None:
        metadata = pq.read_metadata(written)  # type: ignore[no-untyped-call]
        if metadata.num_rows != rows:
            raise StageError(f"{out.name} was not written whole: is the disk full?")

    with (
        open_variants(alleles) as given,
        atomic_write(out, verify) as temporary,
        pq.ParquetWriter(temporary, ANNOTATED_SCHEMA, **_LAYOUT) as target,  # type: ignore[no-untyped-call]
    ):
        for number in range(given.num_record_batches):
            batch = given.get_batch(number)
            rows += batch.num_rows
            target.write_table(_evidence(batch, family, releases, limits))


def with_evidence(alleles: pl.DataFrame, releases: "Releases") -> pl.DataFrame:
    """Return alleles, sorted by key, with their population and ClinVar evidence, row for row.

    `LISTED` is added to the columns of `ANNOTATED_SCHEMA`: whether the laboratory's list has it.
    """
    population, clinvar = releases["gnomad"].folder, releases["clinvar"].folder
    annotated = annotate(
        alleles,
        lookup_frequencies(population, alleles),
        covered(population, alleles),
        lookup_assertions(clinvar, alleles, ASSERTED),
    )
    founders = releases.get("listed_alleles")
    listed = pl.lit(False) if founders is None else is_listed(founders.folder, alleles)
    return annotated.with_columns(listed.alias(LISTED))


def with_gates(evidence: pl.DataFrame, limits: GateLimits, family: Family) -> pl.DataFrame:
    """Return a family's rows of `with_evidence` with the columns of the gates, row for row."""
    return gate(evidence.drop(LISTED), limits, family, evidence[LISTED])


def _evidence(
    alleles: pa.RecordBatch, family: Family, releases: "Releases", limits: GateLimits
) -> pa.Table:
    """Return a table of alleles, sorted by key, with the columns of its evidence and gates."""
    rows = pl.DataFrame(pl.from_arrow(alleles))
    gated = with_gates(with_evidence(rows, releases), limits, family)
    added = gated.select(ANNOTATED_SCHEMA.names[len(VARIANTS_SCHEMA) :]).to_arrow()
    whole = [*alleles.columns, *added.columns]
    return pa.table(whole, names=ANNOTATED_SCHEMA.names).cast(ANNOTATED_SCHEMA)
