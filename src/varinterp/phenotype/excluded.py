"""How a finding that was looked for and is absent weighs in every disease.

An annotation says what was seen in a disease, and silence is not absence. So an excluded term
counts only where the disease states how frequent it is, ln (1 - frequency) / (1 - frequency in any
disease), or that it is absent; never below the floor of an observed term.
"""

from math import log

import numpy as np

from varinterp.phenotype.meeting import FLOOR, denied
from varinterp.phenotype.ragged import Floats
from varinterp.phenotype.scale import Scale
from varinterp.phenotype.table import Table

MOST_BACKGROUND = 0.99
"""That a finding is missing which nearly every disease has is no surer sign than this allows."""


def excluded_weights(scale: Scale, table: Table, terms: tuple[int, ...]) -> Floats:
    """Weigh the terms (rows) that the patient has not, in every disease, in ln units."""
    weights = np.zeros((len(terms), len(table)))
    for row, term in enumerate(terms):
        span = table.holders.span(term)
        stated = table.stated[span]
        said = ~np.isnan(stated)
        expected = log(1 - min(float(scale.background[term]), MOST_BACKGROUND))
        with np.errstate(divide="ignore"):
            missing = np.log(1 - stated[said]) - expected
        weights[row, table.holders.values[span][said]] = np.maximum(missing, FLOOR)
        weights[row, denied(scale, table, term)] = -expected
    return weights
