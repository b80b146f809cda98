"""How much a term says: the fewer diseases have it, the more (Resnik 1995, arXiv cmp-lg/9511007).

Information content of a term: IC = -ln(share of diseases that have it, or anything below it). A
term that no disease has counts as one that one disease has: a finding that is new to the
annotations weighs most, and no disease explains it whole.
"""

from math import log

import numpy as np

from varinterp.phenotype.ragged import Floats, Ints

RELATED_IC = -log(0.3)
"""An ancestor says something of a term under it when at most three diseases in ten have it.

*Seizure* and *intellectual disability* pass, whole organ systems do not. It decides the words
shown to a person, and not the score.
"""


def information_content(held: Ints, diseases: int) -> Floats:
    """Return the content, in nats, of terms that `held` of all diseases have; 0 without any."""
    if not diseases:
        return np.zeros(len(held))
    known = {count: log(diseases / max(count, 1)) for count in np.unique(held).tolist()}
    return np.array([known[count] for count in held.tolist()])
