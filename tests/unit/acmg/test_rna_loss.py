"""PVS1 by RNA: what an assay of the messenger saw replaces what was predicted (Walker 2023)."""

from dataclasses import replace

import pytest

from core_builders import TANGO2, Setting, allele, consequence
from varinterp.acmg.loss_of_function import pvs1
from varinterp.acmg.question import Question
from varinterp.model.curation import Curations, Effect, Origin, RnaStudy, Scope
from varinterp.model.evidence import Outcome, Strength, Verdict
from varinterp.model.facts import RULE, ExonSkip, Rule
from varinterp.model.gene_disease import Inheritance, Mechanism
from varinterp.model.reads import Reader
from varinterp.model.transcript import Term

MET, NOT_MET, NOT_ASSESSED = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_ASSESSED
DAMAGING, NORMAL, INTERMEDIATE = Effect.DAMAGING, Effect.NORMAL, Effect.INTERMEDIATE
SKIP = ExonSkip(7, 154, False, True, 0.1853, False)


def study(
    effect: Effect, strength: Strength | None = None, name: str = "a", scope: Scope | None = None
) -> RnaStudy:
    origin = Origin(name, f"Dr {name.upper()}", "2026-01-02", "12345")
    return RnaStudy(scope or Scope(), origin, effect, 0.1, strength)


def splice(*studies: RnaStudy, own: tuple[RnaStudy, ...] = ()) -> Setting:
    return Setting(
        allele=allele("22-20061684-G-A"),
        consequence=consequence(Term.SPLICE_DONOR, intron=7, hgvs_c=f"{TANGO2.id}:c.605+1G>A"),
        skip=SKIP,
        curated=Curations(rna=studies) if studies else None,
        own_cases=Curations(rna=own) if own else None,
    )


def answer(verdict: Verdict) -> tuple[Strength | Outcome, str]:
    return verdict.strength or verdict.outcome, verdict.reason.key


@pytest.mark.parametrize("strength", [s for s in Strength if s is not Strength.STAND_ALONE])
@pytest.mark.parametrize(
    "terms", [(Term.SPLICE_DONOR,), (Term.SYNONYMOUS,), (Term.MISSENSE,), (Term.INTRON,)]
)
def test_damage_seen_counts_at_the_curators_strength_whatever_was_predicted(
    strength: Strength, terms: tuple[Term, ...]
) -> None:
    setting = splice(study(DAMAGING, strength))
    verdict = replace(setting, consequence=consequence(*terms, intron=7)).ask(pvs1)

    assert answer(verdict) == (strength, "loss_of_function.rna")
    assert dict(verdict.reason.facts) == {
        "author": "Dr A", "pmid": "12345", "studies": 1, "normal_fraction": 0.1,
    }  # fmt: skip


def test_splicing_that_stays_normal_takes_the_prediction_away() -> None:
    verdict = splice(study(NORMAL)).ask(pvs1)

    assert answer(verdict) == (NOT_MET, "rna.normal")
    assert (verdict.reason["author"], verdict.reason["pmid"]) == ("Dr A", "12345")


def test_the_first_of_several_normal_studies_is_named() -> None:
    verdict = splice(study(NORMAL, name="b"), own=(study(NORMAL, name="a"),)).ask(pvs1)

    assert verdict.reason["author"] == "Dr A"


@pytest.mark.parametrize("term", [Term.STOP_GAINED, Term.FRAMESHIFT])
def test_normal_splicing_does_not_bring_back_a_protein_that_stops_early(term: Term) -> None:
    lost = consequence(term, protein_position=140, hgvs_p="p.Arg140GlyfsTer3")
    verdict = replace(splice(study(NORMAL)), consequence=lost).ask(pvs1)

    assert answer(verdict) == (Strength.VERY_STRONG, "loss_of_function.decay")


def test_normal_splicing_does_not_bring_back_a_start() -> None:
    lost = consequence(Term.START_LOST, protein_position=1)
    verdict = replace(splice(study(NORMAL)), consequence=lost).ask(pvs1)

    assert verdict.reason.key == "loss_of_function.next_start_unknown"


def test_a_result_between_the_two_without_a_strength_is_left_to_a_person() -> None:
    verdict = splice(study(INTERMEDIATE)).ask(pvs1)

    assert answer(verdict) == (NOT_ASSESSED, "loss_of_function.rna_without_strength")
    assert verdict.reason["studies"] == 1


def test_a_result_between_the_two_counts_at_the_strength_that_a_curator_gave_it() -> None:
    verdict = splice(study(INTERMEDIATE, Strength.SUPPORTING)).ask(pvs1)

    assert answer(verdict) == (Strength.SUPPORTING, "loss_of_function.rna")


@pytest.mark.parametrize("own", [True, False], ids=["ours against theirs", "both published"])
def test_studies_that_contradict_one_another_are_left_to_a_person(own: bool) -> None:
    damaging, normal = study(DAMAGING, Strength.STRONG), study(NORMAL, name="b")
    verdict = (splice(damaging, own=(normal,)) if own else splice(damaging, normal)).ask(pvs1)

    assert answer(verdict) == (NOT_ASSESSED, "loss_of_function.rna_conflicting")
    assert verdict.reason["studies"] == 2


def test_of_several_strengths_the_lowest_counts_in_either_order() -> None:
    low, high = study(DAMAGING, Strength.MODERATE, "b"), study(DAMAGING, Strength.VERY_STRONG, "a")
    for studies in ((low, high), (high, low)):
        verdict = splice(*studies).ask(pvs1)
        assert answer(verdict) == (Strength.MODERATE, "loss_of_function.rna")
        assert (verdict.reason["author"], verdict.reason["studies"]) == ("Dr B", 2)


@pytest.mark.parametrize(
    "scope",
    [Scope(hgnc="HGNC:1100"), Scope(disease="OMIM:1"), Scope(None, None, Inheritance.X_LINKED)],
)
def test_a_study_of_another_scope_is_not_asked(scope: Scope) -> None:
    elsewhere = study(DAMAGING, Strength.SUPPORTING, scope=scope)

    assert answer(splice(elsewhere).ask(pvs1)) == (
        Strength.VERY_STRONG,
        "loss_of_function.splice_decay",
    )
    assert splice(study(NORMAL, scope=scope)).ask(pvs1).outcome is MET


def test_damage_seen_needs_the_mechanism_too() -> None:
    setting = splice(study(DAMAGING, Strength.STRONG))
    verdict = replace(setting, mechanism=Mechanism.NOT_ESTABLISHED).ask(pvs1)

    assert answer(verdict) == (NOT_ASSESSED, "loss_of_function.mechanism_not_established")


def test_damage_seen_counts_outside_the_transcripts_that_are_known() -> None:
    setting = replace(splice(study(DAMAGING, Strength.STRONG)), consequence=None)

    assert answer(setting.ask(pvs1)) == (Strength.STRONG, "loss_of_function.rna")
    assert answer(replace(splice(study(NORMAL)), consequence=None).ask(pvs1))[1] == "rna.normal"


def test_a_specification_caps_what_was_seen() -> None:
    setting = splice(study(DAMAGING, Strength.VERY_STRONG))
    cap = {(RULE.source, "GN9/loss_of_function.max_strength"): Rule("moderate")}
    evidence = type(setting.evidence)(setting.facts | cap, setting.evidence.provided)
    question = Question(replace(setting.key, rules="GN9"), TANGO2.id, Reader(evidence))

    assert pvs1(question).strength is Strength.MODERATE
