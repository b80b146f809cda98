"""A hypothesis that a panel moved names the panel, and not the program, as the reason."""

from dataclasses import replace

from event_builders import GENE, LP, Claim, events, picture
from varinterp.model.case import Tier
from varinterp.model.event import Cause
from varinterp.model.panel import AskedPanel, Panel, PanelLevel, PanelUse
from varinterp.reanalysis.picture import Picture

ASKED = AskedPanel("epilepsy", PanelUse.FILTER)


def on_panel(tier: Tier, level: PanelLevel | None, source: str = "panels") -> Picture:
    levels = () if level is None else ((GENE, level),)
    panel = Panel(ASKED, source, "Epilepsies", "1", 9, levels)
    return replace(picture(Claim(criteria=LP, tier=tier)), panels=(panel,))


def causes_of(before: Picture, after: Picture, *known: Cause) -> list[Cause]:
    (event,) = events(before, after, *known)
    return list(event.causes)


def test_a_gene_that_came_to_a_filtering_panel_is_the_cause_of_a_new_tier() -> None:
    before = on_panel(Tier.NOT_RETAINED, None)
    after = on_panel(Tier.PROPOSED, PanelLevel.GREEN)
    (found,) = causes_of(before, after)
    assert (found.origin, found.key, found.before, found.after) == (
        "panels", f"epilepsy/{GENE}", None, "green",
    )  # fmt: skip


def test_the_difference_of_two_releases_tells_it_where_there_is_one() -> None:
    before = on_panel(Tier.NOT_RETAINED, PanelLevel.RED)
    after = on_panel(Tier.PROPOSED, PanelLevel.GREEN)
    key = f"epilepsy/{GENE}"
    told = Cause("panels", key, "panels", (), "TANGO2 red", "TANGO2 green", "1", "2")
    assert causes_of(before, after, told) == [told]


def test_panelapp_s_difference_is_of_the_gene() -> None:
    before = on_panel(Tier.NOT_RETAINED, None, "panelapp_uk")
    after = on_panel(Tier.PROPOSED, PanelLevel.GREEN, "panelapp_uk")
    told = Cause("panelapp_uk", GENE, "panelapp_uk")
    assert causes_of(before, after, told) == [told]


def test_a_panel_that_holds_the_gene_as_before_moved_nothing() -> None:
    before = on_panel(Tier.NOT_RETAINED, PanelLevel.GREEN)
    after = on_panel(Tier.PROPOSED, PanelLevel.GREEN)
    assert causes_of(before, after) == []
