"""Numbers, dates and sentences as each language writes them."""

import pytest

from varinterp.errors import InternalError
from varinterp.model.assessment import PRIOR, AcmgClass
from varinterp.model.evidence import Reason, Scalar
from varinterp.report.catalogue import Language
from varinterp.report.wording import Wording, first_upper, rich, wording

EN, FR = wording(Language.ENGLISH), wording(Language.FRENCH)
THIN = "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("words", "value", "written"),
    [
        (EN, 0.0000123949, "0.00001239"),
        (FR, 0.0000123949, "0,00001239"),
        (EN, 0.05, "0.05"),
        (FR, 0.00007, "0,00007"),
        (EN, 0.0, "0"),
        (EN, 1.0, "1"),
    ],
)
def test_a_frequency_is_a_fraction_and_never_a_power_of_ten(
    words: Wording, value: float, written: str
) -> None:
    assert words.frequency(value) == written


def test_a_published_rate_stays_a_fraction_or_is_written_as_the_language_does() -> None:
    assert (EN.rate("1/22"), FR.rate("1/22")) == ("1/22", "1/22")
    assert (EN.rate("0.023"), FR.rate("0.023")) == ("0.023", "0,023")


def test_thousands_are_apart_and_shares_are_percentages() -> None:
    assert EN.count(1614010) == "1,614,010"
    assert FR.count(1614010) == f"1{THIN}614{THIN}010"
    assert EN.percent(0.47368) == "47%"
    assert FR.percent(0.9883, 1) == "98,8\N{NO-BREAK SPACE}%"


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.9994, "more than 99.9%"), (0.9986, "99.9%"), (0.0002, "less than 0.1%")],
)
def test_a_probability_is_never_rounded_to_certainty(value: float, written: str) -> None:
    assert EN.probability(value) == written


def test_points_carry_their_sign() -> None:
    assert [EN.points(points) for points in (8, 0, -4)] == ["+8", "0", "−4"]


def test_dates_are_written_in_full_and_other_texts_left_alone() -> None:
    assert EN.date("2017-04-04") == "4 April 2017"
    assert FR.date("2015-02-03") == "3 février 2015"
    assert FR.date("spring 2015") == "spring 2015"


def test_a_class_is_a_word_and_a_number() -> None:
    assert EN.acmg_class(AcmgClass.LIKELY_PATHOGENIC) == "likely pathogenic (class 4)"
    assert FR.acmg_class(AcmgClass.PATHOGENIC) == "pathogène (classe 5)"
    assert FR.acmg_class(AcmgClass.UNCERTAIN) == "de signification incertaine, VSI (classe 3)"


def test_a_sentence_is_filled_with_words_and_numbers_of_its_language() -> None:
    reason = Reason.of(
        "population.rare",
        frequency=0.0000043,
        measure="faf95",
        group="nfe",
        ac=9,
        an=1614010,
        limit=0.00007,
    )
    assert EN.sentence(reason) == (
        "Filtering allele frequency (FAF95, non-Finnish European): 0.0000043 "
        "(9 of 1,614,010 alleles), within the 0.00007 that this criterion allows."
    )
    assert "(FAF95, groupe européen non finlandais)" in FR.sentence(reason)
    assert "0,0000043" in FR.sentence(reason)


def test_a_class_a_phase_and_a_validity_are_words_in_a_sentence() -> None:
    pair = {"partner": "22-20036801-GT-G", "held": "likely_pathogenic", "phase": "trans"}
    partner = Reason.of("in_trans.partner", points=1, elsewhere=0, **pair)
    link = Reason.of("segregation.validity", validity="moderate")

    assert "is likely pathogenic (class 4) without this one" in EN.sentence(partner)
    assert "phase: in trans" in EN.sentence(partner)
    assert "probablement pathogène (classe 4)" in FR.sentence(partner)
    assert "en trans" in FR.sentence(partner)
    assert "(modéré)" in FR.sentence(link)


def test_a_hypothesis_score_is_a_chance_and_a_predictors_a_number() -> None:
    placed = Reason.of(
        "why_not.placed",
        rank=1,
        tier="proposed",
        disease="OMIM:616878",
        mode="autosomal_recessive",
        acmg_class="pathogenic",
        score=0.963577,
    )
    predicted = Reason.of("prediction.below_pp3", tool="revel", score=0.5)
    assert "score 96.4%." in EN.sentence(placed)
    assert EN.sentence(predicted).startswith("REVEL 0.5:")


@pytest.mark.parametrize("words", [EN, FR])
def test_the_classes_of_the_familys_other_alleles_are_a_source_with_a_name(words: Wording) -> None:
    assert words.word_or_code("source", PRIOR.source) != PRIOR.source


def test_a_fact_that_the_data_did_not_give_is_said_to_be_so() -> None:
    reason = Reason.of("de_novo.thin_data", role="father", alt_reads=None, depth=None)
    assert "variant reads not given, depth not given" in EN.sentence(reason)
    assert "père" in FR.sentence(reason)


def test_an_unknown_group_keeps_its_code_and_an_unknown_word_is_refused() -> None:
    facts: dict[str, Scalar] = {"frequency": 0.1, "ac": 1, "an": 10, "limit": 0.05}
    unknown = Reason.of("population.ba1", measure="faf95", group="xyz", **facts)
    assert "(FAF95, xyz)" in EN.sentence(unknown)
    with pytest.raises(InternalError, match=r"word\.measure\.xyz"):
        EN.sentence(Reason.of("population.ba1", measure="xyz", group=None, **facts))


def test_only_the_first_letter_changes_and_latin_is_in_italics() -> None:
    assert first_upper("lié à l’X") == "Lié à l’X"
    assert str(rich("a <b> de novo")) == 'a &lt;b&gt; <i lang="la">de novo</i>'


def test_a_criterion_that_counts_for_less_says_from_what_and_why() -> None:
    facts: dict[str, Scalar] = {
        "consequence": "stop_gained", "exon": 6, "exons": 9, "stop_codon": 140,
    }  # fmt: skip
    full = Reason.of("loss_of_function.decay", **facts)
    less = Reason.of(
        full.key, **facts, lowered_from="very_strong", lowered_because="validity, specification"
    )

    assert EN.sentence(less) == (
        f"{EN.sentence(full)} Lowered from very strong: the gene is not established well enough as"
        " the cause of this disease for the full weight. Lowered from very strong: the gene"
        " specification allows no more."
    )
    assert FR.sentence(less).startswith(
        f"{FR.sentence(full)} Force abaissée (avant\N{NO-BREAK SPACE}: "
    )
