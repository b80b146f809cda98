"""A case is rebuilt from its records to the byte, and its conclusions can be drawn again."""

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest

from core_builders import RULES
from registry_builders import EVENING, MORNING
from registry_databases import Database, count
from varinterp.acmg.assess import assess
from varinterp.documents.case import dump_case
from varinterp.errors import InputError, InternalError
from varinterp.model.archive import CasePicture, Moved, NewRun
from varinterp.model.basis import Basis
from varinterp.model.case import CaseResult
from varinterp.model.reads import WHOLE, Evidence
from varinterp.registry.bases import basis_of
from varinterp.registry.store import Registry
from whole_analysis import analysis

ANALYSIS = analysis()
NEXT = tuple(replace(label, release="2026-11-15") for label in ANALYSIS.releases)
TARGET: Basis = basis_of(NEXT, ANALYSIS.versions)
RUN = NewRun("run-1", TARGET, NEXT, RULES, "scheduler", False, {})


def test_a_registered_analysis_comes_back_to_the_byte(registry: Registry) -> None:
    _register(registry, ANALYSIS)

    assert dump_case(registry.result("case")) == dump_case(ANALYSIS)
    assert registry.case("case") == ANALYSIS.case


def test_its_order_and_facts_that_nobody_read_come_back_too(registry: Registry) -> None:
    turned = replace(
        ANALYSIS,
        assessments=ANALYSIS.assessments[::-1],
        candidates=ANALYSIS.candidates[::-1],
        facts={**ANALYSIS.facts, ("gene_disease", "HGNC:5"): _links()},
    )
    _register(registry, turned)

    assert dump_case(registry.result("case")) == dump_case(turned)


def test_a_past_analysis_comes_back_as_it_was(registry: Registry) -> None:
    first = replace(ANALYSIS, assessments=ANALYSIS.assessments[:1], warnings=())
    _register(registry, first)
    _register(registry, _numbered(ANALYSIS, 2), EVENING)

    assert dump_case(registry.result("case", MORNING)) == dump_case(first)
    assert dump_case(registry.result("case")) == dump_case(_numbered(ANALYSIS, 2))
    with pytest.raises(InputError, match=r"registry\.not_yet"):
        registry.result("case", MORNING - timedelta(days=1))


def test_a_moved_case_is_what_the_run_concluded(registry: Registry) -> None:
    _register(registry, replace(ANALYSIS, assessments=ANALYSIS.assessments[:1], candidates=()))
    run = registry.open_run(RUN, EVENING)
    whole = replace(_numbered(ANALYSIS, 2), releases=NEXT)
    one = Moved(
        case="case",
        assessments=whole.assessments[1:],
        retired=(),
        candidates=whole.candidates,
        retired_candidates=(),
        picture=CasePicture.of(whole),
        facts=whole.facts,
    )
    registry.move(run, [one], (), TARGET, RULES, EVENING)

    in_order = replace(
        whole, assessments=tuple(sorted(whole.assessments, key=lambda each: str(each.key)))
    )
    rebuilt = registry.result("case")
    assert set(rebuilt.candidates) == set(whole.candidates)
    assert replace(rebuilt, candidates=()) == replace(in_order, candidates=())


def test_candidates_that_are_no_more_are_gone(registry: Registry) -> None:
    _register(registry, ANALYSIS)
    run = registry.open_run(RUN, EVENING)
    first = ANALYSIS.candidates[0]
    one = Moved(
        case="case",
        assessments=(),
        retired=(),
        candidates=(),
        retired_candidates=((first.allele, first.consequence.hgnc),),
        picture=CasePicture.of(replace(_numbered(ANALYSIS, 2), releases=NEXT)),
        facts={},
    )
    registry.move(run, [one], (), TARGET, RULES, EVENING)

    assert first not in registry.result("case").candidates
    assert first in registry.result("case", MORNING).candidates


def test_what_a_conclusion_read_is_kept_with_its_values(registry: Registry) -> None:
    _register(registry, ANALYSIS)

    for recorded in registry.current("case"):
        one = recorded.assessment
        facts = registry.facts_of(recorded)
        consulted = {read.source for read in one.reads if read.key == WHOLE and not read.absent}
        assert assess(one.key, one.transcript, Evidence(facts, frozenset(consulted))) == one


def test_values_are_stored_once(registry: Registry, database: Database) -> None:
    _register(registry, ANALYSIS)
    values = count(database, "fact_value")

    other = replace(ANALYSIS.case, id="other", family=replace(ANALYSIS.case.family, id="other"))
    renamed = tuple(
        replace(one, key=replace(one.key, case="other")) for one in ANALYSIS.assessments
    )
    _register(registry, replace(ANALYSIS, case=other, assessments=renamed, ranking=()))

    assert count(database, "fact_value") == values > 0


def test_what_tells_of_the_patient_is_no_shared_value(
    registry: Registry, database: Database
) -> None:
    _register(registry, ANALYSIS)

    stored = " ".join(value for (value,) in database.ask("SELECT value FROM fact_value"))
    assert '"proband"' not in stored
    assert "copies" not in stored
    assert '"exact":' not in stored


def test_a_value_that_was_not_the_one_read_is_our_bug(registry: Registry) -> None:
    place = next(place for place in ANALYSIS.facts if place[0] == "gnomad")
    wrong = {**ANALYSIS.facts, place: replace(ANALYSIS.facts[place], ac=21)}

    with pytest.raises(InternalError, match="not the value that the assessment read"):
        _register(registry, replace(ANALYSIS, facts=wrong))


def test_conclusions_on_some_alleles_are_read_alone(registry: Registry) -> None:
    _register(registry, ANALYSIS)
    wanted = ANALYSIS.assessments[0].key.allele

    found = registry.current_of("case", [wanted])

    assert {each.assessment.key.allele for each in found} == {wanted}
    assert registry.current_of("case", []) == ()


def _register(registry: Registry, result: CaseResult, at: datetime = MORNING) -> None:
    digest = sha256(dump_case(result).encode()).hexdigest()
    registry.register(result, digest, at, rules=RULES)


def _numbered(result: CaseResult, number: int) -> CaseResult:
    return replace(result, case=replace(result.case, analysis=number))


def _links() -> Any:
    return next(value for (source, _), value in ANALYSIS.facts.items() if source == "gene_disease")
