"""A run brings cases to another basis: each whole, once, with its events; the past stays."""

from dataclasses import replace
from datetime import timedelta

import pytest

from registry_builders import (
    ALLELES,
    EVENING,
    MORNING,
    RULES,
    assessment,
    document_digest,
    key,
    label,
    register,
    result,
)
from registry_databases import Database, rows
from registry_moves import AFTER, NEXT, an_event, basis, move_on, moved, new_run
from varinterp.documents.case import dump_case
from varinterp.errors import InputError, InternalError
from varinterp.model.phenotype import Phenotype
from varinterp.registry.store import Registry

NOON = MORNING + timedelta(hours=3)
NIGHT = EVENING + timedelta(hours=4)


def test_a_moved_case_holds_what_the_run_concluded_and_keeps_the_rest(registry: Registry) -> None:
    kept, changed, gone = (assessment(key(allele=allele)) for allele in ALLELES)
    register(registry, result([kept, changed, gone]))
    run = registry.open_run(new_run(), EVENING)
    new = assessment(key(allele=ALLELES[1]), af=0.9)

    one = moved([new], analysis=2, retired=[gone.key], events=[an_event()])
    registry.move(run, [one], (), basis(), RULES, EVENING)

    assert [each.assessment for each in registry.current("case-1")] == [kept, new]
    assert [each.assessment for each in registry.current("case-1", MORNING)] == [
        kept,
        changed,
        gone,
    ]
    (state,) = registry.states()
    assert (state.analysis, state.basis, state.recorded_at) == (2, basis(), EVENING)
    (event,) = registry.events(run=run)
    assert event[1:] == (run, EVENING, an_event())


def test_versions_say_when_they_held(registry: Registry) -> None:
    register(registry, result([assessment()]))
    run = registry.open_run(new_run(), NOON)
    registry.move(run, [moved([], analysis=2, retired=[key()])], (), basis(), RULES, NOON)
    register(registry, result([assessment()], analysis=3, releases=AFTER), EVENING)

    first, back = registry.history(key())
    assert (first.analyses, first.until, first.supersedes) == ((1,), NOON, None)
    assert (back.analyses, back.until, back.supersedes) == ((3,), None, first.id)
    assert registry.current("case-1", NOON) == ()


def test_an_unmoved_case_stands_on_the_new_basis_with_its_old_analysis(registry: Registry) -> None:
    whole = result([assessment()])
    register(registry, whole)
    run = registry.open_run(new_run(), EVENING)

    registry.move(run, (), ["case-1"], basis(), RULES, EVENING)

    (state,) = registry.states()
    assert (state.basis, state.analysis) == (basis(), 1)
    assert registry.states(MORNING)[0].basis == basis(whole.releases)
    assert dump_case(registry.result("case-1")) == dump_case(whole)


def test_a_move_that_is_repeated_writes_nothing(registry: Registry, database: Database) -> None:
    register(registry, result([assessment()]))
    register(registry, result([assessment(key("case-2"))], case="case-2"))
    run = registry.open_run(new_run(), EVENING)
    one = moved([assessment(af=0.9)], analysis=2, events=[an_event()])
    registry.move(run, [one], ["case-2"], basis(), RULES, EVENING)
    before = rows(database)

    assert registry.open_run(new_run(), NIGHT) == run
    registry.move(run, [one], ["case-2"], basis(), RULES, NIGHT)

    assert rows(database) == before


def test_content_that_is_the_same_is_no_new_version(registry: Registry) -> None:
    register(registry, result([assessment()]))
    run = registry.open_run(new_run(), EVENING)

    registry.move(run, [moved([assessment()], analysis=2)], (), basis(), RULES, EVENING)

    (version,) = registry.history(key())
    assert (version.analyses, version.until) == ((1, 2), None)


def test_a_contradiction_moves_nothing(registry: Registry, database: Database) -> None:
    register(registry, result([assessment()]))
    register(registry, result([assessment(key("case-2"))], case="case-2"))
    run = registry.open_run(new_run(), EVENING)
    before = rows(database)
    good = moved([assessment(key("case-2"), af=0.9)], case="case-2", analysis=2)
    bad = {
        "follows the last one": moved([], analysis=7),
        "another case": moved([assessment(key("case-3"))], analysis=2),
        "not registered": moved([], case="case-9", analysis=2),
        "twice": replace(good),
    }

    for message, one in bad.items():
        with pytest.raises(InternalError, match=message):
            registry.move(run, [good, one], (), basis(), RULES, EVENING)
    with pytest.raises(InternalError, match="its own target"):
        registry.move(run, [good], (), basis(result().releases), RULES, EVENING)
    assert rows(database) == before


