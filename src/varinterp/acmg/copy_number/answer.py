"""What a line of the scoring tables answers: met with its points, not met, or not assessed."""

from dataclasses import dataclass

from varinterp.model.evidence import Outcome, Reason, Scalar


@dataclass(frozen=True, slots=True)
class Answer:
    """An outcome with its reason; `points` are 0 unless it is met, and may be 0 where it is."""

    outcome: Outcome
    reason: Reason
    points: float = 0.0


def met(points: float, key: str, **facts: Scalar) -> Answer:
    """The line applies and counts so many points."""
    return Answer(Outcome.MET, Reason.of(key, **facts), points)


def not_met(key: str, **facts: Scalar) -> Answer:
    """The line was considered with the data that it needs, and does not apply."""
    return Answer(Outcome.NOT_MET, Reason.of(key, **facts))


def not_assessed(key: str, **facts: Scalar) -> Answer:
    """The data that the line needs is missing, or it takes a person's judgement."""
    return Answer(Outcome.NOT_ASSESSED, Reason.of(key, **facts))
