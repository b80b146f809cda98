"""A record of ClinVar that moves reaches the alleles of others in the same splice motif."""

from pathlib import Path

import pytest

from reanalysis_world import CHOICES, TERMS, Member, World, filled, later
from varinterp.model.evidence import Criterion
from varinterp.model.facts import SPLICE_COMPARATORS
from varinterp.pipeline.reanalysis.conclude import content
from varinterp.pipeline.reanalysis.run import Options, run

WITH_ALL = {name: next(at for at, each in enumerate(releases) if each) for name, releases
            in CHOICES.items()}  # fmt: skip
CLINVARS = tuple(at for at, name in enumerate(CHOICES["clinvar"]) if name != "one")


def beside_donors(world: World) -> dict[int, int]:
    """Return the alleles at the fifth base of an intron, each with its neighbour at the third."""
    alleles = world.alleles
    return {
        at: other
        for at, each in enumerate(alleles)
        for other, beside in enumerate(alleles)
        if abs(each.position - beside.position) == 2
        and "donor_5th" in str(terms(world, at))
        and "splice_donor_region" in str(terms(world, other))
    }


def terms(world: World, at: int) -> list[list[str]]:
    allele = world.alleles[at]
    rows = world.effects.filter(
        (world.effects["position"] == allele.position) & (world.effects["alt"] == allele.alt)
    )
    return rows["terms"].to_list()


def test_a_record_reaches_who_never_carried_its_allele(world: World, tmp_path: Path) -> None:
    pairs = beside_donors(world)
    assert len(pairs) == 4
    member = Member(0, True, {at: (1, 0, 0) for at in pairs}, TERMS)
    archive = filled(world, tmp_path, [member], WITH_ALL)
    answers = set()
    for minute, at in enumerate((*CLINVARS[1:], *CLINVARS), start=60):
        target = world.target(WITH_ALL | {"clinvar": at})
        run(archive, target, Options(later(minute), exports=False))
        found = archive.registry.result(member.id)
        expected = world.full(member, target, tmp_path / f"full.{minute}")
        assert content(found) == content(expected)
        assert found.facts == expected.facts
        answers |= {
            (finding.verdict.reason.key, finding.strength)
            for each in found.assessments
            for finding in each.findings
            if finding.criterion is Criterion.PS1
        }
    assert {key for key, _ in answers} >= {"same_splicing.none", "same_splicing.same_motif"}
    assert any(source == SPLICE_COMPARATORS.source for source, _ in found.facts)


@pytest.mark.parametrize("source", ["spliceai", "clinvar"])
def test_a_source_that_comes_or_goes_reaches_them_too(
    source: str, world: World, tmp_path: Path
) -> None:
    member = Member(0, True, {at: (1, 0, 0) for at in beside_donors(world)}, TERMS)
    archive = filled(world, tmp_path, [member], WITH_ALL)
    releases = [at for at, name in enumerate(CHOICES[source]) if name != "one"]
    for minute, at in enumerate(releases[::-1], start=60):
        target = world.target(WITH_ALL | {"clinvar": 1, source: at})
        run(archive, target, Options(later(minute), exports=False))
        expected = world.full(member, target, tmp_path / f"full.{minute}")
        assert content(archive.registry.result(member.id)) == content(expected)
