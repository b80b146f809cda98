"""The rules file: every threshold and gate with its source, read once and checked."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from varinterp.model.canonical import digest
from varinterp.model.facts import RULE, Rule
from varinterp.sources.predictor_rules import predictor_problems
from varinterp.strict_yaml import load_yaml, schema_error

Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]


_WORDS = {"population.local_use": ("shown", "counted")}
"""The rules that are one word of a few."""


class RuleEntry(BaseModel):
    """One value and where it comes from."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: Number | str | tuple[str, ...]
    source: Annotated[str, Field(min_length=10)]


class RulesFile(BaseModel):
    """The file as it is written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
    version: str
    date: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    rules: Annotated[dict[str, RuleEntry], Field(min_length=1)]

    @model_validator(mode="after")
    def _words(self) -> Self:
        problems = [
            f"{key} is one of {', '.join(words)}"
            for key, words in _WORDS.items()
            if key in self.rules and self.rules[key].value not in words
        ]
        problems += predictor_problems({key: rule.value for key, rule in self.rules.items()})
        if problems:
            raise ValueError("; ".join(problems))
        return self


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules in force: a name, a version, and a value under each key."""

    name: str
    version: str
    date: str
    values: dict[str, Rule]

    def number(self, key: str) -> float:
        """Return a number; raise KeyError or TypeError when the rules hold no such number."""
        value = self.values[key].value
        if isinstance(value, str | tuple):
            raise TypeError(f"rule {key} is not a number")
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """Return a list of words; raise KeyError or TypeError when the rules hold no such list."""
        value = self.values[key].value
        if not isinstance(value, tuple):
            raise TypeError(f"rule {key} is not a list of words")
        return value

    @property
    def digest(self) -> str:
        """Digest of every value: an edited file is another release, whatever version it states."""
        return digest(self.values)

    def facts(self) -> dict[tuple[str, str], Rule]:
        """Return the rules as facts, to be read through a recorder."""
        return {(RULE.source, key): value for key, value in self.values.items()}


def read_rules(path: Path) -> Rules:
    """Read the rules; raise InputError with every fault of the file."""
    try:
        file = RulesFile.model_validate(_as_text(load_yaml(path)))
    except ValidationError as error:
        raise schema_error(
            error, path, "rules.schema", "see resources/rules/core-v1.yaml for the form"
        ) from error
    values = {key: Rule(entry.value) for key, entry in file.rules.items()}
    return Rules(file.name, file.version, file.date, values)


def _as_text(document: object) -> object:
    """YAML reads an unquoted date as a date; the rules name theirs as text."""
    if isinstance(document, dict) and isinstance(document.get("date"), date):
        return {**document, "date": document["date"].isoformat()}
    return document
