"""The law: what a reanalysis leaves in the registry is what full runs from the VCFs conclude.

Random histories: cases come, releases and rules move to and fro, sources come and go, terms are
added, consents are withdrawn, cases are erased, relatives leave, families are analysed anew by the
workflow, runs are cut short. `VARINTERP_LAW_EXAMPLES` asks for more histories than the suite has
time for.
"""

import os
import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import ClassVar
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, settings, strategies
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from postgres import Cluster
from reanalysis_world import CHOICES, RETIRED, START, TERMS, Member, World, filled, later, members
from varinterp.errors import InputError
from varinterp.model.assessment import Assessment
from varinterp.model.case import CaseResult
from varinterp.model.consent import ConsentDecision, ConsentScope
from varinterp.model.observation import Observation, ObservationState
from varinterp.model.reads import Read
from varinterp.pipeline.reanalysis import run as run_module
from varinterp.pipeline.reanalysis.archive import Archive, open_archive
from varinterp.pipeline.reanalysis.conclude import content
from varinterp.pipeline.reanalysis.run import Options, Outcome, run
from varinterp.pipeline.reanalysis.target import Target

EXAMPLES = int(os.environ.get("VARINTERP_LAW_EXAMPLES", "7"))
STEPS = int(os.environ.get("VARINTERP_LAW_STEPS", "10"))
MOST_CASES = 3
SAID = (*TERMS, RETIRED)

MOVING = [name for name in CHOICES if name not in ("mane", "vep")]
"""Sources whose changed keys are enough; the others' moves concern everybody."""

indices = strategies.integers(0, 10_000)


class Cut(BaseException):
    """A run that ends as a killed one does: nothing after the point is done."""


def say(world: World, archive: Archive, target: Target, member: Member, work: Path) -> CaseResult:
    """Analyse a family whole on a target, with the terms and words that are recorded by now."""
    consented = world.consented(archive, member, date.max)
    return world.full(member, target, work, archive.dataset.phenotype(member.id), consented)


def speak(archive: Archive, case: str, granted: bool, at: datetime) -> None:
    """Record what a proband says of secondary findings."""
    person = archive.registry.case(case).family.proband_id
    said = ConsentDecision(ConsentScope.SECONDARY_FINDINGS, granted, at.date(), person, "form")
    archive.dataset.consent(case, [said], author="clinic", at=at)


def in_trans(world: World, one: int, other: int) -> dict[int, tuple[int, int, int]]:
    """Two alleles of a recessive gene, one from each parent."""
    first, second = (world.pairable[at % len(world.pairable)] for at in (one, other))
    return {first: (1, 1, 0), second: (1, 0, 1)}


