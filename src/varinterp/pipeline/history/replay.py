"""A stored conclusion beside what this version of varinterp concludes from the same facts.

The stored assessment is returned as it was. Beside it stands the one that the facts which it read,
as they were recorded, lead to today: any difference is the code's, because nothing else moved.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from varinterp import __version__
from varinterp.acmg.assess import assess
from varinterp.errors import InternalError
from varinterp.model.assessment import Assessment
from varinterp.model.evidence import Criterion, Finding
from varinterp.model.external import MITOMAP, laboratory_source
from varinterp.model.facts import RULE, Rule
from varinterp.model.reads import WHOLE, Evidence, FactsView, Read
from varinterp.pipeline.evidence import PROVIDED


class Likeness(StrEnum):
    """How a replayed conclusion compares with the stored one."""

    SAME = "same"
    CODE_DIFFERS = "code_differs"  # another version made it, and concludes otherwise
    NOT_REPRODUCED = "not_reproduced"  # the very version that made it concludes otherwise: a fault
    NOT_REPLAYABLE = "not_replayable"  # this version asks for a rule that was not in force then


@dataclass(frozen=True, slots=True)
class Compared:
    """A criterion that the two conclusions answer differently."""

    criterion: Criterion
    before: Finding
    after: Finding


@dataclass(frozen=True, slots=True)
class Replay:
    """The stored assessment, what this version makes of its facts, and where they differ.

    `software` is the version under which the stored one held. `unrecorded` are facts that this
    version asks for and the stored conclusion did not: the replay knows them as absent, so that
    with any of them it is not the last word.
    """

    stored: Assessment
    software: str
    now: Assessment | None
    likeness: Likeness
    criteria: tuple[Compared, ...] = ()
    unrecorded: tuple[tuple[str, str], ...] = ()


def replay(
    stored: Assessment, facts: FactsView, rules: Mapping[str, Rule], software: str
) -> Replay:
    """Assess a stored conclusion's key again from the facts that it read.

    `rules` are all those in force then: a version that asks for another one than the stored
    conclusion did finds it. `software` is the version that the stored one holds under.
    """
    in_force = {(RULE.source, key): value for key, value in rules.items()}
    evidence = Evidence({**in_force, **facts}, consulted(stored.reads))
    try:
        made = assess(stored.key, stored.transcript, evidence)
    except InternalError:
        return Replay(stored, software, None, Likeness.NOT_REPLAYABLE)
    now = replace(made, signed=stored.signed)
    if now.digest == stored.digest:
        return Replay(stored, software, now, Likeness.SAME)
    same = software == __version__
    return Replay(
        stored=stored,
        software=software,
        now=now,
        likeness=Likeness.NOT_REPRODUCED if same else Likeness.CODE_DIFFERS,
        criteria=tuple(_compared(stored, now)),
        unrecorded=_unrecorded(stored, now),
    )


def consulted(reads: tuple[Read, ...]) -> frozenset[str]:
    """Return the sources that were at hand when some reads were made.

    A value says that its source was; so does an answer to the question itself. What others
    conclude is only asked of sources at hand, so that there even an absent answer says it.
    """
    whole = {read.source: not read.absent for read in reads if read.key == WHOLE}
    found = {
        read.source
        for read in reads
        if not read.absent or laboratory_source(read.source) or read.source == MITOMAP.source
    }
    asked = {source for source, at_hand in whole.items() if not at_hand}
    return (PROVIDED | found) - asked


def _compared(stored: Assessment, now: Assessment) -> Iterator[Compared]:
    after = {finding.criterion: finding for finding in now.findings}
    for finding in stored.findings:
        other = after.get(finding.criterion)
        if other is not None and other.verdict != finding.verdict:
            yield Compared(finding.criterion, finding, other)


def _unrecorded(stored: Assessment, now: Assessment) -> tuple[tuple[str, str], ...]:
    known = {(read.source, read.key) for read in stored.reads}
    asked = {(read.source, read.key) for read in now.reads if read.source != RULE.source}
    return tuple(sorted(asked - known))
