"""What differs at splice sites between two ClinVar releases: the keys of PS1's splice comparators.

A site has changed when an allele in its motif came, went, or is said otherwise.
"""

from pathlib import Path

import polars as pl

from varinterp.model.change import ChangeKind
from varinterp.model.clinvar import PATHOGENIC
from varinterp.model.reads import WHOLE
from varinterp.sources.clinvar import only
from varinterp.sources.clinvar_counted_changes import counted_changes
from varinterp.sources.clinvar_splice import SITE, SPLICE, SPLICE_SCHEMA, holds_sites
from varinterp.sources.material import CHANGES_SCHEMA
from varinterp.sources.parquet import read_frame

SOURCE = "clinvar.splice"
_VALUE = ["offset", "changes_protein", "key", "ref", "alt", "significance", "stars"]


def splice_changes(old: Path, new: Path) -> pl.DataFrame:
    """Return the changes of splice sites: ADDED and REMOVED where comparators came or went.

    CLASS_UP and CLASS_DOWN count the site's alleles that are called pathogenic or likely
    pathogenic and nothing else; any other difference is RESTATED. Where only one of the releases
    was built with sites, what was not consulted is now, or no longer: one change of the whole.
    """
    held = [holds_sites(folder) for folder in (old, new)]
    if held[0] != held[1]:
        return _whole()
    if not all(held):
        return pl.DataFrame(schema=pl.Schema(CHANGES_SCHEMA))
    before, after = _read(old), _read(new)
    counts = _counted(before), _counted(after)
    said = "{} in the motif, {} of them (likely) pathogenic"
    return counted_changes(SOURCE, "{}:{}-{}", _moved(before, after), counts, said)


def _whole() -> pl.DataFrame:
    row = dict.fromkeys(CHANGES_SCHEMA.names) | {
        "source": SOURCE, "key": WHOLE, "kind": ChangeKind.RESTATED.value,
    }  # fmt: skip
    return pl.DataFrame([row], schema=pl.Schema(CHANGES_SCHEMA))


def _read(folder: Path) -> pl.DataFrame:
    """Return the rows of a release, their words as one text."""
    rows = read_frame(folder / SPLICE, SPLICE_SCHEMA)
    return rows.with_columns(pl.col("significance").list.join("|"))


def _moved(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Return the sites that differ."""
    row = [*SITE, *_VALUE]
    gone = before.join(after, on=row, how="anti", nulls_equal=True)
    come = after.join(before, on=row, how="anti", nulls_equal=True)
    return pl.concat([gone.select(SITE), come.select(SITE)]).unique().sort(SITE)


def _counted(rows: pl.DataFrame) -> pl.DataFrame:
    known = only(PATHOGENIC, pl.col("significance").str.split("|"))
    return rows.group_by(SITE).agg(pl.len().alias("alleles"), known.sum().alias("pathogenic"))
