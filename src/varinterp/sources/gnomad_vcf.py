"""gnomAD's sites VCFs (v4: joint, exomes, genomes) as rows of a frequency release.

Read for this: real rows of gnomAD 4.1 with their whole INFO (genomes, chromosome 2), the header
of that file, and gnomAD's own export code for the names of the joint file. There, FILTER says
which of the two data sets failed, ``exomes_filters`` and ``genomes_filters`` why.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from varinterp.errors import ReleaseError
from varinterp.model.chromosome import Chromosome, pseudoautosomal_regions
from varinterp.sources.gnomad_filters import NOT_OBSERVED, PASS, joined, strange_words
from varinterp.sources.gnomad_settings import NEEDED, GnomadSettings
from varinterp.sources.lines import shown
from varinterp.sources.sites_vcf import Sites, read_sites

_INFO = re.compile(r"^##INFO=<ID=([^,>]+),Number=([^,>]+)")
_SEX = ("X", "Y")
_REST = "constructed"
_OVER_ALL = (
    "ac", "an", "af", "faf95", "faf95_group", "group_max_af", "nhomalt", "hemizygotes", "filters",
)  # fmt: skip


def read_gnomad(
    path: Path, settings: GnomadSettings, set_aside: Counter[str]
) -> Iterator[pl.DataFrame]:
    """Yield the rows of a sites VCF: ``chromosome``, ``position``, ``ref``, ``alt``, and values.

    `set_aside` counts what was left out. Raises ReleaseError for a field of the settings that the
    header lacks, an unknown filter or group, and a row without its counts.
    """
    names = settings.names()
    header = _header(path)
    _check_header(path, header, names)
    types = {info: _type(column) for column, info in names.items()}
    sites = read_sites(path, types, per_alt=frozenset(i for i in types if header[i] == "A"))
    for block in sites:
        yield _rows(block, settings, names, sites)
    set_aside.update(sites.set_aside)


def _header(path: Path) -> dict[str, str]:
    """Return the Number of each INFO field that a file's header defines."""
    probe = read_sites(path, {})
    next(probe, None)
    found = (_INFO.match(line) for line in probe.header)
    return {match.group(1): match.group(2) for match in found if match}


def _check_header(path: Path, header: dict[str, str], names: dict[str, str]) -> None:
    absent = sorted(set(names.values()) - header.keys())
    if absent:
        raise ReleaseError(
            f"{path.name}: its header has no INFO {', '.join(absent[:5])}"
            f"{' and others' if len(absent) > 5 else ''}; say in the catalogue's build block what "
            "this release has (data_set, groups, bounded_groups, fields)"
        )


def _type(column: str) -> type[pl.DataType]:
    if column == "faf95_group" or column.endswith("_filters"):
        return pl.String
    return pl.Float64 if column.startswith(("af", "faf95", "group_max")) else pl.Int32


def _rows(
    block: pl.DataFrame, settings: GnomadSettings, names: dict[str, str], sites: Sites
) -> pl.DataFrame:
    rows = block.rename({info: column for column, info in names.items() if info in block.columns})
    _check_counts(rows, sites.path)
    given = set(names)
    rows = rows.with_columns(
        pl.lit(None, _type(name)).alias(name)
        for name in ("af", "faf95", "faf95_group", "group_max_af", "nhomalt", "ac_xy", "nhomalt_xy")
        if name not in given
    )
    outside = _outside_par()
    bounds = [f"faf95_{group}" for group in settings.bounded]
    highest = pl.max_horizontal(bounds) if bounds else pl.lit(None, pl.Float64)
    return rows.with_columns(
        _filters(rows, given, sites.path).alias("filters"),
        _frequency().alias("af"),
        pl.coalesce("faf95", highest).alias("faf95"),
        # Outside the shared regions a man's allele is no homozygous genotype.
        pl.when(outside)
        .then(pl.col("nhomalt") - pl.col("nhomalt_xy").fill_null(0))
        .otherwise(pl.col("nhomalt"))
        .alias("nhomalt"),
        pl.when(outside).then(pl.col("ac_xy")).otherwise(0).cast(pl.Int32).alias("hemizygotes"),
        pl.lit(value=False).alias(_REST),
    ).select("chromosome", "position", "ref", "alt", *_OVER_ALL, _REST, *_of_groups(settings))


def _of_groups(settings: GnomadSettings) -> list[str]:
    counts = [f"{measure}_{group}" for group in settings.groups for measure in ("ac", "an")]
    return [*counts, *(f"faf95_{group}" for group in settings.bounded)]


def _check_counts(rows: pl.DataFrame, path: Path) -> None:
    for name in NEEDED:
        empty = rows.filter(pl.col(name).is_null())
        if empty.height:
            raise ReleaseError(f"{path.name}:{empty['line'][0]}: a row without {name.upper()}")
    wrong = rows.filter((pl.col("ac") < 0) | (pl.col("ac") > pl.col("an")))
    if wrong.height:
        raise ReleaseError(f"{path.name}:{wrong['line'][0]}: AC is not between 0 and AN")


def _frequency() -> pl.Expr:
    """The file's frequency; from its counts where it gives none, 0 where nobody was genotyped."""
    counted = pl.when(pl.col("an") > 0).then(pl.col("ac") / pl.col("an")).otherwise(0.0)
    return pl.coalesce("af", counted)


def _outside_par() -> pl.Expr:
    """Tell whether a row lies on X or Y, outside the regions that they share."""
    sex = pl.col("chromosome").is_in(_SEX)
    for name in _SEX:
        for start, end in pseudoautosomal_regions(Chromosome(name)):
            inside = (pl.col("chromosome") == name) & pl.col("position").is_between(start, end)
            sex = sex & ~inside
    return sex


def _filters(rows: pl.DataFrame, given: set[str], path: Path) -> pl.Series:
    """Return the filters of each row, each combination of words worked out once."""
    columns = ["filter", *(n for n in ("exome_filters", "genome_filters") if n in given)]
    unobserved = (pl.col("ac") == 0).alias("unobserved")
    different = rows.group_by(*columns, unobserved, maintain_order=True).agg(pl.col("line").min())
    texts = [
        _effective(words, none_seen, f"{path.name}:{line}")
        for *words, none_seen, line in different.iter_rows()
    ]
    table = different.drop("line").with_columns(pl.Series("filters", texts, dtype=pl.String))
    return (
        rows.select(*columns, unobserved)
        .join(table, on=[*columns, "unobserved"], nulls_equal=True, maintain_order="left")
        .get_column("filters")
    )


def _effective(texts: Sequence[str | None], unobserved: bool, where: str) -> str:
    """Return what a row's FILTER, and those of the joint file's two data sets, come to.

    In the joint file a data set in which nobody carries the allele (AC0) takes nothing from the
    other one's counts: the allele passes when the other does, and is not observed when none has it.
    """
    if texts[0] is None:
        raise ReleaseError(f"{where}: no FILTER: gnomAD's filters were not applied to this file")
    words = [set(re.split("[;,|]", text)) - {"", "."} for text in texts if text is not None]
    strange = strange_words(set().union(*words))
    if strange:
        raise ReleaseError(f"{where}: unknown filter {shown(strange[0])}")
    own, of_sets = words[0] - {PASS}, set().union(*words[1:]) - {PASS}
    if own and of_sets == {NOT_OBSERVED}:
        return NOT_OBSERVED if unobserved else PASS
    return joined(own | of_sets) if own else PASS
