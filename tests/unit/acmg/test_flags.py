"""What a reader must know before they use a class, and what kind of cause an allele is held for."""

from dataclasses import replace

import pytest

from core_builders import (
    RULES,
    SINGLETON,
    TANGO2,
    Setting,
    allele,
    call,
    calls,
    consequence,
    missense,
    trio,
)
from varinterp.acmg.flags import category, flags
from varinterp.acmg.question import Question
from varinterp.model.assessment import Category
from varinterp.model.clinvar import Assertion, Significance
from varinterp.model.evidence import Reason
from varinterp.model.facts import ASSERTION, Rule
from varinterp.model.genotype import Genotype
from varinterp.model.reads import Reader
from varinterp.model.transcript import Mane, Term

NAME = "22-20061538-G-A"
ON_MANE = replace(missense(), mane=Mane.SELECT)


def said(*words: Significance) -> Assertion:
    return Assertion(words, ("a condition",), 2)


def at(name: str = NAME, **facts: object) -> Setting:
    setting = Setting(allele=allele(name), consequence=ON_MANE)
    return replace(setting, **facts)  # type: ignore[arg-type]


def asked(setting: Setting) -> Question:
    return Question(setting.key, TANGO2.id, Reader(setting.evidence))


def kind(setting: Setting) -> Category:
    return category(asked(setting))


def told(setting: Setting) -> tuple[Reason, ...]:
    return flags(asked(setting))


def stating(**rules: object) -> Setting:
    own = {f"constructed-1/{key.replace('__', '.')}": Rule(value) for key, value in rules.items()}  # type: ignore[arg-type]
    return at(specification="constructed-1", rules={**RULES, **own})


@pytest.mark.parametrize(
    "word",
    [
        Significance.LOW_PENETRANCE,
        Significance.PATHOGENIC_LOW_PENETRANCE,
        Significance.LIKELY_PATHOGENIC_LOW_PENETRANCE,
    ],
)
def test_clinvar_s_words_for_low_penetrance(word: Significance) -> None:
    setting = at(assertion=said(word))

    assert kind(setting) is Category.LOW_PENETRANCE
    assert told(setting) == (Reason.of("flag.clinvar_penetrance", significance=word.value),)


@pytest.mark.parametrize(
    "word",
    [
        Significance.ESTABLISHED_RISK_ALLELE,
        Significance.LIKELY_RISK_ALLELE,
        Significance.UNCERTAIN_RISK_ALLELE,
        Significance.RISK_FACTOR,
    ],
)
def test_clinvar_s_words_for_risk(word: Significance) -> None:
    setting = at(assertion=said(word))

    assert kind(setting) is Category.RISK_ALLELE
    assert told(setting) == (Reason.of("flag.clinvar_penetrance", significance=word.value),)


WORDS_OF_OTHERS = [word for word in Significance if "penetrance" not in word and "risk" not in word]


@pytest.mark.parametrize("word", WORDS_OF_OTHERS)
def test_every_other_word_says_nothing_of_penetrance(word: Significance) -> None:
    setting = at(assertion=said(word))

    assert kind(setting) is Category.MENDELIAN
    assert told(setting) == ()


def test_an_allele_that_clinvar_does_not_know_is_held_for_a_mendelian_cause() -> None:
    assert kind(at()) is Category.MENDELIAN
    assert told(at()) == ()


@pytest.mark.parametrize("plain", [Significance.PATHOGENIC, Significance.LIKELY_PATHOGENIC])
@pytest.mark.parametrize(
    "word", [Significance.PATHOGENIC_LOW_PENETRANCE, Significance.ESTABLISHED_RISK_ALLELE]
)
def test_a_mixture_stays_mendelian_and_is_never_silent(
    plain: Significance, word: Significance
) -> None:
    setting = at(assertion=said(plain, word))

    assert kind(setting) is Category.MENDELIAN
    assert told(setting) == (Reason.of("flag.clinvar_penetrance", significance=word.value),)


def test_low_penetrance_goes_before_risk_and_all_words_are_named_in_order() -> None:
    words = (Significance.RISK_FACTOR, Significance.LOW_PENETRANCE, Significance.BENIGN)
    setting = at(assertion=said(*words))

    assert kind(setting) is Category.LOW_PENETRANCE
    assert told(setting)[0]["significance"] == "low_penetrance, risk_factor"


@pytest.mark.parametrize("word", Category)
def test_a_specification_s_word_wins_over_clinvar_s(word: Category) -> None:
    setting = replace(stating(category=word.value), assertion=said(Significance.RISK_FACTOR))

    assert kind(setting) is word


@pytest.mark.parametrize("word", [Category.LOW_PENETRANCE, Category.RISK_ALLELE])
def test_a_specification_names_single_alleles(word: Category) -> None:
    named = stating(**{f"category__{word}": (NAME, "1-1-A-C")})
    other = stating(**{f"category__{word}": ("1-1-A-C",), "category": "mendelian"})
    both = stating(**{f"category__{word}": (NAME,), "category": "mendelian"})

    assert kind(named) is word
    assert kind(other) is Category.MENDELIAN
    assert kind(both) is word


