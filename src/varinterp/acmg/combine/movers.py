"""What single further finding would move an allele's class by points, up or down.

Each criterion is tried at the strengths that it is used at, weakest first, and counted as an
assessment counts it: never twice, and within what two criteria count together at most.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from varinterp.acmg.applicability import NOT_APPLICABLE, strengths_rule
from varinterp.acmg.combine import points
from varinterp.acmg.combine.points import TAVTIGIAN, Scale
from varinterp.acmg.combine.schemes import SCALE
from varinterp.acmg.exclusive import ALSO, CAPPED, EXCLUSIVE, Together, counted_once, together
from varinterp.acmg.question import VOID, Question
from varinterp.model.assessment import AcmgClass, AssessmentKey
from varinterp.model.curation import CURATED
from varinterp.model.evidence import (
    GRADED,
    Criterion,
    Direction,
    Finding,
    Outcome,
    Strength,
    Verdict,
    not_assessed,
)
from varinterp.model.facts import GENE_LINKS, RULE
from varinterp.model.reads import Evidence, FactsView, Read, Reader

_P, _M, _S, _ = GRADED

REACH: Mapping[Criterion, tuple[Strength, ...]] = MappingProxyType(
    {
        Criterion.PVS1: GRADED,
        Criterion.PS1: (_P, _M, _S),
        Criterion.PS2: GRADED,
        Criterion.PS3: GRADED,
        Criterion.PS4: (_P, _M, _S),
        Criterion.PM1: (_P, _M, _S),
        Criterion.PM2: (_P,),
        Criterion.PM3: GRADED,
        Criterion.PM4: (_P, _M),
        Criterion.PM5: (_P, _M, _S),
        Criterion.PM6: GRADED,
        Criterion.PP1: (_P, _M, _S),
        Criterion.PP2: (_P,),
        Criterion.PP3: (_P, _M, _S),
        Criterion.PP4: (_P, _M, _S),
        Criterion.BA1: (Strength.STAND_ALONE,),
        Criterion.BS1: (_P, _S),
        Criterion.BS2: (_P, _S),
        Criterion.BS3: (_P, _M, _S),
        Criterion.BS4: (_P, _M, _S),
        Criterion.BP1: (_P,),
        Criterion.BP2: (_P,),
        Criterion.BP3: (_P,),
        Criterion.BP4: GRADED,
        Criterion.BP5: (_P,),
        Criterion.BP7: (_P, _S),
    }
)
"""The strengths that each criterion is used at by ClinGen's general recommendations."""

_SETTLED = frozenset(
    {
        *("consequence", "consequence.joint"),
        *("transcript", "transcript.exon", "transcript.gene"),
        *("case.genotype", "case.family"),
    }
)
"""What the allele does to its transcript, and who carries it: a criterion that these rule out (an
inherited allele is not *de novo*) waits for no knowledge."""

_LINKED = frozenset({Criterion.PS2, Criterion.PM6})
"""These read which disease the gene is linked to for people elsewhere alone: whether the allele is
new in the patient does not wait for another link."""

_MEASURED = frozenset({Criterion.BA1, Criterion.BS1})
"""A frequency that was measured and is too low for these will not rise to their limits."""

_ENTERED = frozenset(fact.source for fact in CURATED)


@dataclass(frozen=True, slots=True)
class Weighing:
    """How findings are weighed: the scale, what is counted once, strengths of each criterion."""

    scale: Scale = TAVTIGIAN
    together: Together = field(default_factory=Together)
    strengths: Mapping[Criterion, tuple[Strength, ...]] = field(default_factory=lambda: REACH)


@dataclass(frozen=True, slots=True)
class Mover:
    """A criterion that alone would bring another class, at the lowest strength that does.

    `now` is the strength at which it counts already, None where it does not.
    """

    criterion: Criterion
    strength: Strength
    value: AcmgClass
    now: Strength | None = None


def weighing_of(key: AssessmentKey, facts: FactsView) -> Weighing:
    """Return how a hypothesis is weighed, from the rules among the facts that were read for it.

    Conclusions of versions that recorded no scale were drawn by Tavtigian 2020's.
    """
    own = tuple(strengths_rule(criterion) for criterion in REACH)
    places = (
        (RULE.source, name)
        for rule in (*SCALE, EXCLUSIVE, ALSO, CAPPED, *own)
        for name in (rule, f"{key.rules}/{rule}")
    )
    known = {place: facts[place] for place in places if place in facts}
    ask = Question(key, None, Reader(Evidence(known)))
    stated = [value for rule in SCALE if (value := ask.optional_number(rule)) is not None]
    return Weighing(
        Scale(*stated) if len(stated) == len(SCALE) else TAVTIGIAN,
        together(
            (*ask.optional_words(EXCLUSIVE), *ask.own_words(ALSO)), ask.optional_words(CAPPED)
        ),
        {criterion: _strengths(criterion, ask) for criterion in REACH},
    )


def movers(findings: Iterable[Finding], side: Direction, weighing: Weighing) -> tuple[Mover, ...]:
    """Return the criteria of a side that alone would move the class its way, in their order."""
    given = {finding.criterion: finding for finding in findings}
    every = {
        criterion: given.get(criterion, Finding(criterion, not_assessed("not_built")))
        for criterion in Criterion
    }
    return tuple(_movers(every, side, weighing))


def _movers(
    every: Mapping[Criterion, Finding], side: Direction, weighing: Weighing
) -> Iterator[Mover]:
    now = points.classify(every.values(), weighing.scale)
    for criterion, strengths in weighing.strengths.items():
        finding = every[criterion]
        if criterion.direction is not side or settled(finding):
            continue
        for strength in strengths:
            if strength.points <= abs(finding.points):
                continue
            told = Verdict(Outcome.MET, finding.verdict.reason, strength)
            more = {**every, criterion: replace(finding, verdict=told)}
            counted = counted_once(tuple(more.values()), weighing.together)
            value = points.classify(counted, weighing.scale)
            if _moved(now, value, side):
                yield Mover(criterion, strength, value, finding.strength)
                break


def _moved(now: AcmgClass, then: AcmgClass, side: Direction) -> bool:
    return then.rank > now.rank if side is Direction.PATHOGENIC else then.rank < now.rank


def settled(finding: Finding) -> bool:
    """Whether a criterion waits for nothing that could be learned.

    What the allele does, the family's genotypes or the disease's mode (which is asked without
    reading a fact) rule it out, it was measured, or a person answered it. What curators
    entered of the allele, or did not, leaves nothing open here: whoever enters more sees what it
    does. A criterion that is about entries alone stays open.
    """
    if finding.verdict.reason.key == "override.stated":
        return True
    if finding.verdict.outcome is not Outcome.NOT_MET:
        return False
    if finding.criterion in _MEASURED or not finding.reads:
        return True
    sources = {read.source for read in finding.reads if not _says_nothing(read)}
    if finding.criterion in _LINKED:
        sources.discard(GENE_LINKS.source)
    return bool(sources) and sources <= _SETTLED


def _says_nothing(read: Read) -> bool:
    return read.source == RULE.source or read.source in _ENTERED


def _strengths(criterion: Criterion, ask: Question) -> tuple[Strength, ...]:
    own = tuple(word for word in ask.own_words(strengths_rule(criterion)) if word != VOID)
    if own == (NOT_APPLICABLE,):
        return ()
    return tuple(sorted(map(Strength, own), key=lambda each: each.points)) or REACH[criterion]
