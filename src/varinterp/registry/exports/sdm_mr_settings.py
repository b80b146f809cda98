"""What a laboratory sets for its SDM-MR documents: OIDs, and the codes of its levels."""

from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from varinterp.model.diagnosis import DiagnosticLevel
from varinterp.registry.exports.record import Appreciation
from varinterp.registry.exports.sdm_mr_values import STATUSES
from varinterp.strict_yaml import load_yaml, schema_error

SETTINGS = Path("resources/registry/sdm-mr-v1.yaml")

Root = Annotated[
    str,
    Field(
        pattern=r"^([0-2](\.(0|[1-9]\d*)){1,30}|[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})$"
    ),
]
"""An OID or a UUID."""


class Organisation(BaseModel):
    """The organisation that keeps the document."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    root: Root | None
    id: str | None
    name: Annotated[str, Field(min_length=1)]


class SdmMrSettings(BaseModel):
    """The settings' file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    schema_version: Annotated[int, Field(ge=1, le=1)]
    pseudonym_root: Root | None
    organisation: Organisation
    gene_system: Root
    statuses: dict[DiagnosticLevel, str]
    appreciation: Appreciation | None

    @model_validator(mode="after")
    def _each_level_has_a_code(self) -> Self:
        if set(self.statuses) != set(DiagnosticLevel):
            raise ValueError(f"statuses need each of {', '.join(DiagnosticLevel)}")
        if set(self.statuses.values()) - set(STATUSES):
            raise ValueError(f"statuses are codes of MED-072: {', '.join(sorted(STATUSES))}")
        return self


def read_sdm_mr_settings(path: Path = SETTINGS) -> SdmMrSettings:
    """Read the settings; raise InputError with every fault."""
    document = load_yaml(path)
    try:
        return SdmMrSettings.model_validate(document)
    except ValidationError as error:
        raise schema_error(
            error, path, "sdm_mr.settings", "edit it after docs/how-to/export.md"
        ) from error
