"""Splitting, left-aligning and checking REF, by bcftools; then one frame a chromosome.

A frame has ``row`` (the number of its line in the file, or of its row here), ``key``, ``position``,
``ref``, ``alt``, ``quality``, ``filter`` and ``old_rec`` (how the record was written, when that
changed); for each person n: ``{n}.site`` (`site_genotype`),
``{n}.ref_depth``, ``{n}.alt_depth``, ``{n}.depth``, ``{n}.quality``, ``{n}.phase_set`` and
``{n}.pl_0`` to ``{n}.pl_2`` (`likelihoods`).
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from varinterp.annotate.allele_kind import SMALL, kind
from varinterp.annotate.bcftools import BcftoolsError, Command, pipeline
from varinterp.annotate.columns import Shards, frames
from varinterp.annotate.extract import Extracted
from varinterp.annotate.family_vcf import Opened, ReferenceContigs
from varinterp.annotate.key import keys
from varinterp.annotate.likelihoods import seen_from
from varinterp.annotate.site_genotype import AlleleNumberError, as_vcf, site_genotype
from varinterp.annotate.vcf_faults import (
    GENOTYPE_INDEX,
    Source,
    explain,
    faults_at,
    unreadable_values,
)
from varinterp.errors import InputError, InternalError, StageError
from varinterp.model.chromosome import Chromosome

_ROWS = (
    r"%CHROM\t%POS\t%ID\t%REF\t%ALT\t%QUAL\t%FILTER\t%INFO/OLD_REC"
    r"[\t%GT\t%OLD_GT\t%AD{0}\t%AD{1}\t%DP\t%CALLER_GQ\t%CALLER_PS\t%CALLER_PL\t%CALLER_GL]\n"
)
_NOT_BASES = 'REF~"[^ACGTacgt]" || ALT~"[^ACGTacgt]"'
_TOTAL = re.compile(r"total/split/joined/realigned/\S+\s+(\d+)/(\d+)/(\d+)/(\d+)/")
_SITE = {
    "chrom": pl.String,
    "position": pl.Int32,
    "id": pl.String,
    "ref": pl.String,
    "alt": pl.String,
}
_SITE |= {"qual": pl.String, "filter": pl.String, "old_rec": pl.String}
_CALL = {"gt": pl.String, "old_gt": pl.String, "ref_depth": pl.Int32, "alt_depth": pl.Int32}
_CALL |= {"depth": pl.Int32, "gq": pl.Float32, "ps": pl.String, "pl": pl.String}
_CALL |= {"gl": pl.String}


@dataclass(frozen=True, slots=True)
class Aligned:
    """The normalised rows of a VCF, and what was done to get them."""

    shards: Shards
    kinds: Counter[str]
    realigned: int


def align(
    vcf: Opened,
    extracted: Extracted,
    contigs: Mapping[str, Chromosome],
    reference: ReferenceContigs,
    folder: Path,
) -> Aligned:
    """Normalise a VCF's records; raise InputError where they disagree with the reference.

    `contigs` maps the file's names of primary chromosomes; rows on others are dropped here.
    """
    shards, kinds = Shards(folder / "aligned"), Counter[str]()
    if not contigs:
        return Aligned(shards, kinds, 0)
    renamed = {name: reference.names[chromosome] for name, chromosome in contigs.items()}
    source = vcf.source({new: old for old, new in renamed.items()})
    commands = _commands(extracted.sites, renamed, reference.path, folder)
    schema = _SITE | {
        f"{person}.{name}": dtype
        for person in range(len(vcf.people))
        for name, dtype in _CALL.items()
    }
    names = {new: contigs[old].value for old, new in renamed.items()}
    try:
        with pipeline(*commands) as run:
            for frame in frames(run.output, schema):
                if not extracted.numbered:
                    frame = frame.with_columns(pl.row_index("id") + kinds.total())
                rows = _rows(frame, len(vcf.people), names, source)
                kinds.update(dict(rows.group_by("kind").len().iter_rows()))
                shards.add(_keyed(rows.filter(pl.col("kind") == SMALL).drop("kind")))
    except BcftoolsError as error:
        raise _explained(error, vcf, commands, source) from error
    except pl.exceptions.ComputeError:  # its message quotes the value
        raise unreadable_values(vcf.path) from None
    return Aligned(shards, kinds, _counted(run.messages, extracted, kinds))


def _commands(
    sites: Path, renamed: Mapping[str, str], reference: Path, folder: Path
) -> list[Command]:
    norm: Command = ["norm", "--no-version", "--old-rec-tag", "OLD_REC", "-Ou"]
    start: list[Command] = []
    given: str | Path = sites
    if any(old != new for old, new in renamed.items()):
        table = folder / "contigs.txt"
        table.write_text("".join(f"{old}\t{new}\n" for old, new in renamed.items()))
        start = [["annotate", "--no-version", "--rename-chrs", table, "-Ou", sites]]
        given = "-"
    split: Command = [*norm, "-m", "-any", "--multi-overlaps", ".", given]
    targets = ",".join(renamed.values())
    left: Command = [*norm, "-f", reference, "-c", "e", "-e", _NOT_BASES, "-t", targets, "-"]
    return [*start, split, left, ["query", "-f", _ROWS, "-"]]


def _explained(
    error: BcftoolsError, vcf: Opened, commands: list[Command], source: Source
) -> InputError | StageError:
    """Return what to raise; bcftools stops at the first wrong REF, so look for the others."""
    found = explain(error, source)
    if not isinstance(found, InputError) or found.faults[0].rule != "vcf.ref_mismatch":
        return found
    warn = [["w" if part == "e" else part for part in command] for command in commands]
    try:
        with pipeline(*warn) as run:
            while run.output.read(1 << 20):
                pass
    except BcftoolsError:
        return found
    every = explain(BcftoolsError("norm", 0, "\n".join(run.messages)), source)
    return every if isinstance(every, InputError) else found


def _rows(
    frame: pl.DataFrame, people: int, names: Mapping[str, str], source: Source
) -> pl.DataFrame:
    old = pl.col("old_rec")
    index = old.str.extract(r"\|([0-9]+)$").cast(pl.Int32)
    frame = frame.with_columns(
        index.fill_null(1).alias("index"),
        pl.when(index.is_null()).then(1).otherwise(old.str.count_matches(",") + 1).alias("alts"),
        old.str.extract(r"^[^|]*\|([0-9]+)\|").alias("old_position"),
        kind().alias("kind"),
    )
    calls = [expression for person in range(people) for expression in _call(frame, person, source)]
    return frame.select(
        pl.col("id").cast(pl.UInt32).alias("row"),
        pl.col("chrom").replace_strict(dict(names), return_dtype=pl.String).alias("chromosome"),
        "position",
        pl.col("ref").str.to_uppercase(),
        pl.col("alt").str.to_uppercase(),
        pl.col("qual").cast(pl.Float32).alias("quality"),
        "filter",
        _as_written(),
        "kind",
        *calls,
    )


def _keyed(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(keys(rows))


def _as_written() -> pl.Expr:
    """Return how the record was written, without the unseen allele of gVCF; null if unchanged."""
    written = pl.col("old_rec").str.replace(r",<(?:NON_REF|\*)>\|", "|")
    now = pl.concat_str("chrom", "position", "ref", "alt", pl.lit("1"), separator="|")
    return pl.when(written != now).then(written).alias("old_rec")


def _call(frame: pl.DataFrame, person: int, source: Source) -> list[pl.Expr | pl.Series]:
    site = _site_genotypes(frame, person, source).alias(f"{person}.site")
    phased = pl.col(f"{person}.old_gt").str.contains("|", literal=True)
    trans = site.str.contains("1", literal=True) & site.str.contains("2", literal=True)
    read_backed = phased & pl.col(f"{person}.ps").is_not_null()
    at_site = pl.concat_str(
        pl.lit("site-"), pl.coalesce("old_position", pl.col("position").cast(pl.String))
    )
    return [
        site,
        pl.col(f"{person}.ref_depth"),
        pl.col(f"{person}.alt_depth"),
        pl.col(f"{person}.depth"),
        pl.col(f"{person}.gq").round().cast(pl.Int32).alias(f"{person}.quality"),
        pl.when(read_backed)
        .then(pl.col(f"{person}.ps"))
        .when(pl.lit(trans))
        .then(at_site)
        .alias(f"{person}.phase_set"),
        *seen_from(frame, person),
    ]


def _site_genotypes(frame: pl.DataFrame, person: int, source: Source) -> pl.Series:
    """Translate a person's genotypes; each different one is worked out once."""
    called = [f"{person}.old_gt", f"{person}.gt", "index", "alts"]
    different = frame.select(called).unique(maintain_order=True)
    seen: list[str | None] = []
    for old, split, index, alternatives in different.iter_rows():
        try:
            found = site_genotype(old, index, alternatives)
        except AlleleNumberError:
            seen.append(None)
            continue
        if split is not None and as_vcf(found) != as_vcf(site_genotype(split, 1, 1)):
            raise InternalError("bcftools split a genotype otherwise than varinterp reads it")
        seen.append(found)
    table = different.with_columns(pl.Series("seen", seen, dtype=pl.String))
    joined = frame.join(table, on=called, how="left", nulls_equal=True, maintain_order="left")
    _refuse(joined.filter(pl.col("seen").is_null()), source)
    return joined["seen"]


def _refuse(rows: pl.DataFrame, source: Source) -> None:
    if rows.is_empty():
        return
    positions = pl.coalesce(pl.col("old_position").cast(pl.Int32), "position")
    places = rows.select("chrom", positions).unique(maintain_order=True).head(100)
    found = [(GENOTYPE_INDEX, source.place(*place)) for place in places.iter_rows()]
    raise InputError(faults_at(source.path, found))


def _counted(messages: list[str], extracted: Extracted, kinds: Counter[str]) -> int:
    """Check bcftools' own counts of lines against ours; return how many it realigned."""
    split, left = (
        [int(number) for number in match.groups()] if (match := _TOTAL.search(said)) else [-1] * 4
        for said in messages[-3:-1]
    )
    if split[0] != extracted.survey.records or left[0] != kinds.total():
        raise StageError(
            f"bcftools norm read {split[0]} and {left[0]} records; "
            f"{extracted.survey.records} and {kinds.total()} were expected"
        )
    return left[3]
