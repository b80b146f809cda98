"""PP3 and BP4: what one calibrated predictor says, chosen before looking.

Missense: Pejaver 2022 (PMID 36413997), Bergquist 2025 (PMID 40084623). Splicing: Walker 2023 (PMID
37352859), in `splicing`. A missing score is never a benign one: BP4 needs a splice prediction, or
an RNA study, that says *no effect*. Each predictor is a source of its own, and only those that
decide are read. They were calibrated on nuclear genes: none is asked about mitochondrial DNA.
"""

from varinterp.acmg.loss_of_function import NULL_TERMS
from varinterp.acmg.question import Question
from varinterp.acmg.splicing import (
    SPLICING_ONLY,
    Rna,
    predicted_effect,
    predicted_kept,
    rna,
    score_of,
)
from varinterp.errors import InternalError
from varinterp.model.chromosome import Chromosome
from varinterp.model.evidence import GRADED, Strength, Verdict, met, not_assessed, not_met
from varinterp.model.prediction import MISSENSE, Predictor
from varinterp.model.transcript import Consequence, Term

_STRENGTHS = tuple(reversed(GRADED))
_PP3 = tuple(strength for strength in _STRENGTHS if strength is not Strength.VERY_STRONG)
_OTHERWISE_CHANGED = frozenset(
    {
        Term.STOP_LOST,
        Term.START_LOST,
        Term.INFRAME_INSERTION,
        Term.INFRAME_DELETION,
        Term.PROTEIN_ALTERING,
    }
)
"""Changes of the protein that no calibrated predictor is about."""


def pp3(ask: Question) -> Verdict:
    """Pathogenic, supporting to strong: the predictor says damaging.

    A missense allele may harm by splicing too: asked when its protein is not called damaged.
    """
    consequence = _predictable(ask)
    if isinstance(consequence, Verdict):
        return consequence
    splicing = predicted_effect(ask, consequence)
    if Term.MISSENSE in consequence.terms:
        protein = _damaging(ask, consequence)
        return protein if protein.strength is not None or splicing.strength is None else splicing
    if splicing.strength is None and not _OTHERWISE_CHANGED.isdisjoint(consequence.terms):
        return not_assessed("prediction.no_tool", consequence=consequence.worst)
    return splicing


def bp4(ask: Question) -> Verdict:
    """Benign, supporting to very strong: the predictor says tolerated and splicing is kept.

    A prediction about splicing says nothing of an allele that changes the protein's length.
    """
    consequence = _predictable(ask)
    if isinstance(consequence, Verdict):
        return consequence
    missense = Term.MISSENSE in consequence.terms
    if not missense and not SPLICING_ONLY.issuperset(consequence.terms):
        return not_assessed("prediction.no_tool", consequence=consequence.worst)
    seen = rna(ask)
    if seen is not None and not (missense and seen is Rna.NORMAL):
        return not_met("splicing.seen_in_rna")
    kept = None if seen is Rna.NORMAL else predicted_kept(ask, consequence)
    if isinstance(kept, Verdict):
        return kept
    if missense:
        return _tolerated(ask, consequence)
    return met(
        Strength.SUPPORTING, "prediction.no_splice_effect", tool=Predictor.SPLICEAI, score=kept
    )


def _predictable(ask: Question) -> Consequence | Verdict:
    """Return what the allele does, or why no prediction is asked for."""
    if ask.allele.chromosome is Chromosome.MT:
        return not_assessed("prediction.mitochondrial")
    consequence = ask.consequence()
    if consequence is None:
        return not_assessed("no_consequence")
    if not NULL_TERMS.isdisjoint(consequence.terms):
        return not_met("prediction.counted_as_pvs1")
    return consequence


def _damaging(ask: Question, consequence: Consequence) -> Verdict:
    found = _missense_score(ask, consequence)
    if isinstance(found, Verdict):
        return found
    tool, score = found
    for strength in _PP3:
        limit = _limit(ask, tool, "pp3", strength)
        if limit is not None and score >= limit:
            return met(strength, "prediction.damaging", tool=tool, score=score, limit=limit)
    return not_met("prediction.below_pp3", tool=tool, score=score)


def _tolerated(ask: Question, consequence: Consequence) -> Verdict:
    found = _missense_score(ask, consequence)
    if isinstance(found, Verdict):
        return found
    tool, score = found
    for strength in _STRENGTHS:
        limit = _limit(ask, tool, "bp4", strength)
        if limit is not None and score <= limit:
            return met(strength, "prediction.tolerated", tool=tool, score=score, limit=limit)
    return not_met("prediction.above_bp4", tool=tool, score=score)


def _missense_score(ask: Question, consequence: Consequence) -> tuple[Predictor, float] | Verdict:
    """Return the chosen predictor and its score, or why there is none."""
    chosen = ask.optional_words("predictor.missense")
    if not chosen:
        return not_assessed("prediction.none_chosen")
    (tool,) = chosen
    if tool not in MISSENSE:
        raise InternalError("predictor.missense names a predictor that is not built")
    score = score_of(ask, Predictor(tool), consequence)
    if score is None:
        return not_assessed("prediction.no_score", tool=tool)
    return Predictor(tool), score


def _limit(ask: Question, predictor: Predictor, code: str, strength: Strength) -> float | None:
    """Read a calibrated cut-off; None for a strength that the predictor does not reach."""
    return ask.optional_number(f"predictor.{predictor}.{code}_{strength}")
