"""`build:` of a laboratory's own source: what its file's columns are, and what its words mean.

A file is a table (``tsv``) or a VCF of sites (``vcf``). `columns` gives for each role the name of
a column, or of an INFO field. Nothing is guessed: a class word that `classes` does not explain
stops the load.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from varinterp.errors import ReleaseError
from varinterp.model.clinvar import Significance

PLACE = ("chromosome", "position", "ref", "alt")
COUNTS = ("ac", "an", "homozygotes", "heterozygotes")
TEXTS = ("text", "date", "curator")
_ROLES = ("allele", *PLACE, "class", *COUNTS, *TEXTS)
Column = Annotated[str, Field(min_length=1)]


class LaboratorySettings(BaseModel):
    """The block as it is written; `separator` and `columns` of the place are a table's."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal["tsv", "vcf"]
    columns: dict[Literal[_ROLES], Column]  # type: ignore[valid-type]
    classes: dict[str, Annotated[tuple[Significance, ...], Field(min_length=1)]] = Field(
        default_factory=dict
    )
    separator: Literal["\t", ",", ";"] = "\t"
    constructed: bool = False

    @model_validator(mode="after")
    def _whole(self) -> Self:
        problems = [*_place_problems(self), *_class_problems(self)]
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def column(self, role: str) -> str | None:
        """Return the column or INFO field of a role; None when the file has none."""
        found: str | None = self.columns.get(role)
        return found


def read_settings(source: str, settings: Mapping[str, Any]) -> LaboratorySettings:
    """Check a `build` block; ReleaseError with every fault."""
    try:
        return LaboratorySettings.model_validate(dict(settings))
    except ValidationError as error:
        faults = "; ".join(
            f"build.{'.'.join(map(str, fault['loc']))}: {fault['msg']}"
            for fault in error.errors(include_input=False, include_context=False)
        )
        raise ReleaseError(f"{source}: {faults}") from error


def _place_problems(settings: LaboratorySettings) -> list[str]:
    given = [role for role in ("allele", *PLACE) if role in settings.columns]
    if settings.format == "vcf":
        return [f"a VCF has its own {given[0]}; leave it out of columns"] if given else []
    if given in (["allele"], list(PLACE)):
        return []
    return ["columns needs allele, or chromosome, position, ref and alt"]


def _class_problems(settings: LaboratorySettings) -> list[str]:
    said = [role for role in settings.columns if role not in ("allele", *PLACE)]
    if not said:
        return ["columns has no role that says anything of an allele"]
    if ("class" in settings.columns) != bool(settings.classes):
        return ["columns.class and classes go together"]
    return []
