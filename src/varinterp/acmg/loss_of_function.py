"""PVS1: a null allele where loss of function is the mechanism of the disease.

Abou Tayoun 2018 (PMID 30192042), the branches for nonsense, frameshift and canonical splice
alleles with predicted decay. An insertion or deletion that has two places must be a null allele of
the same kind at both, and the coding sequence must be known whole. The branches that need the
population's own null alleles, critical regions, start-loss, deletions and duplications answer *not
assessed*.
"""

import re

from varinterp.acmg.question import Question
from varinterp.model.evidence import Scalar, Strength, Verdict, met, not_assessed, not_met
from varinterp.model.facts import EXON_SKIP, TRANSCRIPT, exon_key
from varinterp.model.gene_disease import Mechanism
from varinterp.model.transcript import Consequence, Term, Transcript

SPLICE_TERMS = frozenset({Term.SPLICE_DONOR, Term.SPLICE_ACCEPTOR})
NULL_TERMS = SPLICE_TERMS | {Term.STOP_GAINED, Term.FRAMESHIFT}
_INTRONIC = re.compile(r":c\.\S*\d[+-]\d")
"""An offset into an intron. VEP takes its terms at the left-aligned place and HGVS names at the 3′
one: an indel at an exon's edge may be called a splice-site allele and named an exonic one."""
_SHIFTED = re.compile(r"p\.[A-Z][a-z]{2}(\d+)(?:Ter|[A-Z][a-z]{2}fsTer(\d+))$")


def pvs1(ask: Question) -> Verdict:
    """Very strong pathogenic: nonsense, frameshift or canonical splice with predicted decay."""
    consequence = ask.consequence()
    if consequence is None:
        return not_assessed("no_consequence")
    if _placements_differ(consequence):
        return not_assessed("loss_of_function.placements_differ", name=consequence.hgvs_c)
    if Term.START_LOST in consequence.terms:
        return not_assessed("loss_of_function.start_loss_not_built")
    if consequence.worst is Term.CODING_SEQUENCE:
        return not_assessed("loss_of_function.effect_unknown")
    if NULL_TERMS.isdisjoint(consequence.terms):
        return not_met("loss_of_function.not_null", consequence=consequence.worst)
    obstacle = _mechanism(ask)
    if obstacle is not None:
        return obstacle
    transcript = ask.read(TRANSCRIPT, consequence.transcript)
    if transcript is None:
        return not_assessed("loss_of_function.no_transcript")
    if not transcript.complete:
        return not_assessed("loss_of_function.incomplete_transcript", transcript=transcript.id)
    if not SPLICE_TERMS.isdisjoint(consequence.terms):
        return _splice(ask, consequence, transcript)
    return _premature_stop(ask, consequence, transcript)


def _placements_differ(consequence: Consequence) -> bool:
    """Whether the allele is a null one at one end of its repeat and not at the other."""
    if not consequence.shifted_terms:
        return False
    null = NULL_TERMS | {Term.START_LOST}
    return null.intersection(consequence.terms) != null.intersection(consequence.shifted_terms)


def _mechanism(ask: Question) -> Verdict | None:
    link = ask.disease()
    if link is None:
        return not_assessed("no_known_disease")
    if link.mechanism is not Mechanism.LOSS_OF_FUNCTION:
        return not_assessed("loss_of_function.mechanism_not_established", gene=link.gene)
    return None


def _premature_stop(ask: Question, consequence: Consequence, transcript: Transcript) -> Verdict:
    codon = stop_codon(consequence)
    if codon is None:
        return not_assessed("loss_of_function.stop_not_located")
    distance = int(ask.number("loss_of_function.decay_distance"))
    inserted = len(ask.allele.alt) - len(ask.allele.ref)
    if triggers_decay(transcript, _stop_base(consequence, codon, inserted), distance):
        return met(
            Strength.VERY_STRONG,
            "loss_of_function.decay",
            consequence=consequence.worst,
            stop_codon=codon,
            exon=consequence.exon,
            exons=len(transcript.exons),
        )
    return not_assessed("loss_of_function.escapes_decay", stop_codon=codon)


def _splice(ask: Question, consequence: Consequence, transcript: Transcript) -> Verdict:
    if _INTRONIC.search(consequence.hgvs_c or "") is None:
        return not_assessed("loss_of_function.splice_site_shifts", name=consequence.hgvs_c)
    exon = skipped_exon(consequence)
    if exon is None:
        return not_assessed("loss_of_function.splice_site_not_located")
    ask.number("loss_of_function.decay_distance")  # what the skip was worked out with
    skip = ask.read(EXON_SKIP, exon_key(transcript.id, exon))
    facts: dict[str, Scalar] = {
        "consequence": consequence.worst,
        "exon": exon,
        "exons": len(transcript.exons),
    }
    if skip is None:
        return not_assessed("loss_of_function.exon_not_assessed", **facts)
    if skip.holds_start:
        return not_assessed("loss_of_function.start_loss_not_built")
    if skip.coding_bases == 0:
        return not_assessed("loss_of_function.skips_untranslated", **facts)
    if skip.in_frame:
        return not_assessed("loss_of_function.skips_in_frame", removed=skip.removed, **facts)
    if not skip.triggers_decay:
        return not_assessed("loss_of_function.skip_escapes_decay", **facts)
    return met(Strength.VERY_STRONG, "loss_of_function.splice_decay", **facts)


def skipped_exon(consequence: Consequence) -> int | None:
    """Return the exon that loses its splice site: before a donor, after an acceptor.

    None when the allele spans more than an intron's end, so that no single exon can be named.
    """
    if consequence.intron is None or SPLICE_TERMS.issubset(consequence.terms):
        return None
    donor = Term.SPLICE_DONOR in consequence.terms
    return consequence.intron if donor else consequence.intron + 1


def stop_codon(consequence: Consequence) -> int | None:
    """Return the 1-based codon of the premature stop, or None when it cannot be told.

    A frameshift's stop is ``fsTerN`` in HGVS: N codons from the first changed one, itself counted;
    when that one is the stop, the name is that of a nonsense allele.
    """
    if Term.FRAMESHIFT not in consequence.terms:
        return consequence.protein_position
    found = _SHIFTED.search(consequence.hgvs_p or "")
    return None if found is None else int(found[1]) + int(found[2] or 1) - 1


def _stop_base(consequence: Consequence, codon: int, inserted: int) -> int:
    """Return the stop's first base in the CDS of the reference, where junctions are counted."""
    base = 3 * (codon - 1) + 1
    if Term.FRAMESHIFT not in consequence.terms:
        return base
    return max(base - inserted, 3 * ((consequence.protein_position or 1) - 1) + 1)


def triggers_decay(transcript: Transcript, base: int, distance: int) -> bool:
    """Tell whether a stop at a base of the CDS is expected to trigger decay of the transcript.

    It is, unless it lies in the last exon or in the last `distance` bases of the one before. The
    base is the stop's first, 1-based.
    """
    if len(transcript.exons) == 1:
        return False
    stop = _bases_before_start(transcript) + base
    last_junction = sum(len(exon) for exon in transcript.exons[:-1])
    return stop <= last_junction - distance


def _bases_before_start(transcript: Transcript) -> int:
    first_exon, _ = transcript.coding_exons()[0]
    exon = transcript.exons[first_exon - 1]
    offset = (
        transcript.cds.start - exon.start
        if transcript.strand > 0
        else exon.end - transcript.cds.end
    )
    return sum(len(before) for before in transcript.exons[: first_exon - 1]) + offset
