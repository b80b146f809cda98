"""What a comparison is told beside the two pictures: the day, signed acts, history, causes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from varinterp.model.assessment import AssessmentKey, SignedClass
from varinterp.model.event import Cause, Event
from varinterp.reanalysis.picture import Subject

Causes = Mapping[tuple[str, str], Cause]
"""The changed keys of the sources that moved, by (source of facts, key): all of their kinds."""


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a case beside its conclusions.

    `on` is the day of the run (ISO). `signed` holds the classes that people signed, by hypothesis,
    beside those that assessments carry; `reported` the subjects of signed reports; `diagnosed`
    whether a diagnosis was signed. `earlier` holds the events of each subject, oldest first, and
    `first_seen` the day on which a subject without events was first concluded on.
    """

    on: str
    signed: Mapping[AssessmentKey, SignedClass] = field(default_factory=dict)
    reported: frozenset[Subject] = frozenset()
    diagnosed: bool = False
    software_moved: bool = False
    earlier: Mapping[Subject, tuple[Event, ...]] = field(default_factory=dict)
    first_seen: Mapping[Subject, str] = field(default_factory=dict)
