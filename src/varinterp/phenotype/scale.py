"""How terms weigh in a release: the same for every patient and every disease."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from varinterp.phenotype.graph import TermGraph
from varinterp.phenotype.ragged import Floats

_KEPT = 256
"""Terms whose comparison with all terms is kept: those of a few patients at a time."""


class Pairs(NamedTuple):
    """PhenoDigm's pair score and Lin's measure of one term with every term of the release.

    PhenoDigm: sqrt(shared content x Jaccard of the ancestors) (Smedley 2013, PMID 23660285), shared
    content being the information content of the most informative common ancestor (Resnik 1995); a
    term with itself gives sqrt(IC), the most that it can reach. Lin: twice the shared content over
    the content of both (Lin 1998).
    """

    digm: Floats
    lin: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """Terms, their information content in nats, and their mean frequency over all diseases.

    `pairs` compares a term with every term; it remembers the last terms that were asked.
    """

    graph: TermGraph
    ic: Floats
    background: Floats
    pairs: Callable[[int], Pairs]

    @classmethod
    def of(cls, graph: TermGraph, ic: Floats, background: Floats) -> "Scale":
        """Gather what is known of terms."""
        return cls(graph, ic, background, lru_cache(maxsize=_KEPT)(lambda t: _pairs(graph, ic, t)))


def _pairs(graph: TermGraph, ic: Floats, term: int) -> Pairs:
    sizes = graph.above.lengths
    shared, common = np.zeros(len(graph)), np.zeros(len(graph))
    above = graph.above[term]
    for top in above[np.argsort(ic[above], kind="stable")].tolist():
        below = graph.below[top]
        if len(below) == len(graph):  # a root: common to all, and without content
            common += 1
            continue
        shared[below] = ic[top]  # the most informative is written last
        common[below] += 1
    jaccard = common / (sizes[term] + sizes - common)
    both = ic[term] + ic
    lin = np.divide(2 * shared, both, out=np.zeros_like(both), where=both > 0)
    return Pairs(np.sqrt(shared * jaccard), lin)
