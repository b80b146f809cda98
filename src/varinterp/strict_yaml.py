"""YAML that means one thing: safe types only, and each key once."""

from copy import deepcopy
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from varinterp.errors import Fault, InputError

_PLAIN = (
    ("Value error, expected ", ""),
    ("Value error, ", ""),
    ("Input should be ", ""),
    ("String should have ", "a text of "),
    ("String should match pattern ", "a text of the form "),
    ("Field required", "a value"),
    ("Extra inputs are not permitted", "no such field"),
)
"""How a schema's messages begin, and how what was expected does."""


class _StrictLoader(yaml.SafeLoader):
    """A safe loader that refuses a key given twice, where YAML would keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        seen = set()
        for key_node, _ in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(
                    problem="a key is a list or a mapping", problem_mark=key_node.start_mark
                )
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"the key {key!r} is given twice", problem_mark=key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)

    def construct_object(self, node: yaml.Node, deep: bool = False) -> object:
        try:
            return super().construct_object(node, deep)
        except ValueError as error:
            # A date or a number in form alone, such as 2026-13-23
            raise yaml.MarkedYAMLError(
                problem=f"{str(node.value)[:40]!r} is no value: {error}",
                problem_mark=node.start_mark,
            ) from error


def load_yaml(path: Path) -> object:
    """Read a YAML file safely; raise InputError for no file, bad syntax or a repeated key."""
    try:
        return deepcopy(_parsed(path.read_text("utf-8-sig")))
    except OSError as error:
        fault = Fault(
            rule="yaml.file",
            file=str(path),
            found=error.strerror or type(error).__name__,
            expected="a YAML file that can be read",
            advice="correct the path; relative ones start where the command is typed",
        )
        raise InputError([fault]) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or getattr(error, "reason", "unreadable text")
        fault = Fault(
            rule="yaml.syntax",
            file=str(path),
            line=None if mark is None else mark.line + 1,
            found=str(problem),
            expected="YAML with each key once",
            advice="mend that line",
        )
        raise InputError([fault]) from error


@lru_cache(maxsize=64)
def _parsed(text: str) -> object:
    """Parse a text; kept, as the stages of one process read the same rules several times."""
    return yaml.load(text, Loader=_StrictLoader)  # noqa: S506


def schema_error(error: ValidationError, path: Path, rule: str, advice: str) -> InputError:
    """Return every fault that a schema finds in a file, as the user's error."""
    return InputError(
        Fault(
            rule=rule,
            file=str(path),
            column=".".join(str(part) for part in problem["loc"]) or None,
            found=_found(problem),
            expected=expected_of(problem["msg"]),
            advice=advice,
        )
        for problem in error.errors()
    )


def _found(problem: ErrorDetails) -> str:
    """Return the value that a schema refuses; of a whole file or entry only that it is one."""
    value = problem["input"]
    if problem["type"] == "missing":
        return "nothing"
    if isinstance(value, dict | list | tuple):
        return "other content"
    return str(value)[:40]


def expected_of(message: str) -> str:
    """Return a schema's message as what was expected: ``a valid string``."""
    for words, plain in _PLAIN:
        if message.startswith(words):
            return plain + message.removeprefix(words)
    return message
