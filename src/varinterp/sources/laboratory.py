"""A laboratory's own table or VCF of alleles, read as its catalogue entry says."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from varinterp.errors import ReleaseError
from varinterp.files import write_text
from varinterp.model.change import ChangeKind
from varinterp.model.clinvar import BENIGN, PATHOGENIC, Significance
from varinterp.sources.allele_notes import Value
from varinterp.sources.delimited import LINE, OTHER_CONTIG, number, placed, read_delimited, refuse
from varinterp.sources.laboratory_settings import COUNTS, PLACE, TEXTS, LaboratorySettings
from varinterp.sources.sites_vcf import read_sites

IDENTITY = "laboratory.json"
"""Names the source in the catalogue: its facts are ``assertion.<source>``."""
ENTRY = ("classes", *COUNTS, *TEXTS)
_VERSION = 1
_ALLELE = r"^(?:GRCh38:)?(?:chr)?([0-9XYMT]{1,2})[-:]([0-9]{1,9})[-:]([ACGT]+)[-:>]([ACGT]+)$"
_SCALE = {
    Significance.BENIGN.value: 0,
    Significance.LIKELY_BENIGN.value: 1,
    Significance.UNCERTAIN.value: 2,
    Significance.LIKELY_PATHOGENIC.value: 3,
    Significance.PATHOGENIC.value: 4,
}


def read_laboratory(
    path: Path, settings: LaboratorySettings, set_aside: Counter[str]
) -> Iterator[pl.DataFrame]:
    """Yield blocks of chromosome, position, ref, alt and `ENTRY`, as the settings say.

    Raises ReleaseError, with the line, for a class word without a meaning, a count that is not a
    whole number and a date that is not one.
    """
    blocks = _vcf(path, settings, set_aside) if settings.format == "vcf" else _table(path, settings)
    for block in blocks:
        known = block.filter(pl.col("chromosome").is_not_null())
        set_aside[OTHER_CONTIG] += block.height - known.height
        yield _entries(known, settings, path)


def write_identity(folder: Path, source: str) -> None:
    """Write the name that the release's facts go by."""
    write_text(
        folder / IDENTITY,
        json.dumps({"schema_version": _VERSION, "source": source}, sort_keys=True) + "\n",
    )


