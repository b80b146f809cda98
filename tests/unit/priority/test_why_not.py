"""Why a gene that somebody asks about is not proposed, at every step at which that is decided."""

from dataclasses import replace

from core_builders import TANGO2, allele, link
from ranked import (
    AD,
    AR,
    ASIDE,
    MATCH,
    NOTHING,
    NULL,
    ONE,
    ONE_COPY,
    SILENT,
    TWO,
    Place,
    result,
    single,
)
from varinterp.model.assessment import AcmgClass
from varinterp.model.case import Tier
from varinterp.model.facts import GENE_LINKS, GeneLinks
from varinterp.model.fit import fits
from varinterp.priority.why_not import AskedGene, GeneAnswer, why_not

GENE = TANGO2.hgnc


def keys(answer: GeneAnswer) -> list[str]:
    return [reason.key for reason in answer.reasons]


def test_a_gene_without_any_allele() -> None:
    answer = why_not(result(), AskedGene(GENE))

    assert (answer.proposed, keys(answer), answer.alleles) == (False, ["why_not.no_allele"], ())


def test_a_gene_without_a_disease_and_one_with_some() -> None:
    none = why_not(result(), AskedGene(GENE, GeneLinks(())))
    known = why_not(result(), AskedGene(GENE, GeneLinks((link(AR),))))

    assert keys(none) == ["why_not.no_known_disease", "why_not.no_allele"]
    assert keys(known) == ["why_not.diseases", "why_not.no_allele"]
    assert known.reasons[0]["diseases"] == 1
    assert (none.hgnc, known.hgnc) == (GENE, GENE)


def test_a_disease_in_two_modes_is_counted_once() -> None:
    links = GeneLinks((link(AR), link(AD), link(AD, disease="OMIM:900000")))

    assert why_not(result(), AskedGene(GENE, links)).reasons[0]["diseases"] == 2


def test_the_diseases_that_a_case_read_need_no_release() -> None:
    read = {(GENE_LINKS.source, GENE): GeneLinks((link(AR),))}

    assert "why_not.diseases" in keys(why_not(replace(result(), facts=read), AskedGene(GENE)))


def test_an_allele_that_the_gates_set_aside_says_which_and_by_what() -> None:
    relative = replace(ASIDE, allele=allele(TWO), carried=False)
    answer = why_not(result(), AskedGene(GENE, gated=(ASIDE, relative)))

    assert keys(answer) == ["why_not.no_candidate"]
    told = {str(each.allele): [reason.key for reason in each.reasons] for each in answer.alleles}
    assert told == {str(ASIDE.allele): ["explain.rare_observed"], TWO: ["why_not.not_carried"]}
    gates = {str(each.allele): each.gates for each in answer.alleles}
    assert gates == {str(ASIDE.allele): tuple(name for name, _ in ASIDE.failed), TWO: ()}


def test_a_candidate_says_its_tier_and_why() -> None:
    answer = why_not(result(single()), AskedGene(GENE, gated=(ASIDE,)))
    first, second = answer.alleles

    assert not answer.proposed
    assert keys(answer) == ["why_not.candidates"]
    assert [reason.key for reason in first.reasons] == ["why_not.placed", ONE_COPY.reason.key]
    assert (answer.reasons[0]["alleles"], answer.reasons[0]["aside"]) == (1, 1)
    assert {name: first.reasons[0][name] for name in ("rank", "tier", "disease", "mode")} == {
        "rank": 1,
        "tier": Tier.NOT_RETAINED,
        "disease": link(AR).disease,
        "mode": AR,
    }
    assert first.reasons[0]["acmg_class"] == AcmgClass.LIKELY_PATHOGENIC
    assert (first.rank, second.rank) == (1, None)


def test_a_benign_allele_says_that_its_genotypes_fitted() -> None:
    answer = why_not(result(single(SILENT, fits("inheritance.homozygous"))), AskedGene(GENE))

    assert [reason.key for reason in answer.alleles[0].reasons] == [
        *("why_not.placed", "tier.benign", "inheritance.homozygous"),
    ]


def test_what_is_proposed_is_said_to_be() -> None:
    answer = why_not(result(single(fit=fits("inheritance.homozygous"))), AskedGene(GENE))

    assert answer.proposed


def test_an_unrelated_disease_is_never_named() -> None:
    answer = why_not(result(single(), match=NOTHING), AskedGene(GENE))
    told = str(answer.alleles[0].reasons)

    assert [reason.key for reason in answer.alleles[0].reasons] == ["tier.unrelated"]
    assert link(AR).disease not in told


def test_a_candidate_of_no_hypothesis_says_so() -> None:
    held = result(single())
    answer = why_not(replace(held, ranking=()), AskedGene(GENE))

    assert [reason.key for reason in answer.alleles[0].reasons] == ["why_not.no_hypothesis"]


def test_another_genes_alleles_are_not_told_of() -> None:
    assert why_not(result(single()), AskedGene("HGNC:7")).alleles == ()


def test_alleles_come_in_reading_order() -> None:
    pair = Place((NULL, NULL), (TWO, ONE), fits("inheritance.in_trans"))
    answer = why_not(result(pair, match=MATCH), AskedGene(GENE))

    assert [str(each.allele) for each in answer.alleles] == sorted([ONE, TWO])
    assert {each.rank for each in answer.alleles} == {1}


def test_a_gene_without_a_disease_says_the_place_of_its_allele() -> None:
    answer = why_not(result(replace(single(fit=fits("x")), disease=None)), AskedGene(GENE))
    placed, because = answer.alleles[0].reasons

    assert (placed.key, because.key) == (
        "why_not.placed_without_disease",
        "tier.no_known_disease",
    )
    assert (placed["rank"], placed["tier"]) == (1, Tier.NO_KNOWN_DISEASE)
    assert placed["acmg_class"] == AcmgClass.LIKELY_PATHOGENIC


def test_an_allele_that_no_gate_looked_at_says_so() -> None:
    answer = why_not(result(), AskedGene(GENE, gated=(replace(ASIDE, failed=()),)))

    assert [reason.key for reason in answer.alleles[0].reasons] == ["why_not.no_gate"]
    assert answer.reasons[0]["alleles"] == 1


def test_alleles_come_by_their_best_place_and_those_outside_the_ranking_last() -> None:
    held = result(single(names=(TWO,)), single(names=(ONE,)))
    answer = why_not(held, AskedGene(GENE, gated=(ASIDE,)))

    assert [str(each.allele) for each in answer.alleles] == [TWO, ONE, str(ASIDE.allele)]
    assert [each.rank for each in answer.alleles] == [1, 2, None]
    for told, place in zip(answer.alleles, held.ranking, strict=False):
        assert told.reasons[0]["score"] == place.score
