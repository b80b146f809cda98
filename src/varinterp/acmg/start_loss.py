"""PVS1 where the initiation codon is lost.

Abou Tayoun 2018 (PMID 30192042): not met where another functional transcript, one that MANE holds
of the gene, starts elsewhere; moderate where a pathogenic allele lies before the next methionine in
frame, supporting where none does. The alleles that are compared are the missense ones that ClinVar
knows at those codons.
"""

from varinterp.acmg.other_transcripts import starts_elsewhere
from varinterp.acmg.question import Question
from varinterp.model.clinvar import Comparator, Significance
from varinterp.model.evidence import Scalar, Strength, Verdict, met, not_assessed
from varinterp.model.facts import COMPARATORS, NEXT_START, codon_key
from varinterp.model.transcript import Transcript

_PATHOGENIC = (Significance.PATHOGENIC,)


def judge_start_loss(ask: Question, transcript: Transcript, facts: dict[str, Scalar]) -> Verdict:
    """Judge the loss of a transcript's initiation codon; a specification may state its strength."""
    stated = ask.own_words("loss_of_function.start_lost")
    if stated:
        return met(Strength(stated[0]), "loss_of_function.start_specified", specification=ask.rules)
    elsewhere = starts_elsewhere(ask, transcript)
    if elsewhere is not None:
        return elsewhere
    found = ask.read(NEXT_START, transcript.id)
    if found is None:
        return not_assessed("loss_of_function.next_start_unknown", **facts)
    if found.codon is None:
        return not_assessed("loss_of_function.no_next_start", **facts)
    if not ask.read.provides(COMPARATORS):
        return not_assessed("loss_of_function.no_clinvar", **facts)
    stars = ask.number("comparator.min_stars")
    for codon in range(2, found.codon):
        known = ask.read(COMPARATORS, codon_key(transcript.id, codon))
        for each in () if known is None else known.alleles:
            if _counts(each, stars) and each.allele != str(ask.allele):
                return met(
                    Strength.MODERATE,
                    "loss_of_function.start_upstream",
                    allele=each.allele,
                    codon=codon,
                    next_start=found.codon,
                )
    return met(Strength.SUPPORTING, "loss_of_function.start_lost", next_start=found.codon)


def _counts(comparator: Comparator, stars: float) -> bool:
    """A pathogenic allele whose review status is not known does not count: it may be no match."""
    return (
        comparator.significance == _PATHOGENIC
        and comparator.stars is not None
        and comparator.stars >= stars
    )
