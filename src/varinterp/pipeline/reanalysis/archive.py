"""Everything that a reanalysis reads and writes: opened once, given to `plan` and `run`."""

from dataclasses import dataclass

from varinterp.cohort.consequences import Consequences
from varinterp.cohort.reads_index import ReadsIndex
from varinterp.cohort.store import CohortStore
from varinterp.pipeline.config import Settings
from varinterp.registry.dataset import Dataset
from varinterp.registry.store import Registry

READS, CONSEQUENCES = "reads", "consequences"
"""Folders of the cohort store."""


@dataclass(frozen=True, slots=True)
class Archive:
    """The stored cases: conclusions, alleles, index of reads, memo of consequences, consents."""

    settings: Settings
    registry: Registry
    cohort: CohortStore
    reads: ReadsIndex
    consequences: Consequences
    dataset: Dataset

    def compact(self) -> None:
        """Bring what cases stored since into the indexes: a look-up costs what is asked then."""
        self.cohort.compact()
        self.consequences.compact()

    def catch_up(self) -> None:
        """Take in what was stored and concluded since the archive was last asked."""
        self.cohort.refresh()
        self.reads.catch_up(self.registry.reads_after, self.registry.identity())


def open_archive(settings: Settings) -> Archive:
    """Open (or make) the registry and the cohort store that the settings name."""
    registry = Registry.open(settings.registry)
    return Archive(
        settings=settings,
        registry=registry,
        cohort=CohortStore.open(settings.cohort),
        reads=ReadsIndex.open(settings.cohort / READS),
        consequences=Consequences.open(settings.cohort / CONSEQUENCES),
        dataset=Dataset(registry),
    )
