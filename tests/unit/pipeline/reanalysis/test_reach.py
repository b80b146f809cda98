"""A change in a release of any source of facts reaches what was concluded from it, or shown of it.

Every source of the catalogue that answers facts has two releases in the small world, or is read by
no analysis. What a release changes is spelled as it was read; a move of that source alone leaves
what a full run concludes, and that is not what stood before.
"""

import os
import shutil
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest.mock import patch

import polars as pl
import pytest
import yaml

from reanalysis_releases import ROOT, RULES
from reanalysis_world import CHOICES, RETIRED, TERMS, Member, World, filled, later
from varinterp.annotate import gate
from varinterp.documents.case import dump_case
from varinterp.errors import InputError, ReleaseError
from varinterp.model.archive import POSITION_SOURCES
from varinterp.model.basis import Move
from varinterp.model.case import CaseResult
from varinterp.model.evidence import Reason
from varinterp.model.reads import WHOLE
from varinterp.pipeline import versions
from varinterp.pipeline.reanalysis.archive import Archive, open_archive
from varinterp.pipeline.reanalysis.conclude import content
from varinterp.pipeline.reanalysis.delta import delta_of
from varinterp.pipeline.reanalysis.gaps import gaps_of
from varinterp.pipeline.reanalysis.run import Options, run
from varinterp.pipeline.reanalysis.target import Target
from varinterp.pipeline.reanalysis.touched import stretches
from varinterp.refs.catalogue import read_catalogue
from varinterp.refs.lock import Releases
from varinterp.sources.rules import read_rules

MORE = "VARINTERP_LAW_EXAMPLES" in os.environ
HERE = ("22", "MT")
CATALOGUE = read_catalogue(ROOT / "resources" / "sources.yaml")
ANSWERING = {name: source.facts for name, source in CATALOGUE.sources.items() if source.facts}
UNREAD = {"mondo_mappings"}
"""Sources that no analysis opens; they only serve to build others."""
DERIVED = {"clinvar.gene", "clinvar.disease", "hpo.term", "hpo.rank", "hpo.gene",
           "consequence.transcript"}  # fmt: skip
"""Keys of changes alone: nothing is read under them."""
WITH_ALL = {name: next(at for at, each in enumerate(releases) if each) for name, releases
            in CHOICES.items()}  # fmt: skip
ONE_EACH = [(name, releases.index(releases[-1] or "2")) for name, releases in CHOICES.items()
            if name != "clinvar"] + [("clinvar", 2)]  # fmt: skip
"""A move of every source to another release of it."""


def family(world: World) -> Member:
    """A patient who carries everything there is."""
    return Member(0, True, {at: (1, 0, 0) for at in range(len(world.carried))}, (*TERMS, RETIRED))


