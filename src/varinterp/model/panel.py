"""Gene panels: what a family's request names, and what a release answers for it."""

from dataclasses import dataclass
from enum import StrEnum

OWN, DERIVED = "panels", "hpo"
"""The sources of a laboratory's own panels, and of those that are derived from HPO's terms."""


class PanelUse(StrEnum):
    """What a panel does to the ranking.

    *Boost* raises the hypotheses of its genes; *filter* sets the others aside, counted and shown.
    """

    BOOST = "boost"
    FILTER = "filter"


class PanelLevel(StrEnum):
    """How sure a panel is of a gene, best first: PanelApp's colours (Martin 2019, PMID 31676867).

    A panel without levels has every gene at *green*.
    """

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NOT_RATED = "not_rated"

    @property
    def rank(self) -> int:
        """0 for the best."""
        return list(PanelLevel).index(self)


@dataclass(frozen=True, slots=True, order=True)
class AskedPanel:
    """A panel as the sample sheet names it: ``epilepsy``, ``panelapp_uk:402``, ``HP:0001250``."""

    name: str
    use: PanelUse = PanelUse.BOOST


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel as the releases of a lock know it.

    `title` is for people and `version` the panel's own; both are None where the releases no longer
    hold the panel, which then has no genes. `source` is where it comes from: ``panels``,
    ``panelapp_uk``, ``panelapp_au`` or ``hpo``. `size` counts all of its genes (None where it is
    derived, gene by gene); `levels` are those of the case's candidates alone, by HGNC id.
    """

    asked: AskedPanel
    source: str
    title: str | None
    version: str | None
    size: int | None = 0
    levels: tuple[tuple[str, PanelLevel], ...] = ()

    @property
    def known(self) -> bool:
        """Whether the releases hold it."""
        return self.version is not None

    def key(self, hgnc: str) -> tuple[str, str]:
        """Return the source and key under which a change of a gene's place on it is named.

        A release of panels names panel and gene, PanelApp's the gene alone.
        """
        if self.source in (OWN, DERIVED):
            return OWN, f"{self.asked.name}/{hgnc}"
        return self.source, hgnc

    def level(self, hgnc: str) -> PanelLevel | None:
        """Return the level of a candidate's gene; None when the panel lacks it."""
        return dict(self.levels).get(hgnc)
