"""BS2: healthy adults who carry the allele as patients do, examined or merely counted."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from core_builders import DISEASES, RULES, TANGO2, Setting, allele, frequency, missense
from varinterp.acmg.healthy import bs2
from varinterp.model.curation import CURATION, OWN_CASES, Curations, Healthy, Origin, Scope
from varinterp.model.evidence import Outcome, Strength
from varinterp.model.facts import Coverage, Frequency, Rule
from varinterp.model.gene_disease import Inheritance

MET, NOT_MET, NOT_ASSESSED = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_ASSESSED
AD, AR = Inheritance.AUTOSOMAL_DOMINANT, Inheritance.AUTOSOMAL_RECESSIVE
X, MT = Inheritance.X_LINKED, Inheritance.MITOCHONDRIAL
GENOTYPES = {AR: "homozygous", X: "hemizygous", AD: "heterozygous"}
COUNTS = {AR: "homozygotes", X: "hemizygotes", AD: "heterozygotes"}
MODES = list(COUNTS)
SPEC = "constructed-1"
EARLY = {"bs2.onset": "early"}


def adults(
    homozygotes: int = 0,
    hemizygotes: int = 0,
    heterozygotes: int = 0,
    *,
    author: str = "A. Curator",
    scope: Scope | None = None,
) -> Healthy:
    origin = Origin("1", author, "2026-01-15", "26805781")
    return Healthy(scope or Scope(), origin, homozygotes, hemizygotes, heterozygotes)


def of(mode: Inheritance, count: int) -> Healthy:
    return adults(**{COUNTS[mode]: count})  # type: ignore[arg-type]


def people(count: int, *, ac: int | None = None, hemizygotes: int | None = 0) -> Frequency:
    """A row whose homozygotes are counted."""
    row = frequency(2 * count if ac is None else ac)
    return replace(row, nhomalt=count, hemizygotes=hemizygotes)


def at(
    mode: Inheritance | None,
    seen: Frequency | None = None,
    stated: Mapping[str, float | str] | None = None,
    *entries: Healthy,
    name: str = "22-20061538-G-A",
) -> Setting:
    own = {f"{SPEC}/{rule}": Rule(value) for rule, value in (stated or {}).items()}
    return Setting(
        allele=allele(name),
        inheritance=mode,
        consequence=missense(),
        frequency=seen,
        coverage=Coverage(True) if seen is None else None,
        curated=Curations(healthy=entries) if entries else None,
        specification="core" if stated is None else SPEC,
        rules={**RULES, **own},
    )


def consulted(setting: Setting) -> Setting:
    return replace(setting, consulted=setting.consulted | {CURATION.source})


@pytest.mark.parametrize("mode", [AR, X])
@pytest.mark.parametrize("count", [1, 2, 30])
def test_an_examined_healthy_adult_speaks_against_a_recessive_or_x_linked_disease(
    mode: Inheritance, count: int
) -> None:
    verdict = at(mode, None, None, of(mode, count)).ask(bs2)

    assert (verdict.outcome, verdict.strength) == (MET, Strength.STRONG)
    assert verdict.reason.key == "healthy.adults"
    assert dict(verdict.reason.facts) == {
        "count": count,
        "needed": 1,
        "genotype": GENOTYPES[mode],
        "author": "A. Curator",
    }


@pytest.mark.parametrize("mode", [AR, X])
def test_adults_with_another_genotype_are_none(mode: Inheritance) -> None:
    others = {name: 9 for each, name in COUNTS.items() if each is not mode}
    verdict = at(mode, None, None, adults(**others)).ask(bs2)  # type: ignore[arg-type]

    assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "healthy.too_few_adults")
    assert (verdict.reason["count"], verdict.reason["needed"]) == (0, 1)
    assert verdict.reason["genotype"] == GENOTYPES[mode]


@pytest.mark.parametrize(("count", "outcome"), [(2, NOT_MET), (3, MET), (4, MET)])
def test_a_specification_says_how_many_adults(count: int, outcome: Outcome) -> None:
    verdict = at(AR, None, {"bs2.adults": 3.0}, of(AR, count)).ask(bs2)

    assert (verdict.outcome, verdict.reason["needed"]) == (outcome, 3)


def test_adults_of_every_source_are_added_up_and_their_authors_named_once() -> None:
    entries = (adults(1, author="B"), adults(1, author="A"), adults(1, author="B"))
    setting = at(AR, None, {"bs2.adults": 4.0}, *entries)
    own = replace(setting, own_cases=Curations(healthy=(adults(1, author="C"),)))

    assert setting.ask(bs2).reason["count"] == 3
    assert own.ask(bs2).outcome is MET
    assert (own.ask(bs2).reason["count"], own.ask(bs2).reason["author"]) == (4, "A, B, C")


@pytest.mark.parametrize(
    ("scope", "counts"),
    [
        pytest.param(Scope(), True, id="any"),
        pytest.param(Scope(TANGO2.hgnc, DISEASES[TANGO2.hgnc], AR), True, id="its own"),
        pytest.param(Scope(disease="OMIM:100000"), False, id="another disease"),
        pytest.param(Scope(hgnc="HGNC:1100"), False, id="another gene"),
        pytest.param(Scope(inheritance=AD), False, id="another mode"),
    ],
)
def test_adults_count_for_the_hypothesis_that_they_were_stated_for(
    scope: Scope, counts: bool
) -> None:
    verdict = at(AR, None, None, adults(5, scope=scope)).ask(bs2)

    assert verdict.outcome is (MET if counts else NOT_ASSESSED)
    assert verdict.reason.key == ("healthy.adults" if counts else "healthy.onset_unknown")


def test_carriers_of_a_dominant_allele_prove_nothing_where_penetrance_is_not_known() -> None:
    verdict = at(AD, None, None, of(AD, 40)).ask(bs2)

    assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "healthy.penetrance_unknown")
    assert verdict.reason["count"] == 40


def test_they_count_where_a_specification_says_that_everybody_falls_ill_early() -> None:
    verdict = at(AD, None, EARLY, of(AD, 1)).ask(bs2)

    assert (verdict.strength, verdict.reason.key) == (Strength.STRONG, "healthy.adults")
    assert verdict.reason["genotype"] == "heterozygous"


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("seen", [people(5_000, hemizygotes=5_000), None])
def test_people_whom_nobody_examined_are_not_counted(
    mode: Inheritance, seen: Frequency | None
) -> None:
    setting = at(mode, seen)

    assert setting.ask(bs2).outcome is NOT_ASSESSED
    assert setting.ask(bs2).reason.key == "healthy.not_consulted"
    assert consulted(setting).ask(bs2).reason.key == "healthy.onset_unknown"
    assert consulted(setting).ask(bs2).reason["genotype"] == GENOTYPES[mode]
    assert setting.ask(bs2).reason["genotype"] == GENOTYPES[mode]


@pytest.mark.parametrize("stated", [{"bs2.onset": "not_stated"}, {"bs2.homozygotes": 1.0}])
def test_a_count_alone_does_not_say_that_the_disease_shows_early(
    stated: Mapping[str, float | str],
) -> None:
    verdict = consulted(at(AR, people(9), stated)).ask(bs2)

    assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "healthy.onset_unknown")


@pytest.mark.parametrize(
    ("mode", "seen", "stated", "count", "outcome"),
    [
        pytest.param(AR, people(2), EARLY, 2, NOT_MET, id="AR: two are too few"),
        pytest.param(AR, people(3), EARLY, 3, MET, id="AR: three"),
        pytest.param(AR, people(0, ac=900), EARLY, 0, NOT_MET, id="AR: carriers are none"),
        pytest.param(
            AR, people(3), {**EARLY, "bs2.homozygotes": 4.0}, 3, NOT_MET, id="AR: four stated"
        ),
        pytest.param(X, people(9, hemizygotes=2), EARLY, 2, NOT_MET, id="X: two"),
        pytest.param(X, people(0, hemizygotes=3), EARLY, 3, MET, id="X: three"),
        pytest.param(
            X,
            people(0, hemizygotes=1),
            {**EARLY, "bs2.hemizygotes": 1.0},
            1,
            MET,
            id="X: one stated",
        ),
        pytest.param(
            AD,
            people(0, ac=4),
            {**EARLY, "bs2.heterozygotes": 5.0},
            4,
            NOT_MET,
            id="AD: four carriers",
        ),
        pytest.param(
            AD, people(0, ac=5), {**EARLY, "bs2.heterozygotes": 5.0}, 5, MET, id="AD: five"
        ),
        pytest.param(
            AD,
            people(2, ac=6),
            {**EARLY, "bs2.heterozygotes": 5.0},
            4,
            NOT_MET,
            id="AD: somebody with two copies is one person",
        ),
    ],
)
def test_people_of_the_resource_count_where_the_disease_shows_early(
    mode: Inheritance,
    seen: Frequency,
    stated: Mapping[str, float | str],
    count: int,
    outcome: Outcome,
) -> None:
    verdict = at(mode, seen, stated).ask(bs2)

    key = "healthy.people" if outcome is MET else "healthy.too_few_people"
    assert (verdict.outcome, verdict.reason.key) == (outcome, key)
    assert verdict.strength is (Strength.STRONG if outcome is MET else None)
    facts = dict(verdict.reason.facts)
    needed = {COUNTS[mode]: 3, **{rule.partition(".")[2]: n for rule, n in stated.items()}}
    assert facts["count"] == count
    assert facts["needed"] == needed[COUNTS[mode]]
    assert isinstance(facts["needed"], int)
    assert facts["genotype"] == GENOTYPES[mode]
    assert facts.get("specification") == (SPEC if outcome is MET else None)


def test_how_many_carriers_a_dominant_disease_allows_only_a_specification_states() -> None:
    verdict = at(AD, people(900), EARLY).ask(bs2)

    assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "healthy.count_not_stated")
    assert verdict.reason["genotype"] == "heterozygous"


@pytest.mark.parametrize("mode", MODES)
def test_a_count_that_the_resource_does_not_give_is_not_none(mode: Inheritance) -> None:
    row = replace(frequency(90), nhomalt=None, hemizygotes=None)
    verdict = at(mode, row, {**EARLY, "bs2.heterozygotes": 1.0}).ask(bs2)

    assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "healthy.not_counted")
    assert verdict.reason["genotype"] == GENOTYPES[mode]


@pytest.mark.parametrize(
    ("seen", "coverage", "outcome", "reason"),
    [
        pytest.param(None, True, NOT_MET, "population.absent", id="nobody has it"),
        pytest.param(None, False, NOT_ASSESSED, "population.site_not_covered", id="not covered"),
        pytest.param(
            replace(people(9), usable=False),
            None,
            NOT_ASSESSED,
            "population.site_failed_filters",
            id="failed its filters",
        ),
        pytest.param(
            replace(people(9), an=1999),
            None,
            NOT_ASSESSED,
            "population.too_few_alleles",
            id="too few people",
        ),
    ],
)
def test_a_row_must_be_fit_for_counting(
    seen: Frequency | None, coverage: bool | None, outcome: Outcome, reason: str
) -> None:
    covered = None if coverage is None else Coverage(coverage)
    verdict = replace(at(AR, seen, EARLY), coverage=covered).ask(bs2)

    assert (verdict.outcome, verdict.reason.key) == (outcome, reason)
    assert verdict.strength is None


def test_examined_adults_go_before_the_resource_and_too_few_of_them_leave_it_its_word() -> None:
    stated: dict[str, float | str] = {**EARLY, "bs2.adults": 2.0}

    assert at(AR, people(9), stated, of(AR, 2)).ask(bs2).reason.key == "healthy.adults"
    assert at(AR, people(9), stated, of(AR, 1)).ask(bs2).reason.key == "healthy.people"
    assert at(AR, people(0), stated, of(AR, 1)).ask(bs2).reason.key == "healthy.too_few_people"


@pytest.mark.parametrize("name", ["X-10001-G-A", "X-2781479-G-A", "X-155701383-G-A"])
def test_nobody_is_hemizygous_in_a_pseudoautosomal_region(name: str) -> None:
    verdict = at(X, people(9, hemizygotes=9), EARLY, of(X, 9), name=name).ask(bs2)

    assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "healthy.pseudoautosomal")


def test_beside_it_men_are_and_an_autosomal_mode_is_judged_inside_it_too() -> None:
    beside = at(X, None, None, of(X, 1), name="X-2781480-G-A")
    inside = at(AR, None, None, of(AR, 1), name="X-2781479-G-A")

    assert beside.ask(bs2).outcome is MET
    assert inside.ask(bs2).outcome is MET


def test_carriers_of_a_common_allele_that_may_be_pathogenic_are_expected() -> None:
    verdict = at(AR, people(900), EARLY, of(AR, 9), name="13-20189473-C-T").ask(bs2)

    assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "healthy.exception")


def test_without_a_disease_nobody_is_healthy() -> None:
    verdict = at(None, people(900), None, adults(9, 9, 9)).ask(bs2)

    assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "no_known_disease")


@pytest.mark.parametrize(
    ("mode", "name"),
    [(MT, "MT-3243-A-G"), (AR, "MT-3243-A-G"), (MT, "22-20061538-G-A")],
)
def test_healthy_carriers_say_nothing_of_a_mitochondrial_disease(
    mode: Inheritance, name: str
) -> None:
    verdict = at(mode, people(900), EARLY, adults(9, 9, 9), name=name).ask(bs2)

    assert (verdict.outcome, verdict.reason.key) == (
        NOT_ASSESSED,
        "mitochondrial.healthy_carriers",
    )


def test_own_cases_alone_are_a_source_of_examined_adults() -> None:
    setting = at(AR)
    asked = replace(setting, consulted=setting.consulted | {OWN_CASES.source})

    assert asked.ask(bs2).reason.key == "healthy.onset_unknown"
