"""The view holds everything that a report must show, and nothing that is not in the result."""

from dataclasses import FrozenInstanceError, replace
from hashlib import sha256

import pytest

from report_builders import analysed, calls, candidate, case, frequency, genotype, in_tango2, trio
from report_cases import (
    compound_pair,
    de_novo_and_more,
    frameshift,
    missense,
    nonsense,
    nothing_found,
    tango2_homozygous,
    uncertain,
    unexplained,
)
from report_knowledge import RELEASES
from varinterp.documents.case import dump_case
from varinterp.model.assessment import AcmgClass
from varinterp.model.case import CaseResult, StageCount, Tier
from varinterp.model.clinvar import Assertion, Significance
from varinterp.model.evidence import Criterion, Direction, Outcome, Strength
from varinterp.model.facts import Coverage
from varinterp.model.family import Role
from varinterp.model.genotype import Zygosity
from varinterp.model.transcript import Term
from varinterp.report.class_view import Tally
from varinterp.report.evidence_view import ClinVarStatus, FrequencyStatus, clinvar_view
from varinterp.report.view import AnswerKind, build_view

RESULTS = {
    "homozygous": tango2_homozygous,
    "nonsense": nonsense,
    "pair": compound_pair,
    "de novo": de_novo_and_more,
    "unexplained": unexplained,
    "nothing": nothing_found,
    "uncertain": uncertain,
}


def test_one_supported_hypothesis_is_the_answer() -> None:
    answer = build_view(nonsense()).answer
    assert (answer.kind, answer.proposed, answer.supported) == (AnswerKind.ONE, 1, 1)
    assert (answer.examined, answer.considered, answer.hypotheses) == (1806, 1, 1)


def test_a_proposal_of_uncertain_significance_is_not_presented_as_an_explanation() -> None:
    assert build_view(uncertain()).answer.kind is AnswerKind.ONE_UNCERTAIN


def test_a_pair_rests_on_its_weaker_allele() -> None:
    view = build_view(compound_pair())
    (pair,) = view.hypotheses
    assert [allele.classes.by_points for allele in pair.alleles] == [
        AcmgClass.LIKELY_PATHOGENIC,
        AcmgClass.UNCERTAIN,
    ]
    assert pair.weakest is AcmgClass.UNCERTAIN
    assert view.answer.kind is AnswerKind.ONE_UNCERTAIN


@pytest.mark.parametrize("result", [unexplained(), nothing_found()])
def test_no_explanation_is_an_answer_of_its_own(result: CaseResult) -> None:
    view = build_view(result)
    assert view.answer.kind is AnswerKind.NONE
    assert view.hypotheses == ()


def test_a_missing_call_leaves_a_possible_hypothesis() -> None:
    found = [frameshift(calls(genotype(2), genotype(None), genotype(1)))]
    view = build_view(analysed(case(), found))
    assert view.answer.kind is AnswerKind.POSSIBLE
    assert view.answer.possible == 1
    assert view.hypotheses[0].tier is Tier.POSSIBLE


def test_several_proposals_say_how_many_are_supported() -> None:
    found = [
        frameshift(calls(genotype(2), genotype(1), genotype(1))),
        missense(calls(genotype(2), genotype(1), genotype(1))),
    ]
    answer = build_view(analysed(case(), found)).answer
    assert (answer.kind, answer.proposed, answer.supported) == (AnswerKind.SEVERAL, 2, 2)


@pytest.mark.parametrize("name", RESULTS)
def test_all_28_criteria_are_there_once_with_their_points(name: str) -> None:
    for hypothesis in build_view(RESULTS[name]()).hypotheses:
        for allele in hypothesis.alleles:
            groups = allele.criteria
            rows = (*groups.met, *groups.not_met, *groups.not_assessed)
            assert sorted(row.criterion for row in rows) == sorted(Criterion)
            assert sum(row.points for row in rows) == allele.classes.points
            assert all(row.outcome is Outcome.MET for row in groups.met)
            assert all(row.strength is not None for row in groups.met)


def test_every_ranked_hypothesis_is_in_exactly_one_section() -> None:
    for build in RESULTS.values():
        result = build()
        view = build_view(result)
        shown = (*view.hypotheses, *view.without_disease, *view.not_retained)
        assert sorted(each.rank for each in shown) == [place.rank for place in result.ranking]


