"""A laboratory's own table or VCF of alleles, through its catalogue entry alone.

The entry has ``adapter: laboratory``, one file of the role ``variants``, ``facts:
[assertion.<its name>]`` and a ``build`` block (`sources.laboratory_settings`). What it says is
shown beside ClinVar and never counted.
"""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from varinterp.annotate.sites import normalise_sites
from varinterp.errors import ReleaseError
from varinterp.model.external import laboratory_fact
from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.sources.allele_notes import NOTES, lookup_note, note_changes, write_notes
from varinterp.sources.laboratory import (
    ENTRY,
    IDENTITY,
    entry_json,
    laboratory_kinds,
    laboratory_text,
    read_identity,
    read_laboratory,
    write_identity,
)
from varinterp.sources.laboratory_settings import read_settings
from varinterp.sources.material import Built, Material
from varinterp.sources.rules import Rules

TWICE = "twice"
"""Rows that say the same of one allele."""

_PLACE = ["key", "chromosome", "position", "ref", "alt"]


def build(material: Material, context: Context, folder: Path) -> Built:
    """Write the table of a release: every row of an allele, normalised."""
    settings = read_settings(material.source, material.settings)
    aside: Counter[str] = Counter()
    blocks = []
    for block in read_laboratory(material.one("variants"), settings, aside):
        found, left = normalise_sites(block, context.fasta(), context.scratch)
        aside.update(left)
        blocks.append(found.select(*_PLACE, *ENTRY))
    if not sum(block.height for block in blocks):
        raise ReleaseError(f"{material.source}@{material.release} has no allele")
    rows = pl.concat(blocks)
    said = rows.select(*_PLACE, entry_json().alias("entry"))
    once = said.unique().sort("key", "ref", "alt", "entry")
    aside[TWICE] += said.height - once.height
    whole = once.group_by(_PLACE, maintain_order=True).agg(pl.col("entry").str.join(","))
    value = pl.concat_str(pl.lit('{"entries":['), "entry", pl.lit("]}"))
    written = write_notes(whole.with_columns(value.alias("value")), folder)
    write_identity(folder, material.source)
    classified = rows.filter(pl.col("classes").list.len() > 0).height
    counts = {"alleles": written, "rows": rows.height, "classified": classified}
    left_out = {reason: count for reason, count in sorted(aside.items()) if count}
    return Built({NOTES: written, IDENTITY: None}, counts, left_out)


def lookup(folder: Path, key: str) -> Mapping[str, Any] | None:
    """Return the entries of an allele, and all their classes; None where there is none."""
    found = lookup_note(folder, key)
    if found is None:
        return None
    classes = [word for entry in found["entries"] for word in entry["classes"]]
    return {**found, "classes": list(dict.fromkeys(classes))}


def changes(old: Path, new: Path, rules: Rules) -> pl.DataFrame:
    """Compare two releases as `CHANGES_SCHEMA`."""
    source = laboratory_fact(read_identity(new)).source
    return note_changes(source, old, new, laboratory_kinds, laboratory_text)


ADAPTER = Adapter(build=build, lookup=lookup, changes=changes)
