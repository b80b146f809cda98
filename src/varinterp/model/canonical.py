"""One canonical text and one digest for every value that is compared, stored or interned."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from hashlib import sha256
from json.encoder import encode_basestring
from typing import Any

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

_Writer = Callable[[Any], str]

_MOST_TEXTS = 1 << 15
"""Texts kept of one class."""


def to_json(value: Any) -> Json:
    """Turn a frozen value of the model into plain JSON; 1.0 and 1 are one value, NaN is refused."""
    if isinstance(value, Enum):
        return to_json(value.value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            raise ValueError("a number that is not finite has no canonical form")
        return int(value) if value.is_integer() else value
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return to_object(value)
    if isinstance(value, Mapping):
        return {str(to_json(key)): to_json(item) for key, item in value.items()}
    if isinstance(value, frozenset | set):
        return sorted((to_json(item) for item in value), key=canonical)
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def to_object(value: Any) -> dict[str, Json]:
    """Turn a dataclass into a JSON object, as `to_json` does."""
    return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}


def canonical(value: Any) -> str:
    """Return the one text of a value: keys sorted, no spaces, shortest floats, UTF-8 kept.

    It is what ``json.dumps`` makes of `to_json`, written directly: a writer is made once for each
    class, since the archive's texts are most of what recording a conclusion costs.
    """
    return _WRITERS[type(value)](value)


def digest(value: Any) -> str:
    """Return the first 128 bits of the SHA-256 of a value's canonical text, in hexadecimal."""
    return digest_of_text(canonical(value))


def digest_of_text(text: str) -> str:
    """Return the digest of the value that a canonical text is of."""
    return sha256(text.encode()).hexdigest()[:32]


class _Writers(dict[type, _Writer]):
    """The writer of each class; one that is asked for the first time is made."""

    def __missing__(self, kind: type) -> _Writer:
        self[kind] = made = _made(kind)
        return made


def remember_texts(kind: type, told_apart_by: Callable[[Any], object]) -> None:
    """Keep the texts of a class whose values come back again and again.

    `told_apart_by` returns what a text is kept under, or None for a value whose text is not kept.
    Two values with other texts must never share it: beware that 1, 1.0 and True are equal.
    """
    texts: dict[object, str] = {}
    write = _made(kind)

    def remembered(value: Any) -> str:
        place = told_apart_by(value)
        text = texts.get(place)
        if text is not None:
            return text
        text = write(value)
        if place is not None:
            if len(texts) >= _MOST_TEXTS:
                texts.clear()
            texts[place] = text
        return text

    _WRITERS[kind] = remembered


def _made(kind: type) -> _Writer:
    if issubclass(kind, Enum):
        texts = {member: canonical(member.value) for member in kind}
        return texts.__getitem__
    for plain in (str, bool, int, float):
        if issubclass(kind, plain):
            return _WRITERS[plain]
    if issubclass(kind, date):
        return lambda value: encode_basestring(value.isoformat())
    if is_dataclass(kind):
        return _record(kind)
    if issubclass(kind, Mapping):
        return _mapping
    if issubclass(kind, frozenset | set):
        return _set
    if issubclass(kind, tuple | list):
        return _sequence
    raise TypeError(f"{kind.__name__} has no canonical form")


def _record(kind: Any) -> _Writer:
    """Return the writer of a dataclass: its fields in order of name, each after a fixed text."""
    names = sorted(field.name for field in fields(kind))
    if not names:
        return lambda _: "{}"
    heads = [
        f"{'{' if index == 0 else ','}{encode_basestring(name)}:"
        for index, name in enumerate(names)
    ]
    # Written out as one expression, a field costs a look-up of its class and no loop.
    parts = "".join(
        f"{head.replace('{', '{{')}{{writers[type(value.{name})](value.{name})}}"
        for head, name in zip(heads, names, strict=True)
    )
    write: _Writer = eval(f"lambda value: f'{parts}}}}}'", {"writers": _WRITERS, "type": type})  # noqa: S307
    return write


def _number(value: float) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        raise ValueError("a number that is not finite has no canonical form")
    return int.__repr__(int(value)) if value.is_integer() else float.__repr__(value)


def _mapping(value: Mapping[Any, Any]) -> str:
    items = {str(to_json(key)): item for key, item in value.items()}
    parts = (f"{encode_basestring(key)}:{canonical(items[key])}" for key in sorted(items))
    return f"{{{','.join(parts)}}}"


def _set(value: frozenset[Any]) -> str:
    return f"[{','.join(sorted(map(canonical, value)))}]"


def _sequence(value: tuple[Any, ...]) -> str:
    return f"[{','.join([_WRITERS[type(item)](item) for item in value])}]"


_WRITERS = _Writers(
    {
        str: encode_basestring,
        bool: lambda value: "true" if value else "false",
        int: int.__repr__,
        float: _number,
        type(None): lambda _: "null",
        tuple: _sequence,
        list: _sequence,
        dict: _mapping,
    }
)
