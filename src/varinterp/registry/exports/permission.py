"""Which export needs which consent, and the refusal of a case that lacks it.

A record for the care of the patient, such as SDM-G or SDM-MR, rests on *primary*; what goes to
others or to a question beyond the patient's own care rests on *research*, which every sequenced
person of the family must have granted. An erased case is never exported.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from varinterp.errors import Fault, InputError
from varinterp.model.consent import ConsentScope, permission
from varinterp.registry.exports.record import Subject


class Export(StrEnum):
    """A form in which the registry's content leaves it."""

    PARQUET = "parquet"
    PHENOPACKET = "phenopacket"
    SDM_MR = "sdm-mr"
    SDM_G = "sdm-g"
    CLINVAR = "clinvar"
    OWN_CASES = "own-cases"


SCOPES: Mapping[Export, ConsentScope] = {
    Export.PARQUET: ConsentScope.RESEARCH,
    Export.PHENOPACKET: ConsentScope.RESEARCH,
    Export.SDM_MR: ConsentScope.PRIMARY,
    Export.SDM_G: ConsentScope.PRIMARY,
    Export.CLINVAR: ConsentScope.RESEARCH,
    Export.OWN_CASES: ConsentScope.RESEARCH,
}
"""The consent that each export rests on."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """A case that is not exported, and why: ``erased``, or ``consent.research.silent``."""

    case: str
    reason: str


def withheld(subject: Subject, export: Export, on: date) -> Withheld | None:
    """Return why a case may not be exported on a day; None when it may."""
    if subject.record.erased or subject.result is None:
        return Withheld(subject.record.case, "erased")
    family, scope = subject.document.case.family, SCOPES[export]
    granted = permission(
        subject.record.consents,
        scope,
        on,
        proband=family.proband_id,
        sequenced=[person.id for person in family.sequenced],
    )
    if granted:
        return None
    return Withheld(subject.record.case, f"consent.{scope}.{granted.answer}")


def require(subject: Subject, export: Export, on: date) -> None:
    """Raise InputError when a case may not be exported on a day."""
    reason = withheld(subject, export, on)
    if reason is not None:
        raise InputError([refusal(reason, export)])


def refusal(refused: Withheld, export: Export) -> Fault:
    """Say that a case is not exported, and what would change that."""
    erased = refused.reason == "erased"
    return Fault(
        rule="export.erased" if erased else "export.consent",
        file="registry",
        column=refused.case,
        found="an erased case" if erased else refused.reason.rpartition(".")[2],
        expected=f"a case that may be exported as {export}",
        advice="leave the case out"
        if erased
        else f"record the consent `{SCOPES[export]}` of everybody that it asks, or leave it out",
    )
