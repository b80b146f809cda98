"""Lists of genes and alleles that the ranking marks, or may show to people who consented.

A list is a file of entries, each of which says one thing of its genes and alleles, with a source.
All of them are rules: ``noise/HGNC:4931`` holds the list's title, what is said, and the source.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from varinterp.errors import Fault, InputError
from varinterp.model.facts import Rule
from varinterp.model.gene_disease import Inheritance
from varinterp.model.variant import Allele
from varinterp.priority.weights import ListUse, list_key
from varinterp.sources.rule_entry import Day, with_text_date, yaml_files
from varinterp.strict_yaml import load_yaml, schema_error

ADVICE = "see resources/gene_lists/README.md for the form"


def _allele(text: str) -> str:
    """Read an allele; one that shares bases at an end is written otherwise by every analysis."""
    found = Allele.parse(text)
    ref, alt = found.ref, found.alt
    if min(len(ref), len(alt)) > 1 and (ref[0] == alt[0] or ref[-1] == alt[-1]):
        raise ValueError(f"not trimmed, so that no case's allele would be it: {text[:40]}")
    return str(found)


Gene = Annotated[str, Field(pattern=r"^HGNC:\d+( \S+)?$")]
"""An HGNC id, with a symbol that is for people alone."""
ListedName = Annotated[str, AfterValidator(_allele)]


class Entry(BaseModel):
    """Genes and alleles of which a list says the same.

    With `inheritance`, a gene of secondary findings is one in diseases of that mode alone, and in
    people whose every copy is hit.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    says: Annotated[str, Field(min_length=2, max_length=300)]
    source: Annotated[str, Field(min_length=10)]
    genes: tuple[Gene, ...] = ()
    alleles: tuple[ListedName, ...] = ()
    inheritance: Inheritance | None = None

    @model_validator(mode="after")
    def _of_something(self) -> Self:
        if not self.genes and not self.alleles:
            raise ValueError("an entry names at least one gene or allele")
        return self

    @property
    def mode(self) -> tuple[str, ...]:
        """The mode of inheritance, where it is of one."""
        return () if self.inheritance is None else (self.inheritance.value,)

    @property
    def names(self) -> Iterator[str]:
        """HGNC ids and alleles."""
        yield from (gene.partition(" ")[0] for gene in self.genes)
        yield from self.alleles


class GeneList(BaseModel):
    """The file as it is written; the id is its name. Only a laboratory's own list has alleles."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9._-]*$")]
    version: Annotated[str, Field(pattern=r"^[^\s]+$")]
    date: Day
    use: ListUse
    title: Annotated[str, Field(min_length=3)]
    entries: Annotated[tuple[Entry, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        named = Counter(name for entry in self.entries for name in entry.names)
        doubled = sorted(name for name, times in named.items() if times > 1)
        if doubled:
            raise ValueError(f"named twice: {', '.join(doubled)[:200]}")
        if self.use is not ListUse.LABORATORY and any(entry.alleles for entry in self.entries):
            raise ValueError("only a list of the laboratory's own names alleles")
        if self.use is not ListUse.SECONDARY and any(each.inheritance for each in self.entries):
            raise ValueError("only a list of secondary findings names a mode of inheritance")
        return self

    def values(self) -> dict[str, Rule]:
        """Return its entries as they stand among all rules."""
        return {
            list_key(self.use, name): Rule((self.title, entry.says, entry.source, *entry.mode))
            for entry in self.entries
            for name in entry.names
        }


def read_gene_lists(places: Sequence[Path]) -> dict[str, Rule]:
    """Read lists from files, and from folders of them, as rules.

    Raises InputError with the faults of all files; what two lists of one use name is a fault.
    """
    found: dict[str, Rule] = {}
    faults: list[Fault] = []
    for path in gene_list_files(places):
        try:
            values = read_gene_list(path).values()
        except InputError as error:
            faults += error.faults
            continue
        faults += [
            Fault("gene_list.twice", str(path), name, "a name that no other list has", ADVICE)
            for name in sorted(values.keys() & found.keys())
        ]
        found |= values
    if faults:
        raise InputError(faults)
    return found


def read_gene_list(path: Path) -> GeneList:
    """Read one file; raise InputError with every fault of it."""
    try:
        found = GeneList.model_validate(with_text_date(load_yaml(path)))
    except ValidationError as error:
        raise schema_error(error, path, "gene_list.schema", ADVICE) from error
    if path.stem != found.id:
        fault = Fault("gene_list.name", str(path), path.name, f"{found.id}.yaml", "rename it")
        raise InputError([fault])
    return found


def gene_list_files(places: Sequence[Path]) -> list[Path]:
    """Return the files of lists; raise InputError for a place where there is nothing."""
    return yaml_files(places, "gene_list.file", "gene_lists")
