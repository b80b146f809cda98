"""The families as `facts/families.yaml` states them."""

from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from building.layout import Layout
from building.tables import read_tsv


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Mosaic(_Strict):
    """An allele that a few reads carry: too few for a heterozygous call."""

    allele: str
    reads: int


class Member(_Strict):
    """A person. A founder `carries` alleles on two haplotypes; a child `inherits` one of each
    parent's. `shares` names a relative whose first haplotype this person also has."""

    person: str
    sample: str = ""
    sex: Literal["male", "female"]
    affected: bool
    father: str | None = None
    mother: str | None = None
    sequenced: bool = True
    carries: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    inherits: tuple[Literal[0, 1], Literal[0, 1]] | None = None
    shares: str | None = None
    de_novo: str | None = None
    mosaic: Mosaic | None = None
    depth: int = 36

    @property
    def column(self) -> str:
        """The person's sample name in a VCF."""
        return self.sample or self.person


class Calls(_Strict):
    """How a family is called: the file, one a person when `apart`, reference `blocks` for a gVCF,
    and what phases it. Families that name the same file are called together."""

    file: str
    apart: bool = False
    blocks: bool = False
    phase: Literal["none", "reads", "pedigree"] = "none"


class DemoFamily(_Strict):
    """A family with what is published of it and what is constructed."""

    family: str
    title: str
    citations: Annotated[tuple[str, ...], Field(min_length=1)]
    published: str
    constructed: str
    indication: str
    consanguineous: bool
    calls: Calls
    phenotype_file: Literal["inline", "list", "phenopacket"] = "inline"
    pedigree_file: bool = False
    people: Annotated[tuple[Member, ...], Field(min_length=1)]

    @property
    def proband(self) -> Member:
        """The first person named."""
        return self.people[0]

    @property
    def sequenced(self) -> tuple[Member, ...]:
        """The people with reads."""
        return tuple(member for member in self.people if member.sequenced)

    def vcf_of(self, member: Member) -> str:
        """Name the VCF that holds a member."""
        return self.calls.file.format(sample=member.column)


class Phenotype(_Strict):
    """A term of a person, and where it comes from."""

    person: str
    hpo_id: str
    label: str
    excluded: bool
    citation: str
    patient: str
    constructed: bool


def read_families(layout: Layout) -> tuple[DemoFamily, ...]:
    """Read the families, in the file's order."""
    document = yaml.safe_load((layout.facts / "families.yaml").read_text())
    return tuple(DemoFamily.model_validate(family) for family in document["families"])


def read_phenotypes(layout: Layout) -> dict[str, list[Phenotype]]:
    """Return each person's terms, in the table's order."""
    terms: dict[str, list[Phenotype]] = {}
    for row in read_tsv(layout.facts / "phenotypes.tsv"):
        phenotype = Phenotype.model_validate(row)
        terms.setdefault(phenotype.person, []).append(phenotype)
    return terms
