"""What age of onset and sex say of a disease, in ln units: a little, and nothing where not stated.

Onset
    A disease's stated ages of onset (aspect C of the annotations) are shares of nine periods, from
    before birth to late adulthood. Annotators and clinicians draw their borders differently: half
    of each share counts in the periods beside it. With the mean share over the diseases that state
    any, ln(1/2 + 1/2 x share / mean share) lies between ln(1/2) and MOST_ONSET.
Sex
    A term that is annotated for one sex alone does not describe a patient of the other. The weight
    is ln(share of the disease's terms that may be seen in the patient's sex), not below LEAST_SEX:
    that a disease is X-linked is for the genotypes to say.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from varinterp.model.family import Sex
from varinterp.phenotype.annotations import Disease
from varinterp.phenotype.ontology import Ontology
from varinterp.phenotype.ragged import Floats

PERIODS = (
    "HP:0030674",
    "HP:0003577",
    "HP:0003623",
    "HP:0003593",
    "HP:0011463",
    "HP:0003621",
    "HP:0011462",
    "HP:0003596",
    "HP:0003584",
)
"""Antenatal, congenital, neonatal, infancy, childhood, juvenile, young adult, middle age, late."""

MOST_ONSET = 1.0
LEAST_SEX = -1.0
DOUBT = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """Per disease: the share of each of PERIODS (rows of 0 where none is stated), and the share of
    its terms that are annotated for females alone, and for males alone."""

    onset: Floats
    female: Floats
    male: Floats

    @classmethod
    def of(cls, diseases: Sequence[Disease], ontology: Ontology) -> Self:
        """Read what the annotations state."""
        known: dict[str, tuple[int, ...]] = {}
        onset = np.zeros((len(diseases), len(PERIODS)))
        for row, disease in enumerate(diseases):
            for term, weight in sorted(disease.course.items()):
                if term not in known:
                    known[term] = periods(term, ontology)
                if known[term]:
                    onset[row, list(known[term])] += weight / len(known[term])
        return cls(_shares(onset), _only(diseases, Sex.FEMALE), _only(diseases, Sex.MALE))


def periods(term: str, ontology: Ontology) -> tuple[int, ...]:
    """Return the periods that an onset term names: its own, or all of those under it."""
    found = ontology.resolve(term).term
    if found is None:
        return ()
    places = {period: place for place, period in enumerate(PERIODS) if period in ontology}
    inside = places.keys() & ontology.ancestors(found.id)
    under = inside or places.keys() & ontology.descendants(found.id)
    return tuple(sorted(places[period] for period in under))


def mean_onset(course: Course) -> Floats:
    """Return the mean share of each period over the diseases that state any."""
    stated = course.onset.sum(axis=1) > 0
    if not stated.any():
        return np.full(len(PERIODS), 1 / len(PERIODS))
    mean: Floats = blurred(course.onset[stated]).mean(axis=0)
    return mean


def onset_lr(course: Course, mean: Floats, asked: Iterable[int]) -> Floats:
    """Weigh an age of onset, as periods, in every disease."""
    chosen = list(asked)
    stated = course.onset.sum(axis=1) > 0
    usual = mean[chosen].sum()
    if usual == 0:  # nothing was asked, or no disease begins then
        return np.zeros(len(stated))
    ratio = blurred(course.onset)[:, chosen].sum(axis=1) / usual
    weight = np.minimum(np.log(DOUBT + (1 - DOUBT) * ratio), MOST_ONSET)
    return np.where(stated, weight, 0.0)


def sex_lr(course: Course, sex: Sex) -> Floats:
    """Weigh the patient's sex in every disease."""
    others: Mapping[Sex, Floats] = {Sex.FEMALE: course.male, Sex.MALE: course.female}
    if sex not in others:
        return np.zeros(len(course.male))
    seen = np.maximum(1 - others[sex], np.exp(LEAST_SEX))
    weight: Floats = np.log(seen)
    return weight


def blurred(onset: Floats) -> Floats:
    """Give half of each share to the periods beside it; the outermost keep three quarters."""
    edges = np.concatenate([onset[:, :1], onset, onset[:, -1:]], axis=1)
    near: Floats = onset / 2 + edges[:, :-2] / 4 + edges[:, 2:] / 4
    return near


def _shares(onset: Floats) -> Floats:
    total = onset.sum(axis=1, keepdims=True)
    shares: Floats = np.divide(onset, total, out=np.zeros_like(onset), where=total > 0)
    return shares


def _only(diseases: Sequence[Disease], sex: Sex) -> Floats:
    shares = [
        sum(stated is sex for stated in each.sexes.values()) / max(len(each.terms), 1)
        for each in diseases
    ]
    return np.array(shares, np.float64)
