"""The report's texts: gettext catalogues whose message ids are keys, one folder a language.

A reason is a key and facts (`model.evidence.Reason`); its sentence is the message
``reason.<key>``. English is a translation like the others.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from babel.messages.pofile import read_po

from varinterp.errors import InternalError

PARTS = (
    "page",
    "words",
    "reasons",
    "ranking",
    "phenotype",
    "explanation",
    "worklist",
    "indicators",
    "history",
    "copy_number",
)
"""The catalogues of a language: the report's prose, vocabulary, reasons, and the other pages.

``explanation`` is how criteria become a class, for the report and the command that explains it.
"""

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class Language(StrEnum):
    """A language that reports are written in."""

    ENGLISH = "en"
    FRENCH = "fr"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every text of one language, by key."""

    language: Language
    messages: Mapping[str, str]

    def __contains__(self, key: str) -> bool:
        return key in self.messages

    def text(self, key: str, facts: Mapping[str, str] = MappingProxyType({})) -> str:
        """Return a text with its facts filled in; raise InternalError when either is missing."""
        try:
            return self.messages[key].format_map(facts)
        except KeyError as error:
            raise InternalError(f"no text for {key} in {self.language}: {error}") from error


def placeholders(message: str) -> frozenset[str]:
    """Return the names of the facts that a message has places for."""
    return frozenset(_PLACEHOLDER.findall(message))


@cache
def catalogue(language: Language) -> Catalogue:
    """Read a language's catalogues; raise InternalError when a key is there twice or empty."""
    messages: dict[str, str] = {}
    for part in PARTS:
        path = files("varinterp.report") / "locale" / language.value / f"{part}.po"
        with path.open("rb") as stream:
            read = read_po(stream, locale=language.value, abort_invalid=True)
        for message in read:
            key, text = str(message.id), str(message.string)
            if not key:
                continue
            if not text or key in messages:
                raise InternalError(f"{language}/{part}.po: {key} is empty or there twice")
            messages[key] = text
    return Catalogue(language, MappingProxyType(messages))
