"""Opt-in: stored cases replayed through real dated releases, every event checked by other means.

Set VARINTERP_SHARED_DATA. Alleles, releases and published patients are real; who carries ClinVar's
alleles is constructed. `history_by_hand` checks the events: it reads the raw files with plain
Python and shares no code with varinterp. Figures: ``docs/validation/reanalysis.md``; print them
with ``pytest -s``.
"""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from time import process_time

import clinvar_by_hand
import history_by_hand
import pytest
from history_by_hand import Raw, allele_of
from history_laboratory import CLINVAR, Laboratory, Proband, clinvar_file
from history_probands import SEED, carriers, drawn, published
from history_steps import Step, analyse, archive_of, comparable, moment, register, step
from shared_genome import needs_shared_data, shared

from varinterp.model.event import EventDirection, EventKind
from varinterp.pipeline.history.difference import difference
from varinterp.pipeline.history.past import past_of
from varinterp.pipeline.history.replay import Likeness
from varinterp.pipeline.run import load_run
from varinterp.refs.lock import read_lock

pytestmark = [pytest.mark.validation, needs_shared_data, pytest.mark.xdist_group("history")]

SAMPLE = 50
OLD = ("2014-02-11", "2015-02-03", "2016-05-31", "2017-04-04")
NEW = ("2026-02-01", "2026-08-18")
HPO = ("2024-03-06", "2025-01-16")
VALIDITY = "genome/genes/clingen_gene_validity.2026-02-09.csv"
ALLELES, FAMILIES = 1000, 25
BRCA1_ALLELES, BRCA1_FAMILIES = 400, 20
PUBLISHED = 36
BREAST = ("HP:0003002",)


@dataclass(frozen=True)
class History:
    """A laboratory after its last step, with its steps and the raw files behind them."""

    laboratory: Laboratory
    probands: Sequence[Proband]
    days: tuple[str, ...]
    steps: tuple[Step, ...]
    raw: Raw

    @property
    def spans(self) -> tuple[tuple[str, str], ...]:
        return tuple(pairwise(self.days))

    def carried(self) -> dict[str, set[str]]:
        """Who carries each allele, by the laboratory's own names."""
        found: dict[str, set[str]] = {}
        for proband in self.probands:
            for allele in proband.alleles:
                found.setdefault("-".join(map(str, allele)), set()).add(proband.name)
        return found


def raw_files() -> Raw:
    models = shared("genome", "transcripts", "mane_select_v1.5.models.tsv.gz")
    return Raw(
        clinvar={day: clinvar_file(day) for day in CLINVAR},
        hpo={day: shared("hpo", day) for day in HPO},
        models=models,
    )


def of_clinvar(folder: Path, days: tuple[str, ...], alleles: int, families: int) -> History:
    """Register families on the first of some days of ClinVar, and move them through the others."""
    laboratory = Laboratory(folder)
    laboratory.transcripts()
    for day in days:
        laboratory.clinvar(day)
    laboratory.population()
    laboratory.phenotypes("2025-01-16")
    laboratory.mappings()
    laboratory.gene_links("2026-02-09", shared(VALIDITY), "2025-01-16")
    laboratory.move(
        mane="1.5", vep="mane-1.5-slices", gnomad="4.1-chr2", hpo="2025-01-16",
        gene_disease="2026-02-09", clinvar=days[0],
    )  # fmt: skip
    keys = drawn([clinvar_file(day) for day in days], alleles)
    probands = carriers(keys, families, f"CV{days[0][:4]}-", BREAST, "constructed carrier")
    laboratory.admit(probands)
    return _walked(laboratory, probands, days, "clinvar")


def _walked(
    laboratory: Laboratory, probands: Sequence[Proband], days: tuple[str, ...], source: str
) -> History:
    started = process_time()
    register(laboratory, probands, days[0])
    print(f"\n{len(probands)} families registered: {process_time() - started:.0f} CPU s")
    steps = []
    for day in days[1:]:
        started = process_time()
        steps.append(step(laboratory, day, **{source: day}))
        print(f"{source} {day}: {process_time() - started:.1f} CPU s {dict(steps[-1].counts)}")
        print(steps[-1].table())
    return History(laboratory, probands, days, tuple(steps), raw_files())


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> History:
    return of_clinvar(tmp_path_factory.mktemp("old"), OLD, ALLELES, FAMILIES)


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> History:
    return of_clinvar(tmp_path_factory.mktemp("new"), NEW, BRCA1_ALLELES, BRCA1_FAMILIES)


