"""MITOMAP's VCFs: its disease-associated variants and its polymorphisms, on the rCRS.

Read for this: the head and rows of ``disease.cgi?format=vcf`` of October 2026 (``MT 616 . T C,G . .
Disease=Maternally-inherited-epilepsy-/-…,Maternally-inherited-epilepsy;DiseaseStatus=Cfrm-[LP],
Reported-[VUS]``: spaces are written ``-``, commas ``|``, a value an ALT) and a count of every
status in MITOMAP's database of August 2026. A status is MITOMAP's word for what is published, then
the class that ClinGen's expert panel gave in brackets (McCormick 2020, PMID 32906214), at times
with words of its own. The file is Latin-1 when it is not UTF-8.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import polars as pl

from varinterp.errors import ReleaseError
from varinterp.model.change import ChangeKind
from varinterp.model.clinvar import Significance
from varinterp.model.external import MitomapStatus
from varinterp.sources.allele_notes import Value
from varinterp.sources.lines import shown
from varinterp.sources.sites_vcf import read_sites

UNPAIRED = "unpaired"
"""Rows whose words are not one for each ALT: what is said of which cannot be told."""

STATUSES: Mapping[str, MitomapStatus] = {
    "Cfrm": MitomapStatus.CONFIRMED,
    "Reported": MitomapStatus.REPORTED,
    "Conflicting reports": MitomapStatus.CONFLICTING,
    "Unclear": MitomapStatus.UNCLEAR,
    "P.M.": MitomapStatus.POLYMORPHISM,
    "alt loc": MitomapStatus.UNSTATED,
    "See": MitomapStatus.UNSTATED,
    "Author considered": MitomapStatus.UNSTATED,
}
"""The word that a status begins with; the last three are notes in place of one."""

RATINGS: Mapping[str, Significance] = {
    "P": Significance.PATHOGENIC,
    "LP": Significance.LIKELY_PATHOGENIC,
    "VUS": Significance.UNCERTAIN,
    "LB": Significance.LIKELY_BENIGN,
    "B": Significance.BENIGN,
}
_RATING = re.compile(r"-?\s*\[([^\]]*)\]")
_ORDER = list(MitomapStatus)
_SCALE = list(RATINGS.values())[::-1]
_TEXT = {"Disease": pl.String, "DiseaseStatus": pl.String}
_COUNTS = {"AC": pl.Int32, "AF": pl.Float64}


def as_utf8(path: Path, scratch: Path) -> Path:
    """Return a copy of a file that is UTF-8, whatever of the two it was."""
    data = path.read_bytes()
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    copy = scratch / path.name
    copy.write_text(text, encoding="utf-8")
    return copy


def read_diseases(path: Path, set_aside: Counter[str]) -> pl.DataFrame:
    """Return chromosome, position, ref, alt, status, rating, diseases and stated.

    Raises ReleaseError for a status that begins with an unknown word.
    """
    rows = _rows(path, _TEXT, set_aside)
    for line in rows.filter(pl.col("DiseaseStatus").is_null())["line"]:
        raise ReleaseError(f"{path.name}:{line}: an ALT without DiseaseStatus")
    said = {text: _status(text) for text in rows["DiseaseStatus"].unique()}
    for text, found in said.items():
        if found is None:
            line = rows.filter(pl.col("DiseaseStatus") == text)["line"][0]
            raise ReleaseError(
                f"{path.name}:{line}: DiseaseStatus {shown(text)}; varinterp knows "
                f"{', '.join(STATUSES)}, and [{'], ['.join(RATINGS)}]"
            )
    words = pl.DataFrame(
        [(text, *found) for text, found in said.items() if found is not None],
        schema={
            "DiseaseStatus": pl.String, "status": pl.String, "rating": pl.String,
            "stated": pl.String,
        },
        orient="row",
    )  # fmt: skip
    joined = rows.join(words, on="DiseaseStatus", how="left", maintain_order="left")
    return joined.select(
        "chromosome", "position", "ref", "alt", "status", "rating",
        pl.col("Disease").str.replace_all("|", ",", literal=True).alias("diseases"), "stated",
    )  # fmt: skip


def read_polymorphisms(path: Path, set_aside: Counter[str]) -> pl.DataFrame:
    """Return chromosome, position, ref, alt, count and frequency among GenBank's sequences."""
    rows = _rows(path, dict.fromkeys(_COUNTS, pl.String), set_aside)
    numbers = rows.with_columns(
        pl.col(name).cast(kind, strict=False).alias(name) for name, kind in _COUNTS.items()
    )
    for name in _COUNTS:
        bad = rows.filter(numbers[name].is_null() & rows[name].is_not_null())
        for line, word in bad.select("line", name).iter_rows():
            raise ReleaseError(f"{path.name}:{line}: {name} holds {shown(word)}, not a number")
    return numbers.select(
        "chromosome", "position", "ref", "alt",
        pl.col("AC").alias("count"), pl.col("AF").alias("frequency"),
    )  # fmt: skip


