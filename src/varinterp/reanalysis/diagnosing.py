"""The diagnostic status of a case: the last of its signed acts, never a program's conclusion."""

from collections.abc import Sequence
from datetime import date

from varinterp.errors import Fault, InputError
from varinterp.model.diagnosis import Diagnosis, DiagnosticLevel


def status_on(history: Sequence[Diagnosis], day: date) -> Diagnosis | None:
    """Return the status that holds on a day; `history` is in the order in which it was signed.

    Of two from the same day on, the one signed later holds. None where nobody has said anything.
    """
    holding = [each for each in history if each.valid_from <= day]
    return max(reversed(holding), key=lambda each: each.valid_from, default=None)


def with_status(history: Sequence[Diagnosis], new: Diagnosis) -> tuple[Diagnosis, ...]:
    """Return the history with one more act; nothing before it is changed or taken away.

    A confirmed or probable diagnosis, or ORPHA:616874, is followed by another signed act only.
    """
    last = history[-1] if history else None
    if last is not None and last.level.signed and not new.level.signed and new.signatures is None:
        raise InputError(
            [
                Fault(
                    rule="diagnosis.signed",
                    file="diagnosis",
                    found="an unsigned status after a signed one",
                    expected="the signatures of two different people",
                    advice="have the new status signed",
                )
            ]
        )
    return (*history, new)


def diagnosed(history: Sequence[Diagnosis], day: date) -> bool:
    """Whether a signed diagnosis holds on a day (`reanalysis.context.Context.diagnosed`)."""
    status = status_on(history, day)
    return status is not None and status.level in (
        DiagnosticLevel.CONFIRMED,
        DiagnosticLevel.PROBABLE,
    )
