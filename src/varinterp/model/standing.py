"""What is concluded on an allele in a gene of a case: its best-ranked hypothesis, in short."""

from dataclasses import dataclass

from varinterp.model.assessment import PATHOGENIC, AcmgClass, AssessmentKey, MachineClass
from varinterp.model.canonical import digest
from varinterp.model.case import Tier
from varinterp.model.clinvar import Significance
from varinterp.model.evidence import Criterion, Reason, Strength
from varinterp.model.fit import Answer
from varinterp.model.gene_disease import Inheritance, Validity
from varinterp.model.genotype import Zygosity
from varinterp.model.variant import Allele


@dataclass(frozen=True, slots=True)
class CriterionMet:
    """A criterion that counts, how loudly, and whether it rests on constructed data."""

    criterion: Criterion
    strength: Strength
    constructed: bool = False


@dataclass(frozen=True, slots=True, order=True)
class ExternalWord:
    """What others say: ClinVar, MITOMAP, a laboratory's own source. Shown and never counted.

    `words` has each class once, in order of name; `status` is a source's own word where it has one
    beside the classes (MITOMAP).
    """

    source: str
    words: tuple[Significance, ...]
    stars: int | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class SignedStanding:
    """The class that people signed, on which hypothesis, and what the program says of that one.

    `machine` is None when the signed hypothesis is no longer concluded.
    """

    disease: str
    inheritance: Inheritance | None
    value: AcmgClass
    date: str
    machine: AcmgClass | None


@dataclass(frozen=True, slots=True, order=True)
class Alternative:
    """Another hypothesis of the same allele and gene, which the report shows too."""

    disease: str
    inheritance: Inheritance | None
    value: AcmgClass


@dataclass(frozen=True, slots=True)
class Match:
    """How many of the patient's terms are among the disease's."""

    exact: int
    terms: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What is concluded on an allele in a gene: the best-ranked hypothesis that holds it.

    `key` names the hypothesis; `partner` is the other allele of a compound heterozygote and
    `partner_class` its class; `match` is None when the phenotype could not be compared;
    `validity` is the gene-disease link's class, None where the evidence at hand does not hold it.
    `alternatives` are the allele's other hypotheses but those of diseases that are none of the
    patient's, which are never named. `zygosity` is the proband's.
    """

    key: AssessmentKey
    disease_name: str | None
    transcript: str | None
    machine: MachineClass
    points: int
    criteria: tuple[CriterionMet, ...]
    external: tuple[ExternalWord, ...]
    signed: SignedStanding | None
    tier: Tier
    tier_reason: Reason
    rank: int
    fit: Answer
    fit_reason: Reason
    match: Match | None
    partner: Allele | None = None
    partner_class: AcmgClass | None = None
    validity: Validity | None = None
    zygosity: Zygosity | None = None
    alternatives: tuple[Alternative, ...] = ()
    constructed: bool = False

    @property
    def acmg_class(self) -> AcmgClass:
        """The machine's class by points, which the report leads with."""
        return self.machine.points

    @property
    def weakest(self) -> AcmgClass:
        """The class of the allele, or of its partner where that is lower."""
        held = (self.acmg_class, self.partner_class or self.acmg_class)
        return min(held, key=lambda value: value.rank)

    @property
    def matched(self) -> bool:
        """Whether a term of the patient is the disease's; true where that could not be compared."""
        return self.match is None or self.match.exact > 0

    @property
    def pathogenic(self) -> bool:
        """Whether the machine's class is likely pathogenic or pathogenic."""
        return self.acmg_class in PATHOGENIC

    @property
    def state(self) -> str:
        """Digest of what a person would act on: no place in the ranking, score or wording."""
        criteria = [(met.criterion, met.strength) for met in self.criteria]
        return digest(
            (
                *(self.key, self.machine, criteria, self.external, self.tier, self.fit),
                *(self.partner, self.partner_class, self.validity, self.alternatives),
            )
        )


def state_of(standing: Standing | None) -> str | None:
    """Return the state of a standing; None where nothing is concluded."""
    return None if standing is None else standing.state