@pytest.fixture(scope="module")
def patients(tmp_path_factory: pytest.TempPathFactory) -> History:
    """Published patients with their own terms: two days of HPO, with its genes and diseases."""
    laboratory = Laboratory(tmp_path_factory.mktemp("patients"))
    laboratory.transcripts()
    laboratory.clinvar("2017-04-04")
    laboratory.population()
    for day in HPO:
        laboratory.phenotypes(day)
        laboratory.paired_links(day)
    laboratory.move(
        mane="1.5", vep="mane-1.5-slices", gnomad="4.1-chr2", clinvar="2017-04-04",
        hpo=HPO[0], gene_disease=HPO[0],
    )  # fmt: skip
    probands = published(PUBLISHED)
    laboratory.admit(probands)
    register(laboratory, probands, HPO[0])
    # one source at a time, then nothing is left that only the other could have moved
    steps = (
        step(laboratory, "2025-01-17", hpo=HPO[1]),
        step(laboratory, "2025-01-18", gene_disease=HPO[1]),
    )
    for each, source in zip(steps, ("hpo", "gene_disease"), strict=True):
        print(f"\n{len(probands)} published cases, {source}: {dict(each.counts)}")
        print(each.table())
    return History(laboratory, probands, HPO, steps, raw_files())


@pytest.fixture(params=["old", "new", "patients"])
def history(request: pytest.FixtureRequest) -> History:
    found: History = request.getfixturevalue(request.param)
    return found


def test_fifty_events_drawn_at_random_are_what_the_raw_files_say(history: History) -> None:
    chance = random.Random(SEED)  # noqa: S311 - a sample, no secret
    events = [event for each in history.steps for event in each.documents]
    drawn_ones = chance.sample(events, min(SAMPLE, len(events)))
    found = {
        (allele_of(event), fault)
        for event in drawn_ones
        for fault in history_by_hand.faults(event, history.raw)
    }
    print(f"\n{len(drawn_ones)} of {len(events)} events drawn: {len(found)} contradicted")
    assert drawn_ones
    assert not found


def test_every_event_is_what_the_raw_files_say(history: History) -> None:
    found = {
        (allele_of(event), fault)
        for each in history.steps
        for event in each.documents
        for fault in history_by_hand.faults(event, history.raw)
    }
    assert not found


@pytest.mark.parametrize("name", ["old", "new"])
def test_no_carried_allele_that_clinvar_moved_is_without_its_event(
    name: str, request: pytest.FixtureRequest
) -> None:
    """Class, conflict, withdrawal: each concluded allele that the files move has an event."""
    history: History = request.getfixturevalue(name)
    carried = history.carried()
    concluded = _concluded(history)
    told = Counter[str]()
    for (before, after), each in zip(history.spans, history.steps, strict=True):
        events = {allele_of(event) for event in each.documents}
        changed = history_by_hand.changed_alleles(clinvar_file(before), clinvar_file(after))
        for key in changed.keys() & carried.keys() & concluded:
            kinds = changed[key] - {"conditions_moved"}
            told.update(f"{kind} {'told' if key in events else 'MISSED'}" for kind in kinds)
            assert key in events or not kinds, (before, after, key, kinds)
    print(f"\n{name}: {dict(sorted(told.items()))}")
    assert told["class_down told"] > 0
    assert told["removed told"] > 0


def _concluded(history: History) -> set[str]:
    """Every allele with a conclusion today: those in no gene of the releases have none."""
    registry = archive_of(history.laboratory).registry
    return {
        str(recorded.assessment.key.allele)
        for state in registry.states()
        for recorded in registry.current(state.case)
    }


