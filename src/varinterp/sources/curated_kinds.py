"""The kinds of entries that curators write, as they are typed: one model a kind.

A cell that a kind does not take is refused, so that nothing that a person wrote is lost in silence.
"""

from typing import Annotated, Literal

from pydantic import Discriminator, Field, TypeAdapter

from varinterp.model.curation import (
    Assay,
    CaseControl,
    DeNovo,
    Effect,
    Healthy,
    InTrans,
    OtherCause,
    Override,
    PartnerClass,
    Phase,
    Probands,
    RnaStudy,
    Segregation,
    Specificity,
)
from varinterp.model.evidence import Criterion, Outcome, Strength
from varinterp.model.variant import Allele
from varinterp.sources.curated_entry import (
    COMMON,
    AlleleText,
    Count,
    CuratedEntry,
    EntryId,
    MaybeNone,
    Ratio,
    Share,
    Text,
    YesNo,
)


class Retraction(CuratedEntry):
    """Takes an earlier entry back, and states nothing in its place."""

    kind: Literal["retraction"]
    retracts: EntryId


class AssayEntry(CuratedEntry):
    """A functional assay."""

    kind: Literal["assay"]
    assay: Text
    effect: Effect
    odds_path: Ratio | None = None
    controls: MaybeNone | None = None
    established: YesNo

    def _observed(self) -> Assay:
        return Assay(
            self.scope, self.origin, self.assay, self.effect, self.odds_path, self.controls,
            self.established,
        )  # fmt: skip


class RnaEntry(CuratedEntry):
    """An RNA study."""

    kind: Literal["rna"]
    effect: Effect
    normal_fraction: Share | None = None
    strength: Strength | None = None

    def _observed(self) -> RnaStudy:
        return RnaStudy(self.scope, self.origin, self.effect, self.normal_fraction, self.strength)


class ProbandsEntry(CuratedEntry):
    """Unrelated affected carriers."""

    kind: Literal["probands"]
    count: Count

    def _observed(self) -> Probands:
        return Probands(self.scope, self.origin, self.count)


class CaseControlEntry(CuratedEntry):
    """A case-control study."""

    kind: Literal["case_control"]
    odds_ratio: Ratio
    lower: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    upper: Ratio

    def _observed(self) -> CaseControl:
        return CaseControl(self.scope, self.origin, self.odds_ratio, self.lower, self.upper)


class SegregationEntry(CuratedEntry):
    """Meioses of one family."""

    kind: Literal["segregation"]
    informative: MaybeNone
    contradicting: MaybeNone
    unaffected_carriers: MaybeNone = 0

    def _observed(self) -> Segregation:
        return Segregation(
            self.scope, self.origin, self.informative, self.contradicting, self.unaffected_carriers
        )


class DeNovoEntry(CuratedEntry):
    """Probands in whom the allele is new."""

    kind: Literal["de_novo"]
    count: Count
    parentage: Literal["confirmed", "assumed"]
    phenotype: Specificity

    def _observed(self) -> DeNovo:
        confirmed = self.parentage == "confirmed"
        return DeNovo(self.scope, self.origin, self.count, confirmed, self.phenotype)


class InTransEntry(CuratedEntry):
    """Probands with another allele of the gene."""

    kind: Literal["in_trans"]
    count: Count
    phase: Phase
    partner: AlleleText
    partner_class: PartnerClass

    def _observed(self) -> InTrans:
        partner = str(Allele.parse(self.partner))
        return InTrans(self.scope, self.origin, self.count, self.phase, partner, self.partner_class)


class HealthyEntry(CuratedEntry):
    """Adults without the disease who carry the allele."""

    kind: Literal["healthy"]
    homozygotes: MaybeNone = 0
    hemizygotes: MaybeNone = 0
    heterozygotes: MaybeNone = 0

    def _observed(self) -> Healthy:
        return Healthy(
            self.scope, self.origin, self.homozygotes, self.hemizygotes, self.heterozygotes
        )


class OtherCauseEntry(CuratedEntry):
    """People whose disease another finding explains."""

    kind: Literal["other_cause"]
    count: Count
    cause: Text

    def _observed(self) -> OtherCause:
        return OtherCause(self.scope, self.origin, self.count, self.cause)


class OverrideEntry(CuratedEntry):
    """A person's answer in place of a criterion's."""

    kind: Literal["override"]
    criterion: Criterion
    outcome: Outcome
    strength: Strength | None = None
    reason: Text

    def _observed(self) -> Override:
        return Override(
            self.scope, self.origin, self.criterion, self.outcome, self.strength, self.reason
        )


Observing = (
    AssayEntry | RnaEntry | ProbandsEntry | CaseControlEntry | SegregationEntry | DeNovoEntry
    | InTransEntry | HealthyEntry | OtherCauseEntry | OverrideEntry
)  # fmt: skip
Entry = Observing | Retraction
ENTRY: TypeAdapter[Entry] = TypeAdapter(Annotated[Entry, Discriminator("kind")])

FIELDS: dict[str, str] = {
    "assay": "assays",
    "rna": "rna",
    "probands": "probands",
    "case_control": "case_control",
    "segregation": "segregations",
    "de_novo": "de_novo",
    "in_trans": "in_trans",
    "healthy": "healthy",
    "other_cause": "other_causes",
    "override": "overrides",
}
"""Where an entry of a kind stands in `model.curation.Curations`."""

MODELS: dict[str, type[CuratedEntry]] = {
    "assay": AssayEntry,
    "rna": RnaEntry,
    "probands": ProbandsEntry,
    "case_control": CaseControlEntry,
    "segregation": SegregationEntry,
    "de_novo": DeNovoEntry,
    "in_trans": InTransEntry,
    "healthy": HealthyEntry,
    "other_cause": OtherCauseEntry,
    "override": OverrideEntry,
    "retraction": Retraction,
}
COLUMNS = tuple(
    dict.fromkeys([*("id", "kind"), *COMMON, *(c for m in MODELS.values() for c in m.columns())])
)
"""Every column that a list may have, in the order in which a template gives them."""
REQUIRED = ("id", "kind", "allele", "author", "date")
