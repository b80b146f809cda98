"""PP3, BP4 and BP7: what one calibrated predictor says, chosen before looking.

Missense: Pejaver 2022 (PMID 36413997). Splicing and BP7's ranges: Walker 2023 (PMID 37352859).
A missing score is never a benign one: BP4 and BP7 need a splice prediction that says *no effect*.
Each predictor is a source of its own, and only those that decide are read.
"""

import re

from varinterp.acmg.loss_of_function import NULL_TERMS
from varinterp.acmg.question import Question
from varinterp.errors import InternalError
from varinterp.model.evidence import Strength, Verdict, met, not_assessed, not_met
from varinterp.model.facts import SCORES, TRANSCRIPT
from varinterp.model.prediction import MISSENSE, Predictor, Score, score_key
from varinterp.model.transcript import Consequence, Span, Term, Transcript
from varinterp.model.variant import Allele

_STRENGTHS = (
    Strength.VERY_STRONG,
    Strength.STRONG,
    Strength.MODERATE,
    Strength.SUPPORTING,
)
_PP3 = tuple(strength for strength in _STRENGTHS if strength is not Strength.VERY_STRONG)
_SPLICING_ONLY = frozenset(
    {
        Term.SYNONYMOUS,
        Term.STOP_RETAINED,
        Term.INTRON,
        Term.SPLICE_DONOR_5TH,
        Term.SPLICE_REGION,
        Term.SPLICE_DONOR_REGION,
        Term.SPLICE_POLYPYRIMIDINE,
    }
)
"""Consequences that leave the protein as it is, unless they change its splicing."""
_SIDES = {"+": "donor", "-": "acceptor"}
_PLACE = re.compile(r"[-*]?\d+(?:([+-])(\d+))?(?=[_A-Za-z])")


def pp3(ask: Question) -> Verdict:
    """Pathogenic, supporting to strong: the predictor says damaging.

    A missense allele may harm by splicing too: asked when its protein is not called damaged.
    """
    consequence = ask.consequence()
    if consequence is None:
        return not_assessed("no_consequence")
    if not NULL_TERMS.isdisjoint(consequence.terms):
        return not_met("prediction.counted_as_pvs1")
    splicing = _splice_effect(ask, consequence)
    if Term.MISSENSE not in consequence.terms:
        return splicing
    protein = _damaging(ask, consequence)
    return protein if protein.strength is not None or splicing.strength is None else splicing


def _damaging(ask: Question, consequence: Consequence) -> Verdict:
    tool, score = _missense_score(ask, consequence)
    if score is None:
        return not_assessed("prediction.no_score", tool=tool)
    for strength in _PP3:
        limit = _limit(ask, tool, "pp3", strength)
        if limit is not None and score >= limit:
            return met(strength, "prediction.damaging", tool=tool, score=score, limit=limit)
    return not_met("prediction.below_pp3", tool=tool, score=score)


def bp4(ask: Question) -> Verdict:
    """Benign, supporting to very strong: the predictor says tolerated and splicing is kept.

    A prediction about splicing says nothing of an allele that changes the protein's length.
    """
    consequence = ask.consequence()
    if consequence is None:
        return not_assessed("no_consequence")
    if not NULL_TERMS.isdisjoint(consequence.terms):
        return not_met("prediction.counted_as_pvs1")
    missense = Term.MISSENSE in consequence.terms
    if not missense and not _SPLICING_ONLY.issuperset(consequence.terms):
        return not_assessed("prediction.no_tool", consequence=consequence.worst)
    splicing = _splicing_kept(ask, consequence)
    if isinstance(splicing, Verdict):
        return splicing
    if not missense:
        return met(
            Strength.SUPPORTING,
            "prediction.no_splice_effect",
            tool=Predictor.SPLICEAI,
            score=splicing,
        )
    tool, score = _missense_score(ask, consequence)
    if score is None:
        return not_assessed("prediction.no_score", tool=tool)
    for strength in _STRENGTHS:
        limit = _limit(ask, tool, "bp4", strength)
        if limit is not None and score <= limit:
            return met(strength, "prediction.tolerated", tool=tool, score=score, limit=limit)
    return not_met("prediction.above_bp4", tool=tool, score=score)


