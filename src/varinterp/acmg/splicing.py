"""What is predicted and what was seen of splicing, and BP7.

Walker 2023 (PMID 37352859): SpliceAI at 0.2 and above, at 0.1 and below, and nothing between. An
RNA study takes the place of the prediction, which is not counted beside it: a normal result is BP7,
strong, of a silent or intronic allele, wherever in the intron; a damaging one belongs to PVS1.
"""

import re
from enum import StrEnum

from varinterp.acmg.question import Question
from varinterp.model.chromosome import Chromosome
from varinterp.model.curation import Effect
from varinterp.model.evidence import Strength, Verdict, met, not_assessed, not_met
from varinterp.model.facts import SCORES, TRANSCRIPT
from varinterp.model.prediction import Predictor, Score, score_key
from varinterp.model.transcript import Consequence, Span, Term, Transcript
from varinterp.model.variant import Allele

SPLICING_ONLY = frozenset(
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


class Rna(StrEnum):
    """What the RNA studies of an allele say together; `DISAGREE` where they differ."""

    NORMAL = "normal"
    DAMAGING = "damaging"
    INTERMEDIATE = "intermediate"
    DISAGREE = "disagree"


def rna(ask: Question) -> Rna | None:
    """Return what RNA studies found of the allele; None where there is none."""
    effects = {
        study.effect
        for curations in ask.curations()
        for study in curations.rna
        if ask.holds(study.scope)
    }
    if len(effects) > 1:
        return Rna.DISAGREE
    return next((_RNA[effect] for effect in effects), None)


_RNA = {
    Effect.NORMAL: Rna.NORMAL,
    Effect.DAMAGING: Rna.DAMAGING,
    Effect.INTERMEDIATE: Rna.INTERMEDIATE,
}


def predicted_effect(ask: Question, consequence: Consequence) -> Verdict:
    """Answer PP3 for splicing: supporting when a change is predicted."""
    if rna(ask) is not None:
        return not_met("splicing.seen_in_rna")
    tool = Predictor.SPLICEAI
    score = score_of(ask, tool, consequence)
    if score is None:
        return not_assessed("prediction.no_score", tool=tool)
    limit = ask.optional_number("predictor.spliceai.pp3")
    if limit is None:
        return not_assessed("prediction.no_limit", tool=tool)
    if score < limit:
        return not_met("prediction.below_pp3", tool=tool, score=score)
    return met(Strength.SUPPORTING, "prediction.splice_effect", tool=tool, score=score, limit=limit)


def predicted_kept(ask: Question, consequence: Consequence) -> Verdict | float:
    """Return the score that says that splicing is kept, or why that cannot be said."""
    tool = Predictor.SPLICEAI
    score = score_of(ask, tool, consequence)
    if score is None:
        return not_assessed("prediction.no_score", tool=tool)
    limit = ask.optional_number("predictor.spliceai.bp4")
    if limit is None:
        return not_assessed("prediction.no_limit", tool=tool)
    if score > limit:
        return not_met("prediction.above_bp4", tool=tool, score=score)
    return score


def score_of(ask: Question, predictor: Predictor, consequence: Consequence) -> float | None:
    """Return a predictor's score of the allele; None where it has none."""
    key = score_key(predictor, ask.allele, consequence)
    found: Score | None = None if key is None else ask.read(SCORES[predictor], key)
    return None if found is None else found.value


def bp7(ask: Question) -> Verdict:
    """Benign: silent or in an intron with normal RNA, or far from the sites and predicted kept."""
    if ask.allele.chromosome is Chromosome.MT:
        return not_assessed("prediction.mitochondrial")
    consequence = ask.consequence()
    if consequence is None:
        return not_assessed("no_consequence")
    if not SPLICING_ONLY.issuperset(consequence.terms):
        return not_met("prediction.outside_bp7", consequence=consequence.worst)
    seen = rna(ask)
    if seen is not None:
        return _BY_RNA[seen]
    transcript = ask.read(TRANSCRIPT, consequence.transcript)
    if transcript is None:
        return not_assessed("prediction.no_transcript")
    if not (_silent(ask, consequence, transcript) or _deep_intronic(ask, consequence)):
        return not_met("prediction.outside_bp7", consequence=consequence.worst)
    kept = predicted_kept(ask, consequence)
    if isinstance(kept, Verdict):
        return kept
    return met(Strength.SUPPORTING, "prediction.bp7", tool=Predictor.SPLICEAI, score=kept)


_BY_RNA = {
    Rna.NORMAL: met(Strength.STRONG, "splicing.rna_normal"),
    Rna.DAMAGING: not_met("splicing.rna_damaging"),
    Rna.INTERMEDIATE: not_met("splicing.rna_intermediate"),
    Rna.DISAGREE: not_assessed("splicing.rna_disagree"),
}


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