@pytest.mark.parametrize(
    ("gene", "reason"),
    [
        pytest.param("HGNC:12496", "flag.imprinted_mother", id="UBE3A"),
        pytest.param("HGNC:6814", "flag.imprinted_father", id="MAGEL2"),
        pytest.param("HGNC:6283", "flag.imprinted", id="KCNK9: the rule names no parent"),
    ],
)
def test_an_imprinted_gene(gene: str, reason: str) -> None:
    transcript = replace(TANGO2, hgnc=gene)
    setting = at(transcript=transcript, inheritance=None)

    assert told(setting) == (Reason.of(reason),)


def test_a_gene_is_not_imprinted_because_its_number_begins_like_another_s() -> None:
    setting = at(transcript=replace(TANGO2, hgnc="HGNC:1249"), inheritance=None)

    assert told(setting) == ()


def test_rules_without_a_list_of_imprinted_genes_flag_none() -> None:
    rules = {key: rule for key, rule in RULES.items() if key != "gene.imprinted"}
    setting = at(transcript=replace(TANGO2, hgnc="HGNC:12496"), inheritance=None, rules=rules)

    assert told(setting) == ()


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("X-10000-G-A", False),
        ("X-10001-G-A", True),
        ("X-2781479-G-A", True),
        ("X-2781480-G-A", False),
        ("X-155701382-G-A", False),
        ("X-155701383-G-A", True),
        ("Y-56887903-G-A", True),
        ("22-2781479-G-A", False),
    ],
)
def test_a_pseudoautosomal_region(name: str, inside: bool) -> None:
    found = told(at(name))

    assert found == ((Reason.of("flag.pseudoautosomal"),) if inside else ())


@pytest.mark.parametrize(
    ("mane", "flagged"), [(Mane.SELECT, False), (Mane.PLUS_CLINICAL, False), (None, True)]
)
def test_a_transcript_that_is_none_of_mane_s(mane: Mane | None, flagged: bool) -> None:
    found = told(at(consequence=replace(ON_MANE, mane=mane)))

    assert found == ((Reason.of("flag.not_mane", transcript=TANGO2.id),) if flagged else ())


def test_outside_genes_and_without_a_consequence_no_transcript_is_named() -> None:
    outside = at(transcript=None, consequence=None, inheritance=None)

    assert flags(Question(outside.key, None, Reader(outside.evidence))) == ()
    assert told(at(consequence=None)) == ()


MITOCHONDRIAL = consequence(Term.NON_CODING_EXON)


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        pytest.param(
            call(1, 2, depth=1000, alt_depth=949),
            Reason.of("flag.heteroplasmic", share=0.949, depth=1000),
            id="just below 0.95",
        ),
        pytest.param(
            call(1, 1, depth=1000, alt_depth=950),
            Reason.of("flag.homoplasmic", share=0.95, depth=1000),
            id="0.95: gnomAD's own limit",
        ),
        pytest.param(
            call(1, 2, depth=3000, alt_depth=1000),
            Reason.of("flag.heteroplasmic", share=0.333, depth=3000),
            id="a third, in three digits",
        ),
        pytest.param(
            call(1, 1, depth=3000, alt_depth=2999),
            Reason.of("flag.homoplasmic", share=1.0, depth=3000),
            id="nearly all, in three digits",
        ),
        pytest.param(Genotype(1, 2), Reason.of("flag.copies_unknown"), id="no reads given"),
    ],
)
def test_the_share_of_the_patient_s_mitochondrial_copies(found: Genotype, reason: Reason) -> None:
    setting = at(
        "MT-3243-A-G",
        consequence=MITOCHONDRIAL,
        family=SINGLETON,
        genotypes=calls(proband=found),
    )

    assert told(setting) == (reason,)


def test_it_is_the_patient_s_and_not_a_parent_s() -> None:
    genotypes = calls(mother=call(1, 2, 100, 10), proband=call(1, 2, 100, 60))
    setting = at("MT-3243-A-G", consequence=MITOCHONDRIAL, family=trio(), genotypes=genotypes)

    assert told(setting)[0]["share"] == 0.6


def test_reads_of_nuclear_dna_are_no_share_of_copies() -> None:
    assert told(at(family=SINGLETON, genotypes=calls(proband=call(1)))) == ()


@pytest.mark.parametrize("missing", ["family", "genotypes"])
def test_without_a_family_or_a_genotype_nothing_is_said_of_copies(missing: str) -> None:
    known = {"family": SINGLETON, "genotypes": calls(proband=call(1))}
    setting = at("MT-3243-A-G", consequence=MITOCHONDRIAL, **{**known, missing: None})

    assert told(setting) == ()


def test_an_assessment_carries_them_and_what_they_rest_on() -> None:
    setting = at(assertion=said(Significance.RISK_FACTOR))
    found = setting.assess()

    assert found.category is Category.RISK_ALLELE
    assert [flag.key for flag in found.flags] == ["flag.clinvar_penetrance"]
    read = {(each.source, each.key) for each in found.reads}
    assert {(ASSERTION.source, NAME), ("rules", "gene.imprinted")} <= read


def test_every_flag_at_once_comes_in_one_order() -> None:
    setting = at(
        "X-10001-G-A",
        consequence=replace(ON_MANE, mane=None),
        assertion=said(Significance.RISK_FACTOR),
        transcript=replace(TANGO2, hgnc="HGNC:12496"),
        inheritance=None,
    )

    assert [flag.key for flag in told(setting)] == [
        "flag.imprinted_mother",
        "flag.pseudoautosomal",
        "flag.not_mane",
        "flag.clinvar_penetrance",
    ]
