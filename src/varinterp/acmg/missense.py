"""PS1 and PM5: what is known of other alleles at the same codon.

Richards 2015 (PMID 25741868). A comparator is a missense allele that ClinVar calls pathogenic or
likely pathogenic with at least the required stars; PS1 needs the same amino acid from a different
base change, PM5 another amino acid. A likely pathogenic comparator gives one step less.
"""

from varinterp.acmg.question import Question
from varinterp.model.evidence import Strength, Verdict, met, not_assessed, not_met
from varinterp.model.facts import COMPARATORS, Comparator, Significance, codon_key
from varinterp.model.transcript import Consequence, Term


def ps1(ask: Question) -> Verdict:
    """Strong pathogenic: the same amino-acid change as a known pathogenic allele."""
    consequence = ask.consequence()
    if consequence is None or not _is_missense(consequence):
        return _not_missense(consequence)
    same, unknown = _comparators(ask, consequence, same_change=True)
    return _verdict(same, unknown, "ps1", Strength.STRONG, Strength.MODERATE)


def pm5(ask: Question) -> Verdict:
    """Moderate pathogenic: another missense change at the residue of a known pathogenic one."""
    consequence = ask.consequence()
    if consequence is None or not _is_missense(consequence):
        return _not_missense(consequence)
    if ps1(ask).strength is not None:
        return not_met("comparator.counted_as_ps1")
    other, unknown = _comparators(ask, consequence, same_change=False)
    return _verdict(other, unknown, "pm5", Strength.MODERATE, Strength.SUPPORTING)


def _is_missense(consequence: Consequence) -> bool:
    """One residue for another: an allele over two codons has no one residue to compare."""
    return (
        Term.MISSENSE in consequence.terms
        and consequence.protein_position is not None
        and len(consequence.alt_aa or "") == 1
    )


def _not_missense(consequence: Consequence | None) -> Verdict:
    if consequence is None:
        return not_assessed("no_consequence")
    return not_met("comparator.not_missense", consequence=consequence.worst)


def _comparators(
    ask: Question, consequence: Consequence, *, same_change: bool
) -> tuple[tuple[Comparator, ...], Verdict]:
    """Return the comparators that count, and the verdict when there is none.

    A pathogenic comparator whose review status is not known may or may not count: then the
    criterion is not assessed.
    """
    codon = consequence.protein_position or 0
    known = ask.read(COMPARATORS, codon_key(consequence.transcript, codon))
    if known is None:
        if not ask.read.provides(COMPARATORS):
            return (), not_assessed("comparator.no_resource")
        return (), not_met("comparator.none", codon=codon)
    pathogenic = tuple(
        comparator
        for comparator in known.alleles
        if comparator.allele != str(ask.allele)
        and comparator.alt_aa not in ("*", comparator.ref_aa)
        and (comparator.alt_aa == consequence.alt_aa) is same_change
        and _level(comparator) is not None
    )
    minimum = ask.number("comparator.min_stars")
    reviewed = tuple(c for c in pathogenic if c.stars is not None and c.stars >= minimum)
    if not reviewed and any(comparator.stars is None for comparator in pathogenic):
        return (), not_assessed("comparator.review_status_unknown", codon=codon)
    return reviewed, not_met("comparator.none", codon=codon)


def _verdict(
    comparators: tuple[Comparator, ...],
    unknown: Verdict,
    code: str,
    pathogenic: Strength,
    likely: Strength,
) -> Verdict:
    if not comparators:
        return unknown
    best = min(comparators, key=lambda c: (_level(c) is not Significance.PATHOGENIC, c.allele))
    strength = pathogenic if _level(best) is Significance.PATHOGENIC else likely
    return met(
        strength,
        f"comparator.{code}",
        comparator=best.allele,
        change=f"{best.ref_aa}>{best.alt_aa}",
        significance=_level(best),
        stars=best.stars,
    )


def _level(comparator: Comparator) -> Significance | None:
    """Pathogenic or likely pathogenic when every assertion is one of the two; otherwise None.

    Both at once is the weaker: an allele that half of its submitters call likely is likely.
    """
    calls = set(comparator.significance)
    if not calls or calls - {Significance.PATHOGENIC, Significance.LIKELY_PATHOGENIC}:
        return None
    if Significance.LIKELY_PATHOGENIC in calls:
        return Significance.LIKELY_PATHOGENIC
    return Significance.PATHOGENIC
