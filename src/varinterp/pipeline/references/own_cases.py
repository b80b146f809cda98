"""What the laboratory's own signed cases show, as a source of references: role ``cases``.

The file is written by ``varinterp registry export --format own-cases``: a list of curated entries
of the kinds that count people, an entry a family and allele, its id a digest of the family's keyed
pseudonym. Each release stands for itself: a family that withdrew its consent, or whose finding was
retracted, is in the next one no more.
"""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import polars as pl

from varinterp.errors import InputError, ReleaseError
from varinterp.model.curation import OWN_CASES, OWN_ENTRY
from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.pipeline.references.curation import look_up, refuse_misspelled
from varinterp.sources.curated_list import read_list
from varinterp.sources.curated_release import changed_curated, write_curated
from varinterp.sources.curated_table import ListedEntry
from varinterp.sources.material import Built, Material
from varinterp.sources.rules import Rules

KINDS = frozenset({"probands", "de_novo", "in_trans", "other_cause"})
SMALLEST = 1
"""Fewest families that an allele needs to be kept, where the `build` block has no `smallest`."""
TOO_FEW = "too_few_families"
"""Entries set aside: fewer families than `smallest` share the allele."""


def _build(material: Material, context: Context, folder: Path) -> Built:
    path = material.one("cases")
    try:
        listed = read_list(path, material.dated)
        refuse_misspelled(listed, path.name, context)
    except InputError as error:
        raise ReleaseError(str(error)) from error
    _refuse_others(listed, path.name)
    families = Counter(each.entry.place for each in listed)
    smallest = _smallest(material)
    kept = [each.entry for each in listed if families[each.entry.place] >= smallest]
    if not kept:
        raise ReleaseError(f"{path.name} has no allele of {smallest} families or more")
    rows = write_curated(kept, kept, folder)
    few = len(listed) - len(kept)
    counts = {"entries": len(kept), "alleles": len({entry.place for entry in kept})}
    return Built(rows, counts, {TOO_FEW: few} if few else {})


def _refuse_others(listed: Iterable[ListedEntry], name: str) -> None:
    """Refuse entries that no export writes: they belong into the curators' list."""
    faults = [
        f"{name}:{each.line}: {each.entry.kind} of id {each.entry.id}: expected an entry that "
        "varinterp registry export --format own-cases wrote; add your own with varinterp curate"
        for each in listed
        if each.entry.kind not in KINDS or not each.entry.id.startswith(OWN_ENTRY)
    ]
    if faults:
        raise ReleaseError("\n".join(faults))


def _smallest(material: Material) -> int:
    smallest = material.settings.get("smallest", SMALLEST)
    if not isinstance(smallest, int) or isinstance(smallest, bool) or smallest < 1:
        raise ReleaseError(f"{material.source}: build.smallest is a whole number from 1 on")
    return smallest


def _changes(old: Path, new: Path, rules: Rules) -> pl.DataFrame:
    return changed_curated(OWN_CASES, old, new)


ADAPTER = Adapter(build=_build, lookup=look_up, changes=_changes)
