"""Gene specifications: what an expert panel says of the criteria for its genes and diseases.

A specification is a file of rules that stand in place of the general ones, for hypotheses of its
genes, diseases and modes. All of them are rules under one name: ``GN009-TP53/population.ba1``, and
``spec/HGNC:11998/OMIM:151623/autosomal_dominant`` for which one holds.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from varinterp.errors import Fault, InputError
from varinterp.model.assessment import ANY_DISEASE, specification_key, version_key
from varinterp.model.facts import Rule
from varinterp.model.gene_disease import Inheritance
from varinterp.sources.gene_spec_rules import specification_problems
from varinterp.sources.rule_entry import Day, RuleEntry, with_text_date, yaml_files
from varinterp.strict_yaml import load_yaml, schema_error

Gene = Annotated[str, Field(pattern=r"^HGNC:\d+$")]
Disease = Annotated[str, Field(pattern=r"^(OMIM:\d{6}|MONDO:\d{7}|ORPHA:\d+)$")]
RefSeq = Annotated[str, Field(pattern=r"^NM_\d+\.\d+$")]
Line = Annotated[str, Field(min_length=3, pattern=r"^\S")]

ADVICE = "see docs/how-to/write-a-gene-specification.md"


class GeneSpecification(BaseModel):
    """The file as it is written. `notes` say what the text holds and the rules do not."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern=r"^[A-Z][A-Za-z0-9._-]*$")]
    version: Annotated[str, Field(pattern=r"^[^\s]+$")]
    date: Day
    panel: Line
    title: Line
    url: Annotated[str, Field(pattern=r"^https://\S+$")]
    status: Literal["released", "pilot", "laboratory"]
    genes: Annotated[tuple[Gene, ...], Field(min_length=1)]
    diseases: Literal["any"] | Annotated[tuple[Disease, ...], Field(min_length=1)]
    inheritance: Annotated[tuple[Inheritance, ...], Field(min_length=1)]
    transcripts: dict[Gene, RefSeq] = Field(default_factory=dict)
    rules: Annotated[dict[str, RuleEntry], Field(min_length=1)]
    notes: tuple[Line, ...] = ()

    @model_validator(mode="after")
    def _transcripts_of_genes(self) -> Self:
        strange = sorted(self.transcripts.keys() - set(self.genes))
        if strange:
            raise ValueError(f"transcripts of genes that it is not for: {', '.join(strange)}")
        return self

    @property
    def claims(self) -> Iterator[str]:
        """The keys of the hypotheses that it holds for."""
        diseases = (ANY_DISEASE,) if self.diseases == "any" else self.diseases
        for gene in self.genes:
            for disease in diseases:
                for mode in self.inheritance:
                    yield specification_key(gene, disease, mode)

    def values(self) -> dict[str, Rule]:
        """Return its rules as they stand among all rules."""
        stated = {f"{self.id}/{key}": Rule(entry.value) for key, entry in self.rules.items()}
        named = tuple(f"{gene} {name}" for gene, name in sorted(self.transcripts.items()))
        return {
            **stated,
            version_key(self.id): Rule(self.version),
            transcripts_key(self.id): Rule(named),
            **{key: Rule(self.id) for key in self.claims},
        }


def transcripts_key(specification: str) -> str:
    """Return the rule under which stand a specification's transcripts, as ``HGNC:1 NM_1.1``."""
    return f"{specification}/transcripts"


def stated_transcripts(values: Mapping[str, Rule]) -> Iterator[tuple[str, str, str]]:
    """Yield a specification, a gene and the transcript that it is judged on, among all rules."""
    suffix = transcripts_key("")
    for key, rule in values.items():
        if key.endswith(suffix) and isinstance(rule.value, tuple):
            for entry in rule.value:
                gene, _, name = entry.partition(" ")
                yield key.removesuffix(suffix), gene, name


def read_specifications(places: Sequence[Path], core: Mapping[str, Rule]) -> dict[str, Rule]:
    """Read specifications from files, and from folders of them, as rules.

    Raises InputError with the faults of all files; two that claim one hypothesis are a fault.
    """
    faults: list[Fault] = []
    found: dict[Path, GeneSpecification] = {}
    for path in specification_files(places):
        try:
            found[path] = read_specification(path, core)
        except InputError as error:
            faults += error.faults
    faults += _doubled(found, lambda each: (each.id,), "id")
    faults += _doubled(found, lambda each: each.claims, "genes")
    if faults:
        raise InputError(faults)
    return {key: rule for each in found.values() for key, rule in each.values().items()}


def read_specification(path: Path, core: Mapping[str, Rule]) -> GeneSpecification:
    """Read one file; raise InputError with every fault of it."""
    try:
        found = GeneSpecification.model_validate(with_text_date(load_yaml(path)))
    except ValidationError as error:
        raise schema_error(error, path, "gene_spec.schema", ADVICE) from error
    values = {key: entry.value for key, entry in found.rules.items()}
    faults = [
        Fault("gene_spec.rule", str(path), str(values.get(key, ""))[:40], problem, ADVICE,
              column=f"rules.{key}")
        for key, problem in specification_problems(values, core)
    ]  # fmt: skip
    if path.stem != found.id:
        faults.append(
            Fault("gene_spec.name", str(path), path.name, f"{found.id}.yaml", "rename it")
        )
    if faults:
        raise InputError(faults)
    return found


def specification_files(places: Iterable[Path]) -> list[Path]:
    """Return the files of specifications; raise InputError for a place where there is nothing."""
    return yaml_files(places, "gene_spec.file", "gene_specs")


def _doubled(
    found: Mapping[Path, GeneSpecification],
    names: Callable[[GeneSpecification], Iterable[str]],
    field: str,
) -> Iterator[Fault]:
    """Yield a fault for each name that an earlier file has."""
    first: dict[str, Path] = {}
    for path, each in found.items():
        for name in names(each):
            if name in first:
                yield Fault("gene_spec.twice", str(path), name, f"it in {first[name]} alone",
                            "leave one of the two out", column=field)  # fmt: skip
            first.setdefault(name, path)
