"""PM4 and BP3: the protein becomes longer or shorter without losing its frame.

Richards 2015 (PMID 25741868): an in-frame insertion or deletion outside a repeat, or a lost stop
codon, speaks for a pathogenic allele, never beside PVS1; one in a repeat without a known function
for a benign one. A repeat has a known function where a gene specification's critical region is. A
specification may name the residues where alone PM4 holds.
"""

from collections.abc import Iterable

from varinterp.acmg.loss_of_function import NULL_TERMS
from varinterp.acmg.question import Question
from varinterp.acmg.residues import overlapping
from varinterp.errors import InternalError
from varinterp.model.evidence import Strength, Verdict, met, not_assessed, not_met
from varinterp.model.facts import REPEAT, position_key
from varinterp.model.transcript import Consequence, Span, Term
from varinterp.model.variant import Allele

IN_FRAME = frozenset({Term.INFRAME_INSERTION, Term.INFRAME_DELETION})
_LOST = NULL_TERMS | {Term.START_LOST}
_ENDS = _LOST | {Term.STOP_LOST}
LONGEST = 600
"""Changed bases that are looked up one by one; a longer change is left to a person."""


def pm4(ask: Question) -> Verdict:
    """Moderate pathogenic: a change of length outside a repeat; supporting for one residue."""
    consequence = ask.consequence()
    if consequence is None:
        return not_assessed("no_consequence")
    if not _LOST.isdisjoint(consequence.terms):
        return not_met("length.counted_as_pvs1")
    if Term.STOP_LOST in consequence.terms:
        return met(Strength.MODERATE, "length.stop_lost")
    if IN_FRAME.isdisjoint(consequence.terms):
        return not_met("length.unchanged", consequence=consequence.worst)
    named = ask.own_words("length.pm4_residues")
    if named and _touched(ask, consequence, named) is None:
        return not_met("length.not_named", residue=consequence.protein_position)
    repeat = _repeat(ask)
    if isinstance(repeat, Verdict):
        return repeat
    residues = _residues(ask.allele)
    region = _touched(ask, consequence, ask.own_words("region.critical"))
    if repeat is not None and region is None:
        return not_met("length.in_repeat", repeat_kind=repeat)
    strength = _of_one(ask) if residues == 1 else Strength.MODERATE
    if repeat is not None:
        return met(strength, "length.critical_repeat", residues=residues, region=region)
    return met(strength, "length.in_frame", residues=residues)


def bp3(ask: Question) -> Verdict:
    """Supporting benign: a change of length, in frame, in a repeat without a known function."""
    consequence = ask.consequence()
    if consequence is None:
        return not_assessed("no_consequence")
    if IN_FRAME.isdisjoint(consequence.terms) or not _ENDS.isdisjoint(consequence.terms):
        return not_met("length.not_in_frame", consequence=consequence.worst)
    repeat = _repeat(ask)
    if isinstance(repeat, Verdict):
        return repeat
    if repeat is None:
        return not_met("length.outside_repeat")
    region = _touched(ask, consequence, ask.own_words("region.critical"))
    if region is not None:
        return not_met("length.repeat_with_function", repeat_kind=repeat, region=region)
    return met(Strength.SUPPORTING, "length.repeat", repeat_kind=repeat)


def _repeat(ask: Question) -> str | Verdict | None:
    """Return the kind of repeat that the change lies in, None for none, or why it is not known.

    All that a deletion takes must lie in repeats. An insertion lies in one where either of its
    neighbours does: left-aligned, it stands at the edge of the repeat that it lengthens.
    """
    if not ask.read.provides(REPEAT):
        return not_assessed("length.no_repeat_annotation")
    places = ask.allele.changed
    if len(places) > LONGEST:
        return not_assessed("length.too_long", bases=len(places), limit=LONGEST)
    inserted = len(ask.allele.ref) == 1
    kinds: set[str] = set()
    for position in places:
        found = ask.read(REPEAT, position_key(ask.allele.chromosome, position))
        if found is None and not inserted:
            return None
        if found is not None:
            kinds.update(found.kind.split(";"))
    return ", ".join(sorted(kinds)) or None


def _touched(ask: Question, consequence: Consequence, words: Iterable[str]) -> str | None:
    """Return the first of some stretches of residues that the change touches."""
    first = consequence.protein_position
    if first is None:
        return None
    removed = max(len(ask.allele.ref) - len(ask.allele.alt), 0) // 3
    return overlapping(words, Span(first, first + max(removed, 1) - 1))


def _residues(allele: Allele) -> int:
    return abs(len(allele.ref) - len(allele.alt)) // 3


def _of_one(ask: Question) -> Strength:
    (word,) = ask.words("length.one_residue")
    try:
        return Strength(word)
    except ValueError:
        raise InternalError("length.one_residue is no strength") from None
