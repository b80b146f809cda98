"""Who is to be called back, by whom, until when, and what became of it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class RecontactState(StrEnum):
    """Where a recontact stands; the last two are final."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Recontact:
    """A person to be recontacted by `owner` until `due`, for the reason that was written down."""

    id: int
    case: str
    person: str
    owner: str
    due: date
    reason: str
    state: RecontactState
    event: int | None = None
    closed_on: date | None = None
    note: str = ""

    def overdue(self, today: date) -> bool:
        """Whether it is still open after its day."""
        return self.state is RecontactState.OPEN and self.due < today
