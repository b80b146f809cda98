"""The rules file: every threshold and gate with its source, read once and checked."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from varinterp.model.assessment import specification_keys
from varinterp.model.canonical import digest
from varinterp.model.facts import RULE, Rule
from varinterp.model.gene_disease import Inheritance
from varinterp.sources.gene_lists import read_gene_lists
from varinterp.sources.gene_specs import read_specifications
from varinterp.sources.predictor_rules import predictor_problems
from varinterp.sources.ranking_rules import ranking_problems
from varinterp.sources.rule_entry import WORDS, Day, RuleEntry, with_text_date
from varinterp.sources.scheme_rules import scheme_problems
from varinterp.sources.splice_rules import splice_problems
from varinterp.strict_yaml import load_yaml, schema_error


class RulesFile(BaseModel):
    """The file as it is written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
    version: str
    date: Day
    rules: Annotated[dict[str, RuleEntry], Field(min_length=1)]

    @model_validator(mode="after")
    def _words(self) -> Self:
        problems = [
            f"{key} is one of {', '.join(words)}"
            for key, words in WORDS.items()
            if key in self.rules and self.rules[key].value not in words
        ]
        stated = {key: rule.value for key, rule in self.rules.items()}
        problems += [
            *predictor_problems(stated),
            *ranking_problems(stated),
            *scheme_problems(stated),
            *splice_problems(stated),
        ]
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

    def specification(self, gene: str, disease: str, inheritance: Inheritance | None) -> str | None:
        """Return the id of the gene specification that holds for a hypothesis; None without one."""
        for place in specification_keys(gene, disease, inheritance):
            found = self.values.get(place)
            if found is not None:
                return str(found.value)
        return None

    @property
    def digest(self) -> str:
        """Digest of every value: an edited file is another release, whatever version it states."""
        return digest(self.values)

    def facts(self) -> dict[tuple[str, str], Rule]:
        """Return the rules as facts, to be read through a recorder."""
        return {(RULE.source, key): value for key, value in self.values.items()}


def read_rules(
    path: Path, specifications: Sequence[Path] = (), lists: Sequence[Path] = ()
) -> Rules:
    """Read the general rules, gene specifications and gene lists (files, or folders of them).

    Raises InputError with every fault of the file, of all specifications, or of all lists.
    """
    try:
        file = RulesFile.model_validate(with_text_date(load_yaml(path)))
    except ValidationError as error:
        raise schema_error(
            error, path, "rules.schema", "see resources/rules/core-v1.yaml for the form"
        ) from error
    values = {key: Rule(entry.value) for key, entry in file.rules.items()}
    values |= read_specifications(specifications, values)
    values |= read_gene_lists(lists)
    return Rules(file.name, file.version, file.date, values)
