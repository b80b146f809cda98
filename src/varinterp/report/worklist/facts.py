"""What a worklist is written from: events with their review, the run, and whom to recontact.

Whoever knows the registry fills it; nothing here is looked up. People and families are pseudonyms.
The laboratory's own names are no part of it: they are passed to the writers apart and stay there.
"""

from dataclasses import dataclass
from datetime import date

from varinterp.model.event import Event
from varinterp.model.genotype import Zygosity
from varinterp.model.recontact import Recontact
from varinterp.model.review import Review


@dataclass(frozen=True, slots=True)
class Carrier:
    """A member of the family who carries the allele.

    `role` is a word of the role vocabulary (``mother``, ``brother``); `recontact` says whether the
    person agreed to be recontacted, None when nothing was recorded.
    """

    person: str
    role: str
    zygosity: Zygosity
    recontact: bool | None = None


@dataclass(frozen=True, slots=True)
class ListedEvent:
    """An event as the list shows it.

    `id` is the registry's, `run` the run that raised it and `since` its day. `coding` and `protein`
    are the allele's HGVS names, `physician` the prescriber's pseudonym, `report` the folder of the
    case's reports relative to the list.
    """

    id: int
    event: Event
    run: str
    since: date
    review: Review
    coding: str | None = None
    protein: str | None = None
    physician: str | None = None
    report: str | None = None
    carriers: tuple[Carrier, ...] = ()


@dataclass(frozen=True, slots=True)
class ReleaseMove:
    """A source that moved between two bases; dates are ISO, None where a basis lacks it."""

    source: str
    before: str | None
    after: str | None
    date_before: str | None = None
    date_after: str | None = None
    constructed: bool = False


@dataclass(frozen=True, slots=True)
class RunSummary:
    """A run of the reanalysis: what moved, and what became of the stored cases.

    `examined` cases had something computed again, and `changed` of them another conclusion;
    `unchanged` rest on nothing that moved. `skipped` counts the others by reason, `quiet` the
    events that are recorded and not listed, by kind, `queued` those over the run's budget.
    """

    name: str
    on: date
    moves: tuple[ReleaseMove, ...]
    examined: int
    changed: int
    unchanged: int
    skipped: tuple[tuple[str, int], ...] = ()
    quiet: tuple[tuple[str, int], ...] = ()
    queued: int = 0
    software_before: str | None = None
    software_after: str | None = None
    everything: bool = False
    constructed: bool = False


@dataclass(frozen=True, slots=True)
class RecontactLine:
    """A person to be called back; `role`, `gene` and `physician` are None where not known."""

    recontact: Recontact
    role: str | None = None
    gene: str | None = None
    physician: str | None = None


@dataclass(frozen=True, slots=True)
class Worklist:
    """A list: the events in the order in which they are to be read, whatever their tier.

    Events of earlier runs are among them while they are open.
    """

    run: RunSummary
    events: tuple[ListedEvent, ...]
    recontacts: tuple[RecontactLine, ...] = ()
