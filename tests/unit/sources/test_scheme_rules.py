"""A scheme that no assessment could be put to is refused when the rules are read."""

from pathlib import Path

import pytest

from core_builders import RULES
from varinterp.acmg.combine.schemes import SCALE
from varinterp.errors import InputError
from varinterp.sources.rules import read_rules
from varinterp.sources.scheme_rules import scheme_problems

IN_FORCE = {key: rule.value for key, rule in RULES.items()}


def test_the_rules_in_force_have_no_problem() -> None:
    assert scheme_problems(IN_FORCE) == []
    assert scheme_problems({}) == []


@pytest.mark.parametrize(
    ("rule", "value", "told"),
    [
        ("scheme.points.benign", 3.0, "follow one another"),
        ("scheme.points.pathogenic", "ten", "is a number"),
        ("scheme.acgs.benign", ("2 convincing",), "scheme.acgs.benign: 'convincing'"),
        ("scheme.acgs.benign", ("strong",), "scheme.acgs.benign"),
        ("scheme.acgs.benign", 2.0, "rows in words"),
        ("scheme.richards2015.opposed", "sometimes", "scheme.richards2015.opposed"),
    ],
)
def test_another_value_is_named(rule: str, value: object, told: str) -> None:
    (problem,) = scheme_problems({**IN_FORCE, rule: value})

    assert told in problem


def test_a_row_as_one_word_is_one_row() -> None:
    assert scheme_problems({"scheme.acgs.benign": "2 strong"}) == []
    assert scheme_problems({SCALE[0]: 3.0}) == [], "a specification states one limit alone"


def test_a_rules_file_with_such_a_value_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(
        "name: own\nversion: '1'\ndate: '2026-01-01'\nrules:\n"
        "  scheme.acgs.benign: {value: ['2 convincing'], source: a source of ten letters}\n"
    )

    with pytest.raises(InputError) as caught:
        read_rules(path)

    assert "convincing" in str(caught.value.faults)
