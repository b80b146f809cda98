"""The editable profile of the genomic record: which field, filled from where, under which code.

No public field list of the French genomic record (SDM-G) exists: the profile is varinterp's own,
and a laboratory edits it. A path, word or code that cannot be is refused with everything at once.
"""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from varinterp.errors import Fault, InputError
from varinterp.registry.exports.case_paths import CASE_PATHS
from varinterp.registry.exports.code_systems import CODE_SYSTEMS
from varinterp.registry.exports.finding_paths import FINDING_PATHS
from varinterp.registry.exports.profile_path import FieldType, SourcePath
from varinterp.strict_yaml import load_yaml, schema_error

PROFILE = Path("resources/registry/profile-v1.yaml")
_ADVICE = "edit it after docs/reference/registry-profile.md"


class Level(StrEnum):
    """Whether a field is said once of a case, or of each signed finding."""

    CASE = "case"
    FINDING = "finding"


class Cardinality(StrEnum):
    """How many values a field has."""

    OPTIONAL = "0..1"
    ONE = "1..1"
    ANY = "0..*"
    SOME = "1..*"

    def allows(self, count: int) -> bool:
        """Whether a number of values is allowed."""
        low, high = self.value.split("..")
        return count >= int(low) and (high == "*" or count <= int(high))


class Code(BaseModel):
    """A code of a terminology, with the label that it has there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    system: str
    code: str
    label: str


class Label(BaseModel):
    """What people read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    en: str
    fr: str


class ProfileField(BaseModel):
    """A field: what it is called, what it may hold, where it comes from, and its code.

    `values` turns the words of the source into codes; a source of words has all of them or none.
    `terminology` is what a value that is a code itself must be of; several are separated by ``|``.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    field: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
    label: Label
    level: Level
    type: FieldType
    cardinality: Cardinality
    source: str
    terminology: str | None = None
    code: Code | None = None
    values: dict[str, Code] = Field(default_factory=dict)

    @property
    def path(self) -> SourcePath:
        """The path that fills the field; raise KeyError for a name that is not one."""
        return (CASE_PATHS if self.level is Level.CASE else FINDING_PATHS)[self.source]

    @property
    def terminologies(self) -> tuple[str, ...]:
        """The terminologies that a value may be of."""
        return () if self.terminology is None else tuple(self.terminology.split("|"))


class Profile(BaseModel):
    """The profile's file: a name and a version of its own, and the fields in their order."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    schema_version: Annotated[int, Field(ge=1, le=1)]
    name: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$")]
    version: Annotated[str, Field(pattern=r"^[0-9A-Za-z.-]{1,20}$")]
    notice: str
    fields: Annotated[tuple[ProfileField, ...], Field(min_length=1)]

    def at(self, level: Level) -> tuple[ProfileField, ...]:
        """Return the fields of a level, in the profile's order."""
        return tuple(field for field in self.fields if field.level is level)


def read_profile(path: Path = PROFILE) -> Profile:
    """Read a profile; raise InputError with every fault."""
    document = load_yaml(path)
    try:
        profile = Profile.model_validate(document)
    except ValidationError as error:
        raise schema_error(error, path, "profile.schema", _ADVICE) from error
    faults = [fault for fault in _faults(profile, path)]
    if faults:
        raise InputError(faults)
    return profile


def _faults(profile: Profile, path: Path) -> Iterator[Fault]:
    lines = _lines(path)
    seen: set[str] = set()
    for field in profile.fields:
        for rule, found, expected in (*_repeated(field, seen), *_wrong(field)):
            yield Fault(
                f"profile.{rule}", str(path), found, expected, _ADVICE, lines.get(field.field),
                field.field,
            )  # fmt: skip
        seen.add(field.field)


def _lines(path: Path) -> Mapping[str, int]:
    """The line on which each field begins."""
    found: dict[str, int] = {}
    for number, line in enumerate(path.read_text("utf-8-sig").splitlines(), start=1):
        match = re.match(r"\s*-?\s*field:\s*[\"']?([a-z0-9_]+)", line)
        if match:
            found.setdefault(match[1], number)
    return found


_Wrong = tuple[str, str, str]


def _repeated(field: ProfileField, seen: set[str]) -> Iterator[_Wrong]:
    if field.field in seen:
        yield ("repeated", field.field, "each field once")


def _wrong(field: ProfileField) -> Iterator[_Wrong]:
    for code in (field.code, *field.values.values()):
        if code is not None:
            yield from _wrong_code(code)
    for name in field.terminologies:
        if name not in CODE_SYSTEMS:
            yield ("terminology", name[:40], f"one of {', '.join(sorted(CODE_SYSTEMS))}")
    try:
        path = field.path
    except KeyError:
        known = CASE_PATHS if field.level is Level.CASE else FINDING_PATHS
        yield ("path", field.source[:40], f"a path of a {field.level}: {', '.join(sorted(known))}")
        return
    if path.type is not field.type:
        yield ("type", field.type.value, f"{path.type}, which {field.source} holds")
    yield from _wrong_words(field, path)


def _wrong_code(code: Code) -> Iterator[_Wrong]:
    system = CODE_SYSTEMS.get(code.system)
    if system is None:
        yield ("system", code.system[:40], f"one of {', '.join(sorted(CODE_SYSTEMS))}")
    elif not system.holds(code.code):
        yield ("code", f"{code.system} {code.code}"[:40], system.shape)


def _wrong_words(field: ProfileField, path: SourcePath) -> Iterator[_Wrong]:
    if field.values and not path.words:
        yield ("values", "values", f"no values: {field.source} does not hold words of a list")
    elif field.values and set(field.values) != set(path.words):
        found = ", ".join(sorted(set(field.values) ^ set(path.words)))
        yield ("values", found[:40], f"a code for each of {', '.join(path.words)}")
    if field.type is FieldType.CODE and not path.words and not field.terminologies:
        yield ("terminology", "none", "the terminology that the codes are of")
