"""gnomAD: frequencies of alleles, by genetic ancestry group, and where its people were looked at.

Roles: ``sites`` (VCFs of the joint data set, exomes or genomes, one a chromosome), and where they
are given ``numbers_exomes``, ``numbers_genomes`` (allele numbers of every position),
``coverage_exomes``, ``coverage_genomes`` (tables of depth) and ``mitochondrial`` (sites VCF).
Without a table of positions nothing is covered, and absence from the release says nothing.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from varinterp.annotate.sites import normalise_sites
from varinterp.errors import ReleaseError
from varinterp.model.chromosome import Chromosome
from varinterp.model.facts import GROUPS_KEY
from varinterp.model.variant import Allele
from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.sources.gnomad import (
    COVERED,
    COVERED_SCHEMA,
    FrequencyWriter,
    covered,
    group_codes,
    lookup_frequencies,
    lookup_groups,
)
from varinterp.sources.gnomad_changes import gnomad_changes
from varinterp.sources.gnomad_coverage import read_covered
from varinterp.sources.gnomad_mitochondrial import (
    MITOCHONDRIAL,
    MITOCHONDRIAL_SCHEMA,
    as_frequencies,
    looked_at,
    read_mitochondria,
    read_mitochondrial,
)
from varinterp.sources.gnomad_settings import GnomadSettings, read_settings
from varinterp.sources.gnomad_vcf import read_gnomad
from varinterp.sources.material import Built, Material
from varinterp.sources.parquet import write_table
from varinterp.sources.rules import Rules

DUPLICATE = "duplicate_allele"
_TABLES = ("numbers_exomes", "numbers_genomes", "coverage_exomes", "coverage_genomes")
_MITOCHONDRIAL = "mitochondrial"
_AT_ONCE = 100_000
_REACH = 10_000
"""Rows wait until the file is this many bases further: left-alignment moves no row that far."""
_COMPARED = ("gate.", "population.", "mitochondrial.")
_LOCAL_RULES = "population.local_"
_ALLELE = ("key", "chromosome", "position", "ref", "alt")


def build(material: Material, context: Context, folder: Path) -> Built:
    """Write frequencies, covered stretches and, where it is given, the mitochondrial table."""
    settings = read_settings(material.settings)
    aside: Counter[str] = Counter()
    counts: Counter[str] = Counter(alleles=0, observed=0, passed=0, covered_bases=0)
    mitochondrial = _mitochondria(material, settings, context, aside)
    with FrequencyWriter(folder, settings.groups, settings.bounded) as writer:
        for path in material.every("sites"):
            for chromosome, rows in _in_order(path, settings, context, aside):
                writer.write(chromosome, rows)
                _count(counts, rows)
        if mitochondrial is not None:
            rows = _with_groups(as_frequencies(mitochondrial), settings)
            writer.write(Chromosome.MT, rows)
            _count(counts, rows)
    files: dict[str, int | None] = dict(writer.files())
    if mitochondrial is not None:
        table = mitochondrial.select(MITOCHONDRIAL_SCHEMA.names).to_arrow()
        files[MITOCHONDRIAL] = write_table(table.cast(MITOCHONDRIAL_SCHEMA), folder / MITOCHONDRIAL)
    stretches = _covered(material, settings, mitochondrial)
    # A file a chromosome: one that was left out would make its alleles look unobserved.
    packed = {Path(name).stem for name, rows in writer.files().items() if rows}
    counts["chromosomes"] = len(packed - {Chromosome.MT.value})
    counts["covered_bases"] = int((stretches["end"] - stretches["start"] + 1).cast(pl.Int64).sum())
    files[COVERED] = write_table(stretches.to_arrow().cast(COVERED_SCHEMA), folder / COVERED)
    return Built(files, dict(counts), {reason: n for reason, n in sorted(aside.items()) if n})


def lookup(folder: Path, key: str) -> Mapping[str, Any] | None:
    """Return what a release says of an allele, a position (``22-20061538``) or its groups."""
    if key == GROUPS_KEY:
        return {"codes": list(group_codes(folder))}
    if key.count("-") == 1:
        return _of_position(folder, key)
    allele = _alleles(key)
    found = lookup_frequencies(folder, allele).hstack(lookup_groups(folder, allele))
    row = found.row(0, named=True)
    copies = read_mitochondria(folder).join(allele, on=["key", "ref", "alt"], how="semi")
    more = copies.drop(_ALLELE).rows(named=True)
    return None if row["ac"] is None else {**row, **(more[0] if more else {})}


def changes(old: Path, new: Path, rules: Rules) -> pl.DataFrame:
    """Return the differences of two releases; the rules' frequencies are the thresholds."""
    return gnomad_changes(old, new, thresholds(rules))