def test_runs_are_told_with_their_plan_and_their_counts(registry: Registry) -> None:
    run = registry.open_run(new_run(), MORNING)
    (begun,) = registry.runs()
    registry.close_run(run, {"moved": 3}, EVENING)
    registry.close_run(run, {"moved": 9}, NIGHT)

    (ended,) = registry.runs()
    assert (begun.target, begun.plan, begun.finished_at) == (basis(), {"cases": 1}, None)
    assert (ended.started_at, ended.finished_at, ended.counts) == (MORNING, EVENING, {"moved": 3})
    assert registry.rules_of(basis()) == RULES
    assert registry.labels_of(basis()) == NEXT
    with pytest.raises(InternalError, match="another target"):
        registry.open_run(new_run(AFTER), NIGHT)


def test_the_document_of_a_move_is_known_to_the_workflow(registry: Registry) -> None:
    register(registry, result([assessment()]))
    run = registry.open_run(new_run(), EVENING)
    exported = result([assessment(af=0.9)], analysis=2, releases=NEXT)
    one = replace(
        moved([assessment(af=0.9)], analysis=2), document_digest=document_digest(exported)
    )
    registry.move(run, [one], (), basis(), RULES, EVENING)

    assert document_digest(registry.result("case-1")) == document_digest(exported)
    assert register(registry, exported, NIGHT).recorded_at == EVENING
    assert registry.latest("case-1") == (2, document_digest(exported))


def test_old_knowledge_is_not_put_on_top_of_new(registry: Registry, database: Database) -> None:
    first = result([assessment()])
    register(registry, first)
    move_on(registry, NOON)
    before = rows(database)

    assert register(registry, first, EVENING).analysis == 1  # the same document is no news
    with pytest.raises(InputError, match=r"registry\.old_knowledge"):
        register(registry, result([assessment(af=0.1)], analysis=3), EVENING)
    assert rows(database) == before

    register(registry, result([assessment(af=0.1)], analysis=3, releases=AFTER), EVENING)
    assert registry.states()[0].basis == basis(AFTER)


def test_new_input_is_taken_on_its_old_basis_until_the_next_run(registry: Registry) -> None:
    register(registry, result([assessment()]))
    move_on(registry, NOON)
    seen = result([assessment(af=0.1)], analysis=3)
    more = replace(seen, case=replace(seen.case, phenotype=Phenotype.of(["HP:0001250"])))

    register(registry, more, EVENING)

    (state,) = registry.states()
    assert (state.basis, state.analysis) == (basis(seen.releases), 3)


def test_another_version_of_the_software_on_the_old_releases_is_old_knowledge_too(
    registry: Registry,
) -> None:
    register(registry, result([assessment()]))
    move_on(registry, NOON)
    newer = replace(result([assessment(af=0.1)], analysis=3), versions={"varinterp": "9.0.0"})

    with pytest.raises(InputError, match=r"registry\.old_knowledge"):
        register(registry, newer, EVENING)


def test_another_version_of_the_software_on_the_releases_of_today_is_taken(
    registry: Registry,
) -> None:
    register(registry, result([assessment()]))
    move_on(registry, NOON)
    newer = result([assessment(af=0.1)], analysis=3, releases=AFTER)

    register(registry, replace(newer, versions={"varinterp": "9.0.0"}), EVENING)

    assert registry.states()[0].basis.software == "9.0.0"


def test_what_stood_on_a_release_is_told_whoever_brought_it_there(registry: Registry) -> None:
    register(registry, result([assessment(), assessment(key(allele=ALLELES[1]))]))
    move_on(registry, NOON)

    old = registry.concluded_from("clinvar", label("clinvar").release)
    new = registry.concluded_from("clinvar", "2026-01-16")

    assert [(each.analysis, each.current) for each in old] == [(1, False), (1, False)]
    assert [(each.analysis, each.current) for each in new] == [(2, True), (2, True)]
