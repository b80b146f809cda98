"""PVS1: a null allele where loss of function is the mechanism of the disease.

Abou Tayoun 2018 (PMID 30192042), the tree for nonsense, frameshift, canonical splice, start-loss
and whole exons; Walker 2023 (PMID 37352859) for assays of the messenger, which come before it. MANE
names the transcript that counts, and those beside it that must not be spared. An insertion or
deletion that has two places must be a null allele of the same kind at both, and the coding sequence
must be known whole. How well the gene is established as the disease's cause decides how much of the
tree's strength counts.
"""

from varinterp.acmg.decay import (
    exon_of_residue,
    first_changed,
    residues,
    stop_base,
    stop_codon,
    triggers_decay,
)
from varinterp.acmg.exon_loss import judge_exons, judge_splice_site
from varinterp.acmg.exon_run import SPLICE_TERMS, ExonRun, long_enough, whole_exons
from varinterp.acmg.other_transcripts import null_elsewhere, spared
from varinterp.acmg.question import Question
from varinterp.acmg.remaining_protein import Loss, judge_loss, needless
from varinterp.acmg.rna_loss import damaged_in_rna, spared_in_rna
from varinterp.acmg.start_loss import judge_start_loss
from varinterp.model.evidence import (
    GRADED,
    Because,
    Scalar,
    Strength,
    Verdict,
    lowered,
    met,
    not_assessed,
    not_met,
)
from varinterp.model.facts import TRANSCRIPT
from varinterp.model.gene_disease import Mechanism
from varinterp.model.transcript import Consequence, Span, Term, Transcript

_FULL, _LOWERED = "loss_of_function.validity", "loss_of_function.validity_lowered"

NULL_TERMS = SPLICE_TERMS | {Term.STOP_GAINED, Term.FRAMESHIFT, Term.TRANSCRIPT_ABLATION}
_NULL = NULL_TERMS | {Term.START_LOST}


def pvs1(ask: Question) -> Verdict:
    """Very strong pathogenic, or less: a null allele, by what becomes of messenger and protein."""
    seen = damaged_in_rna(ask)
    if seen is not None:
        return _capped(ask, _lowered(ask, _mechanism(ask) or seen))
    consequence = ask.consequence()
    spared = spared_in_rna(ask, consequence)
    return spared or _capped(ask, _lowered(ask, _predicted(ask, consequence)))


def _predicted(ask: Question, consequence: Consequence | None) -> Verdict:
    """Follow the tree by what the allele is predicted to do."""
    if consequence is None:
        return not_assessed("no_consequence")
    run = _whole_exons(ask, consequence)
    if run is None:
        if _placements_differ(consequence):
            return not_assessed("loss_of_function.placements_differ", name=consequence.hgvs_c)
        if consequence.worst is Term.CODING_SEQUENCE:
            return not_assessed("loss_of_function.effect_unknown")
        if _NULL.isdisjoint(consequence.terms):
            return null_elsewhere(ask, consequence) or not_met(
                "loss_of_function.not_null", consequence=consequence.worst
            )
    obstacle = _mechanism(ask)
    if obstacle is not None:
        return obstacle
    transcript = ask.read(TRANSCRIPT, consequence.transcript)
    if transcript is None:
        return not_assessed("loss_of_function.no_transcript")
    if not transcript.complete:
        return not_assessed("loss_of_function.incomplete_transcript", transcript=transcript.id)
    elsewhere = spared(ask, consequence, transcript)
    return elsewhere or _branch(ask, consequence, transcript, run)


def _branch(
    ask: Question, consequence: Consequence, transcript: Transcript, run: ExonRun | None
) -> Verdict:
    if run is not None:
        return judge_exons(ask, consequence, transcript, run)
    if Term.TRANSCRIPT_ABLATION in consequence.terms:
        return met(Strength.VERY_STRONG, "loss_of_function.gene_deleted")
    if Term.START_LOST in consequence.terms:
        return judge_start_loss(ask, transcript, {})
    if not SPLICE_TERMS.isdisjoint(consequence.terms):
        return judge_splice_site(ask, consequence, transcript)
    return _premature_stop(ask, consequence, transcript)


def _whole_exons(ask: Question, consequence: Consequence) -> ExonRun | None:
    """Return the exons that a long allele removes or repeats whole."""
    if not long_enough(ask.allele):
        return None
    transcript = ask.read(TRANSCRIPT, consequence.transcript)
    return None if transcript is None else whole_exons(transcript, ask.allele, consequence)


def _placements_differ(consequence: Consequence) -> bool:
    """Whether the allele is a null one at one end of its repeat and not at the other."""
    if not consequence.shifted_terms:
        return False
    return _NULL.intersection(consequence.terms) != _NULL.intersection(consequence.shifted_terms)


def _mechanism(ask: Question) -> Verdict | None:
    link = ask.disease()
    if link is None:
        return not_assessed("no_known_disease")
    if link.mechanism is not Mechanism.LOSS_OF_FUNCTION:
        return not_assessed("loss_of_function.mechanism_not_established", gene=link.gene)
    if link.validity not in (*ask.words(_FULL), *ask.words(_LOWERED)):
        return not_assessed("loss_of_function.validity", validity=link.validity)
    return None


def _lowered(ask: Question, verdict: Verdict) -> Verdict:
    """Lower a strength where the gene is established less well than the tree asks for."""
    if verdict.strength is None:
        return verdict
    link = ask.disease()
    if link is None or link.validity not in ask.words(_LOWERED):
        return verdict
    place = GRADED.index(verdict.strength) - int(ask.number("loss_of_function.lowered_by"))
    if place < 0:
        return not_met(
            "loss_of_function.validity_too_low", validity=link.validity, strength=verdict.strength
        )
    return lowered(verdict, GRADED[place], Because.VALIDITY)


def _capped(ask: Question, verdict: Verdict) -> Verdict:
    """Lower a strength to the highest that a gene specification gives to loss of function."""
    highest = ask.own_words("loss_of_function.max_strength")
    if verdict.strength is None or not highest:
        return verdict
    most = Strength(highest[0])
    if most.points >= verdict.strength.points:
        return verdict
    return lowered(verdict, most, Because.SPECIFICATION)


def _premature_stop(ask: Question, consequence: Consequence, transcript: Transcript) -> Verdict:
    codon, first = stop_codon(consequence), first_changed(consequence)
    if codon is None or first is None:
        return not_assessed("loss_of_function.stop_not_located")
    beyond = needless(ask, transcript, codon)
    if beyond is not None:
        return beyond
    distance = int(ask.number("loss_of_function.decay_distance"))
    inserted = len(ask.allele.alt) - len(ask.allele.ref)
    facts: dict[str, Scalar] = {
        "consequence": consequence.worst,
        "exon": consequence.exon,
        "exons": len(transcript.exons),
    }
    if triggers_decay(transcript, stop_base(consequence, codon, inserted), distance):
        return met(Strength.VERY_STRONG, "loss_of_function.decay", stop_codon=codon, **facts)
    last = ask.own_number("loss_of_function.very_strong_until")
    if last is not None and codon <= last:
        return met(
            Strength.VERY_STRONG,
            "loss_of_function.needed_end",
            stop_codon=codon,
            limit=int(last),
            **facts,
        )
    end = residues(transcript)
    if first > end:
        return not_assessed("loss_of_function.stop_not_located")
    hit = exon_of_residue(transcript, first)
    return judge_loss(ask, transcript, Loss(Span(first, end), (hit,)), {**facts, "exon": hit})