@pytest.fixture(scope="module")
def archive(world: World, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("reach")
    return filled(world, folder, [family(world)], WITH_ALL)


@pytest.fixture(scope="module")
def result(world: World, archive: Archive) -> CaseResult:
    return archive.registry.result(family(world).id)


def keys_read(result: CaseResult) -> Mapping[str, set[str]]:
    """Return the keys that conclusions read, by source of facts."""
    found: dict[str, set[str]] = defaultdict(set)
    for each in result.assessments:
        for read in each.reads:
            if read.key != WHOLE:
                found[read.source].add(read.key)
    return found


def test_every_source_that_answers_facts_is_in_the_world_or_is_read_by_nobody(
    result: CaseResult,
) -> None:
    assert ANSWERING.keys() - CHOICES.keys() == UNREAD
    read = {each for each, keys in keys_read(result).items() if keys}
    known = {fact for name in CHOICES.keys() & ANSWERING.keys() for fact in ANSWERING[name]}
    of_the_case = {"case.family", "case.genotype", "case.gene", "assessment", "consequence.joint"}
    assert read - known <= of_the_case | {"rules"}
    for name in UNREAD:
        assert read.isdisjoint(ANSWERING[name])


@pytest.mark.parametrize(
    ("name", "at"),
    [move for move in ONE_EACH if move[0] not in ("mane", "vep", "rules", "panels")],
)
def test_changed_keys_are_spelled_as_they_are_read(
    name: str, at: int, world: World, result: CaseResult
) -> None:
    old, new = world.target(WITH_ALL), world.target(WITH_ALL | {name: at})
    move = Move(name, CHOICES[name][WITH_ALL[name]], CHOICES[name][at])
    delta = delta_of(move, old, new, CATALOGUE)
    assert delta.whole is None
    read, shown = keys_read(result), keys_shown(result)
    sources = set(delta.changes["source"])
    stated = set(ANSWERING.get(name, ["hpo.match"]))
    assert sources <= stated
    for source in (sources | stated) - DERIVED - {"gnomad.groups"}:
        changed = delta.of(source)
        keys = read[source] | shown.get(source, set())
        if source in POSITION_SOURCES:
            assert any(within(key, changed) for key in keys), source
        else:
            assert keys & set(changed["key"]), source


def test_a_moved_panel_touches_no_conclusion_and_says_which_genes_moved(world: World) -> None:
    old, new = world.target(WITH_ALL), world.target(WITH_ALL | {"panels": 2})
    delta = delta_of(Move("panels", "1", "2"), old, new, CATALOGUE)
    assert delta.whole is None
    assert {"broad", "narrow"} <= set(delta.changes["key"])
    assert any(key.startswith("broad/HGNC:") for key in delta.changes["key"])


def keys_shown(result: CaseResult) -> Mapping[str, set[str]]:
    """Return the keys of what candidates show, read or not."""
    found: dict[str, set[str]] = defaultdict(set)
    for each in result.candidates:
        place = f"{each.allele.chromosome}-{each.allele.position}"
        transcript = each.consequence.transcript.partition(".")[0]
        found["cadd"].add(str(each.allele))
        found["population.local"].add(str(each.allele))
        found["phylop"].add(place)
        found["spliceai"].add(f"{each.allele}@{each.consequence.gene}")
        for predictor in ("revel", "alphamissense"):
            found[predictor].add(f"{each.allele}@{transcript}")
    return found


def within(key: str, changes: pl.DataFrame) -> bool:
    """Whether a position lies in a changed stretch."""
    chromosome, position = key.split("-")
    return any(
        at == chromosome and start <= int(position) <= end
        for at, start, end in stretches(changes).iter_rows()
    )


@pytest.fixture
def copied(world: World, archive: Archive, tmp_path: Path) -> Archive:
    """The archive in a folder of its own."""
    shutil.copytree(archive.settings.cohort.parent, tmp_path / "archive")
    return open_archive(world.settings(tmp_path / "archive"))


@pytest.mark.parametrize(("name", "at"), ONE_EACH)
def test_a_move_of_one_source_reaches_what_rests_on_it(
    name: str, at: int, world: World, copied: Archive, tmp_path: Path
) -> None:
    member = family(world)
    before = content(copied.registry.result(member.id))
    target = world.target(WITH_ALL | {name: at})
    outcome = run(copied, target, Options(later(60), exports=False))
    found = copied.registry.result(member.id)
    expected = world.full(member, target, tmp_path / "full")
    assert content(found) == content(expected)
    assert found.facts == expected.facts
    assert content(found) != before
    assert outcome.plan.whole == (name in ("mane", "vep", "rules"))


@pytest.mark.skipif(not MORE, reason="VARINTERP_LAW_EXAMPLES asks for no more than the suite has")
@pytest.mark.parametrize("name", sorted(read_rules(RULES).values))
def test_a_move_of_one_rule_reaches_what_rests_on_it(
    name: str, world: World, copied: Archive, tmp_path: Path
) -> None:
    document = yaml.safe_load(RULES.read_text())
    document["date"] = str(document["date"])
    value = document["rules"][name]["value"]
    if isinstance(value, str):
        pytest.skip("a word: what else it may be, its own reader says")
    document["rules"][name]["value"] = value[1:] if isinstance(value, list) else value * 0.5
    (tmp_path / "rules.yaml").write_text(yaml.safe_dump(document))
    try:
        rules = read_rules(tmp_path / "rules.yaml")
    except (InputError, ReleaseError):
        pytest.skip("no other value is near")
    target = Target(world.target(WITH_ALL).releases, rules)
    run(copied, target, Options(later(60), exports=False))
    found = copied.registry.result(family(world).id)
    expected = world.full(family(world), target, tmp_path / "full")
    assert content(found) == content(expected)
    assert found.facts == expected.facts


def test_another_version_of_the_software_concludes_everything_anew(
    world: World, tmp_path: Path
) -> None:
    member, target = family(world), world.target(WITH_ALL)
    other_gate = patch.object(gate, "KNOWN_WORDS", ["uncertain_significance"])
    with patch.object(versions, "__version__", "0.0.1"), other_gate:
        archive = filled(world, tmp_path, [member], WITH_ALL)
    before = content(archive.registry.result(member.id))
    outcome = run(archive, target, Options(later(60), exports=False))
    assert [each.cohort_wide for each in outcome.plan.sources] == ["software"]
    found = content(archive.registry.result(member.id))
    assert found == content(world.full(member, target, tmp_path / "full"))
    assert found != before


def test_a_source_whose_last_release_left_lock_and_disk_concerns_everybody(world: World) -> None:
    none = Target(Releases({}), world.target(WITH_ALL).rules)
    for source in ("revel", "local_frequency", "mitomap", "lab_variants", "a_network"):
        assert delta_of(Move(source, "gone", None), none, none, CATALOGUE).whole == "vanished"
    assert delta_of(Move("gencc", "gone", None), none, none, CATALOGUE).whole is None


def test_a_case_analysed_anew_whose_alleles_are_not_stored_yet_is_left_alone(
    world: World, copied: Archive, tmp_path: Path
) -> None:
    target = world.target(WITH_ALL)
    anew = replace(family(world), analysis=2, genotypes={0: (1, 0, 0)})
    result = world.full(anew, target, tmp_path / "again")
    digest = sha256(dump_case(result).encode()).hexdigest()
    copied.registry.register(result, digest, later(50), rules=target.rules.values)
    moved = world.target(WITH_ALL | {"clinvar": 2, "gene_disease": 2})
    outcome = run(copied, moved, Options(later(60), exports=False))
    assert [each.reason for each in outcome.plan.skipped] == ["not_stored"]
    assert copied.registry.result(anew.id) == result
    world.register(copied, anew, target, tmp_path / "again", later(70))
    run(copied, moved, Options(later(80), exports=False))
    expected = world.full(anew, moved, tmp_path / "full")
    assert content(copied.registry.result(anew.id)) == content(expected)


def test_a_case_analysed_anew_while_a_run_goes_on_is_left_to_the_next(
    world: World, tmp_path: Path
) -> None:
    mitochondrial = len(world.carried) - 4
    here = {at: (1, 0, 0) for at in range(mitochondrial)}
    drawn = [Member(0, True, here, TERMS), Member(1, True, {0: (1, 0, 0)}, TERMS)]
    archive = filled(world, tmp_path, drawn, WITH_ALL)
    old, new = world.target(WITH_ALL), world.target(WITH_ALL | {"mitomap": 2, "hpo": 1})
    gone = {at: (1, 0, 0) for at in (0, mitochondrial, mitochondrial + 2)}
    anew = [replace(each, analysis=2, genotypes=gone, terms=TERMS[:1]) for each in drawn]
    for number, target in enumerate((world.target(WITH_ALL | {"mitomap": 2}), new)):
        again = anew[number]

        def meanwhile(_: object, again: Member = again) -> None:
            world.register(archive, again, old, tmp_path / "again", later(65))

        options = Options(later(60 + number), exports=False, show=meanwhile)
        run(archive, target, options)
        assert archive.registry.result(again.id).case.analysis == 2
        standing = {state.case: state.basis for state in archive.registry.states()}
        assert standing[again.id] == old.basis
    run(archive, new, Options(later(80), exports=False))
    for each in anew:
        expected = world.full(each, new, tmp_path / "full")
        assert content(archive.registry.result(each.id)) == content(expected)


def test_a_chromosome_that_meets_frequencies_now_is_no_longer_warned_of(
    world: World, tmp_path: Path
) -> None:
    full = World.full

    def warned(*given: Any, **more: Any) -> CaseResult:
        none = (Reason.of("warning.no_frequency", alleles=2000, chromosome=name) for name in HERE)
        return replace(full(*given, **more), warnings=tuple(none))

    with patch.object(World, "full", warned):
        archive = filled(world, tmp_path, [family(world)], WITH_ALL)
    run(archive, world.target(WITH_ALL | {"gnomad": 1}), Options(later(60), exports=False))
    left = archive.registry.result(family(world).id).warnings
    named = [each["chromosome"] for each in left if each.key == "warning.no_frequency"]
    assert named == ["MT"]


def test_new_coding_parts_are_named_as_their_neighbours_may_not_be_stored(world: World) -> None:
    old, new = world.target(WITH_ALL), world.target(WITH_ALL | {"mane": 1})
    (gap,) = gaps_of(delta_of(Move("mane", "1.5", "2"), old, new, CATALOGUE), old, new)
    assert (gap.source, gap.keys, gap.why) == ("mane", 1, "neighbours_not_stored")
    nothing = delta_of(Move("vep", "mane-1.5-demo", "2"), old, new, CATALOGUE)
    assert gaps_of(nothing, old, new) == ()
