"""What is known of each disease's phenotype: its terms, how frequent they are, how it runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from varinterp.model.family import Sex
from varinterp.model.gene_disease import Inheritance

MODES = {
    "HP:0000006": Inheritance.AUTOSOMAL_DOMINANT,
    "HP:0000007": Inheritance.AUTOSOMAL_RECESSIVE,
    "HP:0001417": Inheritance.X_LINKED,
    "HP:0001419": Inheritance.X_LINKED,
    "HP:0001423": Inheritance.X_LINKED,
    "HP:0001427": Inheritance.MITOCHONDRIAL,
}
"""HPO's terms that are one of our modes; digenic, somatic, Y-linked and others are none."""


@dataclass(frozen=True, slots=True)
class Disease:
    """A disease as the HPO annotations describe it; every term is a current id of the release.

    `terms` are the phenotypic abnormalities that occur in it. `frequency` gives, for those whose
    frequency is stated, the fraction (0 to 1) of patients; a term that is not in it has an unknown
    frequency, not a certain one. `excluded` are terms that the annotators found absent.
    `inheritance` holds ids of HPO's own terms (HP:0000006 is autosomal dominant), `course` gives
    the terms of the clinical course (HP:0003577 is congenital onset), each with the fraction of
    patients or 1, and `sexes` the sex of those of `terms` that are annotated for one sex alone.
    """

    id: str
    name: str
    terms: frozenset[str]
    frequency: Mapping[str, float] = field(default_factory=dict)
    excluded: frozenset[str] = frozenset()
    inheritance: frozenset[str] = frozenset()
    course: Mapping[str, float] = field(default_factory=dict)
    sexes: Mapping[str, Sex] = field(default_factory=dict)

    @property
    def modes(self) -> frozenset[Inheritance]:
        """Those of our modes of inheritance that are stated; empty says nothing of the mode."""
        return frozenset(MODES[term] for term in self.inheritance if term in MODES)


@dataclass(frozen=True, slots=True)
class DiseaseAnnotations:
    """Every disease of a release of the annotations, by id and in order of id."""

    release: str
    diseases: Mapping[str, Disease]

    @property
    def phenotypes(self) -> dict[str, frozenset[str]]:
        """The terms of every disease that has any."""
        return {name: disease.terms for name, disease in self.diseases.items() if disease.terms}
