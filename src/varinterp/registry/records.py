"""What the registry answers with."""

from dataclasses import dataclass
from datetime import datetime

from varinterp.model.assessment import AcmgClass, Assessment


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that an analysis is registered, the same however often it is asked for.

    `first` counts the keys that the case had no conclusion on, `changed` those whose content
    differs from the version before, and `unchanged` those that reached the same content again.
    """

    case: str
    analysis: int
    document_digest: str
    recorded_at: datetime
    first: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class Recorded:
    """One version of the conclusion on a key.

    `analyses` are the numbers of the analyses that reached exactly this content, in order: the
    first wrote it, at `recorded_at`. `supersedes` is the `id` of the version that it replaced.
    """

    id: int
    assessment: Assessment
    digest: str
    analyses: tuple[int, ...]
    recorded_at: datetime
    supersedes: int | None


@dataclass(frozen=True, slots=True)
class Rested:
    """A conclusion that read a release: `current` when its case's last analysis still holds it."""

    case: str
    analysis: int
    allele: str
    gene: str
    disease: str
    machine_class: AcmgClass
    signed_class: AcmgClass | None
    current: bool
