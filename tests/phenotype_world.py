"""A small ontology and nine diseases, small enough to compute every number of a score by hand.

phenotype
├── nerve ── fit ──┬── focal fit
│        │         └── absence fit
│        └── slow learning
├── heart ──┬── odd rhythm
│           └── weak heart
└── a finding that no disease has
"""

from collections.abc import Iterable
from dataclasses import dataclass

from varinterp.phenotype.annotations import Disease, DiseaseAnnotations
from varinterp.phenotype.corpus import Corpus
from varinterp.phenotype.ontology import Ontology, Term

ROOT, MODE, PHENOTYPE = "HP:0000001", "HP:0000005", "HP:0000118"
NERVE, FIT, FOCAL, LEARNING = "HP:0000010", "HP:0000011", "HP:0000012", "HP:0000013"
ABSENCE = "HP:0000014"
HEART, RHYTHM, WEAK = "HP:0000020", "HP:0000021", "HP:0000022"
UNSEEN = "HP:0000030"
FORMER_FIT, SPELL = "HP:0000090", "HP:0000099"
ONSET, CONGENITAL, NEONATAL, CHILDHOOD = "HP:0003674", "HP:0003577", "HP:0003623", "HP:0011463"
ADULT, YOUNG, LATE = "HP:0003581", "HP:0011462", "HP:0003584"
ONTOLOGY = Ontology(
    (
        Term(ROOT, "All"),
        Term(MODE, "Mode of inheritance", (ROOT,)),
        Term(PHENOTYPE, "Phenotypic abnormality", (ROOT,)),
        Term(NERVE, "nerve", (PHENOTYPE,)),
        Term(FIT, "fit", (NERVE,), alt_ids=(FORMER_FIT,)),
        Term(FOCAL, "focal fit", (FIT,)),
        Term(ABSENCE, "absence fit", (FIT,)),
        Term(LEARNING, "slow learning", (NERVE,)),
        Term(HEART, "heart", (PHENOTYPE,)),
        Term(RHYTHM, "odd rhythm", (HEART,)),
        Term(WEAK, "weak heart", (HEART,)),
        Term(UNSEEN, "a finding that no disease has", (PHENOTYPE,)),
        Term(SPELL, "spell", obsolete=True, consider=(FIT, RHYTHM)),
        Term(ONSET, "Onset", (ROOT,)),
        Term(CONGENITAL, "Congenital onset", (ONSET,)),
        Term(NEONATAL, "Neonatal onset", (ONSET,)),
        Term(CHILDHOOD, "Childhood onset", (ONSET,)),
        Term(ADULT, "Adult onset", (ONSET,)),
        Term(YOUNG, "Young adult onset", (ADULT,)),
        Term(LATE, "Late onset", (ADULT,)),
    ),
    "toy",
)
TERMS = {
    "OMIM:1": frozenset({FOCAL, LEARNING}),
    "OMIM:2": frozenset({RHYTHM}),
    "OMIM:3": frozenset({WEAK, LEARNING}),
    "OMIM:4": frozenset({LEARNING}),
    "OMIM:5": frozenset({NERVE}),
    "OMIM:6": frozenset({ABSENCE, WEAK}),
    "OMIM:7": frozenset({HEART}),
    "ORPHA:8": frozenset({RHYTHM, LEARNING}),
    "OMIM:9": frozenset[str](),
}
COMPARABLE = (NERVE, FIT, FOCAL, LEARNING, ABSENCE, HEART, RHYTHM, WEAK, UNSEEN)


@dataclass(frozen=True, slots=True)
class Patient:
    """Terms of a patient."""

    observed: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


def disease(id_: str, *terms: str, **said: object) -> Disease:
    """A disease with terms whose frequency is not stated, but for what `said` says."""
    return Disease(id_, "a disease", frozenset(terms), **said)  # type: ignore[arg-type]


def corpus(diseases: Iterable[Disease], ontology: Ontology = ONTOLOGY) -> Corpus:
    """The corpus of a release that describes these diseases."""
    return Corpus.build(ontology, DiseaseAnnotations("toy", {each.id: each for each in diseases}))


CORPUS = corpus(disease(id_, *terms) for id_, terms in TERMS.items())
