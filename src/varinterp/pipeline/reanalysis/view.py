"""Knowledge as it stands on a basis; what is dear to read is read once, whoever asks for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from varinterp.annotate.gate import GateLimits
from varinterp.model.case import Case
from varinterp.model.facts import GeneLinks
from varinterp.model.family import Sex
from varinterp.model.phenotype import Phenotype
from varinterp.model.transcript import Transcript
from varinterp.pipeline.evidence import Knowledge, read_links
from varinterp.pipeline.panels import panels_of
from varinterp.pipeline.phenotype import (
    EXTRA_ANNOTATIONS,
    DiseaseTerms,
    PatientMatcher,
    read_disease_terms,
)
from varinterp.pipeline.reanalysis.target import Target
from varinterp.pipeline.variants import gate_limits
from varinterp.refs.lock import Releases
from varinterp.sources.panel_list import ListedPanel
from varinterp.sources.rules import Rules
from varinterp.sources.transcripts import TRANSCRIPTS_FILE, read_transcripts

T = TypeVar("T")

_PATIENTS = 256
"""Patients that are kept ready: those of a batch."""


@dataclass(slots=True)
class Shelf:
    """What was read of releases, by the releases that it comes from: bases share it."""

    _held: dict[tuple[str | None, ...], Any] = field(default_factory=dict)

    def take(self, releases: Releases, sources: tuple[str, ...], read: Callable[[], T]) -> T:
        """Return what `read` makes of some sources' releases; it is called once for each set."""
        named = (releases.get(source) for source in sources)
        place = (*sources, *(None if release is None else release.name for release in named))
        if place not in self._held:
            self._held[place] = read()
        found: T = self._held[place]
        return found


class View:
    """The releases and rules of a target, and what they say beyond single alleles."""

    def __init__(self, target: Target, reference: Path, shelf: Shelf) -> None:
        self.target, self.reference, self._shelf = target, reference, shelf
        self._patients: dict[tuple[Phenotype, Sex], PatientMatcher] = {}

    def beside(self, target: Target) -> "View":
        """Return a view of another target that shares what was read."""
        return View(target, self.reference, self._shelf)

    @property
    def releases(self) -> Releases:
        """The opened releases."""
        return self.target.releases

    @property
    def rules(self) -> Rules:
        """The rules in force."""
        return self.target.rules

    @cached_property
    def limits(self) -> GateLimits:
        """The gates' numbers."""
        return gate_limits(self.rules)

    @property
    def transcripts(self) -> Mapping[str, Transcript]:
        """Transcripts whose structure is known, by id."""

        def read() -> Mapping[str, Transcript]:
            return read_transcripts(self.releases["mane"].file(TRANSCRIPTS_FILE))

        return self._shelf.take(self.releases, ("mane",), read)

    @property
    def links(self) -> Mapping[str, GeneLinks]:
        """The diseases of every gene."""
        return self._shelf.take(self.releases, ("gene_disease",), lambda: read_links(self.releases))

    @property
    def knowledge(self) -> Knowledge:
        """What assessments are gathered from."""
        return Knowledge(self.transcripts, self.links, self.rules)

    def panels(self, source: str) -> Mapping[str, ListedPanel] | None:
        """Return a source's panels by name; None where the lock has no release of it."""

        def read() -> Mapping[str, ListedPanel] | None:
            return panels_of(self.releases, source)

        return self._shelf.take(self.releases, (source,), read)

    def matcher(self, case: Case) -> PatientMatcher:
        """Return the patient made ready to be compared with diseases."""
        patient = case.phenotype, case.family.proband.sex
        if patient not in self._patients:
            if len(self._patients) >= _PATIENTS:
                self._patients.clear()
            self._patients[patient] = self._terms.matcher(*patient, self.rules.values)
        return self._patients[patient]

    @property
    def _terms(self) -> DiseaseTerms:
        return self._shelf.take(
            self.releases, ("hpo", EXTRA_ANNOTATIONS), lambda: read_disease_terms(self.releases)
        )
