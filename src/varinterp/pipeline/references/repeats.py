"""UCSC's repeats: roles ``simple`` (simpleRepeat) and, where it is fetched, ``masker`` (rmsk)."""

from collections import Counter
from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import Any

import polars as pl

from varinterp.errors import ReleaseError
from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.sources.material import Built, Material
from varinterp.sources.repeats import (
    REPEATS_FILE,
    changed_repeats,
    read_masker,
    read_repeats,
    read_simple,
    write_repeats,
)
from varinterp.sources.rules import Rules


def build(material: Material, context: Context, folder: Path) -> Built:
    """Write the stretches of both tables."""
    if material.settings:
        raise ReleaseError("repeats has no build settings")
    set_aside: Counter[str] = Counter()
    simple = list(read_simple(material.one("simple"), set_aside))
    masker = material.optional("masker")
    masked = [] if masker is None else list(read_masker(masker, set_aside))
    stretches = write_repeats(chain(simple, masked), folder)
    counts = {"tandem": len(simple), "masked": len(masked), "stretches": stretches}
    return Built({REPEATS_FILE: stretches}, counts, dict(set_aside))


def lookup(folder: Path, key: str) -> Mapping[str, Any] | None:
    """Return the kind of repeat at a position, ``22-20061538``."""
    chromosome, _, position = key.partition("-")
    if not position.isdecimal():
        return None
    asked = pl.DataFrame({"chromosome": [chromosome], "position": [int(position)]})
    kind = read_repeats(folder, asked)["kind"][0]
    return None if kind is None else {"kind": kind}


def changes(old: Path, new: Path, rules: Rules) -> pl.DataFrame:
    """Return the stretches that differ; no rule has a threshold of them."""
    return changed_repeats(old, new)


ADAPTER = Adapter(build=build, lookup=lookup, changes=changes)