@pytest.mark.parametrize("name", ["old", "new"])
def test_downgrades_and_withdrawn_records_are_events_of_their_own(
    name: str, request: pytest.FixtureRequest
) -> None:
    """ClinVar saying less than before, or nothing any more, is told."""
    history: History = request.getfixturevalue(name)
    fallen, withdrawn = Counter[str](), 0
    for (before, after), each in zip(history.spans, history.steps, strict=True):
        was, now = (clinvar_by_hand.read(clinvar_file(day)) for day in (before, after))
        for event in each.documents:
            key = allele_of(event)
            if "external" not in event["moved"] or key not in was:
                continue
            if key not in now:
                withdrawn += 1
                assert event["after"]["external"] == []
            elif "class_down" in clinvar_by_hand.kinds(was[key], now[key]):
                fallen[event["direction"]] += 1
    print(f"\n{name}: downgrades {dict(fallen)}, {withdrawn} withdrawn records told")
    assert fallen["down"] > 0
    assert withdrawn > 0


def test_the_archive_says_what_a_full_analysis_on_the_last_day_says(history: History) -> None:
    """The law, on real releases: five families analysed anew from their VCFs."""
    chance = random.Random(SEED)  # noqa: S311 - a sample, no secret
    some = chance.sample(list(history.probands), min(5, len(history.probands)))
    registry = archive_of(history.laboratory).registry
    fresh = analyse(history.laboratory, some, history.laboratory.folder / "fresh")
    for result in fresh:
        assert comparable(registry.result(result.case.id)) == comparable(result)


def test_a_run_on_the_same_releases_has_nothing_to_say(history: History) -> None:
    lock = read_lock(history.laboratory.folder / "refs.lock.yaml").releases
    again = step(history.laboratory, "2026-11-01", **lock)
    assert again.plan.nothing
    assert again.events == ()


def test_every_past_conclusion_is_replayed_from_its_own_slice(history: History) -> None:
    """As concluded then equals as concluded now: it is the same version."""
    archive = archive_of(history.laboratory)
    chance = random.Random(SEED)  # noqa: S311 - a sample, no secret
    replayed = 0
    for proband in chance.sample(list(history.probands), 5):
        case = _case(history, proband)
        for at in (moment(history.days[0]), *(each.at for each in history.steps)):
            alleles = {r.assessment.key.allele for r in archive.registry.current(case, at)}
            for allele in sorted(alleles)[:6]:
                past = past_of(archive, case, allele, at)
                assert past.conclusions
                assert {c.replay.likeness for c in past.conclusions} == {Likeness.SAME}
                replayed += len(past.conclusions)
    print(f"\n{replayed} conclusions replayed")
    assert replayed


def _case(history: History, proband: Proband) -> str:
    archive = archive_of(history.laboratory)
    opened = load_run(history.laboratory.config)
    family = opened.families[opened.pseudonym(proband.name)]
    case = opened.pseudonymiser.case(family.name, family.proband, family.indication)
    assert case in {state.case for state in archive.registry.states()}
    return case


def test_a_difference_of_two_days_is_what_the_events_between_them_lead_to(old: History) -> None:
    """What the dates say moved, some event told; directions are those of the whole way."""
    registry = archive_of(old.laboratory).registry
    found = difference(registry, moment(OLD[0]), moment(OLD[-1]))
    told = {(e.case, e.allele, e.gene) for each in old.steps for e in each.events}
    assert {(row.case, row.allele, row.gene) for row in found.rows} <= told
    assert all(row.responsible[0].source == "clinvar" for row in found.rows if row.responsible)
    directions = Counter(str(row.direction) for row in found.rows)
    print(f"\n2014 to 2017: {len(found.rows)} rows, {dict(directions)}")
    assert directions[EventDirection.DOWN] > 0


def test_what_surfaces_is_a_part_of_what_moved(history: History) -> None:
    """Events of alleles that are nobody's business are recorded and not shown."""
    kinds = Counter(event.kind for each in history.steps for event in each.events)
    print(f"\n{dict(sorted((str(kind), count) for kind, count in kinds.items()))}")
    assert kinds[EventKind.KNOWLEDGE] < sum(kinds.values())
    assert kinds[EventKind.SOFTWARE] == kinds[EventKind.PATIENT] == 0
