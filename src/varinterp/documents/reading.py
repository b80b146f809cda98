"""What stored documents share: their version, the lifts from older ones, how faults are told."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from pydantic import BaseModel, ValidationError

from varinterp.errors import ReleaseError

Document = dict[str, Any]
Lifts = Mapping[int, Callable[[Document], Document]]


def parse(text: str | bytes, name: str, version: int, lifts: Lifts) -> Document:
    """Return the JSON object that a document holds, lifted to a version.

    Raises ReleaseError for a version that is not known, ValueError when it is no document.
    """
    raw: Document | None = json.loads(text, parse_constant=_refuse)
    if not isinstance(raw, dict):
        raise ValueError("the document is not an object")
    while raw.get("schema_version") != version:
        stated = raw.get("schema_version")
        if type(stated) is not int or stated not in lifts:
            raise ReleaseError(
                f"{name} has the schema_version {str(stated)[:40]}; "
                f"this varinterp reads up to {version}"
            )
        try:
            raw = lifts[stated](raw)
        except (KeyError, TypeError, AttributeError):
            raise ValueError(f"it is not as version {stated} was") from None
    return raw


@contextmanager
def refused_as(what: str) -> Iterator[None]:
    """Raise ReleaseError, which begins with `what`, for what is wrong with a document inside."""
    try:
        yield
    except ValidationError as error:
        raise ReleaseError(f"{what}: {_places(error)}") from None
    except ValueError as error:
        raise ReleaseError(f"{what}: {error}") from None


def _places(error: ValidationError) -> str:
    """Return where a document is wrong, never what it holds there."""
    faults = error.errors(include_input=False, include_context=False)
    return "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in faults[:5])


def pretty(document: object) -> str:
    """Return the text of a document or schema: sorted keys, two-space indent, a final newline."""
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def schema_of(model: type[BaseModel]) -> str:
    """Return a document's JSON Schema as the reference holds it."""
    return pretty(model.model_json_schema())


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is not a number")
