"""Consent: what each person of a family said to each use of their genome, and what follows.

The rules, scope by scope:

* *primary*: a sequenced person is in a case because a prescriber attested consent, so silence
  allows it; a refusal or withdrawal by any sequenced person suspends the case, and by the proband
  ends it.
* *secondary_findings*: each person answers for themselves; silence is a no.
* *recontact*: each person answers for themselves; silence is a no.
* *reanalysis*: the proband (or the parent who signs for them) decides; silence is a no. While any
  sequenced person's *primary* is withdrawn the case is not examined again either.
* *research*: every sequenced person must have said yes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

SHEET = "sheet"
"""The reference of a consent that the sample sheet states."""


class ConsentScope(StrEnum):
    """A use of a person's genome that is asked for apart."""

    PRIMARY = "primary"
    SECONDARY_FINDINGS = "secondary_findings"
    RECONTACT = "recontact"
    REANALYSIS = "reanalysis"
    RESEARCH = "research"


class ConsentAnswer(StrEnum):
    """What a person's last word on a scope is; silence is its own answer."""

    GRANTED = "granted"
    REFUSED = "refused"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class ConsentDecision:
    """A person's yes or no to a scope from a day on; withdrawal is a later no.

    `person` is a pseudonym, `document` the reference of the form that the person signed.
    """

    scope: ConsentScope
    granted: bool
    valid_from: date
    person: str
    document: str = ""


@dataclass(frozen=True, slots=True)
class Permission:
    """Whether a case may be used for a scope on a day; `deciders` are those whose say stops it."""

    scope: ConsentScope
    allowed: bool
    answer: ConsentAnswer
    deciders: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.allowed


_EVERYBODY = frozenset({ConsentScope.PRIMARY, ConsentScope.RESEARCH})
_SILENCE_ALLOWS = frozenset({ConsentScope.PRIMARY})


def answer(
    decisions: Iterable[ConsentDecision], person: str, scope: ConsentScope, on: date
) -> ConsentAnswer:
    """Return a person's answer in force on a day; `decisions` are in the order of recording.

    Of two from one day, the one recorded last holds.
    """
    found = [
        each
        for each in decisions
        if each.person == person and each.scope is scope and each.valid_from <= on
    ]
    if not found:
        return ConsentAnswer.SILENT
    # max() would keep the first of equals
    last = sorted(found, key=lambda each: each.valid_from)[-1]
    return ConsentAnswer.GRANTED if last.granted else ConsentAnswer.REFUSED


def permission(
    decisions: Sequence[ConsentDecision],
    scope: ConsentScope,
    on: date,
    *,
    proband: str,
    sequenced: Iterable[str],
) -> Permission:
    """Return whether a case may be used for a scope on a day, by the rules of this module."""
    people = tuple(dict.fromkeys((proband, *sequenced)))
    for asked_of, asked in ((people, ConsentScope.PRIMARY), (_deciders(people, scope), scope)):
        said = {person: answer(decisions, person, asked, on) for person in asked_of}
        against = tuple(person for person in said if not _lets(asked, said[person]))
        if against:
            return Permission(scope, False, _worst(said[person] for person in against), against)
    return Permission(scope, True, answer(decisions, proband, scope, on))


def person_allows(
    decisions: Sequence[ConsentDecision], person: str, scope: ConsentScope, on: date
) -> bool:
    """Return whether a person allows a scope for themselves; not without their *primary*."""
    return all(
        _lets(asked, answer(decisions, person, asked, on))
        for asked in (ConsentScope.PRIMARY, scope)
    )


def _deciders(people: tuple[str, ...], scope: ConsentScope) -> tuple[str, ...]:
    return people if scope in _EVERYBODY else people[:1]


def _lets(scope: ConsentScope, said: ConsentAnswer) -> bool:
    return said is ConsentAnswer.GRANTED or (
        said is ConsentAnswer.SILENT and scope in _SILENCE_ALLOWS
    )


def _worst(answers: Iterable[ConsentAnswer]) -> ConsentAnswer:
    return ConsentAnswer.REFUSED if ConsentAnswer.REFUSED in set(answers) else ConsentAnswer.SILENT
