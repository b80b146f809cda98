"""`variants.parquet`: the family's alleles with population and ClinVar evidence, and the gates.

A chromosome at a time, so that a genome needs no more memory than its largest chromosome.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from varinterp.annotate.gate import GateLimits, gate
from varinterp.annotate.join import annotate
from varinterp.annotate.variants import VARIANTS_SCHEMA, write_variants
from varinterp.errors import StageError
from varinterp.files import atomic_write
from varinterp.inheritance.de_novo import TrioLimits
from varinterp.model.chromosome import Chromosome
from varinterp.model.family import Family
from varinterp.refs.lock import Releases
from varinterp.sources.clinvar import read_assertions
from varinterp.sources.gnomad import covered, read_frequencies
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


def gate_limits(rules: Rules) -> GateLimits:
    """Return the gates' numbers from the rules in force."""
    trio = TrioLimits.read(rules.number)
    return GateLimits(
        rare_max=rules.number("gate.rare_max"),
        known_max=rules.number("gate.known_max"),
        min_depth=trio.min_depth,
        max_alt_reads=trio.max_alt_reads,
        min_quality=trio.min_quality,
    )


def write_annotated(
    *, bcf: Path, family: Family, releases: Releases, limits: GateLimits, out: Path
) -> None:
    """Write the family's alleles with their evidence and gates; StageError when rows are lost."""
    people = [person.id for person in family.sequenced]
    with TemporaryDirectory(prefix=".annotate-", dir=out.parent) as work:
        plain = Path(work) / out.name
        expected = write_variants(bcf, people, plain)
        with (
            atomic_write(out, lambda path: _verify(path, expected)) as temporary,
            pq.ParquetWriter(  # type: ignore[no-untyped-call]
                temporary, ANNOTATED_SCHEMA, compression="zstd"
            ) as target,
        ):
            for chromosome in Chromosome:
                rows = pl.scan_parquet(plain).filter(chromosome=chromosome.value).collect()
                if rows.height:
                    target.write_table(_evidence(rows, family, releases, limits))


def _evidence(
    rows: pl.DataFrame, family: Family, releases: Releases, limits: GateLimits
) -> pa.Table:
    population, clinvar = releases["gnomad"].folder, releases["clinvar"].folder
    annotated = annotate(
        rows,
        read_frequencies(population, rows["key"]),
        covered(population, rows),
        read_assertions(clinvar, rows["key"]),
    )
    gated = gate(annotated, limits, family)
    return gated.select(ANNOTATED_SCHEMA.names).to_arrow().cast(ANNOTATED_SCHEMA)


def _verify(path: Path, expected: int) -> None:
    rows = pq.read_metadata(path).num_rows  # type: ignore[no-untyped-call]
    if rows != expected:
        raise StageError(f"{expected} alleles came in and {rows} were written: is the disk full?")