def bp7(ask: Question) -> Verdict:
    """Supporting benign: silent, or deep enough in an intron, and splicing is kept."""
    consequence = ask.consequence()
    if consequence is None:
        return not_assessed("no_consequence")
    if not _SPLICING_ONLY.issuperset(consequence.terms):
        return not_met("prediction.outside_bp7", consequence=consequence.worst)
    transcript = ask.read(TRANSCRIPT, consequence.transcript)
    if transcript is None:
        return not_assessed("prediction.no_transcript")
    if not (_silent(ask, consequence, transcript) or _deep_intronic(ask, consequence)):
        return not_met("prediction.outside_bp7", consequence=consequence.worst)
    splicing = _splicing_kept(ask, consequence)
    if isinstance(splicing, Verdict):
        return splicing
    return met(Strength.SUPPORTING, "prediction.bp7", tool=Predictor.SPLICEAI, score=splicing)


def _score(ask: Question, predictor: Predictor, consequence: Consequence) -> float | None:
    key = score_key(predictor, ask.allele, consequence)
    found: Score | None = None if key is None else ask.read(SCORES[predictor], key)
    return None if found is None else found.value


def _missense_score(ask: Question, consequence: Consequence) -> tuple[Predictor, float | None]:
    (tool,) = ask.words("predictor.missense")
    if tool not in MISSENSE:
        raise InternalError("predictor.missense names a predictor that is not built")
    return Predictor(tool), _score(ask, Predictor(tool), consequence)


def _limit(ask: Question, predictor: Predictor, code: str, strength: Strength) -> float | None:
    """Read a calibrated cut-off; None for a strength that the predictor does not reach."""
    return ask.optional_number(f"predictor.{predictor}.{code}_{strength}")


def _splice_effect(ask: Question, consequence: Consequence) -> Verdict:
    tool = Predictor.SPLICEAI
    score = _score(ask, tool, consequence)
    if score is None:
        return not_assessed("prediction.no_score", tool=tool)
    limit = ask.number("predictor.spliceai.pp3")
    if score < limit:
        return not_met("prediction.below_pp3", tool=tool, score=score)
    return met(Strength.SUPPORTING, "prediction.splice_effect", tool=tool, score=score, limit=limit)


def _splicing_kept(ask: Question, consequence: Consequence) -> Verdict | float:
    """Return the score that says that splicing is kept, or why that cannot be said."""
    tool = Predictor.SPLICEAI
    score = _score(ask, tool, consequence)
    if score is None:
        return not_assessed("prediction.no_score", tool=tool)
    if score > ask.number("predictor.spliceai.bp4"):
        return not_met("prediction.above_bp4", tool=tool, score=score)
    return score


def _silent(ask: Question, consequence: Consequence, transcript: Transcript) -> bool:
    """Synonymous, and neither the first base nor one of the last three of an exon."""
    if Term.SYNONYMOUS not in consequence.terms:
        return False
    return any(
        exon.start <= ask.allele.position
        and ask.allele.end <= exon.end
        and _within(exon, ask.allele, transcript.strand)
        for exon in transcript.exons
    )


def _within(exon: Span, allele: Allele, strand: int) -> bool:
    before, after = allele.position - exon.start, exon.end - allele.end
    from_start, from_end = (before, after) if strand > 0 else (after, before)
    return from_start > 0 and from_end > 2


def _deep_intronic(ask: Question, consequence: Consequence) -> bool:
    """In an intron with every base at or beyond +7 or -21."""
    _, coding, change = (consequence.hgvs_c or "").partition(":c.")
    places = _PLACE.findall(change) if coding else []
    return bool(places) and all(
        sign and int(offset) >= ask.number(f"synonymous.{_SIDES[sign]}_distance")
        for sign, offset in places
    )
