"""PM4: the protein becomes longer or shorter without losing its frame.

Richards 2015 (PMID 25741868): an in-frame insertion or deletion outside a repeat, or a lost stop
codon. Never with PVS1. One amino acid counts as supporting, as several expert panels do.
"""

from varinterp.acmg.loss_of_function import NULL_TERMS
from varinterp.acmg.question import Question
from varinterp.model.evidence import Strength, Verdict, met, not_assessed, not_met
from varinterp.model.facts import REPEAT, span_key
from varinterp.model.transcript import Term

_IN_FRAME = (Term.INFRAME_INSERTION, Term.INFRAME_DELETION)


def pm4(ask: Question) -> Verdict:
    """Moderate pathogenic: a change of length outside a repeat."""
    consequence = ask.consequence()
    if consequence is None:
        return not_assessed("no_consequence")
    if not NULL_TERMS.isdisjoint(consequence.terms):
        return not_met("length.counted_as_pvs1")
    if Term.STOP_LOST in consequence.terms:
        return met(Strength.MODERATE, "length.stop_lost")
    if not any(term in _IN_FRAME for term in consequence.terms):
        return not_met("length.unchanged", consequence=consequence.worst)
    allele = ask.allele
    repeat = ask.read(REPEAT, span_key(allele.chromosome, allele.position, allele.end))
    if repeat is None:
        return not_assessed("length.no_repeat_annotation")
    if repeat.repeat:
        return not_met("length.in_repeat")
    residues = abs(len(allele.ref) - len(allele.alt)) // 3
    strength = Strength.SUPPORTING if residues == 1 else Strength.MODERATE
    return met(strength, "length.in_frame", residues=residues)
