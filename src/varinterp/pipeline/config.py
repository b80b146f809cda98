"""The run's configuration: `config/config.yaml`, checked whole before anything starts."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from varinterp.errors import Fault, InputError
from varinterp.refs.release import Name
from varinterp.report.catalogue import Language
from varinterp.strict_yaml import expected_of, load_yaml


class Update(BaseModel):
    """A release to fetch and build: its name, its day, and files that are given by hand.

    `mirrors` maps a host of the catalogue to the address of the laboratory's mirror.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    release: Name
    dated: date
    files: dict[Name, tuple[Path, ...]] = Field(default_factory=dict)
    mirrors: dict[str, str] = Field(default_factory=dict)


class Settings(BaseModel):
    """What a laboratory sets. Paths are relative to the folder that the run starts in."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    samples: Annotated[Path, Field(description="The sample sheet, one row a person.")]
    reference: Annotated[
        Path, Field(description="GRCh38 FASTA, plain or bgzipped, with its index beside it.")
    ]
    references: Annotated[
        Path, Field(description="Folder of reference releases: `<source>/<release>/`.")
    ]
    lock: Annotated[
        Path, Field(description="The release of each source that new analyses start from.")
    ]
    catalogue: Annotated[
        Path, Field(description="The reference sources: where each comes from, and its gate.")
    ] = Path("resources/sources.yaml")
    rules: Annotated[
        Path, Field(description="Thresholds, comparators and gates, each with its source.")
    ] = Path("resources/rules/core-v1.yaml")
    gene_specs: Annotated[
        tuple[Path, ...],
        Field(description="Gene specifications: files, or folders of them."),
    ] = (Path("resources/gene_specs"),)
    gene_lists: Annotated[
        tuple[Path, ...],
        Field(description="Lists of genes and alleles to mark, or of secondary findings."),
    ] = (Path("resources/gene_lists"),)
    results: Annotated[Path, Field(description="Folder that everything is written to.")] = Path(
        "results"
    )
    logs: Annotated[Path, Field(description="Folder of the logs.")] = Path("logs")
    registry: Annotated[
        str,
        Field(
            description="SQLAlchemy URL of the registry: `sqlite:///` and a path, or "
            "`postgresql+psycopg://`; a password belongs into `PGPASSFILE`.",
            pattern=r"^(sqlite:///|postgresql\+psycopg://)",
        ),
    ] = "sqlite:///results/registry.sqlite"
    cohort: Annotated[
        Path, Field(description="Folder of the cohort store: every case's rare or known alleles.")
    ] = Path("results/cohort")
    reanalysis: Annotated[
        Path, Field(description="Folder that runs of the reanalysis are written to.")
    ] = Path("results/reanalysis")
    pseudonym_key: Annotated[
        str,
        Field(
            description="File with the secret key of pseudonyms (mode 0600), or the word "
            "`demonstration`: a public key, for constructed families only."
        ),
    ]
    languages: Annotated[
        tuple[Language, ...], Field(description="Languages of the report.", min_length=1)
    ] = (Language.ENGLISH, Language.FRENCH)
    updates: Annotated[
        dict[Name, Update],
        Field(description="Releases that `snakemake references` fetches and builds, by source."),
    ] = Field(default={})


def parse_settings(config: dict[str, Any], name: str = "config/config.yaml") -> Settings:
    """Check a configuration; raise InputError listing every fault."""
    try:
        return Settings.model_validate(config)
    except ValidationError as error:
        raise InputError(_fault(name, dict(problem)) for problem in error.errors()) from error


def read_settings(path: Path) -> Settings:
    """Read and check a configuration file."""
    document = load_yaml(path)
    if not isinstance(document, dict):
        raise InputError(
            [
                Fault(
                    rule="config.schema",
                    file=str(path),
                    found=type(document).__name__,
                    expected="a YAML mapping",
                    advice="start from config/config.yaml",
                )
            ]
        )
    return parse_settings(document, str(path))


def _fault(name: str, problem: dict[str, Any]) -> Fault:
    field = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "extra_forbidden":
        known = ", ".join(sorted(Settings.model_fields))
        return Fault("config.unknown_key", name, field, f"one of {known}", "remove or rename it")
    if problem["type"] == "missing":
        return Fault("config.missing_key", name, "nothing", field, f"add a line `{field}: …`")
    return Fault(
        "config.value",
        name,
        str(problem["input"])[:40],
        expected_of(problem["msg"]),
        "see config/README.md",
        column=field,
    )
