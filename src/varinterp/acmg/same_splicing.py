"""PS1 by splicing: another substitution in the motif of the splice site is known as pathogenic.

Walker 2023 (PMID 37352859), table 2. The event that is predicted of both must be the same, and at
least as strong of ours. It is the loss of the site itself: of a site that is gained, a release of
SpliceAI does not tell where it lies. An RNA study takes the place of a prediction. A comparator
that changes the protein may be pathogenic for that, and is none. The strength follows where the two
lie, and what the prediction counts for already: PP3 outside the intron's first and last two bases,
PVS1 there.
"""

from dataclasses import dataclass
from typing import Literal

from varinterp.acmg.loss_of_function import NULL_TERMS, pvs1
from varinterp.acmg.missense import level
from varinterp.acmg.question import VOID, Question
from varinterp.acmg.splicing import predicted_effect
from varinterp.model.clinvar import Significance, SpliceComparator
from varinterp.model.evidence import (
    Because,
    Outcome,
    Scalar,
    Strength,
    Verdict,
    met,
    not_assessed,
    not_met,
)
from varinterp.model.facts import (
    SCORES,
    SPLICE_COMPARATORS,
    TRANSCRIPT,
    splice_key,
)
from varinterp.model.prediction import Predictor, Score, ScoreOrigin, SpliceEffect, score_key
from varinterp.model.splice_site import MotifPlace, Side, is_canonical, motif_places
from varinterp.model.transcript import Consequence, Term
from varinterp.model.variant import Allele

_BESIDE_A_SITE = frozenset(
    {
        Term.SPLICE_DONOR,
        Term.SPLICE_ACCEPTOR,
        Term.SPLICE_DONOR_5TH,
        Term.SPLICE_REGION,
        Term.SPLICE_DONOR_REGION,
        Term.SPLICE_POLYPYRIMIDINE,
    }
)
_LOSS = {Side.DONOR: SpliceEffect.DONOR_LOSS, Side.ACCEPTOR: SpliceEffect.ACCEPTOR_LOSS}
_TOOL = Predictor.SPLICEAI
Baseline = Literal["pp3", "pvs1", "pvs1_lowered"]


@dataclass(frozen=True, slots=True)
class _Match:
    """A comparator whose predicted event is ours, and the row of the table that holds."""

    comparator: SpliceComparator
    score: float
    relation: str
    strength: Strength


def same_splicing(ask: Question) -> Verdict | None:
    """Answer PS1 by what is known in the same splice motif; None for an allele that is in none.

    Of two motifs, where an exon is short, the one counts that says more.
    """
    consequence = ask.consequence()
    if consequence is None or not _may_lie_in_a_motif(ask.allele, consequence):
        return None
    transcript = ask.read(TRANSCRIPT, consequence.transcript)
    if transcript is None:
        named = not _BESIDE_A_SITE.isdisjoint(consequence.terms)
        return not_assessed("prediction.no_transcript") if named else None
    places = motif_places(transcript, ask.allele.position)
    if not places:
        return None
    if ask.key.inheritance is None:
        return not_assessed("no_known_disease")
    return telling(*(_at(ask, consequence, place) for place in places))


def telling(first: Verdict, *others: Verdict) -> Verdict:
    """Return the strongest verdict; of none met, the first that lacks data, else the first."""
    verdicts = (first, *others)
    strongest = max(verdicts, key=lambda each: each.strength.points if each.strength else 0)
    if strongest.strength is not None:
        return strongest
    lacking = (each for each in verdicts if each.outcome is Outcome.NOT_ASSESSED)
    return next(lacking, first)


def _may_lie_in_a_motif(allele: Allele, consequence: Consequence) -> bool:
    """Whether it is a substitution of one base, called so that it may lie beside a splice site."""
    if len(allele.ref) != 1 or len(allele.alt) != 1:
        return False
    return Term.INTRON in consequence.terms or not _BESIDE_A_SITE.isdisjoint(consequence.terms)


def _at(ask: Question, consequence: Consequence, place: MotifPlace) -> Verdict:
    known = _comparators(ask, consequence, place)
    if isinstance(known, Verdict):
        return known
    baseline = _baseline(ask, consequence, place)
    if isinstance(baseline, Verdict):
        return baseline
    own = _own_loss(ask, consequence, place)
    if isinstance(own, Verdict):
        return own
    return _compared(ask, consequence, place, known, baseline, own)


def _comparators(
    ask: Question, consequence: Consequence, place: MotifPlace
) -> tuple[SpliceComparator, ...] | Verdict:
    """Return the comparators that count at a site, or why there is none."""
    where = _where(place)
    found = ask.read(SPLICE_COMPARATORS, splice_key(consequence.transcript, place.exon, place.side))
    if found is None and not ask.read.provides(SPLICE_COMPARATORS):
        return not_assessed("same_splicing.no_resource")
    pathogenic = tuple(
        each
        for each in (() if found is None else found.alleles)
        if each.allele != str(ask.allele)
        and each.changes_protein is False
        and level(each) is not None
    )
    minimum = ask.number("comparator.min_stars")
    reviewed = tuple(
        each for each in pathogenic if each.stars is not None and each.stars >= minimum
    )
    if reviewed:
        return reviewed
    if any(each.stars is None for each in pathogenic):
        return not_assessed("same_splicing.review_status_unknown", **where)
    return not_met("same_splicing.none", **where)


