"""What the rules must say of the combining schemes: a scale in order, rows that can be read."""

from collections.abc import Iterator, Mapping

from varinterp.acmg.combine.points import Scale
from varinterp.acmg.combine.schemes import SCALE
from varinterp.acmg.combine.table import Opposed, rows

_SCHEME = "scheme."
_OPPOSED = ".opposed"


def scheme_problems(values: Mapping[str, object]) -> list[str]:
    """Return what is wrong with the schemes among some rules; rules without schemes have none."""
    tables = (key for key in sorted(values) if key.startswith(_SCHEME) and key not in SCALE)
    return [*_scale(values), *(problem for key in tables for problem in _table(key, values[key]))]


def _scale(values: Mapping[str, object]) -> Iterator[str]:
    stated = [values[key] for key in SCALE if key in values]
    numbers = [value for value in stated if isinstance(value, float | int)]
    if len(numbers) < len(stated):
        yield "a limit of scheme.points is a number"
    elif len(numbers) == len(SCALE):
        try:
            Scale(*numbers)
        except ValueError as error:
            yield f"scheme.points: {error}"


def _table(key: str, value: object) -> Iterator[str]:
    words = (value,) if isinstance(value, str) else value
    if not isinstance(words, tuple) or not all(isinstance(word, str) for word in words):
        yield f"{key} is rows in words"
        return
    try:
        if key.endswith(_OPPOSED):
            for word in words:
                Opposed(word)
        else:
            rows(words)
    except ValueError as error:
        yield f"{key}: {error}"