def read_identity(folder: Path) -> str:
    """Return the source of a release; ReleaseError when it does not say."""
    try:
        document = json.loads((folder / IDENTITY).read_bytes())
        if document["schema_version"] != _VERSION:
            raise ValueError("another schema version")
        return str(document["source"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReleaseError(f"{folder / IDENTITY}: {error}; rebuild the release") from error


def laboratory_kinds(before: Value, after: Value) -> Iterator[ChangeKind]:
    """Name the ways in which what a laboratory says of an allele moved."""
    old, new = (_classes(value) for value in (before, after))
    conflicts = [bool(BENIGN & set(each) and PATHOGENIC & set(each)) for each in (old, new)]
    if conflicts[0] != conflicts[1]:
        yield ChangeKind.CONFLICT_BEGUN if conflicts[1] else ChangeKind.CONFLICT_ENDED
    if old != new:
        yield _moved(old, new)
    if _counts(before) != _counts(after):
        yield ChangeKind.FREQUENCY_MOVED
    if _words(before) != _words(after):
        yield ChangeKind.RESTATED


def laboratory_text(value: Value) -> str:
    """Return an allele's entries as a short text for people."""
    return "; ".join("/".join(entry["classes"]) or "no class" for entry in value["entries"])


def entry_json() -> pl.Expr:
    """Return the columns of `ENTRY` as JSON, one object a row."""
    return pl.struct(ENTRY).struct.json_encode()


def _vcf(
    path: Path, settings: LaboratorySettings, set_aside: Counter[str]
) -> Iterator[pl.DataFrame]:
    fields = sorted(set(settings.columns.values()))
    sites = read_sites(path, dict.fromkeys(fields, pl.String))
    yield from sites
    set_aside.update(sites.set_aside)


def _table(path: Path, settings: LaboratorySettings) -> Iterator[pl.DataFrame]:
    names = list(dict.fromkeys(settings.columns.values()))
    for block in read_delimited(path, names, settings.separator, quote='"'):
        allele = settings.column("allele")
        frame = block
        if allele is not None:
            parts = pl.col(allele).str.extract_groups(_ALLELE)
            refuse(block, allele, block[allele].str.contains(_ALLELE).fill_null(False), path,
                   "GRCh38:chromosome-position-ref-alt")  # fmt: skip
            columns = {role: f"{role} of {allele}" for role in PLACE}
            frame = block.with_columns(
                parts.struct.field(str(place)).alias(name)
                for place, name in enumerate(columns.values(), start=1)
            )
        else:
            columns = {role: settings.columns[role] for role in PLACE}
        position = number(frame, columns["position"], path, pl.Int32)
        for role in PLACE:
            given = pl.col(columns[role]).is_not_null()
            refuse(frame, columns[role], given, path, f"a {role}")
        place = placed(frame, columns["chromosome"]).select(
            "chromosome",
            position.alias("position"),
            pl.col(columns["ref"]).alias("ref"),
            pl.col(columns["alt"]).alias("alt"),
        )
        yield place.hstack(block.drop(name for name in PLACE if name in block.columns))


def _entries(block: pl.DataFrame, settings: LaboratorySettings, path: Path) -> pl.DataFrame:
    columns: list[pl.Series] = [_meanings(block, settings, path)]
    for role in COUNTS:
        name = settings.column(role)
        if name is None:
            columns.append(pl.Series(role, [None] * block.height, dtype=pl.Int32))
            continue
        found = number(block, name, path, pl.Int32).rename(role)
        refuse(block, name, (found >= 0).fill_null(True), path, "a count")
        columns.append(found)
    for role in TEXTS:
        name = settings.column(role)
        text = pl.Series(role, [None] * block.height, dtype=pl.String)
        columns.append(text if name is None else block[name].str.strip_chars().rename(role))
    name = settings.column("date")
    if name is not None:
        day = block[name].str.to_date("%Y-%m-%d", strict=False)
        refuse(block, name, day.is_not_null() | block[name].is_null(), path, "a day as 2026-01-31")
    return block.select(*PLACE).hstack(columns)


def _meanings(block: pl.DataFrame, settings: LaboratorySettings, path: Path) -> pl.Series:
    """Return what each row's class word stands for; a row without a word has no class."""
    name = settings.column("class")
    kind = pl.List(pl.String)
    if name is None:
        return pl.Series("classes", [[] for _ in range(block.height)], dtype=kind)
    known = list(settings.classes)
    refuse(block, name, block[name].is_in(known).fill_null(True), path,
           f"one of {', '.join(known)}, as build.classes says")  # fmt: skip
    words = pl.DataFrame(
        {
            name: known,
            "classes": [[word.value for word in settings.classes[each]] for each in known],
        },
        schema={name: pl.String, "classes": kind},
    )
    joined = block.select(name, LINE).join(words, on=name, how="left", maintain_order="left")
    return joined["classes"].fill_null([])


def _classes(value: Value) -> list[str]:
    return [word for entry in value["entries"] for word in entry["classes"]]


def _counts(value: Value) -> list[Mapping[str, Any]]:
    return [{name: entry[name] for name in COUNTS} for entry in value["entries"]]


def _words(value: Value) -> list[Mapping[str, Any]]:
    return [{name: entry[name] for name in TEXTS} for entry in value["entries"]]


def _moved(old: list[str], new: list[str]) -> ChangeKind:
    """Compare classes on the scale from benign to pathogenic, by their middle."""
    if not old or not new or any(word not in _SCALE for word in (*old, *new)):
        return ChangeKind.CLASS_MOVED
    before, after = (sum(_SCALE[word] for word in each) / len(each) for each in (old, new))
    if before == after:
        return ChangeKind.CLASS_MOVED
    return ChangeKind.CLASS_UP if after > before else ChangeKind.CLASS_DOWN
