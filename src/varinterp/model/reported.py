"""A finding that a report states: drafted, signed by two people, later amended or retracted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from varinterp.model.assessment import AcmgClass, AssessmentKey, SignedClass
from varinterp.model.signatures import same_person

SIGNATURES = 2
"""How many different people sign a finding."""


class FindingState(StrEnum):
    """Where a finding stands. With one signature it is a draft still."""

    DRAFT = "draft"
    SIGNED = "signed"
    AMENDED = "amended"
    RETRACTED = "retracted"


class FindingAct(StrEnum):
    """What a person does to a finding after drafting it."""

    SIGN = "sign"
    RETRACT = "retract"


@dataclass(frozen=True, slots=True)
class Signature:
    """A person's name under a finding, and the day."""

    reader: str
    on: date


@dataclass(frozen=True, slots=True)
class ReportedFinding:
    """A finding of one version of a report, on one version of an assessment.

    `value` is the class that the people state. `amends` and `amended_by` link the versions of a
    finding; an amendment takes effect when it is signed itself.
    """

    id: int
    case: str
    key: AssessmentKey
    assessment: int
    value: AcmgClass
    report: str
    report_version: int
    state: FindingState
    author: str
    drafted_on: date
    signatures: tuple[Signature, ...] = ()
    amends: int | None = None
    amended_by: int | None = None
    event: int | None = None
    reason: str = ""
    closing_reason: str = ""

    @property
    def stands(self) -> bool:
        """Whether it is what the laboratory says today."""
        return self.state is FindingState.SIGNED

    @property
    def signed_class(self) -> SignedClass | None:
        """The class as people signed it, or None before the second signature."""
        if len(self.signatures) < SIGNATURES:
            return None
        first, second = self.signatures[:SIGNATURES]
        return SignedClass(self.value, first.reader, second.reader, second.on.isoformat())


def state_after(signatures: Sequence[Signature], *, amended: bool, retracted: bool) -> FindingState:
    """Return the state that a finding's acts lead to; `amended` by a finding that is signed."""
    if retracted:
        return FindingState.RETRACTED
    if len(signatures) < SIGNATURES:
        return FindingState.DRAFT
    return FindingState.AMENDED if amended else FindingState.SIGNED


def may_sign(finding: ReportedFinding, reader: str) -> bool:
    """Whether a person's signature is missing: a draft that the person has not signed yet."""
    return finding.state is FindingState.DRAFT and not any(
        same_person(reader, signature.reader) for signature in finding.signatures
    )