def _baseline(ask: Question, consequence: Consequence, place: MotifPlace) -> Baseline | Verdict:
    """Return what the prediction counts for already, or why it counts for nothing."""
    if not place.canonical and not NULL_TERMS.isdisjoint(consequence.terms):
        return not_met("prediction.counted_as_pvs1")
    predicted = predicted_effect(ask, consequence)
    if predicted.strength is None:
        return predicted
    if not place.canonical:
        return "pp3"
    null_allele = pvs1(ask)
    if null_allele.outcome is Outcome.NOT_ASSESSED:
        return not_assessed("same_splicing.without_pvs1")
    if null_allele.strength is None:
        return not_met("same_splicing.without_pvs1")
    return "pvs1" if _by_the_tree(null_allele) is Strength.VERY_STRONG else "pvs1_lowered"


def _by_the_tree(null_allele: Verdict) -> Strength:
    """Return PVS1's strength before it was lowered for a gene that is established less well.

    A comparator in such a gene is known less well too: it does not make up for what was taken off.
    """
    assert null_allele.strength is not None  # noqa: S101 - asked of a criterion that is met
    facts = dict(null_allele.reason.facts)
    if Because.VALIDITY in str(facts.get("lowered_because")).split(", "):
        return Strength(str(facts["lowered_from"]))
    return null_allele.strength


def _own_loss(ask: Question, consequence: Consequence, place: MotifPlace) -> float | Verdict:
    """Return how strongly the allele is predicted to lose the site, or why that cannot be said."""
    own = _score(ask, ask.allele, consequence)
    if own is None or own.origin is not ScoreOrigin.RELEASE:
        return not_assessed("same_splicing.laboratory_score", tool=_TOOL)
    if own.effect is not _LOSS[place.side]:
        return not_assessed("same_splicing.other_event", **_where(place))
    return own.value


def _where(place: MotifPlace) -> dict[str, Scalar]:
    return {"exon": place.exon, "side": place.side}


def _score(ask: Question, allele: Allele, consequence: Consequence) -> Score | None:
    key = score_key(_TOOL, allele, consequence)
    return None if key is None else ask.read(SCORES[_TOOL], key)


def _compared(
    ask: Question,
    consequence: Consequence,
    place: MotifPlace,
    known: tuple[SpliceComparator, ...],
    baseline: Baseline,
    own: float,
) -> Verdict:
    """Compare what is predicted of the comparators with what is of ours."""
    where = _where(place)
    least = ask.number("predictor.spliceai.pp3")
    scores = [(each, _score(ask, Allele.parse(each.allele), consequence)) for each in known]
    alike = [
        (each, score.value)
        for each, score in scores
        if score is not None and score.effect is _LOSS[place.side] and least <= score.value <= own
    ]
    matches = [_match(ask, place, baseline, *each) for each in alike]
    counted = [each for each in matches if each is not None]
    if counted:
        return _met(max(counted, key=_rank), place, own)
    if any(score is None for _, score in scores):
        return not_assessed("same_splicing.comparator_without_score", tool=_TOOL, **where)
    if alike:
        return not_met("same_splicing.row_gives_nothing", **where)
    return not_met("same_splicing.not_alike", tool=_TOOL, score=own, **where)


def _match(
    ask: Question, place: MotifPlace, baseline: Baseline, comparator: SpliceComparator, score: float
) -> _Match | None:
    """Read the table: None where it gives nothing."""
    relation = _relation(place, comparator.offset)
    words = ask.optional_words(f"same_splicing.{baseline}.{relation}")
    if not words:
        return None
    pathogenic, likely = words
    word = pathogenic if level(comparator) is Significance.PATHOGENIC else likely
    return None if word == VOID else _Match(comparator, score, relation, Strength(word))


def _relation(place: MotifPlace, offset: int) -> str:
    """Return how a comparator lies to an allele, in the words of the table."""
    if place.canonical:
        return "same_dinucleotide" if is_canonical(offset) else "outside_dinucleotide"
    return "same_nucleotide" if offset == place.offset else "same_motif"


def _rank(match: _Match) -> tuple[int, bool, float, str]:
    """The strongest; of equals a pathogenic one, the surest prediction, then by allele."""
    certain = level(match.comparator) is Significance.PATHOGENIC
    return match.strength.points, certain, match.score, match.comparator.allele


def _met(match: _Match, place: MotifPlace, own: float) -> Verdict:
    return met(
        match.strength,
        f"same_splicing.{match.relation}",
        comparator=match.comparator.allele,
        significance=level(match.comparator),
        stars=match.comparator.stars,
        tool=_TOOL,
        score=own,
        other_score=match.score,
        **_where(place),
    )
