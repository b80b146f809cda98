"""PS1: the same effect as that of a known pathogenic allele, on the protein or on splicing.

Richards 2015 (PMID 25741868), in `missense`; Walker 2023 (PMID 37352859), in `same_splicing`. The
stronger of the two counts.
"""

from varinterp.acmg import missense
from varinterp.acmg.question import Question
from varinterp.acmg.same_splicing import same_splicing, telling
from varinterp.model.evidence import Verdict, not_met


def ps1(ask: Question) -> Verdict:
    """Strong pathogenic or less: a known pathogenic allele does the same to protein or splicing."""
    splicing, consequence = same_splicing(ask), ask.consequence()
    if consequence is None or splicing is None:
        return missense.ps1(ask)
    if not missense.is_missense(consequence):
        return splicing
    protein = missense.ps1(ask)
    if protein.strength is None and _less_than_pm5(ask, splicing):
        # PS1 would take the place of PM5, and the allele would lose by what speaks for it.
        return telling(not_met("same_splicing.less_than_pm5"), protein)
    return telling(protein, splicing)


def _less_than_pm5(ask: Question, splicing: Verdict) -> bool:
    """Whether another change of the residue counts more than what is known at the site."""
    if splicing.strength is None:
        return False
    residue = missense.pm5(ask).strength
    return residue is not None and residue.points > splicing.strength.points
