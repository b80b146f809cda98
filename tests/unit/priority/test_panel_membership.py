"""What panels say of a gene: raised where one holds it, set aside where no filter does."""

from dataclasses import replace

import pytest

from core_builders import WEIGHTS
from ranked import NOTHING, NULL, Place
from varinterp.model.case import Part, Tier
from varinterp.model.panel import AskedPanel, Panel, PanelLevel, PanelUse
from varinterp.priority.panels import membership
from varinterp.priority.weights import Entry, ListUse

GENE, OTHER = "HGNC:25439", "HGNC:2847"
COUNTING = (PanelLevel.GREEN,)


def panel(
    use: PanelUse, level: PanelLevel | None = None, version: str | None = "1.0", name: str = "a"
) -> Panel:
    levels = () if level is None else ((GENE, level),)
    return Panel(AskedPanel(name, use), "panels", f"Panel {name}", version, 9, levels)


def test_a_gene_of_a_panel_is_raised_and_the_reason_names_panel_version_and_level() -> None:
    found = membership([panel(PanelUse.BOOST, PanelLevel.GREEN)], GENE, COUNTING)
    assert found.boost is not None
    assert found.boost.key == "rank.panel"
    assert dict(found.boost.facts) == {
        "panel": "Panel a", "version": "1.0", "panel_level": "green",
    }  # fmt: skip
    assert found.outside is None


@pytest.mark.parametrize("level", [None, PanelLevel.AMBER, PanelLevel.RED, PanelLevel.NOT_RATED])
def test_a_gene_below_the_levels_that_count_is_neither_raised_nor_let_pass(
    level: PanelLevel | None,
) -> None:
    found = membership([panel(use, level) for use in PanelUse], GENE, COUNTING)
    assert found.boost is None
    assert found.outside is not None


def test_no_panel_at_all_sets_nothing_aside() -> None:
    assert membership([], GENE, COUNTING).outside is None
    assert membership([panel(PanelUse.BOOST)], GENE, COUNTING).outside is None


def test_one_of_several_filters_is_enough() -> None:
    filters = [panel(PanelUse.FILTER), panel(PanelUse.FILTER, PanelLevel.GREEN, name="b")]
    assert membership(filters, GENE, COUNTING).outside is None
    assert membership(filters, OTHER, COUNTING).outside is not None


def test_a_filter_that_the_releases_lost_hides_nothing() -> None:
    gone = panel(PanelUse.FILTER, version=None)
    assert membership([gone], GENE, COUNTING).outside is None


def test_a_gene_at_a_level_that_does_not_count_is_told_apart_from_one_that_is_not_there() -> None:
    filters = [panel(PanelUse.FILTER), panel(PanelUse.FILTER, PanelLevel.AMBER, name="b")]
    found = membership(filters, GENE, COUNTING).outside
    assert found is not None
    assert (found.key, found["panel"], found["version"], found["panel_level"]) == (
        "tier.outside_panel_level", "Panel b", "1.0", "amber",
    )  # fmt: skip
    other = membership(filters, OTHER, COUNTING).outside
    assert other is not None
    assert other.key == "tier.outside_panel"
    assert (other["panel"], other["version"]) == ("Panel a", "1.0")


def test_a_hypothesis_of_a_gene_outside_every_filter_is_set_aside_and_says_why() -> None:
    inside = Place((NULL,)).ranked(panels=[panel(PanelUse.FILTER, PanelLevel.GREEN)])
    below = Place((NULL,)).ranked(panels=[panel(PanelUse.FILTER, PanelLevel.RED)])
    outside = Place((NULL,)).ranked(panels=[panel(PanelUse.FILTER)])

    assert inside.tier is Tier.PROPOSED
    assert (below.tier, below.reason.key) == (Tier.NOT_RETAINED, "tier.outside_panel_level")
    assert (outside.tier, outside.reason.key) == (Tier.NOT_RETAINED, "tier.outside_panel")


def test_a_panel_that_raises_adds_its_log_odds_and_sets_nothing_aside() -> None:
    raised = Place((NULL,)).ranked(panels=[panel(PanelUse.BOOST, PanelLevel.GREEN)])
    plain = Place((NULL,)).ranked(panels=[panel(PanelUse.BOOST, PanelLevel.RED)])

    assert raised.contributions[:-1] == plain.contributions
    assert (raised.contributions[-1].part, raised.contributions[-1].log_odds) == (
        Part.PANEL,
        WEIGHTS.panel,
    )
    assert plain.tier is raised.tier is Tier.PROPOSED


def test_a_gene_that_a_panel_asks_for_is_shown_whatever_the_terms_are() -> None:
    unasked = Place((NULL,)).ranked(NOTHING)
    asked = [Place((NULL,)).ranked(NOTHING, panels=[panel(use, PanelLevel.GREEN)])
             for use in PanelUse]  # fmt: skip
    below = Place((NULL,)).ranked(NOTHING, panels=[panel(PanelUse.BOOST, PanelLevel.RED)])

    assert unasked.tier is below.tier is Tier.UNRELATED
    assert [each.tier for each in asked] == [Tier.PROPOSED, Tier.PROPOSED]


def test_a_panel_of_every_gene_names_no_finding_of_the_secondary_list() -> None:
    entry = Entry("ACMG SF v3.3", "cancer", "a source")
    listed = replace(WEIGHTS, listed={(ListUse.SECONDARY, GENE): entry})
    found = Place((NULL,)).ranked(NOTHING, listed, panels=[panel(PanelUse.BOOST, PanelLevel.GREEN)])

    assert found.tier is Tier.UNRELATED