def test_a_criterion_names_its_releases_once_and_the_sources_that_have_none() -> None:
    (hypothesis,) = build_view(nonsense()).hypotheses
    met = {row.criterion: row for row in hypothesis.alleles[0].criteria.met}
    pvs1, pm2 = met[Criterion.PVS1], met[Criterion.PM2]
    assert [label.source for label in pvs1.releases] == ["gene_disease", "mane"]
    assert pvs1.own == ("rules",)
    assert not pvs1.constructed
    assert [label.source for label in pm2.releases] == ["gnomad"]
    assert pm2.constructed


def test_a_family_criterion_is_attributed_to_the_case() -> None:
    (hypothesis,) = build_view(de_novo_and_more()).hypotheses
    ps2 = next(row for row in hypothesis.alleles[0].criteria.met if row.criterion == "PS2")
    assert "case" in ps2.own
    assert {"gene_disease", "hpo"} <= {label.source for label in ps2.releases}


def test_where_the_schemes_differ_the_reason_is_told_and_the_strengths_are_counted() -> None:
    (hypothesis,) = build_view(compound_pair()).hypotheses
    classes = hypothesis.alleles[0].classes
    assert classes.differ
    assert classes.why is not None
    assert classes.why.key == "combine.no_row"
    assert hypothesis.alleles[1].classes.why is None
    assert not hypothesis.alleles[1].classes.differ
    assert classes.by_table is AcmgClass.UNCERTAIN
    assert classes.tally == (
        Tally(Direction.PATHOGENIC, Strength.VERY_STRONG, 1),
        Tally(Direction.PATHOGENIC, Strength.SUPPORTING, 1),
    )


def test_names_are_on_the_refseq_and_ensembl_transcripts() -> None:
    (hypothesis,) = build_view(nonsense()).hypotheses
    naming = hypothesis.alleles[0].naming
    assert naming.coding == "c.418C>T"
    assert naming.protein == "p.(Arg140Ter)"
    assert naming.genomic == "NC_000022.11:g.20055980C>T"
    assert (naming.refseq, naming.consequence.transcript) == ("NM_152906.7", "ENST00000327374.9")


def test_the_laboratory_s_own_writing_of_an_allele_is_kept() -> None:
    (pair,) = build_view(compound_pair()).hypotheses
    assert pair.alleles[0].naming.original == "22-20036801-GTG-GG"
    assert pair.alleles[0].naming.genomic is None


def test_genotypes_are_of_every_member_and_allele_with_the_proband_first() -> None:
    (pair,) = build_view(compound_pair()).hypotheses
    assert [row.member.role for row in pair.genotypes] == [Role.PROBAND, Role.FATHER, Role.MOTHER]
    assert [genotype.zygosity for genotype in pair.genotypes[1].genotypes] == [
        Zygosity.HETEROZYGOUS,
        Zygosity.REFERENCE,
    ]
    assert [genotype.haplotype for genotype in pair.genotypes[0].genotypes] == [0, 1]


def test_a_sibling_of_known_sex_is_a_brother() -> None:
    view = build_view(nonsense())
    assert [member.word for member in view.header.members] == [
        "proband",
        "father",
        "mother",
        "brother",
    ]


def test_an_allele_that_lies_in_two_genes_is_shown_with_the_right_gene() -> None:
    here = missense(calls(genotype(2), genotype(1), genotype(1)))
    elsewhere = replace(
        here,
        consequence=replace(
            here.consequence, gene="OTHER", hgnc="HGNC:1", transcript="ENST1.1", hgvs_c=None
        ),
    )
    view = build_view(analysed(case(), [here, elsewhere]))
    shown = (*view.hypotheses, *view.without_disease, *view.not_retained)
    assert sorted((each.gene, each.hgnc) for each in shown) == [
        ("OTHER", "HGNC:1"),
        ("TANGO2", "HGNC:25439"),
    ]
    assert view.answer.considered == 1


def frequency_status(result: CaseResult) -> FrequencyStatus:
    view = build_view(result)
    (shown,) = (*view.hypotheses, *view.without_disease, *view.not_retained)
    return shown.alleles[0].frequency.status


