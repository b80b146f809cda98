"""BP5: people have the allele, and another finding explains their disease.

Richards 2015 (PMID 25741868), table 4. It says nothing in recessive disease, where anybody may
carry one allele by chance, and nothing of the second allele of a pair.
"""

from varinterp.acmg.question import Question
from varinterp.model.evidence import Strength, Verdict, met, not_assessed, not_met
from varinterp.model.gene_disease import Inheritance


def bp5(ask: Question) -> Verdict:
    """Supporting benign: another cause was found in somebody with the allele."""
    if ask.inheritance is None:
        return not_assessed("no_known_disease")
    if ask.inheritance is Inheritance.AUTOSOMAL_RECESSIVE:
        return not_met("other_cause.recessive")
    if not ask.curated():
        return not_assessed("curation.not_consulted")
    found = [
        each for known in ask.curations() for each in known.other_causes if ask.holds(each.scope)
    ]
    people = sum(each.count for each in found)
    if not people:
        return not_assessed("other_cause.none_entered")
    latest = max(found, key=lambda each: (each.origin.date, each.origin.id))
    return met(Strength.SUPPORTING, "other_cause.found", people=people, cause=latest.cause)
