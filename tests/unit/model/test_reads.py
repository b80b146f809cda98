"""The recorder: every question leaves a read, whatever the answer."""

import pytest

from core_builders import frequency
from varinterp.model.canonical import digest
from varinterp.model.facts import ALL_FACTS, COVERAGE, FREQUENCY, RULE, Coverage, Rule
from varinterp.model.reads import WHOLE, Evidence, Kind, Read, Reader

PLACE = (FREQUENCY.source, "22-20061538-G-A")
ROW = frequency(20)


def test_a_fact_that_is_there_is_read_with_its_digest() -> None:
    read = Reader(Evidence({PLACE: ROW}))

    assert read(FREQUENCY, PLACE[1]) is ROW
    assert read.reads == (Read(*PLACE, Kind.POINT, digest(ROW)),)
    assert not read.reads[0].absent


def test_a_fact_that_is_not_there_is_read_as_absent() -> None:
    read = Reader(Evidence({}))

    assert read(FREQUENCY, PLACE[1]) is None
    assert read.reads == (Read(*PLACE, Kind.POINT, None),)
    assert read.reads[0].absent


def test_the_same_question_twice_is_one_read_and_reads_are_sorted() -> None:
    read = Reader(Evidence({PLACE: ROW, (RULE.source, "b"): Rule(1.0)}))
    for _ in range(2):
        read(RULE, "b")
        read(RULE, "a")
        read(FREQUENCY, PLACE[1])

    assert [(each.source, each.key) for each in read.reads] == [
        PLACE,
        (RULE.source, "a"),
        (RULE.source, "b"),
    ]


@pytest.mark.parametrize(
    ("evidence", "provided"),
    [
        (Evidence({}), False),
        (Evidence({}, frozenset({FREQUENCY.source})), True),
        (Evidence({(FREQUENCY.source, "22-1-A-C"): ROW}), True),
        (Evidence({("gnomad.coverage", "22-1"): Coverage(True)}), False),
    ],
    ids=["not consulted", "consulted, nothing found", "holds another fact", "another source"],
)
def test_not_consulted_is_not_the_same_as_nothing_found(evidence: Evidence, provided: bool) -> None:
    read = Reader(evidence)

    assert read.provides(FREQUENCY) is provided
    assert read.reads[0].key == WHOLE
    assert read.reads[0].absent is not provided


def test_a_fact_of_the_wrong_type_is_refused() -> None:
    with pytest.raises(TypeError, match="gnomad holds a Coverage"):
        Evidence({PLACE: Coverage(True)}).get(FREQUENCY, PLACE[1])


def test_more_facts_make_new_evidence_and_leave_the_old() -> None:
    old = Evidence({PLACE: ROW})
    new = old.with_facts({PLACE: frequency(30), ("gnomad.coverage", "22-1"): Coverage(True)})

    assert old.get(FREQUENCY, PLACE[1]) == ROW
    assert new.get(FREQUENCY, PLACE[1]) == frequency(30)
    assert new.get(COVERAGE, "22-1") == Coverage(True)


def test_evidence_does_not_follow_a_dictionary_that_changes() -> None:
    facts = {PLACE: ROW}
    evidence = Evidence(facts)
    facts.clear()

    assert evidence.get(FREQUENCY, PLACE[1]) is ROW


def test_a_slice_holds_what_was_found_and_nothing_else() -> None:
    evidence = Evidence({PLACE: ROW, (RULE.source, "a"): Rule(1.0), (RULE.source, "b"): Rule(2.0)})
    read = Reader(evidence)
    read.provides(FREQUENCY)
    read(FREQUENCY, PLACE[1])
    read(RULE, "a")
    read(RULE, "missing")

    assert evidence.slice(read.reads) == {PLACE: ROW, (RULE.source, "a"): Rule(1.0)}


def test_a_constructed_value_marks_its_reader() -> None:
    constructed = Coverage(True, constructed=True)
    read = Reader(Evidence({("gnomad.coverage", "22-1"): constructed, PLACE: ROW}))
    read(FREQUENCY, PLACE[1])
    assert not read.constructed

    read(COVERAGE, "22-1")
    read(FREQUENCY, PLACE[1])
    assert read.constructed


def test_every_source_has_one_name() -> None:
    assert len({fact.source for fact in ALL_FACTS}) == len(ALL_FACTS)
