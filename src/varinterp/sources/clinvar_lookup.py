"""Asking a ClinVar release: for a case's alleles at once, or for what it says under one key."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from varinterp.errors import ReleaseError
from varinterp.model.splice_site import Side
from varinterp.model.variant import Allele
from varinterp.sources.clinvar import ALLELES, read_codons, read_missense_counts
from varinterp.sources.clinvar_places import alleles_in, is_place
from varinterp.sources.clinvar_release import ROW, VALUE
from varinterp.sources.clinvar_splice import holds_sites, read_splice_sites
from varinterp.sources.keyed import allele_text
from varinterp.sources.pack import FOUND, Pack
from varinterp.sources.row_groups import read_rows

_TRANSCRIPT = re.compile(r"ENST\d+(?:\.\d+)?")
_SITE = re.compile(r"(?P<transcript>[^:]+):(?P<exon>\d+)-(?P<side>donor|acceptor)")
_COMPARATOR = ("ref_aa", "alt_aa", "significance", "stars")
_AT_SITE = ("offset", "changes_protein", "significance", "stars")


def lookup_assertions(
    folder: Path, alleles: pl.DataFrame, columns: Sequence[str] = VALUE
) -> pl.DataFrame:
    """Return, row for row, what the release says of alleles: null columns where it has none.

    `alleles` has ``key`` (UInt64, ascending), ``ref`` and ``alt``. Only the row groups that hold a
    wanted allele are read.
    """
    found = Pack.open(folder).lookup(alleles, [ROW])
    rows = found[ROW].filter(found[FOUND])
    different = rows.unique(maintain_order=True)
    known = read_rows(folder / ALLELES, different, columns)
    place = pl.Series(np.searchsorted(different.to_numpy(), found[ROW].fill_null(0).to_numpy()))
    present = found.select(pl.when(FOUND).then(place)).to_series()
    if known.is_empty():
        return known.clear(alleles.height)
    return known.select(pl.all().gather(present))


def lookup(folder: Path, key: str) -> Mapping[str, Any] | None:
    """Return what a release says under a key of alleles, codons, sites or transcripts, or None.

    Under a key of ``clinvar.gene`` or ``clinvar.disease`` it is `clinvar_places.alleles_in`.
    """
    if is_place(key):
        return alleles_in(folder, key)
    site = _SITE.fullmatch(key)
    if site is not None:
        return _site(folder, site["transcript"], int(site["exon"]), Side(site["side"]))
    transcript, colon, codon = key.rpartition(":")
    if colon and codon.isdigit():
        return _codon(folder, transcript, int(codon))
    if _TRANSCRIPT.fullmatch(key):
        return _missense(folder, key)
    try:
        allele = Allele.parse(key)
    except ValueError as error:
        raise ReleaseError(
            f"{key} is no key of an allele, a codon, a splice site or a transcript"
        ) from error
    wanted = pl.DataFrame(
        {"key": [allele.key], "ref": [allele.ref], "alt": [allele.alt]},
        schema_overrides={"key": pl.UInt64},
    )
    (row,) = lookup_assertions(folder, wanted).iter_rows(named=True)
    return None if row["significance"] is None else row


def _codon(folder: Path, transcript: str, codon: int) -> Mapping[str, Any] | None:
    wanted = pl.DataFrame(
        {"transcript": [transcript], "codon": [codon]}, schema_overrides={"codon": pl.Int32}
    )
    return _alleles(read_codons(folder, wanted), _COMPARATOR)


def _site(folder: Path, transcript: str, exon: int, side: Side) -> Mapping[str, Any] | None:
    if not holds_sites(folder):
        return None
    return _alleles(read_splice_sites(folder, {(transcript, exon, side)}), _AT_SITE)


def _alleles(rows: pl.DataFrame, columns: Sequence[str]) -> Mapping[str, Any] | None:
    """Return some columns of comparators, by allele."""
    alleles = {
        allele_text(row): {name: row[name] for name in columns}
        for row in rows.iter_rows(named=True)
    }
    return {"alleles": alleles} if alleles else None


def _missense(folder: Path, transcript: str) -> Mapping[str, Any] | None:
    """Return a transcript's counts of missense alleles, by call and stars (``?`` when unknown)."""
    counts = read_missense_counts(folder, [transcript]).select("call", "stars", "alleles")
    found: dict[str, dict[str, int]] = {}
    for call, stars, alleles in counts.iter_rows():
        found.setdefault(call, {})["?" if stars is None else str(stars)] = alleles
    return found or None
