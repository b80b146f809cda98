"""A gene specification that comes, changes or goes is a move of the rules like any other.

What it holds for is concluded anew under its name, what it held for under the general rules, and
nothing else is touched.
"""

from pathlib import Path

import pytest

from reanalysis_releases import HGNC
from reanalysis_world import CHOICES, TERMS, Member, World, filled, later
from varinterp.model.assessment import CORE
from varinterp.model.case import CaseResult
from varinterp.pipeline.reanalysis.conclude import content
from varinterp.pipeline.reanalysis.run import Options, run

START = {name: next(at for at, each in enumerate(releases) if each) for name, releases
         in CHOICES.items()}  # fmt: skip
WITHOUT, BOTH, CHANGED = (CHOICES["rules"].index(name) for name in ("1", "6", "7"))


def family(world: World) -> Member:
    """A patient who carries everything there is."""
    return Member(0, True, {at: (1, 0, 0) for at in range(len(world.carried))}, TERMS)


def judged_by(result: CaseResult) -> dict[tuple[str, str, str | None], str]:
    """Return the rules that each hypothesis is judged by: gene, disease, mode."""
    return {
        (each.key.gene, each.key.disease, each.key.inheritance): each.key.rules
        for each in result.assessments
    }


@pytest.mark.parametrize(
    ("before", "after"), [(WITHOUT, BOTH), (BOTH, CHANGED), (CHANGED, BOTH), (BOTH, WITHOUT)]
)
def test_a_specification_that_moves_concludes_its_hypotheses_anew(
    before: int, after: int, world: World, tmp_path: Path
) -> None:
    member = family(world)
    archive = filled(world, tmp_path, [member], START | {"rules": before})
    stood = archive.registry.result(member.id)
    target = world.target(START | {"rules": after})
    outcome = run(archive, target, Options(later(60), exports=False))
    found = archive.registry.result(member.id)
    expected = world.full(member, target, tmp_path / "full")
    assert content(found) == content(expected)
    assert found.facts == expected.facts
    assert judged_by(found) != judged_by(stood)
    (move,) = outcome.plan.sources
    assert (move.source, move.cohort_wide) == ("rules", None)
    assert not outcome.plan.whole


def test_the_disease_of_its_own_specification_is_judged_by_it_before_that_of_the_gene(
    world: World, tmp_path: Path
) -> None:
    target = world.target(START | {"rules": BOTH})
    rules = judged_by(world.full(family(world), target, tmp_path / "full"))
    tango2 = (HGNC["TANGO2"], "OMIM:616878", "autosomal_dominant")
    assert rules[tango2] == "OF-DISEASE"
    others = {
        (gene, disease, mode): name
        for (gene, disease, mode), name in rules.items()
        if (gene, disease, mode) != tango2
    }
    for (_, disease, mode), name in others.items():
        general = disease == "none" or mode not in ("autosomal_dominant", "autosomal_recessive")
        assert name == (CORE if general else "OF-GENES")
    assert "OF-GENES" in others.values()


def test_what_no_specification_speaks_of_keeps_its_conclusion(world: World, tmp_path: Path) -> None:
    member = family(world)
    archive = filled(world, tmp_path, [member], START)
    before = {str(each.key): each for each in archive.registry.result(member.id).assessments}
    run(archive, world.target(START | {"rules": BOTH}), Options(later(60), exports=False))
    after = {str(each.key): each for each in archive.registry.result(member.id).assessments}
    kept = [key for key, each in before.items() if each.key.rules == CORE and key in after]
    assert kept
    assert all(after[key].digest == before[key].digest for key in kept)
