"""`case.json`: what is written is read back exactly, and nothing else is read."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core_builders import (
    ROOT,
)
from varinterp.documents.case import (
    SCHEMA_VERSION,
    case_schema,
    dump_case,
    load_case,
    read_case,
    write_case,
)
from varinterp.documents.lifts import LIFTS, PREDICTIONS_OF_1, RepeatOf2
from varinterp.errors import ReleaseError
from varinterp.model.assessment import PRIOR, AcmgClass, Category, SignedClass
from varinterp.model.canonical import digest
from varinterp.model.case import (
    CaseResult,
    Part,
)
from varinterp.model.curation import CURATED
from varinterp.model.evidence import Criterion, Finding, Reason, Scalar, Strength, Verdict
from varinterp.model.evidence import Outcome as Answer
from varinterp.model.facts import (
    ALL_FACTS,
    REPEAT,
    RULE,
    Rule,
)
from varinterp.model.prediction import MISSENSE, Predictor
from varinterp.model.reads import WHOLE
from whole_analysis import analysis

SCHEMA = ROOT / "docs/reference/schemas/case.schema.json"
EXAMPLES = sorted((Path(__file__).parent / "data").glob("case.v*.json"))
ANALYSIS = analysis()
KNOWN = {fact.source for fact in (*ALL_FACTS, *CURATED, PRIOR)}
ASKED = KNOWN - (set(MISSENSE) - {Predictor.REVEL})
"""A predictor that the rules did not choose is not read."""


def test_every_source_of_facts_is_in_the_example() -> None:
    assert {source for source, _ in ANALYSIS.facts} == ASKED


def test_the_round_trip_is_exact() -> None:
    text = dump_case(ANALYSIS)

    assert load_case(text) == ANALYSIS
    assert dump_case(load_case(text)) == text


def test_a_signed_class_is_kept_as_it_was_signed() -> None:
    signed = SignedClass(AcmgClass.LIKELY_PATHOGENIC, "reader-1", "reader-2", "2026-11-22")
    first = replace(ANALYSIS.assessments[0], signed=signed)
    result = replace(ANALYSIS, assessments=(first, *ANALYSIS.assessments[1:]))

    assert load_case(dump_case(result)).assessments[0].signed == signed


def test_digests_survive_storage() -> None:
    stored = load_case(dump_case(ANALYSIS))

    assert [each.digest for each in stored.assessments] == [
        each.digest for each in ANALYSIS.assessments
    ]


finite = st.floats(allow_nan=False, allow_infinity=False)
words = st.text(st.characters(codec="utf-8"), max_size=12)
scalars = st.none() | st.booleans() | st.integers(-(2**63), 2**63) | finite | words


def with_reason(facts: dict[str, Scalar]) -> CaseResult:
    verdict = Verdict(Answer.MET, Reason("a.key", tuple(sorted(facts.items()))), Strength.STRONG)
    first = replace(ANALYSIS.assessments[0], findings=(Finding(Criterion.PP3, verdict),))
    return replace(ANALYSIS, assessments=(first,))


@given(st.dictionaries(words, scalars, max_size=4))
def test_a_reasons_facts_keep_their_values_and_types(facts: dict[str, Scalar]) -> None:
    text = dump_case(with_reason(facts))
    read = load_case(text)

    assert dump_case(read) == text
    (assessment,) = read.assessments
    for name, value in assessment.findings[0].verdict.reason.facts:
        assert value == facts[name]
        assert isinstance(value, bool) is isinstance(facts[name], bool)
        assert isinstance(value, str) is isinstance(facts[name], str)


@given(finite | words | st.lists(words, max_size=3).map(tuple))
def test_a_rules_value_keeps_its_type(value: float | str | tuple[str, ...]) -> None:
    facts = {(RULE.source, "a.rule"): Rule(value)}
    text = dump_case(replace(ANALYSIS, facts=facts, assessments=()))
    read = load_case(text)

    assert read.facts == facts
    assert dump_case(read) == text


def test_the_same_analysis_is_the_same_bytes_whatever_its_order_of_facts() -> None:
    turned = dict(reversed(list(ANALYSIS.facts.items())))

    assert dump_case(replace(ANALYSIS, facts=turned)) == dump_case(ANALYSIS)


def test_it_is_written_whole_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "results" / "case.json"
    write_case(ANALYSIS, path)

    assert read_case(path) == ANALYSIS
    assert list(path.parent.iterdir()) == [path]


# What is refused


def altered(change: Callable[[dict[str, Any]], object]) -> str:
    document = json.loads(dump_case(ANALYSIS))
    change(document)
    return json.dumps(document)


def _first_fact(document: dict[str, Any], source: str) -> dict[str, Any]:
    found = next(iter(document["facts"][source].values()))
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda d: d.update(extra=1), id="a field of the document"),
        pytest.param(lambda d: d["case"].update(extra=1), id="a field of the case"),
        pytest.param(
            lambda d: d["assessments"][0]["findings"][0]["verdict"].update(extra=1),
            id="a field deep inside",
        ),
        pytest.param(lambda d: _first_fact(d, "gnomad").update(extra=1), id="a field of a fact"),
        pytest.param(
            lambda d: _first_fact(d, "case.family")["family"].update(extra=1),
            id="a field deep in a fact",
        ),
        pytest.param(lambda d: d["facts"].update(horoscope={"a": 1}), id="a source of facts"),
        pytest.param(lambda d: d["candidates"][0].update(gates=["lucky"]), id="a word"),
        pytest.param(
            lambda d: _first_fact(d, "clinvar").update(significance=["quite_bad"]),
            id="a word of a fact",
        ),
        pytest.param(lambda d: d.pop("ranking"), id="a missing field"),
        pytest.param(lambda d: d["case"].update(analysis="1"), id="a number written as text"),
        pytest.param(lambda d: _first_fact(d, "gnomad").update(ac="20"), id="and in a fact"),
        pytest.param(
            lambda d: d["candidates"][0]["allele"].update(alt="<DEL>"), id="an impossible allele"
        ),
    ],
)
def test_what_the_schema_does_not_know_is_refused(
    change: Callable[[dict[str, Any]], object],
) -> None:
    with pytest.raises(ReleaseError, match=r"case\.json is not a case document"):
        load_case(altered(change))


@pytest.mark.parametrize("version", [0, 5, -1, None, "1", 1.5, [1], "x" * 400])
def test_another_version_is_refused(version: object) -> None:
    with pytest.raises(ReleaseError, match="schema_version") as caught:
        load_case(altered(lambda document: document.update(schema_version=version)))

    assert len(str(caught.value)) < 200


def test_true_is_not_version_1() -> None:
    with pytest.raises(ReleaseError, match="schema_version"):
        load_case(altered(lambda document: document.update(schema_version=True)))


def test_a_document_that_lies_about_its_version_is_refused() -> None:
    with pytest.raises(ReleaseError, match="not a case document"):
        load_case(altered(lambda document: document.update(schema_version=1, candidates=[1])))


@pytest.mark.parametrize(
    "text",
    ["", "[]", "null", "1", '"case"', "{", "{}", b"\xff\xfe", '{"schema_version": NaN}'],
    ids=repr,
)
def test_what_is_no_document_is_refused(text: str | bytes) -> None:
    with pytest.raises(ReleaseError, match=r"^report\.json"):
        load_case(text, "report.json")


def test_a_refusal_says_where_and_never_what() -> None:
    def spoil(document: dict[str, Any]) -> None:
        document["case"]["phenotype"]["observed"] = "HP:0003201"
        document["candidates"][0]["genotypes"]["calls"][0][1]["copies"] = "homozygous"

    with pytest.raises(ReleaseError) as caught:
        load_case(altered(spoil))

    message = str(caught.value)
    assert "case.phenotype.observed" in message
    assert "candidates.0.genotypes.calls.0.1.copies" in message
    assert "HP:0003201" not in message
    assert "homozygous" not in message
    assert caught.value.__suppress_context__


# Years later


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_past_version_still_loads(path: Path) -> None:
    result = read_case(path)

    assert result.case.id == "case"
    assert len(result.assessments) == (5 if path in EXAMPLES[2:] else 3)
    sources = {source for source, _ in result.facts}
    assert sources <= KNOWN | {PREDICTIONS_OF_1}
    assert sources == ASKED or path != EXAMPLES[-1]
    assert (PREDICTIONS_OF_1 in sources) is (path == EXAMPLES[0])
    for assessment in result.assessments:
        found = [read for read in assessment.reads if not read.absent and read.key != WHOLE]
        assert all((read.source, read.key) in result.facts for read in found)


def test_what_version_2_did_not_say_is_not_said_now() -> None:
    for assessment in read_case(EXAMPLES[1]).assessments:
        assert assessment.machine.acgs is None
        assert assessment.machine.differ is None
        assert assessment.uncertainty is None
        assert assessment.category is Category.MENDELIAN
        assert assessment.flags == ()


def test_what_version_3_did_not_say_of_a_place_is_not_said_now() -> None:
    result = read_case(EXAMPLES[2])

    assert [place.score for place in result.ranking] == sorted(
        (place.score for place in result.ranking), reverse=True
    )
    for place in result.ranking:
        assert (place.contributions, place.marks, place.log_odds) == ((), (), 0.0)
        assert place.phenotype is not None
        assert place.phenotype.log_lr == 0.0


def test_a_place_of_this_version_says_what_its_score_is_the_sum_of() -> None:
    for place in read_case(EXAMPLES[-1]).ranking:
        assert {each.part for each in place.contributions} >= {Part.PRIOR, Part.VARIANT}
        assert place.log_odds
        assert 0 < place.score < 1


def test_a_stretch_in_a_repeat_is_kept_as_version_2_read_it() -> None:
    result = read_case(EXAMPLES[1])
    found = {key: value for (source, key), value in result.facts.items() if source == REPEAT.source}

    assert set(found.values()) == {RepeatOf2(repeat=False)}
    read = {each.key: each.digest for one in result.assessments for each in one.reads}
    assert all(read[key] == digest(value) for key, value in found.items())


def test_there_is_one_example_of_every_version() -> None:
    versions = [json.loads(path.read_text())["schema_version"] for path in EXAMPLES]

    assert versions == list(range(1, SCHEMA_VERSION + 1))


def test_every_past_version_has_its_lift() -> None:
    assert sorted(LIFTS) == list(range(1, SCHEMA_VERSION))


def test_the_example_of_this_version_is_written_as_it_was_read() -> None:
    path = EXAMPLES[-1]

    assert dump_case(read_case(path)) == path.read_text("utf-8")


def test_an_older_document_is_lifted_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    def lift(document: dict[str, Any]) -> dict[str, Any]:
        old = document.pop("remarks")
        return {**document, "schema_version": SCHEMA_VERSION, "warnings": old}

    monkeypatch.setattr("varinterp.documents.case.LIFTS", {0: lift})
    text = altered(lambda d: d.update(schema_version=0, remarks=d.pop("warnings")))

    assert load_case(text) == ANALYSIS


# The schema


def test_the_schema_on_disk_is_the_generated_one() -> None:
    assert SCHEMA.read_text("utf-8") == case_schema(), "write it again with case_schema()"


def test_a_document_satisfies_the_schema() -> None:
    jsonschema = pytest.importorskip("jsonschema")

    jsonschema.validate(json.loads(dump_case(ANALYSIS)), json.loads(case_schema()))


def test_the_schema_refuses_an_unknown_field() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    document = json.loads(altered(lambda d: d["case"].update(extra=1)))

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, json.loads(case_schema()))
