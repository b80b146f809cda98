"""PM1: the residue lies where pathogenic missense alleles gather and benign ones are absent.

Richards 2015 (PMID 25741868). A gene specification names its residues and stretches, with their
strength. Elsewhere the hot spot is counted in ClinVar as Exomiser 15 does: 25 bases, here 8
codons, on each side, four (likely) pathogenic changes and no (likely) benign one; moderate when the
pathogenic ones outnumber the uncertain ones, else supporting. Pathogenic changes of the residue
itself are left to PS1 and PM5, so that none is counted twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from varinterp.acmg.missense import (
    changes_residue,
    is_benign,
    is_missense,
    level,
    not_missense,
)
from varinterp.acmg.question import Question
from varinterp.acmg.residues import within
from varinterp.model.chromosome import Chromosome
from varinterp.model.clinvar import Comparator, Significance
from varinterp.model.evidence import Strength, Verdict, met, not_assessed, not_met
from varinterp.model.facts import COMPARATORS, codon_key
from varinterp.model.transcript import Consequence, Term

_NAMED = (Strength.STRONG, Strength.MODERATE, Strength.SUPPORTING)
_IN_FRAME = frozenset({Term.INFRAME_INSERTION, Term.INFRAME_DELETION})
_UNCERTAIN = frozenset(
    {
        Significance.UNCERTAIN,
        Significance.VUS_HIGH,
        Significance.VUS_MID,
        Significance.VUS_LOW,
        Significance.CONFLICTING,
    }
)

Change = tuple[int, str]
"""A codon and the amino acid that it comes to encode."""


def pm1(ask: Question) -> Verdict:
    """Moderate pathogenic: in a hot spot without benign variation."""
    if ask.allele.chromosome is Chromosome.MT:
        return not_assessed("hotspot.mitochondrial")
    consequence = ask.consequence()
    if consequence is None or not is_missense(consequence):
        if consequence is not None and not _IN_FRAME.isdisjoint(consequence.terms):
            return not_assessed("hotspot.in_frame")
        return not_missense(consequence)
    return _named(ask, consequence) or _counted(ask, consequence)


def _named(ask: Question, consequence: Consequence) -> Verdict | None:
    """Answer by the residues that the gene specification names; None when it names none."""
    residue = consequence.protein_position or 0
    stretches = {strength: ask.own_words(f"hotspot.{strength}") for strength in _NAMED}
    for strength in _NAMED:
        place = within(residue, stretches[strength])
        if place is not None:
            return met(strength, "hotspot.named", residue=residue, place=place)
    if any(stretches.values()):
        return not_met("hotspot.not_named", residue=residue)
    return None


@dataclass(slots=True)
class _Around:
    """Changes that ClinVar knows around a residue."""

    pathogenic: set[Change] = field(default_factory=set)
    unrated: set[Change] = field(default_factory=set)
    uncertain: set[Change] = field(default_factory=set)
    benign: set[Change] = field(default_factory=set)

    def add(self, comparator: Comparator, codon: int, minimum: float, *, own: bool) -> None:
        """Sort one in; one without the stars is of no account, and of the residue's own only the
        uncertain and the benign ones are."""
        change = (codon, comparator.alt_aa)
        rated = comparator.stars is not None and comparator.stars >= minimum
        unrated = comparator.stars is None
        if is_benign(comparator):
            if rated or unrated:
                self.benign.add(change)
        elif level(comparator) is not None:
            if not own and (rated or unrated):
                (self.pathogenic if rated else self.unrated).add(change)
        elif not _UNCERTAIN.isdisjoint(comparator.significance) and (rated or unrated):
            self.uncertain.add(change)


def _counted(ask: Question, consequence: Consequence) -> Verdict:
    if ask.disease() is None:
        return not_assessed("no_known_disease")
    if not ask.read.provides(COMPARATORS):
        return not_assessed("comparator.no_resource")
    window, around = int(ask.number("hotspot.window")), _Around()
    most, minimum = ask.number("hotspot.max_benign"), ask.number("comparator.min_stars")
    residue = consequence.protein_position or 0
    for codon in _outwards(residue, window):
        known = ask.read(COMPARATORS, codon_key(consequence.transcript, codon))
        for comparator in () if known is None else known.alleles:
            if comparator.allele != str(ask.allele) and changes_residue(comparator):
                around.add(comparator, codon, minimum, own=codon == residue)
        if len(around.benign) > most:
            return not_met("hotspot.benign", codon=codon, window=window)
    return _dense(ask, around, window)


def _outwards(residue: int, window: int) -> Iterator[int]:
    """Yield the residue's codon and its neighbours, the nearest first."""
    yield residue
    for step in range(1, window + 1):
        yield from (codon for codon in (residue - step, residue + step) if codon > 0)


def _dense(ask: Question, around: _Around, window: int) -> Verdict:
    needed = ask.number("hotspot.min_pathogenic")
    pathogenic, uncertain = len(around.pathogenic), len(around.uncertain - around.pathogenic)
    if pathogenic < needed:
        if len(around.pathogenic | around.unrated) >= needed:
            return not_assessed("hotspot.review_status_unknown", window=window)
        return not_met("hotspot.sparse", pathogenic=pathogenic, limit=needed, window=window)
    return met(
        Strength.MODERATE if pathogenic > uncertain else Strength.SUPPORTING,
        "hotspot.dense",
        pathogenic=pathogenic,
        uncertain=uncertain,
        window=window,
    )
