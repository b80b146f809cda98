"""PVS1 by an assay of the messenger: what was seen replaces what was predicted.

Walker 2023 (PMID 37352859): an RNA assay that shows loss of function gives PVS1 at the strength
that the tree gives for the transcripts that were seen; one that shows normal splicing takes the
prediction away. A curator reads the strength off the tree.
"""

from varinterp.acmg.question import Question
from varinterp.model.curation import Effect, RnaStudy
from varinterp.model.evidence import Verdict, met, not_assessed, not_met
from varinterp.model.transcript import Consequence, Term

_WITHOUT_SPLICING = frozenset({Term.STOP_GAINED, Term.FRAMESHIFT, Term.START_LOST})
"""Null alleles whatever the splicing: that it stays normal does not bring the protein back."""


def damaged_in_rna(ask: Question) -> Verdict | None:
    """Return what studies of the messenger say that saw damage; None when none did.

    Studies that contradict one another are left to a person. Of several strengths the lowest
    counts.
    """
    found = _studies(ask)
    damaging = [each for each in found if each.strength is not None]
    if not damaging:
        return None
    if any(each.effect is Effect.NORMAL for each in found):
        return not_assessed("loss_of_function.rna_conflicting", studies=len(found))
    least = min(damaging, key=lambda each: (_points(each), each.origin.id))
    assert least.strength is not None  # noqa: S101 - chosen for it
    return met(
        least.strength,
        "loss_of_function.rna",
        author=least.origin.author,
        pmid=least.origin.pmid,
        studies=len(damaging),
        normal_fraction=least.normal_fraction,
    )


def spared_in_rna(ask: Question, consequence: Consequence | None) -> Verdict | None:
    """Return that the messenger was seen to be normal, or neither; None when it was not studied."""
    found = _studies(ask)
    if consequence is not None and not _WITHOUT_SPLICING.isdisjoint(consequence.terms):
        return None
    if not found:
        return None
    if all(each.effect is Effect.NORMAL for each in found):
        first = min(found, key=lambda each: each.origin.id)
        return not_met("rna.normal", author=first.origin.author, pmid=first.origin.pmid)
    return not_assessed("loss_of_function.rna_without_strength", studies=len(found))


def _studies(ask: Question) -> tuple[RnaStudy, ...]:
    return tuple(study for held in ask.curations() for study in held.rna if ask.holds(study.scope))


def _points(study: RnaStudy) -> int:
    return 0 if study.strength is None else study.strength.points
