"""Which patients are spiked into the exome, and the annotations that they are ranked by.

One patient a gene: genes in an order by chance, then a patient of the gene by chance, both seeded.
So no gene weighs more than another, and the two halves share none. Left out are patients whose
disease the links of the day do not have (nobody could have proposed it), or HPO does not describe.
"""

import random
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from acmg_truth import Half
from one_patient_out import Rows, diseases_without
from published_cases import in_terms_of, published
from spiked_cases import Spiked, half_of

from varinterp.model.phenotype import Phenotype
from varinterp.phenotype.annotations import Disease
from varinterp.pipeline.phenotype import DiseaseTerms, PatientMatcher
from varinterp.sources.rules import Rules

SEED = 20_261_123


def drawn(
    cases: Iterable[Spiked], half: Half, genes: int | None, linked: Collection[tuple[str, str]]
) -> Sequence[Spiked]:
    """Return a patient of each of some genes of a half; `linked` are genes with diseases."""
    by_gene: dict[str, list[Spiked]] = {}
    for case in cases:
        if half_of()[case.disease] is half and (case.hgnc, case.disease) in linked:
            by_gene.setdefault(case.gene, []).append(case)
    chance = random.Random(SEED)  # noqa: S311 - a sample, no secret
    order = sorted(by_gene)
    chance.shuffle(order)
    return [chance.choice(by_gene[gene]) for gene in order[:genes]]


def of_chromosomes(patients: int | None, cases: Iterable[Spiked]) -> list[Spiked]:
    """Return patients without mitochondrial alleles, by chance, at most some of each disease."""
    order = [case for case in cases if case.alleles[0].key[0] != "MT"]
    random.Random(SEED).shuffle(order)  # noqa: S311 - a sample, no secret
    taken = Counter[str]()
    found = []
    for case in order:
        taken[case.disease] += 1
        if patients is None or taken[case.disease] <= patients:
            found.append(case)
    return found


class Annotations:
    """HPO's annotations as released, and as they were without a patient."""

    def __init__(self, terms: DiseaseTerms, release: Path, folder: Path) -> None:
        """Prepare every published patient whose disease the release describes."""
        ontology = terms.corpus.ontology
        self._terms, self._rows = terms, Rows(release)
        known = [each for each in published() if each.disease in terms.described]
        self._patients = {each.id: each for each in in_terms_of(ontology, known)}
        self._without = diseases_without(self._patients.values(), self._rows, ontology, folder)

    def __contains__(self, case: Spiked) -> bool:
        return case.id in self._patients

    def cited(self, case: Spiked) -> bool:
        """Whether the patient's publication stands behind the disease's annotations."""
        return self._rows.cites(self._patients[case.id])

    def cited_anywhere(self, case: Spiked) -> bool:
        """Whether the patient's publication stands behind those of any disease."""
        return self._rows.cites_anywhere(self._patients[case.id])

    def matcher(self, case: Spiked, rules: Rules, *, without: bool) -> PatientMatcher:
        """Prepare a patient; `without` what the annotations owe to this very patient."""
        terms = self._terms
        if without and self.cited(case):
            left = self._without.get(case.id) or Disease(case.disease, "", frozenset())
            terms = replace(
                terms,
                corpus=terms.corpus.with_disease(left),
                described={**terms.described, left.id: left},
            )
        patient = self._patients[case.id]
        phenotype = Phenotype.of(patient.observed, patient.excluded, patient.onset)
        return terms.matcher(phenotype, patient.sex, rules.values)