@pytest.mark.parametrize(
    ("found", "coverage", "status"),
    [
        (frequency(9), None, FrequencyStatus.OBSERVED),
        (frequency(9, usable=False), Coverage(False), FrequencyStatus.FAILED_FILTERS),
        (frequency(0), Coverage(True), FrequencyStatus.ABSENT_COVERED),
        (None, Coverage(True), FrequencyStatus.ABSENT_COVERED),
        (None, Coverage(False), FrequencyStatus.ABSENT_NOT_COVERED),
        (None, None, FrequencyStatus.ABSENT_COVERAGE_UNKNOWN),
    ],
)
def test_what_the_population_resource_says_is_one_of_six(
    found: object, coverage: Coverage | None, status: FrequencyStatus
) -> None:
    one = candidate(
        "22-20036830-G-A",
        in_tango2("c.32G>A", "p.Arg11His", Term.MISSENSE, protein_position=11, alt_aa="H"),
        calls(genotype(2), genotype(1), genotype(1)),
        frequency=found,
        coverage=coverage,
    )
    assert frequency_status(analysed(case(), [one])) is status


def test_a_resource_that_was_not_consulted_is_not_one_that_found_nothing() -> None:
    result = replace(uncertain(), releases=())
    (shown,) = build_view(result).hypotheses
    assert shown.alleles[0].clinvar.status is ClinVarStatus.NOT_CONSULTED
    bare = [replace(each, frequency=None, coverage=None) for each in result.candidates]
    assert frequency_status(replace(result, candidates=tuple(bare))) is (
        FrequencyStatus.NOT_CONSULTED
    )


@pytest.mark.parametrize(
    ("significance", "conditions", "pairs"),
    [
        (1, ("a", "b"), [(0, "a"), (0, "b")]),
        (1, (), [(0, None)]),
        (2, ("a", "b"), [(0, "a"), (1, "b")]),
        (2, ("a",), [(0, "a"), (1, None)]),
    ],
)
def test_every_clinvar_call_is_shown_with_its_condition(
    significance: int, conditions: tuple[str, ...], pairs: list[tuple[int, str | None]]
) -> None:
    words = (Significance.PATHOGENIC, Significance.BENIGN)
    assertion = Assertion(words[:significance], conditions, stars=None)
    view = clinvar_view(assertion, RELEASES)
    assert view.calls == tuple((words[place], condition) for place, condition in pairs)


def test_an_aggregate_of_several_words_is_said_of_all_conditions_together() -> None:
    words = (Significance.PATHOGENIC, Significance.LIKELY_PATHOGENIC)
    view = clinvar_view(Assertion(words, ("one", "two", "three"), stars=2), RELEASES)
    assert view.calls == tuple((word, "one; two; three") for word in words)
    assert clinvar_view(Assertion(words, (), stars=2), RELEASES).calls[0] == (words[0], None)


def test_the_best_matching_signs_come_first() -> None:
    (hypothesis,) = build_view(tango2_homozygous()).hypotheses
    assert hypothesis.phenotype is not None
    kinds = [row.kind for row in hypothesis.phenotype.rows]
    assert kinds == sorted(kinds, key=["exact", "related", "absent"].index)
    assert hypothesis.phenotype.exact == 7


def test_constructed_data_are_announced_on_the_first_page() -> None:
    assert build_view(nonsense()).header.constructed
    clean = replace(nothing_found(), releases=tuple(r for r in RELEASES if not r.constructed))
    assert not build_view(clean).header.constructed


def test_a_case_without_counts_says_that_they_are_not_known() -> None:
    assert build_view(replace(nonsense(), counts=())).answer.examined is None
    counted = replace(nonsense(), counts=(StageCount("normalise", 7, 5),))
    assert build_view(counted).answer.examined == 5


def test_the_digest_is_that_of_the_case_document() -> None:
    result = compound_pair()
    assert build_view(result).digest == sha256(dump_case(result).encode()).hexdigest()


def test_criteria_that_are_not_built_are_listed_as_a_limit() -> None:
    view = build_view(nonsense())
    (hypothesis,) = view.hypotheses
    unbuilt = {
        row.criterion
        for row in hypothesis.alleles[0].criteria.not_assessed
        if row.reason.key == "not_built"
    }
    assert set(view.not_built) == unbuilt
    assert view.withdrawn == (Criterion.PP5, Criterion.BP6)


def test_a_view_is_a_value() -> None:
    assert build_view(compound_pair()) == build_view(compound_pair())
    with pytest.raises(FrozenInstanceError):
        build_view(nonsense()).digest = ""  # type: ignore[misc]


def test_an_unsequenced_parent_is_shown_as_such() -> None:
    family = trio(father_sequenced=False)
    found = [frameshift(calls(genotype(2), genotype(None), genotype(1)))]
    view = build_view(analysed(case(family), found))
    assert [member.person.sequenced for member in view.header.members] == [True, False, True]
