"""What a caller's genotype likelihoods (PL), and reads, say of whether somebody carries an allele.

A trio has three explanations of an allele that was called in the child and in no parent: it is new,
a parent has it and it was missed there, or the child has none (Ramu 2013, PMID 23975140, whose sum
over genotypes these three terms dominate). Each is weighed by how often it comes about:

    inherited, one parent    `inherited_odds` to one new    x  that parent's likelihood with
                                                               the allele over that without it
    an error in the child    3 / (2 m) to one new           x  the child's likelihood without
                                                               the allele over that with it

with a mutation rate m a base and generation: of two transmitted bases one changes to a given other
one of three. An explanation that is not `new_odds` times less likely than a new allele leaves the
call in doubt: the parent's, then, counts as thin data, and the child's as not believed.

The child's reads may answer for its likelihoods. Callers that learn their likelihoods cap them
(DeepVariant at some 50 to 60), below what the odds above ask of any call however deep.

Without likelihoods nothing here is in doubt: depth, reads and GQ decide (`calls.believed`).
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from varinterp.inheritance.limits import TrioLimits

Ints = npt.NDArray[np.integer]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


def known(likelihoods: Ints) -> Bools:
    """Tell which calls have likelihoods, given those of no, one and two copies; -1 is none."""
    found: Bools = likelihoods[0] >= 0
    return found


def for_absence(likelihoods: Ints) -> Ints:
    """Return by how many phred no copy is more likely than any; below 0 where one is."""
    zero, one, two = likelihoods.astype(np.int32)
    found: Ints = np.where(two < 0, one, np.minimum(one, two)) - zero
    return found


def for_call(copies: Ints, likelihoods: Ints) -> Ints:
    """Return by how many phred they are for calls of so many copies: for some copy, or for none."""
    absence = for_absence(likelihoods)
    found: Ints = np.where(copies > 0, -absence, absence)
    return found


def for_a_copy(likelihoods: Ints, alt: Any, ref: Any, error: float) -> Floats:
    """Return by how many phred likelihoods, or reads where they say more, are for some copy."""
    found: Floats = np.maximum(-for_absence(likelihoods), reads_for_a_copy(alt, ref, error))
    return found


def reads_for_a_copy(alt: Any, ref: Any, error: float) -> Floats:
    """Return by how many phred reads are more likely with one copy of two than without.

    `alt` and `ref` are reads with and without the allele, -1 where they were not counted, which
    says nothing: 0. `error` is the share of reads that are wrong.
    """
    each = 10 * (alt * np.log10(0.5 / error) + ref * np.log10(0.5 / (1 - error)))
    found: Floats = np.where((alt >= 0) & (ref >= 0), each, 0.0)
    return found


def in_doubt(copies: Ints, likelihoods: Ints, alt: Ints, ref: Ints, limits: TrioLimits) -> Bools:
    """Tell which calls their likelihoods leave open: of no copy, or of some.

    A call without the allele is asked as a parent's, one with it as a child's.
    """
    carried = for_a_copy(likelihoods, alt, ref, limits.read_error) < limits.child_phred
    absent = for_absence(likelihoods) < limits.parent_phred
    found: Bools = np.where(copies > 0, carried, absent)
    return found & (copies >= 0) & known(likelihoods)
