"""YAML that means one thing, and faults that say where."""

from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from varinterp.errors import InputError
from varinterp.strict_yaml import load_yaml, schema_error


def load(folder: Path, text: str | bytes) -> object:
    path = folder / "file.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_yaml(path)


def test_plain_yaml(tmp_path: Path) -> None:
    assert load(tmp_path, "a: 1\nb: [x, {c: 0.5}]\n") == {"a": 1, "b": ["x", {"c": 0.5}]}


def test_a_file_that_is_not_there_is_the_user_s_fault(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"absent\.yaml: found No such file.*yaml\.file"):
        load_yaml(tmp_path / "absent.yaml")


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    assert load(tmp_path, b"\xef\xbb\xbfa: 1\n") == {"a": 1}


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        pytest.param("a: 1\nb: 2\na: 3\n", 3, "'a' is given twice", id="a key given twice"),
        pytest.param("a:\n  b: 1\n  b: 2\n", 3, "'b' is given twice", id="inside"),
        pytest.param("a: [{b: 1, b: 2}]\n", 1, "'b' is given twice", id="inside a list"),
        pytest.param("1: x\n01: y\n", 2, "1 is given twice", id="two spellings of one key"),
        pytest.param("a: [1\nb: 2\n", 2, "", id="an open bracket"),
        pytest.param("a: !!python/object/apply:os.getcwd []\n", 1, "tag", id="a Python object"),
        pytest.param("[a]: 1\n", 1, "a key is a list or a mapping", id="a list for a key"),
        pytest.param("? {a: 1}\n: 2\n", 1, "a key is a list or a mapping", id="a mapping"),
        pytest.param("a: &x {b: 1}\nc:\n  <<: *x\n", 3, "", id="a merge"),
        pytest.param("a: *x\n", 1, "alias", id="an alias of nothing"),
    ],
)
def test_what_is_refused(tmp_path: Path, text: str, line: int, found: str) -> None:
    with pytest.raises(InputError) as caught:
        load(tmp_path, text)

    (fault,) = caught.value.faults
    assert fault.rule == "yaml.syntax"
    assert fault.line == line
    assert found in fault.found
    assert str(tmp_path / "file.yaml") in str(fault)


def test_what_is_read_is_the_reader_s_own_and_a_changed_file_is_read_again(tmp_path: Path) -> None:
    first = load(tmp_path, "a: [1]\n")
    assert isinstance(first, dict)
    first["a"].append(2)

    assert load_yaml(tmp_path / "file.yaml") == {"a": [1]}
    assert load(tmp_path, "a: [3]\n") == {"a": [3]}


@pytest.mark.parametrize("text", [b"a: \xff\n", b"a: \x00\n"], ids=["not UTF-8", "a NUL"])
def test_unreadable_text_is_refused_without_a_line(tmp_path: Path, text: bytes) -> None:
    with pytest.raises(InputError) as caught:
        load(tmp_path, text)

    (fault,) = caught.value.faults
    assert fault.line is None
    assert fault.found


def test_an_empty_file_is_nothing(tmp_path: Path) -> None:
    assert load(tmp_path, "") is None


def test_a_day_that_no_calendar_has_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("id: x\ndate: 2026-13-23\n")
    with pytest.raises(InputError) as refused:
        load_yaml(file)
    (fault,) = refused.value.faults
    assert (fault.rule, fault.line) == ("yaml.syntax", 2)
    assert "2026-13-23" in fault.found


class Form(BaseModel):
    """A form with a field of each kind of fault."""

    model_config = ConfigDict(extra="forbid")

    name: str
    number: int = 0

    @model_validator(mode="after")
    def _even(self) -> "Form":
        if self.number % 2:
            raise ValueError("the number is even")
        return self


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({}, "form.yaml [name]: found nothing; expected a value"),
        ({"name": 3}, "form.yaml [name]: found 3; expected a valid string"),
        ({"name": "x", "nmae": "y"}, "form.yaml [nmae]: found y; expected no such field"),
        ({"name": {"a": 1}}, "form.yaml [name]: found other content; expected a valid string"),
        ({"name": "x", "number": 3}, "form.yaml: found other content; expected the number is even"),
    ],
)
def test_a_schemas_message_is_said_as_found_and_expected(
    content: dict[str, object], told: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        Form.model_validate(content)
    (fault,) = schema_error(caught.value, Path("form.yaml"), "form.schema", "mend it").faults
    assert str(fault) == f"{told}; mend it (form.schema)"
