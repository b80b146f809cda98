"""``intake.json``: a family that passed the gate, under its pseudonyms."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from varinterp.errors import StageError
from varinterp.model.chromosome import Chromosome
from varinterp.model.family import Affected, Family, Person, Sex
from varinterp.model.panel import AskedPanel, PanelUse
from varinterp.model.phenotype import Phenotype
from varinterp.pipeline.identity import Outcome
from varinterp.sources.vcf_container import Container

SCHEMA_VERSION: Final = 1
MIN_PARENTAGE_CHROMOSOMES = 10
_AUTOSOMES = 22
Pseudonym = Annotated[str, Field(pattern=r"^[CFP]-[A-Z2-7]{12}$")]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Verdict(StrEnum):
    """The gate's answer; a rejected family has no intake document."""

    ACCEPT = "accept"
    WARN = "warn"
    REJECT = "reject"


class CheckKind(StrEnum):
    """What an identity check compares."""

    SEX = "sex"
    MENDEL = "mendel"
    MITOCHONDRIAL = "mitochondrial"
    SAME_PERSON = "same_person"


class _Stored(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Member(_Stored):
    """A person. `vcf` indexes `Intake.vcfs`; `column` is the 0-based sample of that file."""

    id: Pseudonym
    sex: Sex
    affected: Affected
    father: Pseudonym | None = None
    mother: Pseudonym | None = None
    vcf: int | None = None
    column: int | None = None
    secondary_findings: bool = False
    recontact: bool = False
    reanalysis: bool = False


class VcfRecord(_Stored):
    """What a VCF held when it was accepted; the digest says whether it is still that file.

    `contigs` and `aside` count records by contig, interpreted or not; `alleles` counts ALT
    alleles by kind.
    """

    sha256: Sha256
    container: Container
    records: int
    gvcf_blocks: int
    contig_style: str | None
    contigs: dict[str, int]
    aside: dict[str, int]
    alleles: dict[str, int]
    csq_fields: tuple[str, ...]


class Check(_Stored):
    """An identity check of one or more people; see `varinterp.pipeline.identity`."""

    kind: CheckKind
    people: tuple[Pseudonym, ...]
    outcome: Outcome
    sites: int
    rate: float | None


class Warned(_Stored):
    """A warning by its rule and place: ``sheet``, ``vcf 0`` (an index), or ``file 0``."""

    rule: str
    source: str
    line: int | None
    column: str | None


class Terms(_Stored):
    """HPO ids, current in the release of the family's lock; `onset` is the disease's."""

    observed: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    onset: str | None = None


class AskedFor(_Stored):
    """A panel by the sheet's name, and what it is used for."""

    name: str
    use: PanelUse


class Intake(_Stored):
    """The stored document. No laboratory name is in it; `indication` is the clinic's own text."""

    schema_version: Literal[1] = SCHEMA_VERSION
    verdict: Literal[Verdict.ACCEPT, Verdict.WARN]
    case: Pseudonym
    family: Pseudonym
    proband: Pseudonym
    members: tuple[Member, ...]
    phenotype: Terms
    indication: str
    consanguineous: bool
    vcfs: tuple[VcfRecord, ...]
    checks: tuple[Check, ...]
    warnings: tuple[Warned, ...]
    panels: tuple[AskedFor, ...] = ()

    def pedigree(self) -> Family:
        """Return the pedigree as the model has it."""
        people = tuple(
            Person(
                id=member.id,
                sex=member.sex,
                affected=member.affected,
                father=member.father,
                mother=member.mother,
                sequenced=member.vcf is not None,
            )
            for member in self.members
        )
        return Family(self.family, self.proband, people, self.consanguineous)

    def patient(self) -> Phenotype:
        """Return the proband's terms as the model has them."""
        terms = self.phenotype
        return Phenotype.of(terms.observed, terms.excluded, terms.onset)

    def asked_panels(self) -> tuple[AskedPanel, ...]:
        """Return the panels as the model has them."""
        return tuple(AskedPanel(each.name, each.use) for each in self.panels)

    def member(self, person: str) -> Member:
        """Return a member by pseudonym; raise KeyError when there is none."""
        return {member.id: member for member in self.members}[person]

    @property
    def parentage_confirmed(self) -> bool:
        """Whether genotypes across the genome bear out both of the proband's parents.

        Sites of one region are inherited together and prove nothing: at least
        `MIN_PARENTAGE_CHROMOSOMES` autosomes must have records.
        """
        proband = self.member(self.proband)
        parents = {proband.father, proband.mother}
        borne_out = any(
            check.kind is CheckKind.MENDEL
            and check.outcome is Outcome.PASSED
            and check.people[0] == proband.id
            and parents.issubset(check.people)
            for check in self.checks
        )
        autosomes = {
            found
            for vcf in self.vcfs
            for contig in vcf.contigs
            if (found := Chromosome.parse(contig)) and found.code <= _AUTOSOMES
        }
        return None not in parents and borne_out and len(autosomes) >= MIN_PARENTAGE_CHROMOSOMES

    def columns(self, vcf: int) -> dict[str, int]:
        """Return the sample columns of one VCF by pseudonym."""
        return {
            member.id: member.column
            for member in self.members
            if member.vcf == vcf and member.column is not None
        }

    def to_text(self) -> str:
        """Return the document's text: the same intake gives the same bytes."""
        return self.model_dump_json(indent=2) + "\n"


def read_intake(path: Path) -> Intake:
    """Read a stored intake; raise StageError when it is of another version or damaged."""
    try:
        return Intake.model_validate_json(path.read_bytes())
    except ValidationError as error:
        places = {".".join(map(str, each["loc"])) for each in error.errors(include_input=False)}
        raise StageError(
            f"{path.name} is no intake of this version ({', '.join(sorted(places)[:5])}): "
            "delete it and run again"
        ) from None
