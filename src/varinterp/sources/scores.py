"""What a release of a predictor says: of many alleles at once, or under one key.

A release has packs (`score_pack`), tracks (`score_track`) or both.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from varinterp.model.chromosome import Chromosome
from varinterp.model.prediction import Scope
from varinterp.model.variant import Allele
from varinterp.sources.score_layout import ScoreLayout, read_layout
from varinterp.sources.score_pack import pack_scores
from varinterp.sources.score_track import Track, missing, open_tracks, reference

BASES = "ACGT"
"""In the order of a track's four values."""


def scores_of(folder: Path, alleles: pl.DataFrame) -> pl.DataFrame:
    """Return every score of some alleles: ``row`` (in `alleles`), ``score``, ``owner``, ``effect``.

    `alleles` has key (ascending), chromosome, position, ref and alt. An allele that the release
    does not score has no row; one with scores for several transcripts or genes has one for each,
    ``owner``. A score of a position is its substitutions'.
    """
    layout = read_layout(folder)
    found = [pack_scores(folder, layout, alleles), _track_scores(folder, layout, alleles)]
    return pl.concat(found).sort("row", "owner")


def lookup(folder: Path, key: str) -> Mapping[str, Any] | None:
    """Return what a release says under a key of `model.prediction`; None when it says nothing."""
    place, _, owner = key.partition("@")
    layout = read_layout(folder)
    allele = _position(place) if layout.scope is Scope.POSITION else Allele.parse(place)
    alleles = pl.DataFrame(
        {
            "key": pl.Series([allele.key], dtype=pl.UInt64),
            "chromosome": allele.chromosome.value,
            "position": allele.position,
            "ref": allele.ref,
            "alt": allele.alt,
        }
    )
    for row in scores_of(folder, alleles).iter_rows(named=True):
        if (row["owner"] or "") == owner:
            effect = {} if row["effect"] is None else {"effect": row["effect"]}
            return {"value": row["score"], **effect}
    return None


def _position(place: str) -> Allele:
    """Return any substitution at a position: its score is the position's."""
    chromosome, _, position = place.partition("-")
    return Allele(Chromosome(chromosome), int(position), "A", "C")


def _track_scores(folder: Path, layout: ScoreLayout, alleles: pl.DataFrame) -> pl.DataFrame:
    one = (pl.col("ref").str.len_bytes() == 1) & (pl.col("alt").str.len_bytes() == 1)
    single = alleles.with_row_index("row").filter(one)
    found = [
        _of_track(track, single.filter(pl.col("chromosome") == chromosome.value))
        for chromosome, track in open_tracks(folder).items()
    ]
    schema = {"row": pl.UInt32, "score": pl.Int32}
    rows = pl.concat(found) if found else pl.DataFrame(schema=schema)
    return rows.select(
        "row",
        layout.values(rows["score"]),
        pl.lit(None, pl.String).alias("owner"),
        pl.lit(None, pl.String).alias("effect"),
    )


def _of_track(track: Track, alleles: pl.DataFrame) -> pl.DataFrame:
    values = track.at(alleles["position"].cast(pl.Int64).to_numpy())
    dtype = str(track.values.dtype)
    rows = np.arange(alleles.height)
    found, sound = values[:, 0], np.ones(alleles.height, dtype=bool)
    if values.shape[1] == len(BASES):
        places = {base: place for place, base in enumerate(BASES)}
        ref, alt = (
            alleles[name].replace_strict(places, return_dtype=pl.Int64).to_numpy()
            for name in ("ref", "alt")
        )
        found, sound = values[rows, alt], values[rows, ref] == reference(dtype)
    there = sound & (found != missing(dtype))
    answer = pl.DataFrame({"row": alleles["row"], "score": found.astype(np.int32)})
    return answer.filter(pl.Series(there))
