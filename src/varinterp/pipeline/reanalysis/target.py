"""Where a reanalysis brings the archive: releases, rules and software."""

from dataclasses import dataclass
from pathlib import Path

from varinterp import __version__
from varinterp.model.basis import Basis
from varinterp.model.case import ReleaseLabel
from varinterp.pipeline.classify import result_labels
from varinterp.pipeline.config import Settings
from varinterp.pipeline.specified_transcripts import check_transcripts
from varinterp.refs.lock import Releases, open_releases, read_lock
from varinterp.sources.rules import Rules, read_rules


@dataclass(frozen=True, slots=True)
class Target:
    """The opened releases and rules that conclusions are to stand on."""

    releases: Releases
    rules: Rules

    @property
    def labels(self) -> tuple[ReleaseLabel, ...]:
        """The labels that a result concluded on this basis carries."""
        return result_labels(self.releases, self.rules)

    @property
    def basis(self) -> Basis:
        """The basis of a result that is concluded here."""
        return Basis.of(((label.source, label.release) for label in self.labels), __version__)


def read_target(settings: Settings, lock: Path | None = None, rules: Path | None = None) -> Target:
    """Open the target that the settings name; another lock or rules file where one is given."""
    releases = open_releases(read_lock(lock or settings.lock), settings.references)
    in_force = read_rules(rules or settings.rules, settings.gene_specs, settings.gene_lists)
    check_transcripts(releases, in_force)
    return Target(releases, in_force)
