"""A combining scheme as a file of its own: families of evidence, their limits, a scale.

It prepares a standard that is not in force: nothing in a report comes from such a file.
"""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from varinterp.acmg.combine.families import Families, Family
from varinterp.acmg.combine.points import Scale
from varinterp.model.evidence import Criterion, Strength
from varinterp.sources.rule_entry import Day, Number, with_text_date
from varinterp.strict_yaml import load_yaml, schema_error

ADVICE = "see resources/rules/svc4-draft.yaml"

_Source = Annotated[str, Field(min_length=10)]


class ScaleEntry(BaseModel):
    """The limits of the classes: at least, and on the benign side at most."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pathogenic: Number
    likely_pathogenic: Number
    uncertain_high: Number
    uncertain_mid: Number
    likely_benign: Number
    benign: Number
    source: _Source

    @property
    def scale(self) -> Scale:
        """The scale; ValueError when its classes do not follow one another."""
        return Scale(
            self.pathogenic,
            self.likely_pathogenic,
            self.uncertain_high,
            self.uncertain_mid,
            self.likely_benign,
            self.benign,
        )


class FamilyEntry(BaseModel):
    """A family: its codes as they are published, and our criteria that speak for it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    codes: Annotated[tuple[str, ...], Field(min_length=1)]
    group: Literal["human_observational", "predictive_and_functional"]
    criteria: tuple[Criterion, ...]
    least: Number
    most: Number
    source: _Source


class SchemeFile(BaseModel):
    """The file as it is written; `status` is the one word of what is not in force."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
    version: str
    date: Day
    status: Literal["draft"]
    scale: ScaleEntry
    weights: dict[Strength, Number]
    weights_source: _Source
    families: dict[str, FamilyEntry]
    not_counted: dict[Criterion, _Source]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        self.scale.scale  # noqa: B018 - its order is what is asked
        placed = [each for family in self.families.values() for each in family.criteria]
        placed += self.not_counted
        problems = [f"{code} is in no family" for code in Criterion if code not in placed]
        problems += [
            f"{code} is placed twice" for code in sorted({*placed}) if placed.count(code) > 1
        ]
        problems += [f"no weight of {word}" for word in Strength if word not in self.weights]
        problems += [
            f"{name} counts at least {entry.least} and at most {entry.most}"
            for name, entry in self.families.items()
            if not entry.least <= 0 <= entry.most
        ]
        if problems:
            raise ValueError("; ".join(problems))
        return self


def read_scheme(path: Path) -> Families:
    """Read a scheme of families; raise InputError with every fault of the file."""
    try:
        found = SchemeFile.model_validate(with_text_date(load_yaml(path)))
    except ValidationError as error:
        raise schema_error(error, path, "scheme.schema", ADVICE) from error
    return Families(
        found.name,
        found.version,
        found.scale.scale,
        dict(found.weights),
        tuple(
            Family(name, frozenset(entry.criteria), entry.least, entry.most)
            for name, entry in found.families.items()
        ),
    )