def thresholds(rules: Rules) -> tuple[float, ...]:
    """Return every frequency that the rules compare this source with, ascending."""
    values = {
        float(rule.value)
        for key, rule in rules.values.items()
        if key.rpartition("/")[2].startswith(_COMPARED)
        and not key.startswith(_LOCAL_RULES)
        and isinstance(rule.value, int | float)
        and 0 < rule.value < 1
    }
    return tuple(sorted(values))


def _in_order(
    path: Path, settings: GnomadSettings, context: Context, aside: Counter[str]
) -> Iterator[tuple[Chromosome, pl.DataFrame]]:
    """Yield a file's normalised rows, by chromosome and in order of key."""
    waiting: pl.DataFrame | None = None
    for block in _gathered(read_gnomad(path, settings, aside)):
        for part in block.partition_by("chromosome", maintain_order=True):
            name, reached = part["chromosome"][0], part["position"].max()
            if waiting is not None and waiting["chromosome"][0] != name:
                yield _distinct(waiting, aside)
                waiting = None
            rows, left_out = normalise_sites(part, context.fasta(), context.scratch)
            aside.update(left_out)
            rows = rows if waiting is None else _sorted(pl.concat([waiting, rows]))
            done = pl.col("position") < int(str(reached)) - _REACH
            if (whole := rows.filter(done)).height:
                yield _distinct(whole, aside)
            rest = rows.filter(~done)
            waiting = rest if rest.height else None
    if waiting is not None:
        yield _distinct(waiting, aside)


def _gathered(blocks: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """Yield rows by the hundred thousand: a block of wide records has only hundreds."""
    held: list[pl.DataFrame] = []
    for block in blocks:
        held.append(block)
        if sum(each.height for each in held) >= _AT_ONCE:
            yield pl.concat(held)
            held = []
    if held:
        yield pl.concat(held)


def _distinct(rows: pl.DataFrame, aside: Counter[str]) -> tuple[Chromosome, pl.DataFrame]:
    kept = rows.unique(["key", "ref", "alt"], keep="first", maintain_order=True)
    if kept.height < rows.height:
        aside[DUPLICATE] += rows.height - kept.height
    return Chromosome(rows["chromosome"][0]), kept


def _sorted(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.sort("key", "ref", "alt", maintain_order=True)


def _mitochondria(
    material: Material, settings: GnomadSettings, context: Context, aside: Counter[str]
) -> pl.DataFrame | None:
    path = material.optional(_MITOCHONDRIAL)
    if path is None:
        return None
    rows = read_mitochondrial(path, settings.mitochondrial, aside)
    kept, left_out = normalise_sites(rows.drop("id", "line"), context.fasta(), context.scratch)
    aside.update(left_out)
    return _distinct(kept, aside)[1] if kept.height else None


def _with_groups(rows: pl.DataFrame, settings: GnomadSettings) -> pl.DataFrame:
    counts = [f"{measure}_{group}" for group in settings.groups for measure in ("ac", "an")]
    return rows.with_columns(
        *(pl.lit(None, pl.Int32).alias(name) for name in counts),
        *(pl.lit(None, pl.Float64).alias(f"faf95_{group}") for group in settings.bounded),
    )


def _covered(
    material: Material, settings: GnomadSettings, mitochondrial: pl.DataFrame | None
) -> pl.DataFrame:
    schema = pl.Schema(COVERED_SCHEMA)
    parts = [
        (role, read_covered(path, settings.limits))
        for role in _TABLES
        for path in material.files.get(role, ())
    ]
    if mitochondrial is not None:
        parts.append((_MITOCHONDRIAL, looked_at(mitochondrial)))
    noted = [
        part.with_columns(pl.lit(role).alias("note"), pl.lit(value=False).alias("constructed"))
        for role, part in parts
    ]
    return pl.concat(
        [pl.DataFrame(schema=schema), *(part.select(schema.names()) for part in noted)]
    )


def _count(counts: Counter[str], rows: pl.DataFrame) -> None:
    counts["alleles"] += rows.height
    counts["observed"] += int((rows["ac"] > 0).sum())
    counts["passed"] += int((rows["filters"] == "PASS").sum())


def _of_position(folder: Path, key: str) -> Mapping[str, Any]:
    chromosome, _, position = key.partition("-")
    if Chromosome.parse(chromosome) is None or not position.isdecimal():
        raise ReleaseError(f"{key} is no position: expected chromosome-position")
    place = {"chromosome": [chromosome], "position": [int(position)], "ref": ["N"]}
    return covered(folder, pl.DataFrame(place)).row(0, named=True)


def _alleles(key: str) -> pl.DataFrame:
    allele = Allele.parse(key)
    return pl.DataFrame(
        {"key": [allele.key], "ref": [allele.ref], "alt": [allele.alt]},
        schema={"key": pl.UInt64, "ref": pl.String, "alt": pl.String},
    )


ADAPTER = Adapter(build=build, lookup=lookup, changes=changes)
