"""A copy number of the patient as calls of an allele, so that it can be one of two hits."""

import numpy as np

from varinterp.inheritance.calls import Call, Codes
from varinterp.model.assessment import BENIGN, PATHOGENIC
from varinterp.model.carried_copy import CarriedCopy
from varinterp.model.copy_number import Change
from varinterp.model.copy_number_facts import Carrier
from varinterp.model.family import Family, Person
from varinterp.model.variant import Allele


def second_hit(copy: CarriedCopy, hgnc: str) -> bool:
    """Whether a copy number may take a gene's function beside a small allele.

    A loss that touches one of its exons may; a gain only where it is held for pathogenic, as most
    leave the gene whole. Neither does where it is held for benign.
    """
    if hgnc not in copy.genes or copy.held in BENIGN:
        return False
    return copy.copy_number.change is Change.LOSS or copy.held in PATHOGENIC


def spans(copy: CarriedCopy, allele: Allele) -> bool:
    """Whether a loss takes the whole of what an allele replaces."""
    place = copy.copy_number
    loss = place.change is Change.LOSS and place.chromosome is allele.chromosome
    return loss and place.start <= allele.position and allele.end <= place.end


def codes_of(copy: CarriedCopy, family: Family) -> Codes:
    """Return everybody's code for a copy number, in the pedigree's order.

    Who was not called with it, nor called without, has no call: callers miss.
    """
    return np.array([_code(copy, family, person) for person in family], np.uint8)


def _code(copy: CarriedCopy, family: Family, person: Person) -> Call:
    carrier = copy.of(person.id)
    if carrier is Carrier.YES:
        none_left = person.id == family.proband_id and copy.copy_number.copies == 0
        return Call.HOM if none_left else Call.HET
    if carrier is Carrier.NO:
        return Call.REFERENCE
    return Call.MISSING if person.sequenced else Call.ABSENT
