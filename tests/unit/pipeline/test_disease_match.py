"""The patient's match as ranking, criteria and report read it."""

from math import exp, log

import pytest

from core_builders import ROOT
from phenotype_world import (
    CORPUS,
    FIT,
    FOCAL,
    HEART,
    LATE,
    LEARNING,
    NERVE,
    RHYTHM,
    TERMS,
    WEAK,
    disease,
)
from varinterp.model.facts import PhenotypeFit
from varinterp.model.family import Sex
from varinterp.model.gene_disease import Inheritance
from varinterp.model.phenotype import Phenotype
from varinterp.pipeline.phenotype import DiseaseTerms, PatientMatcher
from varinterp.sources.rules import read_rules

RULES = read_rules(ROOT / "resources/rules/core-v1.yaml").values
OWN = disease(
    "LAB:1",
    RHYTHM,
    FIT,
    frequency={FIT: 0.5},
    inheritance=frozenset({"HP:0000007", "HP:0003743"}),
    course={LATE: 1.0},
    sexes={RHYTHM: Sex.FEMALE},
)
DESCRIBED = {id_: disease(id_, *terms) for id_, terms in TERMS.items()} | {OWN.id: OWN}
KNOWN = DiseaseTerms(CORPUS.with_disease(OWN), DESCRIBED, frozenset({OWN.id}))


def matcher(*observed: str, excluded: tuple[str, ...] = (), **said: str) -> PatientMatcher:
    return KNOWN.matcher(Phenotype.of(observed, excluded, **said), rules=RULES)


def test_criteria_read_how_many_terms_are_exact() -> None:
    assert matcher(RHYTHM, LEARNING).fit("ORPHA:8") == PhenotypeFit(2, 2)
    assert matcher(RHYTHM, WEAK, excluded=(FIT,)).fit("LAB:1") == PhenotypeFit(2, 1, True)
    assert matcher(RHYTHM).fit("OMIM:9") is None


def test_one_finding_said_at_three_levels_is_one_exact_term() -> None:
    assert matcher(FOCAL, FIT, NERVE).fit("OMIM:1") == matcher(FOCAL).fit("OMIM:1")


def test_fits_need_no_rules_and_scores_do() -> None:
    bare = KNOWN.matcher(Phenotype.of([RHYTHM]))
    assert bare.fit("OMIM:2") == PhenotypeFit(1, 1)
    with pytest.raises(ValueError, match="rules in force"):
        bare.score("OMIM:2")


def test_a_score_has_a_row_for_each_term_with_its_organ_and_weight() -> None:
    found = matcher(RHYTHM, FOCAL, excluded=(FIT,)).score("LAB:1")
    assert found is not None
    assert found.constructed
    focal, rhythm, fit = found.rows
    assert (focal.kind, focal.disease_term_name, focal.organ_name) == ("exact", "fit", "nerve")
    assert (focal.shared, focal.shared_name) == (FIT, "fit")
    assert rhythm.weight == pytest.approx(log(8 / 2), abs=1e-4)
    assert (rhythm.kind, rhythm.organ) == ("exact", HEART)
    assert fit.kind == "excluded"
    assert fit.weight == pytest.approx(log(0.5 / 0.75), abs=1e-4)
    assert found.observed == (focal, rhythm)


def test_only_modes_that_are_ours_are_told() -> None:
    assert matcher(RHYTHM).modes("LAB:1") == (Inheritance.AUTOSOMAL_RECESSIVE,)
    assert matcher(RHYTHM).modes("OMIM:1") == matcher(RHYTHM).modes("OMIM:404") == ()


def test_the_weights_of_all_diseases_average_to_no_evidence() -> None:
    ranked = dict(matcher(FOCAL, LEARNING).ranked())
    own = [exp(weight) for id_, weight in ranked.items() if id_ != OWN.id]
    assert sum(own) / len(own) == pytest.approx(1, abs=1e-3)
    assert next(iter(ranked)) == "OMIM:1"
    assert ranked.keys() == set(KNOWN.corpus.diseases)


def test_ranked_and_scores_say_the_same_whatever_is_asked_beside() -> None:
    patient = matcher(FOCAL, WEAK, excluded=(LEARNING,))
    together = patient.scores(DESCRIBED)
    assert together.keys() == DESCRIBED.keys() - {"OMIM:9"}
    for id_, score in together.items():
        assert patient.score(id_) == score
        assert dict(patient.ranked())[id_] == score.log_lr


def test_onset_and_sex_move_the_weight_and_nothing_else() -> None:
    plain = matcher(RHYTHM).score("LAB:1")
    boy = KNOWN.matcher(Phenotype.of([RHYTHM]), Sex.MALE, RULES).score("LAB:1")
    assert plain is not None
    assert boy is not None
    assert boy.log_lr == pytest.approx(plain.log_lr + log(1 / 2), abs=2e-4)
    assert (boy.score, boy.rows) == (plain.score, plain.rows)


def test_a_laboratory_s_disease_moves_no_other_score() -> None:
    alone = DiseaseTerms(CORPUS, DESCRIBED, frozenset())
    patient = Phenotype.of([FOCAL, NERVE])
    before = dict(alone.matcher(patient, rules=RULES).ranked())
    after = dict(KNOWN.matcher(patient, rules=RULES).ranked())
    assert after.pop(OWN.id) is not None
    assert after == before
