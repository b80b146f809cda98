"""How each column of a table of `CSQ` is made from VEP's text."""

from collections.abc import Iterator

import polars as pl

from varinterp.csq_table import PREDICTORS
from varinterp.model.prediction import SpliceEffect
from varinterp.model.transcript import Mane, Term

_DELTAS = {f"spliceai_{effect}": effect.value for effect in SpliceEffect}

TERMS = {term.value: term.rank for term in Term}
"""VEP's consequence terms with their ranks, worst 0."""

MANE_WORDS = {"MANE_Select": Mane.SELECT.value, "MANE_Plus_Clinical": Mane.PLUS_CLINICAL.value}
"""VEP's words for a transcript's place in MANE, with ours."""

_BY_RANK = {term.rank: term.value for term in Term}
_ESCAPES = {"%3D": "=", "%3B": ";", "%2C": ",", "%20": " ", "%26": "&", "%7C": "|", "%25": "%"}
_REFSEQ = "^[NX][MR]_"
_NUMBERS = {
    "exon": "EXON",
    "intron": "INTRON",
    "cds_position": "CDS_position",
    "protein_position": "Protein_position",
}


def blank(name: str) -> pl.Expr:
    """Whether a field of `CSQ` says nothing."""
    return pl.col(name).is_in(["", "."])


def column_expressions(held: list[str]) -> Iterator[pl.Expr]:
    """Yield the columns of `CSQ_COLUMNS` from entries that have the text columns `held`."""
    yield from (pl.col(name) for name in ("chromosome", "position", "ref", "alt"))
    yield pl.col("Feature").alias("transcript")
    yield _refseq().alias("refseq")
    yield (
        pl.coalesce(_text("SYMBOL"), _text("Gene")) if "Gene" in held else _text("SYMBOL")
    ).alias("gene")
    yield _text("HGNC_ID").str.replace("^([0-9])", "HGNC:$1").alias("hgnc")
    yield _text("BIOTYPE").alias("biotype")
    yield _worst_first().alias("terms")
    yield _unescaped("HGVSc").alias("hgvs_c")
    yield _unescaped("HGVSp").alias("hgvs_p")
    for column, name in _NUMBERS.items():
        yield pl.col(name).str.extract(r"(\d+)", 1).cast(pl.Int32).alias(column)
    amino_acids = _text("Amino_acids").str.split("/")
    yield amino_acids.list.first().alias("ref_aa")
    yield amino_acids.list.last().alias("alt_aa")
    yield _mane(held).alias("mane")
    scores = {column: _score(name, held) for column, name in PREDICTORS.items()}
    yield from (score.alias(column) for column, score in scores.items())
    deltas = {effect: scores[column] for column, effect in _DELTAS.items()}
    complete = pl.all_horizontal(delta.is_not_null() for delta in deltas.values())
    largest = pl.max_horizontal(deltas.values())
    yield pl.when(complete).then(largest).alias("spliceai")
    which = pl.coalesce(
        pl.when(delta == largest).then(pl.lit(effect)) for effect, delta in deltas.items()
    )
    yield pl.when(complete).then(which).alias("spliceai_effect")


def _score(name: str, held: list[str]) -> pl.Expr:
    if name not in held:
        return pl.lit(None, dtype=pl.Float64)
    return pl.col(name).cast(pl.Float64, strict=False)


def _text(name: str) -> pl.Expr:
    return pl.when(~blank(name)).then(pl.col(name))


def _unescaped(name: str) -> pl.Expr:
    return _text(name).str.replace_many(list(_ESCAPES), list(_ESCAPES.values()))


def _worst_first() -> pl.Expr:
    ranks = pl.element().replace_strict(TERMS, return_dtype=pl.Int64).sort()
    words = pl.element().replace_strict(_BY_RANK, return_dtype=pl.String)
    return pl.col("Consequence").str.split("&").list.eval(ranks).list.eval(words)


def _refseq() -> pl.Expr:
    """The RefSeq accession of the row: the transcript itself, or its MANE partner."""
    names = ("Feature", "MANE_SELECT", "MANE_PLUS_CLINICAL")
    return pl.coalesce(
        pl.when(pl.col(name).str.contains(_REFSEQ)).then(pl.col(name)) for name in names
    )


def _mane(held: list[str]) -> pl.Expr:
    by_partner = (
        pl.when(~blank("MANE_SELECT"))
        .then(pl.lit(Mane.SELECT.value))
        .when(~blank("MANE_PLUS_CLINICAL"))
        .then(pl.lit(Mane.PLUS_CLINICAL.value))
    )
    if "MANE" not in held:
        return by_partner
    word = pl.col("MANE").replace_strict(MANE_WORDS, default=None, return_dtype=pl.String)
    return pl.coalesce(word, by_partner)