class Histories(RuleBasedStateMachine):
    """An archive, what was done to it, and a check after every whole run."""

    world: ClassVar[World]
    cluster: ClassVar[Cluster | None] = None

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp(prefix="varinterp-law-"))
        cluster = self.cluster
        url = None if cluster is None else cluster.url(cluster.database())
        self.archive = open_archive(self.world.settings(self.folder, url))
        self.world.keep_consequences(self.archive.consequences)
        self.choice = dict.fromkeys(CHOICES, 0)
        self.members: list[Member] = []
        self.refused: set[str] = set()
        self.left: set[str] = set()
        self.erased: set[str] = set()
        self.born = 0
        self.minutes = 0

    def teardown(self) -> None:
        if self.members:
            self.bring()
            again = self.reanalyse(everything=True)
            assert (again.counts["changed"], again.counts["events"]) == (0, 0)
        shutil.rmtree(self.folder)

    @initialize(start=strategies.fixed_dictionaries({name: indices for name in CHOICES}))
    def begin(self, start: dict[str, int]) -> None:
        self.choice = {name: at % len(CHOICES[name]) for name, at in start.items()}

    @precondition(lambda self: len(self.members) < MOST_CASES)
    @rule(
        trio=strategies.booleans(),
        laboratory=strategies.booleans(),
        carried=strategies.dictionaries(
            indices,
            strategies.sampled_from([(1, 0, 0), (1, 1, 0), (1, 0, 1), (2, 1, 1), (0, 1, 0)]),
            min_size=6,
            max_size=14,
        ),
        terms=strategies.sets(strategies.sampled_from(SAID), min_size=1),
        pair=strategies.none() | strategies.tuples(indices, indices),
    )
    def add_case(
        self,
        trio: bool,
        laboratory: bool,
        carried: dict[int, tuple[int, int, int]],
        terms: set[str],
        pair: tuple[int, int] | None,
    ) -> None:
        count = len(self.world.carried)
        genotypes = {at % count: copies for at, copies in carried.items()}
        if pair is not None:
            genotypes |= in_trans(self.world, *pair)
        member = Member(self.born, trio, genotypes, tuple(sorted(terms)), laboratory)
        self.born += 1
        self.world.register(self.archive, member, self.target, self.work, self.now())
        self.members.append(member)

    @rule(moves=strategies.dictionaries(strategies.sampled_from(MOVING), indices, min_size=1))
    def move(self, moves: dict[str, int]) -> None:
        """Bring sources that the lock has to other releases."""
        for name, at in moves.items():
            releases = [n for n, release in enumerate(CHOICES[name]) if release is not None]
            if CHOICES[name][self.choice[name]] is not None:
                self.choice[name] = releases[at % len(releases)]

    @rule(name=strategies.sampled_from(list(CHOICES)), at=indices)
    def move_for_everybody(self, name: str, at: int) -> None:
        """Let a source come or go, or move one that consequences rest on."""
        self.choice[name] = at % len(CHOICES[name])

    @precondition(lambda self: self.members)
    @rule(at=indices, terms=strategies.sets(strategies.sampled_from(SAID), min_size=1))
    def analyse_again(self, at: int, terms: set[str]) -> None:
        """Let the workflow analyse a family anew: other terms, and nobody who withdrew."""
        number = at % len(self.members)
        member = self.members[number]
        known = self.archive.registry.latest(member.id)
        assert known is not None
        anew = replace(
            member,
            terms=tuple(sorted(terms)),
            analysis=known[0] + 1,
            father=member.father and member.id not in self.left,
        )
        try:
            self.world.register(self.archive, anew, self.target, self.work, self.now())
        except InputError as refused:
            if [each.rule for each in refused.faults] != ["registry.old_knowledge"]:
                raise
            return
        self.members[number] = anew
        self.left.discard(member.id)

    @precondition(lambda self: any(each.trio and each.father for each in self.members))
    @rule(at=indices)
    def father_leaves(self, at: int) -> None:
        """Withdraw a relative: the case is suspended, and the store forgets them."""
        trios = [each for each in self.members if each.trio and each.father]
        case, moment = trios[at % len(trios)].id, self.now()
        father = self.archive.registry.case(case).family.proband.father
        assert father is not None
        no = ConsentDecision(ConsentScope.PRIMARY, False, moment.date(), father, "form")
        self.archive.dataset.consent(case, [no], author="clinic", at=moment)
        self.archive.cohort.forget_person(case, father)
        self.left.add(case)

    @precondition(lambda self: len(self.members) > 1)
    @rule(at=indices)
    def erase(self, at: int) -> None:
        """Forget a case as `registry consent --erase` does."""
        case = self.members.pop(at % len(self.members)).id
        self.archive.registry.erase(case, self.now(), "clinic")
        self.archive.cohort.forget([case])
        self.archive.reads.reset()
        self.erased.add(case)

    @precondition(lambda self: self.members)
    @rule(
        at=indices,
        term=strategies.sampled_from(SAID),
        state=strategies.sampled_from([ObservationState.OBSERVED, ObservationState.EXCLUDED]),
    )
    def observe(self, at: int, term: str, state: ObservationState) -> None:
        member = self.members[at % len(self.members)]
        moment = self.now()
        seen = Observation(term, state, START.date())
        self.archive.dataset.observe(member.id, [seen], author="clinic", at=moment)

    @precondition(lambda self: self.members)
    @rule(at=indices, granted=strategies.booleans())
    def consent(self, at: int, granted: bool) -> None:
        member = self.members[at % len(self.members)]
        moment = self.now()
        person = self.archive.registry.case(member.id).family.proband_id
        said = ConsentDecision(ConsentScope.REANALYSIS, granted, moment.date(), person, "form")
        self.archive.dataset.consent(member.id, [said], author="clinic", at=moment)
        self.refused.discard(member.id)
        if not granted:
            self.refused.add(member.id)

    @precondition(lambda self: self.members)
    @rule(at=indices, granted=strategies.booleans())
    def speak_of_secondary_findings(self, at: int, granted: bool) -> None:
        speak(self.archive, self.members[at % len(self.members)].id, granted, self.now())

    @precondition(lambda self: self.members)
    @rule(passages=strategies.integers(1, 9))
    def cut_short(self, passages: int) -> None:
        left = [passages]

        def point(name: str) -> None:
            left[0] -= 1
            if left[0] == 0:
                raise Cut

        with patch.object(run_module, "point", point), suppress(Cut):
            self.reanalyse()

    @precondition(lambda self: self.members)
    @rule()
    def bring(self) -> None:
        """Bring the archive to the target: it says what full runs say, and says it once."""
        before = {each.id: self.archive.registry.result(each.id) for each in self.members}
        self.reanalyse()
        for member in self.members:
            found = self.archive.registry.result(member.id)
            if member.id in self.refused | self.left:
                assert found == before[member.id]
                continue
            expected = say(self.world, self.archive, self.target, member, self.work)
            assert content(found) == content(expected)
            assert found.facts == expected.facts
        standing = {state.case: state.basis for state in self.archive.registry.states()}
        for member in self.members:
            stays = member.id in self.refused | self.left
            assert stays or standing[member.id] == self.target.basis
        again = self.reanalyse()
        assert again.plan.nothing
        assert again.counts["events"] == 0
        assert self.erased.isdisjoint({event.case for *_, event in self.archive.registry.events()})
        assert {each.case for each in again.plan.skipped} >= self.erased
        assert self.archive.registry.verify().broken is None

    @property
    def target(self) -> Target:
        return self.world.target(self.choice)

    @property
    def work(self) -> Path:
        return self.folder / "work"

    def now(self) -> datetime:
        self.minutes += 10
        return later(self.minutes)

    def reanalyse(self, everything: bool = False) -> Outcome:
        options = Options(self.now(), everything=everything, batch=2, exports=False)
        return run(self.archive, self.target, options)


