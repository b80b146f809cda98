"""A row of PS1 by splicing that no comparator could be put to is refused when rules are read."""

from pathlib import Path

import pytest
import yaml

from core_builders import ROOT, RULES
from varinterp.errors import InputError
from varinterp.sources.rules import read_rules
from varinterp.sources.splice_rules import PREFIX, splice_problems

ROW = "same_splicing.pvs1.same_dinucleotide"
IN_FORCE = {key: rule.value for key, rule in RULES.items()}


def test_the_rules_in_force_have_six_rows_and_no_problem() -> None:
    assert sum(key.startswith(PREFIX) for key in IN_FORCE) == 6
    assert list(splice_problems(IN_FORCE)) == []


@pytest.mark.parametrize(
    "value", [("strong", "none"), ("none", "none"), ("very_strong", "moderate")]
)
def test_another_row_of_two_words_is_read(value: tuple[str, str]) -> None:
    assert list(splice_problems({ROW: value})) == []


@pytest.mark.parametrize(
    "value", [("strong",), ("strong", "likely"), ("strong", "none", "none"), "strong", 2.0, ()]
)
def test_anything_else_is_named(value: object) -> None:
    (problem,) = splice_problems({"a.rule": 1.0, ROW: value})

    assert problem.startswith(f"{ROW} is two of none, supporting, ")


def test_a_file_of_rules_with_such_a_row_is_refused(tmp_path: Path) -> None:
    document = yaml.safe_load((ROOT / "resources/rules/core-v1.yaml").read_text())
    document["rules"][ROW]["value"] = ["strong"]
    path = tmp_path / "rules.yaml"
    path.write_text(yaml.safe_dump(document))

    with pytest.raises(InputError, match=f"{ROW} is two of"):
        read_rules(path)
