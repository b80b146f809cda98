"""A case's panels as the report names them, and what each did to the ranking."""

from dataclasses import dataclass

from varinterp.model.case import CaseResult
from varinterp.model.panel import Panel, PanelUse


@dataclass(frozen=True, slots=True)
class PanelView:
    """A panel: `genes` counts the case's genes at a level that counts, `outside` what it set aside.

    `panel` has no version where the releases no longer hold it.
    """

    panel: Panel
    genes: int
    outside: int


def panel_views(result: CaseResult) -> tuple[PanelView, ...]:
    """Show the panels in the order in which they were asked for."""
    rule = result.ranked_by.get("rank.panel_levels")
    counting = rule.value if rule is not None and isinstance(rule.value, tuple) else ()
    outside = set_aside(result)
    return tuple(
        PanelView(
            panel=panel,
            genes=sum(level in counting for _, level in panel.levels),
            outside=outside if panel.asked.use is PanelUse.FILTER else 0,
        )
        for panel in result.panels
    )


def set_aside(result: CaseResult) -> int:
    """Count the hypotheses that are not retained because no filtering panel holds their gene."""
    return sum(place.reason.key.startswith("tier.outside_panel") for place in result.ranking)
