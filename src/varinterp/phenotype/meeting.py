"""How one term that a patient has meets every disease of a table.

*Bounded likelihood ratio*, after LIRICAL (Robinson 2020, PMID 32755546): ln P(term | disease) /
P(term | any disease), the latter being the mean of its frequency over all diseases:

* the disease has the term, or a kind of it: its frequency, the highest of the kinds';
* it has something that the term falls under, or that falls under the same ancestor: the
  ancestor's frequency, and a tenth of it for each step up to it; the best of all this counts;
* the annotators found the term, or what it falls under, absent: the least;
* nothing in common: the least.

The least is FLOOR, for LIRICAL's own (a hundredth, a thousandth) let one odd finding outweigh a
whole phenotype. *Soft*: the ratio of that ancestor of the term, or the term, which has the highest;
never below 0.
"""

from math import log
from typing import NamedTuple

import numpy as np

from varinterp.phenotype.ragged import Floats, Ints, over_rows
from varinterp.phenotype.scale import Scale
from varinterp.phenotype.table import Table

FLOOR = -2.0
"""The least that one term may weigh, in ln units: e**-2, about one in seven."""

STEP = log(10)
"""What each step from a term to an ancestor costs."""


class Meeting(NamedTuple):
    """One number for each disease: two ln likelihood ratios, and the best of the disease's terms
    by PhenoDigm's pair score, by Lin's measure, and by shared content in nats."""

    bounded: Floats
    soft: Floats
    digm: Floats
    lin: Floats
    shared: Floats


def meet(scale: Scale, table: Table, term: int) -> Meeting:
    """Weigh a term of the patient's in every disease of a table."""
    bounded, soft = np.full(len(table), FLOOR), np.zeros(len(table))
    lin, shared = np.zeros(len(table)), np.zeros(len(table))
    rare = log(scale.background[term])
    for top, steps in _telling(scale, term):
        ic, usual = scale.ic[top], log(scale.background[top])
        span = table.holders.span(top)
        rows, reach = table.holders.values[span], table.reach[span]
        bounded[rows] = np.maximum(bounded.take(rows), reach - (STEP * steps + rare))
        soft[rows] = np.maximum(soft.take(rows), reach - usual)
        # Of the disease's terms under an ancestor the least informative is nearest by Lin's.
        lin[rows] = np.maximum(lin.take(rows), 2 * ic / (scale.ic[term] + table.least[span]))
        shared[rows] = ic  # the most informative ancestor is written last
    without = denied(scale, table, term)
    bounded[without], soft[without] = FLOOR, 0.0
    terms = table.annotated.terms
    digm = over_rows(np.maximum, scale.pairs(term).digm.take(terms.values), terms.starts)
    return Meeting(bounded, soft, digm, lin, shared)


def denied(scale: Scale, table: Table, term: int) -> Ints:
    """Return the diseases without a term by the annotators' word; one that has it is not."""
    without = [table.annotated.denied[top] for top in scale.graph.above[term].tolist()]
    return np.setdiff1d(np.concatenate(without), table.holders[term])


def _telling(scale: Scale, term: int) -> list[tuple[int, int]]:
    """Return what lies above a term and has any content, least first, with the steps to it."""
    span = scale.graph.above.span(term)
    above, steps = scale.graph.above.values[span], scale.graph.steps[span]
    order = np.argsort(scale.ic[above], kind="stable")
    order = order[scale.ic[above[order]] > 0]
    return list(zip(above[order].tolist(), steps[order].tolist(), strict=True))
