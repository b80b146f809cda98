"""What a moved source changes: the keys that differ, or why everything is examined instead."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from varinterp.errors import ReleaseError
from varinterp.model.basis import Move
from varinterp.model.canonical import canonical
from varinterp.model.change import ChangeKind
from varinterp.model.facts import PHENOTYPE_FIT, RULE, Rule
from varinterp.model.prediction import Predictor
from varinterp.model.reads import WHOLE
from varinterp.pipeline.phenotype import EXTRA_ANNOTATIONS
from varinterp.pipeline.reanalysis.target import Target
from varinterp.pipeline.references.compare import compare
from varinterp.refs.catalogue import Catalogue
from varinterp.refs.release import Release
from varinterp.sources.hpo import read_annotations
from varinterp.sources.laboratory import IDENTITY
from varinterp.sources.link_changes import Change, changes_table
from varinterp.sources.material import CHANGES_SCHEMA
from varinterp.sources.rules import Rules

HPO_SOURCES = frozenset({"hpo", EXTRA_ANNOTATIONS})
"""Their moves may reorder the hypotheses of every case."""

PANEL_SOURCES = frozenset({"panels", "panelapp_uk", "panelapp_au"})
"""Their moves may reorder the hypotheses of every case, and touch no conclusion on an allele."""

LABORATORY = "laboratory"
"""The adapter of a laboratory's own sources of assertions."""

_EVERYTHING = frozenset({"mane", "vep"})
"""Every consequence may be another: nothing less than every stored allele is examined."""

_READ = frozenset(
    {
        "clinvar", "curation", "gene_disease", "gnomad", "listed_alleles", "local_frequency",
        "mitomap", "own_cases", "repeats", "gnomad_exons", "gnomad_constraint",
        *_EVERYTHING, *HPO_SOURCES, *PANEL_SOURCES, *(predictor.value for predictor in Predictor),
    }
)  # fmt: skip
"""The sources that an analysis of a case opens, beside a laboratory's own; others only serve to
build these."""


@dataclass(frozen=True, slots=True)
class Delta:
    """A move and its changed keys as `CHANGES_SCHEMA`; `whole` says why everything is examined."""

    move: Move
    changes: pl.DataFrame
    whole: str | None = None
    date: str | None = None
    constructed: bool = False

    def of(self, *sources: str) -> pl.DataFrame:
        """Return the changes of some sources of facts."""
        return self.changes.filter(pl.col("source").is_in(sources))


def delta_of(move: Move, old: Target, new: Target, catalogue: Catalogue) -> Delta:
    """Compare the two releases of a move."""
    if move.source == RULE.source:
        return Delta(move, changed_rules(old.rules.values, new.rules.values), date=new.rules.date)
    before, after = old.releases.get(move.source), new.releases.get(move.source)
    label = after or before
    if label is None:
        # it left the lock and the disk: nobody can tell any more what it answered
        read = move.source not in PANEL_SOURCES and _may_be_read(move.source, catalogue)
        return Delta(move, _none(), "vanished" if read else None)
    if not _opened(move.source, label):
        return Delta(move, _none())
    dated = label.manifest.date.isoformat()
    if move.source in PANEL_SOURCES:
        return _of_panels(move, before, after, new.rules, catalogue)
    if before is None or after is None:
        word = "appeared" if before is None else "vanished"
        if move.whole:
            return Delta(move, _none(), word, dated, label.manifest.constructed)
        return Delta(move, _none(), "release_gone", dated, label.manifest.constructed)
    changes = _compared(before, after, new.rules, catalogue)
    return Delta(
        move, _none() if changes is None else changes, _whole(move.source, before, after, changes),
        dated, after.manifest.constructed,
    )  # fmt: skip


def _of_panels(
    move: Move, before: Release | None, after: Release | None, rules: Rules, catalogue: Catalogue
) -> Delta:
    """Say what moved of panels; every case is ordered again, whatever it was."""
    label = after or before
    dated = label.manifest.date.isoformat() if label else None
    changes = None if not (before and after) else _compared(before, after, rules, catalogue)
    return Delta(
        move, _none() if changes is None else changes, None, dated,
        label is not None and label.manifest.constructed,
    )  # fmt: skip


def changed_rules(old: Mapping[str, Rule], new: Mapping[str, Rule]) -> pl.DataFrame:
    """Compare two versions of the rules, key by key."""

    def found() -> Iterator[Change]:
        for key in sorted(old.keys() | new.keys()):
            before, after = (_text(rules.get(key)) for rules in (old, new))
            if before != after:
                kind = ChangeKind.RESTATED
                if before is None or after is None:
                    kind = ChangeKind.ADDED if before is None else ChangeKind.REMOVED
                yield Change(key, kind, before, after)

    return changes_table(RULE.source, found())


def _text(rule: Rule | None) -> str | None:
    return None if rule is None else canonical(rule.value)


def _opened(source: str, release: Release) -> bool:
    return source in _READ or IDENTITY in release.manifest.files


def _may_be_read(source: str, catalogue: Catalogue) -> bool:
    """Whether an analysis may have read a source of which no release is at hand."""
    entry = catalogue.sources.get(source)
    return source in _READ or entry is None or entry.adapter == LABORATORY


def _whole(
    source: str, before: Release, after: Release, changes: pl.DataFrame | None
) -> str | None:
    """Say why the changed keys are not enough, or None."""
    if source in _EVERYTHING:
        return "consequences"
    if changes is None:
        return "not_comparable"
    if before.manifest.constructed != after.manifest.constructed:
        return "constructed"
    if source not in HPO_SOURCES and changes.filter(pl.col("key") == WHOLE).height:
        return "too_many"
    return None


def _compared(
    before: Release, after: Release, rules: Rules, catalogue: Catalogue
) -> pl.DataFrame | None:
    """Return the changed keys; None where nothing knows how to compare the source."""
    source = after.manifest.source
    if source == EXTRA_ANNOTATIONS:
        return _changed_annotations(before, after)
    try:
        entry = catalogue[source]
    except ReleaseError:
        return None
    return compare(entry, before, after, rules)


def _changed_annotations(before: Release, after: Release) -> pl.DataFrame:
    """Compare a laboratory's own annotations of diseases."""
    old, new = (read_annotations(each.folder).phenotypes for each in (before, after))
    changes = [
        Change(
            disease,
            ChangeKind.RESTATED,
            ", ".join(sorted(old.get(disease, ()))) or None,
            ", ".join(sorted(new.get(disease, ()))) or None,
        )
        for disease in sorted(old.keys() | new.keys())
        if old.get(disease) != new.get(disease)
    ]
    return changes_table(PHENOTYPE_FIT.source, changes)


def _none() -> pl.DataFrame:
    return pl.DataFrame(schema=pl.Schema(CHANGES_SCHEMA))
