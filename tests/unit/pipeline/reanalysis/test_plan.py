"""A plan says beforehand what a run would touch, whom it leaves alone, and what it cannot see."""

import json
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from builders import write_assertions, write_frequencies
from reanalysis_releases import ROOT
from reanalysis_world import CHOICES, World, filled, later, members
from varinterp.model.basis import Move
from varinterp.model.consent import ConsentDecision, ConsentScope
from varinterp.pipeline.reanalysis.archive import Archive
from varinterp.pipeline.reanalysis.delta import Delta, delta_of
from varinterp.pipeline.reanalysis.gaps import gaps_of
from varinterp.pipeline.reanalysis.plan import Plan, plan
from varinterp.pipeline.reanalysis.run import Options, run
from varinterp.pipeline.reanalysis.target import Target
from varinterp.refs.catalogue import read_catalogue
from varinterp.refs.lock import Releases
from varinterp.refs.release import Release
from varinterp.sources.listed_alleles import LISTED_FILE

START = dict.fromkeys(CHOICES, 0)
ON = later(60).date()


@pytest.fixture(scope="module")
def archive(world: World, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return filled(world, tmp_path_factory.mktemp("plan"), members(world, 3), START)


def planned(archive: Archive, target: Target) -> Plan:
    return plan(archive, target, on=ON)


def test_an_archive_on_the_target_has_nothing_to_do(world: World, archive: Archive) -> None:
    found = planned(archive, world.target(START))
    assert found.nothing
    assert (found.cases, found.moving, found.sources) == (3, 0, ())


def test_a_moved_source_names_its_readers_and_the_gates_that_it_opens(
    world: World, archive: Archive
) -> None:
    found = planned(archive, world.target(START | {"clinvar": 2}))
    (source,) = found.sources
    assert (source.source, source.before, source.after) == ("clinvar", "1", "3")
    assert source.cohort_wide is None
    assert source.changed_keys > 0
    assert 0 < found.assessments == source.assessments
    assert 0 < found.gates == source.gates
    assert found.whole == 0
    json.dumps(found.document())


def test_a_source_that_appears_or_new_consequences_are_cohort_wide(
    world: World, archive: Archive
) -> None:
    found = planned(archive, world.target(START | {"listed_alleles": 1}))
    assert [source.cohort_wide for source in found.sources] == ["appeared"]
    assert found.whole == 3
    old = world.target(START)
    moved = Delta(Move("mane", "1.5", "1.6"), pl.DataFrame())
    same = delta_of(moved.move, old, old, read_catalogue(archive.settings.catalogue))
    assert same.whole == "consequences"


def test_rules_move_by_key_and_gates_open_for_everybody(world: World, archive: Archive) -> None:
    found = planned(archive, world.target(START | {"rules": 1}))
    (source,) = found.sources
    assert (source.source, source.changed_keys) == ("rules", 2)
    assert found.whole == 3


def test_a_case_without_consent_is_left_alone_and_named(world: World, tmp_path: Path) -> None:
    drawn = members(world, 2)
    archive = filled(world, tmp_path, drawn, START)
    person = archive.registry.case(drawn[0].id).family.proband_id
    no = ConsentDecision(ConsentScope.REANALYSIS, False, ON, person, "form")
    archive.dataset.consent(drawn[0].id, [no], author="clinic", at=later(60))
    found = planned(archive, world.target(START | {"clinvar": 2}))
    assert [(each.case, each.reason) for each in found.skipped] == [(drawn[0].id, "no_consent")]
    assert drawn[0].id not in found.scopes


def test_an_erased_case_and_one_that_a_relative_left_are_named_and_stay(
    world: World, tmp_path: Path
) -> None:
    erased, left, other = members(world, 3)
    archive = filled(world, tmp_path, (erased, replace(left, trio=True), other), START)
    father = archive.registry.case(left.id).family.proband.father
    assert father is not None
    no = ConsentDecision(ConsentScope.PRIMARY, False, ON, father, "form")
    archive.dataset.consent(left.id, [no], author="clinic", at=later(60))
    archive.registry.erase(erased.id, later(61), "clinic")
    target = world.target(START | {"clinvar": 2})
    outcome = run(archive, target, Options(later(62), exports=False))
    skipped = {each.case: each.reason for each in outcome.plan.skipped}
    assert skipped == {erased.id: "erased", left.id: "relative_withdrew"}
    standing = {state.case: state.basis for state in archive.registry.states()}
    assert standing[other.id] == target.basis
    assert standing[left.id] != target.basis


def test_what_was_too_common_to_be_stored_is_counted(world: World, tmp_path: Path) -> None:
    allele = str(world.alleles[0])
    targets = []
    for name, frequency in (("common", 0.3), ("rare", 0.00001)):
        row = {"allele": allele, "ac": round(150_000 * frequency), "af": frequency,
               "faf95": frequency, "faf95_group": "nfe", "group_max_af": frequency}  # fmt: skip
        folder = write_frequencies(tmp_path / name, [row])
        target = world.target(START | {"clinvar": 0})
        manifest = target.releases["gnomad"].manifest
        by_source = {**target.releases.by_source, "gnomad": Release(folder, manifest)}
        by_source["clinvar"] = _without_alleles(world, tmp_path / f"clinvar.{name}", target)
        targets.append(Target(Releases(by_source), target.rules))
    old, new = targets
    catalogue = read_catalogue(ROOT / "resources" / "sources.yaml")
    delta = delta_of(Move("gnomad", "1", "2"), old, new, catalogue)
    (gap,) = gaps_of(delta, old, new)
    assert (gap.source, gap.keys, gap.why) == ("gnomad", 1, "too_common_before")
    kept = {name: each for name, each in old.releases.by_source.items() if name != "gnomad"}
    gone = Target(Releases(kept), old.rules)
    delta = delta_of(Move("gnomad", "1", "2"), gone, new, catalogue)
    (gap,) = gaps_of(delta, gone, new)
    assert (gap.source, gap.keys, gap.why) == ("gnomad", None, "release_gone")
    back = delta_of(Move("gnomad", "2", "1"), new, old, catalogue)
    assert gaps_of(back, new, old) == ()


def test_a_list_that_appears_names_what_was_too_common_to_be_stored(
    world: World, tmp_path: Path
) -> None:
    new = world.target(START | {"listed_alleles": 1})
    listed = pl.read_parquet(new.releases["listed_alleles"].folder / LISTED_FILE)
    allele = "-".join(map(str, listed.select("chromosome", "position", "ref", "alt").row(0)))
    row = {"allele": allele, "ac": 45_000, "af": 0.3, "faf95": 0.3, "group_max_af": 0.3}
    folder = write_frequencies(tmp_path / "common", [row])
    mended = {
        "gnomad": Release(folder, new.releases["gnomad"].manifest),
        "clinvar": _without_alleles(world, tmp_path / "clinvar", new),
    }
    after = Target(Releases({**new.releases.by_source, **mended}), new.rules)
    kept = {
        name: each for name, each in after.releases.by_source.items() if name != "listed_alleles"
    }
    before = Target(Releases(kept), new.rules)
    catalogue = read_catalogue(ROOT / "resources" / "sources.yaml")
    delta = delta_of(Move("listed_alleles", None, "1"), before, after, catalogue)
    (gap,) = gaps_of(delta, before, after)
    assert (gap.source, gap.keys, gap.why) == ("population.listed", 1, "too_common_before")


def test_an_allele_that_clinvar_comes_to_know_was_too_common_to_be_stored(
    world: World, tmp_path: Path
) -> None:
    target = world.target(START)
    named = [str(each) for each in world.alleles[:3]]
    shares = dict(zip(named, (0.1, 0.1, 0.3), strict=True))
    rows = [
        {"allele": name, "ac": round(150_000 * share), "af": share, "group_max_af": share}
        for name, share in shares.items()
    ]
    gnomad = Release(
        write_frequencies(tmp_path / "gnomad", rows), target.releases["gnomad"].manifest
    )
    said = [
        {"allele": name, "significance": [word], "stars": 2}
        for name, word in zip(named, ("pathogenic", "benign", "pathogenic"), strict=True)
    ]
    clinvar = Release(
        write_assertions(tmp_path / "clinvar", said), target.releases["clinvar"].manifest
    )
    mended = {**target.releases.by_source, "gnomad": gnomad}
    none = _without_alleles(world, tmp_path / "none", target)
    before = Target(Releases({**mended, "clinvar": none}), target.rules)
    after = Target(Releases({**mended, "clinvar": clinvar}), target.rules)
    changes = pl.DataFrame(
        {
            "source": ["clinvar"] * len(named),
            "key": named,
            "allele_key": [each.key for each in world.alleles[:3]],
        },
        schema_overrides={"allele_key": pl.UInt64},
    )
    delta = Delta(Move("clinvar", "1", "2"), changes)
    (gap,) = gaps_of(delta, before, after)
    # one is benign to ClinVar, one more common than its gate lets through
    assert (gap.source, gap.keys, gap.why) == ("clinvar", 1, "too_common_before")


def _without_alleles(world: World, folder: Path, target: Target) -> Release:
    return Release(
        write_assertions(folder, [{"allele": str(world.alleles[-1])}]),
        target.releases["clinvar"].manifest,
    )
