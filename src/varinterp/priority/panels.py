"""What a family's panels say of a gene: raised, set aside, or neither."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from varinterp.model.evidence import Reason
from varinterp.model.panel import Panel, PanelLevel, PanelUse


@dataclass(frozen=True, slots=True)
class Membership:
    """A gene's place in the panels.

    `boost` says in which panel that raises it stands, None when in none; `outside` why it is set
    aside, None when no panel filters or one of them holds it. `asked` says whether any panel holds
    it.
    """

    boost: Reason | None = None
    outside: Reason | None = None
    asked: bool = False


def membership(panels: Sequence[Panel], hgnc: str, counting: Collection[str]) -> Membership:
    """Return what the panels say of a gene; `counting` are the levels at which a panel holds one.

    A gene that one of several filters holds is inside. A filter that the releases no longer hold
    filters nothing: a panel that vanished is never a reason to hide what it held.
    """
    holding = [panel for panel in panels if panel.level(hgnc) in counting]
    boosts = [panel for panel in holding if panel.asked.use is PanelUse.BOOST]
    filters = [panel for panel in panels if panel.asked.use is PanelUse.FILTER and panel.known]
    inside = not filters or any(panel in holding for panel in filters)
    return Membership(
        boost=_boost(boosts[0], hgnc) if boosts else None,
        outside=None if inside else _outside(_closest(filters, hgnc), hgnc),
        asked=bool(holding),
    )


def _closest(filters: Sequence[Panel], hgnc: str) -> Panel:
    """The filter that holds the gene at the best level below those that count, or the first."""

    def distance(panel: Panel) -> int:
        level = panel.level(hgnc)
        return len(PanelLevel) if level is None else level.rank

    return min(filters, key=distance)


def _outside(panel: Panel, hgnc: str) -> Reason:
    level = panel.level(hgnc)
    if level is None:
        return Reason.of("tier.outside_panel", panel=_title(panel), version=panel.version)
    return Reason.of(
        "tier.outside_panel_level",
        panel=_title(panel),
        version=panel.version,
        panel_level=level.value,
    )


def _boost(panel: Panel, hgnc: str) -> Reason:
    level = panel.level(hgnc)
    return Reason.of(
        "rank.panel",
        panel=_title(panel),
        version=panel.version,
        panel_level=None if level is None else level.value,
    )


def _title(panel: Panel) -> str:
    return panel.title or panel.asked.name
