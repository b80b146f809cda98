"""One canonical text and one digest for every value that is compared, stored or interned."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from hashlib import sha256
from typing import Any

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


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
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(to_json(key)): to_json(item) for key, item in value.items()}
    if isinstance(value, frozenset | set):
        return sorted((to_json(item) for item in value), key=canonical)
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def canonical(value: Any) -> str:
    """Return the one text of a value: keys sorted, no spaces, shortest floats, UTF-8 kept."""
    return json.dumps(
        to_json(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def digest(value: Any) -> str:
    """Return the first 128 bits of the SHA-256 of a value's canonical text, in hexadecimal."""
    return sha256(canonical(value).encode()).hexdigest()[:32]