def check(machine: type[Histories], examples: int) -> None:
    """Run random histories."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=STEPS,
            deadline=None,
            # who asks for more histories wants others than yesterday's
            derandomize="VARINTERP_LAW_EXAMPLES" not in os.environ,
            # a history takes seconds: to look for a shorter one would take the suite's time
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_a_reanalysis_concludes_what_full_runs_conclude(world: World) -> None:
    check(type("OnSqlite", (Histories,), {"world": world}), EXAMPLES)


def test_a_reanalysis_in_postgresql_concludes_what_full_runs_conclude(
    world: World, cluster: Cluster
) -> None:
    machine = type("OnPostgres", (Histories,), {"world": world, "cluster": cluster})
    check(machine, max(1, EXAMPLES // 3))


def test_the_order_of_independent_updates_does_not_matter(world: World, tmp_path: Path) -> None:
    start = dict.fromkeys(CHOICES, 0)
    updates = {"clinvar": 1, "gnomad": 2, "gene_disease": 3}
    ways: dict[str, list[dict[str, int]]] = {
        "together": [updates],
        "one by one": [{name: at} for name, at in updates.items()],
        "backwards": [{name: at} for name, at in reversed(updates.items())],
    }
    found = []
    for way, moves in ways.items():
        archive = filled(world, _new(tmp_path / way), members(world, 3), start)
        choice = dict(start)
        for minute, move in enumerate(moves):
            choice |= move
            run(archive, world.target(choice), Options(later(60 + minute), exports=False))
        cases = [state.case for state in archive.registry.states()]
        found.append({case: content(archive.registry.result(case)) for case in cases})
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize("granted", [True, False])
def test_a_word_on_secondary_findings_alone_is_heard_by_the_next_run(
    world: World, tmp_path: Path, granted: bool
) -> None:
    choice = dict.fromkeys(CHOICES, 0) | {"rules": 2}
    target, drawn = world.target(choice), members(world, 3)
    archive = filled(world, _new(tmp_path / "archive"), drawn, choice)
    for member in drawn:
        speak(archive, member.id, granted, later(50))

    run(archive, target, Options(later(60), exports=False))

    for member in drawn:
        found = archive.registry.result(member.id)
        assert found.case.secondary_findings is granted
        assert content(found) == content(say(world, archive, target, member, tmp_path / "work"))
    assert run(archive, target, Options(later(70), exports=False)).plan.nothing


def test_a_withdrawal_that_was_recorded_beforehand_is_heard_on_its_day(
    world: World, tmp_path: Path
) -> None:
    choice = dict.fromkeys(CHOICES, 0) | {"rules": 2}
    target, (member, *_) = world.target(choice), members(world, 1)
    archive = filled(world, _new(tmp_path / "archive"), [member], choice)
    speak(archive, member.id, granted=True, at=later(50))
    person = archive.registry.case(member.id).family.proband_id
    day = later(60).date() + timedelta(days=7)
    no = ConsentDecision(ConsentScope.SECONDARY_FINDINGS, False, day, person, "form")
    archive.dataset.consent(member.id, [no], author="clinic", at=later(51))
    run(archive, target, Options(later(60), exports=False))
    assert archive.registry.result(member.id).case.secondary_findings

    on = datetime.combine(day, later(60).timetz())
    run(archive, target, Options(on, exports=False))

    assert not archive.registry.result(member.id).case.secondary_findings
    assert run(archive, target, Options(on + timedelta(days=1), exports=False)).plan.nothing


BETWEEN_ALLELES = ("assessment", "case.gene")


def of_releases(assessment: Assessment) -> set[Read]:
    """What a conclusion read of anything but the other alleles of the gene."""
    return {read for read in assessment.reads if read.source not in BETWEEN_ALLELES}


def test_an_allele_is_concluded_on_again_when_only_its_partner_moved(
    world: World, tmp_path: Path
) -> None:
    # A predictor of missense alleles moves, and the other allele of each pair is a deletion.
    start = dict.fromkeys(CHOICES, 0) | {"gene_disease": 1, "revel": 1}
    target = world.target(start | {"revel": 2})
    drawn = tuple(Member(number, True, in_trans(world, 0, number), TERMS) for number in (8, 9, 10))
    archive = filled(world, _new(tmp_path / "partners"), drawn, start)
    before = {each.id: archive.registry.result(each.id) for each in drawn}
    run(archive, target, Options(later(60), exports=False))

    by_partner_alone = set()
    for member in drawn:
        found = archive.registry.result(member.id)
        assert content(found) == content(world.full(member, target, tmp_path / "work"))
        was = {each.key: each for each in before[member.id].assessments}
        by_partner_alone |= {
            each.key
            for each in found.assessments
            if each.key in was
            and each != was[each.key]
            and of_releases(each) == of_releases(was[each.key])
        }
    assert by_partner_alone


def test_examining_everything_leaves_what_examining_the_affected_leaves(
    world: World, tmp_path: Path
) -> None:
    start = dict.fromkeys(CHOICES, 0)
    target = world.target(start | {"clinvar": 3, "gnomad": 1})
    archives = []
    for name in ("affected", "everything"):
        archive = filled(world, _new(tmp_path / name), members(world, 3), start)
        everything = name == "everything"
        run(archive, target, Options(later(60), everything=everything, exports=False))
        archives.append(archive)
    one, other = archives
    for state in one.registry.states():
        assert one.registry.result(state.case) == other.registry.result(state.case)
        assert one.registry.current(state.case) == other.registry.current(state.case)
    events = [[event for *_, event in archive.registry.events()] for archive in archives]
    assert events[0] == events[1]


def _new(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder
