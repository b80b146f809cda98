"""What is told of an allele of a case at a moment."""

from dataclasses import dataclass
from datetime import datetime

from varinterp.model.archive import CaseState
from varinterp.model.assessment import SignedClass
from varinterp.model.event import NearMiss
from varinterp.model.variant import Allele
from varinterp.pipeline.explain import Step
from varinterp.pipeline.history.replay import Replay


@dataclass(frozen=True, slots=True)
class Concluded:
    """A conclusion that held at the moment: as it was stored, when, and replayed.

    `signed` is the class that people stood by then; `near_miss` is how far the best-ranked
    hypothesis was from the next class, None for another hypothesis.
    """

    recorded_at: datetime
    replay: Replay
    signed: SignedClass | None = None
    near_miss: NearMiss | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """What held on an allele of a case at a moment.

    `state` is None when the case was not registered yet. `steps` are the gates that the allele
    passed or failed and what became of it: they say why nothing was concluded, where it is so.
    """

    case: str
    allele: Allele
    at: datetime
    state: CaseState | None
    steps: tuple[Step, ...]
    conclusions: tuple[Concluded, ...] = ()
