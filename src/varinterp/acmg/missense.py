"""PS1 and PM5: what is known of other alleles at the same codon.

Richards 2015 (PMID 25741868). A comparator is a missense allele that ClinVar calls pathogenic or
likely pathogenic with at least the required stars; PS1 needs the same amino acid from a different
base change, PM5 another amino acid. A likely pathogenic comparator gives one step less.
"""

from varinterp.acmg.grantham import distance
from varinterp.acmg.question import Question
from varinterp.errors import InternalError
from varinterp.model.clinvar import BENIGN, PATHOGENIC, Comparator, Significance, SpliceComparator
from varinterp.model.evidence import Strength, Verdict, met, not_assessed, not_met
from varinterp.model.facts import COMPARATORS, codon_key
from varinterp.model.transcript import Consequence, Term

_REQUIRED = "required"


def ps1(ask: Question) -> Verdict:
    """PS1 of the protein, strong: the same amino-acid change as a known pathogenic allele."""
    consequence = ask.consequence()
    if consequence is None or not is_missense(consequence):
        return not_missense(consequence)
    if ask.inheritance is None:
        return not_assessed("no_known_disease")
    same, unknown = _comparators(ask, consequence, same_change=True)
    return _verdict(same, unknown, "ps1", Strength.STRONG, Strength.MODERATE)


def pm5(ask: Question) -> Verdict:
    """Moderate pathogenic: another missense change at the residue of a known pathogenic one.

    A gene specification may ask that ours be no milder a change than the known one (Grantham), and
    may count several known ones as strong.
    """
    consequence = ask.consequence()
    if consequence is None or not is_missense(consequence):
        return not_missense(consequence)
    if ask.inheritance is None:
        return not_assessed("no_known_disease")
    if ps1(ask).strength is not None:
        return not_met("comparator.counted_as_ps1")
    other, unknown = _comparators(ask, consequence, same_change=False)
    if other and _grantham_required(ask):
        milder = tuple(each for each in other if _no_milder(consequence, each))
        if not milder:
            return _too_mild(consequence)
        other = milder
    several = ask.optional_number("pm5.strong_from")
    certain = {each.alt_aa for each in other if level(each) is Significance.PATHOGENIC}
    if several is not None and len(certain) >= several:
        return met(Strength.STRONG, "comparator.several", changes=len(certain), limit=several)
    return _verdict(other, unknown, "pm5", Strength.MODERATE, Strength.SUPPORTING)


def is_missense(consequence: Consequence) -> bool:
    """One residue for another: an allele over two codons has no one residue to compare."""
    return (
        Term.MISSENSE in consequence.terms
        and consequence.protein_position is not None
        and len(consequence.alt_aa or "") == 1
    )


def not_missense(consequence: Consequence | None) -> Verdict:
    """Return the answer of a criterion on missense alleles to what is none."""
    if consequence is None:
        return not_assessed("no_consequence")
    return not_met("comparator.not_missense", consequence=consequence.worst)


def changes_residue(comparator: Comparator) -> bool:
    """Whether a comparator is a missense one: never nonsense, never silent."""
    return comparator.alt_aa not in ("*", comparator.ref_aa)


def level(comparator: Comparator | SpliceComparator) -> Significance | None:
    """Pathogenic or likely pathogenic when every assertion is one of the two; otherwise None.

    Both at once is the weaker: an allele that half of its submitters call likely is likely.
    """
    calls = set(comparator.significance)
    if not calls or calls - PATHOGENIC:
        return None
    if Significance.LIKELY_PATHOGENIC in calls:
        return Significance.LIKELY_PATHOGENIC
    return Significance.PATHOGENIC


def is_benign(comparator: Comparator) -> bool:
    """Whether every assertion of a comparator is benign or likely benign."""
    return bool(comparator.significance) and BENIGN.issuperset(comparator.significance)


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
        and changes_residue(comparator)
        and (comparator.alt_aa == consequence.alt_aa) is same_change
        and level(comparator) is not None
    )
    minimum = ask.number("comparator.min_stars")
    reviewed = tuple(c for c in pathogenic if c.stars is not None and c.stars >= minimum)
    if not reviewed and any(comparator.stars is None for comparator in pathogenic):
        return (), not_assessed("comparator.review_status_unknown", codon=codon)
    return reviewed, not_met("comparator.none", codon=codon)


def _grantham_required(ask: Question) -> bool:
    words = ask.own_words("pm5.grantham")
    if words and words != (_REQUIRED,):
        raise InternalError(f"pm5.grantham is not {_REQUIRED}")
    return bool(words)


def _no_milder(consequence: Consequence, comparator: Comparator) -> bool:
    """Whether our change is at least as large as the known one; False where it cannot be told."""
    ours = distance(comparator.ref_aa, consequence.alt_aa or "")
    known = distance(comparator.ref_aa, comparator.alt_aa)
    return ours is not None and known is not None and ours >= known


def _too_mild(consequence: Consequence) -> Verdict:
    ours = distance(consequence.ref_aa or "", consequence.alt_aa or "")
    codon = consequence.protein_position
    if ours is None:
        return not_assessed("comparator.no_distance", codon=codon)
    return not_met("comparator.milder", codon=codon, distance=ours)


def _verdict(
    comparators: tuple[Comparator, ...],
    unknown: Verdict,
    code: str,
    pathogenic: Strength,
    likely: Strength,
) -> Verdict:
    if not comparators:
        return unknown
    best = min(comparators, key=lambda c: (level(c) is not Significance.PATHOGENIC, c.allele))
    strength = pathogenic if level(best) is Significance.PATHOGENIC else likely
    return met(
        strength,
        f"comparator.{code}",
        comparator=best.allele,
        change=f"{best.ref_aa}>{best.alt_aa}",
        significance=level(best),
        stars=best.stars,
    )
