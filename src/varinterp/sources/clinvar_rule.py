"""How the votes of one tier of ClinVar submissions become a class: pure, one vector of votes.

ClinVar itself calls any disagreement between P/LP, VUS and B/LB of one-star submissions
*conflicting*, joins P with LP (``Pathogenic/Likely pathogenic``), and does the same with risk
alleles and low penetrance, which it does not hold to conflict with P/LP (ClinVar, "Representation
of classifications", "Review status"). Ours, which needs one word:

* A *direction* (pathogenic, uncertain, benign) that has all votes decides. One that is contradicted
  decides when at most a quarter of all votes contradict it and at most a tenth of all are of the
  opposite direction; otherwise the class is *conflicting*.
* Within a direction the class with most votes is taken, and the milder one when they tie: a claim
  is not made stronger by a vote that does not make it.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations

from varinterp.model.clinvar import Significance

_DIRECTIONS: tuple[tuple[Significance, ...], ...] = (
    (
        Significance.PATHOGENIC,
        Significance.LIKELY_PATHOGENIC,
        Significance.ESTABLISHED_RISK_ALLELE,
        Significance.PATHOGENIC_LOW_PENETRANCE,
        Significance.LIKELY_PATHOGENIC_LOW_PENETRANCE,
        Significance.LIKELY_RISK_ALLELE,
    ),
    (Significance.UNCERTAIN_RISK_ALLELE, Significance.UNCERTAIN),
    (Significance.BENIGN, Significance.LIKELY_BENIGN),
)
"""Pathogenic, uncertain, benign: each from the strongest claim to the mildest."""

CLASSES: tuple[Significance, ...] = tuple(word for each in _DIRECTIONS for word in each)
"""The words that vote, in the order of a vector of votes."""

ONE_VOTE: dict[Significance, Significance] = {
    **{word: word for word in CLASSES},
    Significance.VUS_HIGH: Significance.UNCERTAIN,
    Significance.VUS_MID: Significance.UNCERTAIN,
    Significance.VUS_LOW: Significance.UNCERTAIN,
}
"""What each word that votes counts as; one that is not here answers another question."""

Votes = tuple[int, ...]
_SPANS = ((0, 6), (6, 8), (8, 10))
_PATHOGENIC, _UNCERTAIN, _BENIGN = range(3)
_DISSENT = 4
_OPPOSITION = 10


@dataclass(frozen=True, slots=True)
class Resolution:
    """The class of a vector of votes.

    `margin` is the lead, in votes, of the strongest direction over the next; `unanimous` says that
    no other direction has a vote; `robustness` is the least number of votes that would have to
    change their word for the class to be another.
    """

    resolved: Significance
    margin: int
    unanimous: bool
    robustness: int


@lru_cache(maxsize=1 << 18)
def resolve(votes: Votes) -> Resolution:
    """Resolve the votes for `CLASSES`, of which there is at least one."""
    totals = _totals(votes)
    first, second, *_ = sorted(totals, reverse=True)
    return Resolution(_class(votes), first - second, second == 0, _robustness(votes))


def sole_word(words: tuple[Significance, ...]) -> Significance:
    """Return the word of a submission that has several: the mildest of those that vote.

    A submission whose words point in different directions is *conflicting* in itself.
    """
    voting = [ONE_VOTE[word] for word in words if word in ONE_VOTE]
    if not voting:
        return words[0]
    directions = {index for index, each in enumerate(_DIRECTIONS) if set(each) & set(voting)}
    if len(directions) > 1:
        return Significance.CONFLICTING
    return words[0] if len(words) == 1 else max(voting, key=CLASSES.index)


def _totals(votes: Votes) -> tuple[int, ...]:
    return tuple(sum(votes[start:end]) for start, end in _SPANS)


def _class(votes: Votes) -> Significance:
    totals = _totals(votes)
    every, lead = sum(totals), max(totals)
    direction = totals.index(lead)
    against = every - lead
    opposite = 0 if direction == _UNCERTAIN else totals[_PATHOGENIC + _BENIGN - direction]
    if against * _DISSENT > every or opposite * _OPPOSITION > every:
        return Significance.CONFLICTING
    start, end = _SPANS[direction]
    most = max(votes[start:end])
    return next(CLASSES[place] for place in range(end - 1, start - 1, -1) if votes[place] == most)


def _robustness(votes: Votes) -> int:
    """Try to move the votes of each class, in every order, to each class: the least that flips.

    Moving votes to more than one class never flips earlier: what the class loses, it loses to any
    of them, and one that overtakes it does so soonest with all of the moved votes.
    """
    now = _class(votes)
    cast = [place for place, count in enumerate(votes) if count]
    least = sum(votes)
    for target in range(len(CLASSES)):
        for order in permutations(place for place in cast if place != target):
            least = min(least, _moves(votes, order, target, now, least))
    return least


def _moves(votes: Votes, order: tuple[int, ...], target: int, now: Significance, limit: int) -> int:
    """Return how many votes, moved in this order to a class, change the result; at most `limit`."""
    counts = list(votes)
    moved = 0
    for source in order:
        while counts[source] and moved < limit:
            counts[source] -= 1
            counts[target] += 1
            moved += 1
            if _class(tuple(counts)) is not now:
                return moved
    return limit