def mitomap_kinds(before: Value, after: Value) -> Iterator[ChangeKind]:
    """Name the ways in which what MITOMAP says of an allele moved."""
    if before["rating"] != after["rating"]:
        yield _moved(before["rating"], after["rating"], [word.value for word in _SCALE])
    elif before["status"] != after["status"]:
        order = [word.value for word in reversed(_ORDER)]
        yield _moved(before["status"], after["status"], order)
    if before["diseases"] != after["diseases"]:
        yield ChangeKind.CONDITIONS_MOVED
    if any(before[name] != after[name] for name in ("count", "frequency", "polymorphism")):
        yield ChangeKind.FREQUENCY_MOVED


def mitomap_text(value: Value) -> str:
    """Return an allele's entry as a short text for people."""
    parts = [value["status"], value["rating"] and f"[{value['rating']}]", value["diseases"]]
    shown_ = " ".join(str(part) for part in parts if part)
    return shown_ or ("polymorphism" if value["polymorphism"] else "")


def _moved(before: str | None, after: str | None, order: list[str]) -> ChangeKind:
    if before not in order or after not in order:
        return ChangeKind.CLASS_MOVED
    up = order.index(after) > order.index(before)
    return ChangeKind.CLASS_UP if up else ChangeKind.CLASS_DOWN


def _rows(path: Path, info: Mapping[str, type[pl.DataType]], aside: Counter[str]) -> pl.DataFrame:
    """One row an ALT with its own part of each field of `info`."""
    sites = read_sites(path, info)
    blocks = list(sites)
    aside.update(sites.set_aside)
    if not blocks:
        raise ReleaseError(f"{path.name} has no row")
    rows = pl.concat(blocks).with_columns(
        pl.int_range(pl.len()).over("line").alias("place"), pl.len().over("line").alias("alts")
    )
    several = pl.col("alts") > 1
    lists = {name: pl.col(name).str.split(",") for name in info}
    fits = pl.all_horizontal(
        ~several | pl.col(name).is_null() | (cells.list.len() == pl.col("alts"))
        for name, cells in lists.items()
    )
    paired = rows.filter(fits)
    aside[UNPAIRED] += rows.height - paired.height
    return paired.with_columns(
        pl.when(several).then(cells.list.get(pl.col("place"))).otherwise(pl.col(name)).alias(name)
        for name, cells in lists.items()
    )


def _status(text: str) -> tuple[str, str | None, str | None] | None:
    """Return status, rating and MITOMAP's own text where it says more; None when unknown."""
    bracket = _RATING.search(text)
    rating = None
    if bracket:
        word = bracket[1].rstrip("*+-")
        if word not in RATINGS:
            return None
        rating = RATINGS[word].value
    bare = _RATING.sub("", text, count=1).replace("-", " ").strip()
    begins = [word for word in STATUSES if bare == word or re.match(rf"{re.escape(word)}\W", bare)]
    if not begins:
        return None
    return STATUSES[begins[0]].value, rating, None if bare == begins[0] else text
