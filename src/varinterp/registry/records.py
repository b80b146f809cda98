"""What the registry answers with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from varinterp.model.assessment import AcmgClass, Assessment


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that an analysis is registered, the same however often it is asked for.

    `first` counts the keys that the case never had a conclusion on, `changed` those whose content
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

    `analyses` are the numbers of the analyses during which exactly this content stood, in order:
    the first wrote it, at `recorded_at`. `until` is when another version took its place or the key
    was retired; None while it stands. `supersedes` is the `id` of the version before it, None for
    the first of its key. `own` is the text of those facts that are the patient's (`content`).
    """

    id: int
    assessment: Assessment
    digest: str
    analyses: tuple[int, ...]
    recorded_at: datetime
    until: datetime | None
    supersedes: int | None
    own: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Rested:
    """A conclusion that read a release: `current` when its case stands on that release now."""

    case: str
    analysis: int
    allele: str
    gene: str
    disease: str
    machine_class: AcmgClass
    signed_class: AcmgClass | None
    current: bool


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What a verification found: `broken` says where, first in the order of recording.

    `head` is the last link's hash: kept elsewhere, it shows later that no link was cut off.
    """

    links: int
    rows: Mapping[str, int]
    head: str
    broken: str | None

    @property
    def whole(self) -> bool:
        """Whether every link and every row is as it was written."""
        return self.broken is None
