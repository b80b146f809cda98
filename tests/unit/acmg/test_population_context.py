"""BA1, BS1 and PM2 in their context: groups, founder lists, the laboratory's own counts."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core_builders import (
    MISSENSE,
    RULES,
    Setting,
    allele,
    frequency,
    missense,
)
from founder_listings import listed
from varinterp.acmg.assess import Decide
from varinterp.acmg.population import ba1, bs1, pm2
from varinterp.model.evidence import Criterion, Finding, Outcome
from varinterp.model.facts import (
    COVERAGE,
    FREQUENCY,
    GROUPS,
    LISTED,
    LOCAL,
    Coverage,
    Frequency,
    Rule,
)
from varinterp.model.gene_disease import Inheritance
from varinterp.model.population import (
    GroupFrequency,
    LocalFrequency,
    PopulationGroups,
)
from varinterp.model.reads import WHOLE, Evidence

MET, NOT_MET, NOT_ASSESSED = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_ASSESSED
AD, AR = Inheritance.AUTOSOMAL_DOMINANT, Inheritance.AUTOSOMAL_RECESSIVE
COUNTED = {**RULES, "population.local_use": Rule("counted")}
COVERED = Coverage(True)


def in_groups(*groups: tuple[str, int, int] | tuple[str, int, int, float]) -> Frequency:
    """A row with its groups: (code, AC, AN) and the FAF95 where there is one."""
    found = tuple(GroupFrequency(*group) for group in groups)
    ac, an = sum(group.ac for group in found), sum(group.an for group in found)
    return replace(frequency(ac, an), groups=found)


def local(ac: int | None, an: int = 4_000, **counts: int) -> LocalFrequency:
    return LocalFrequency(ac, an, counts.get("homozygotes"), None, None)


def at(seen: Frequency | None, mode: Inheritance = AR, **facts: object) -> Setting:
    setting = Setting(
        allele=allele(MISSENSE), inheritance=mode, consequence=missense(), frequency=seen
    )
    return replace(setting, coverage=COVERED if seen is None else None, **facts)  # type: ignore[arg-type]


def finding_of(setting: Setting, criterion: Criterion, evidence: Evidence | None = None) -> Finding:
    found = setting.assess(evidence).findings
    return next(finding for finding in found if finding.criterion is criterion)


@pytest.mark.parametrize(
    ("seen", "outcome", "reason", "group"),
    [
        pytest.param(
            in_groups(("nfe", 60, 1000), ("afr", 61, 1999)),
            NOT_ASSESSED,
            "population.too_few_in_groups",
            None,
            id="2999 alleles, but no group of 2000",
        ),
        pytest.param(
            in_groups(("nfe", 120, 2000)), MET, "population.ba1", "nfe", id="one group of 2000"
        ),
        pytest.param(
            in_groups(("nfe", 1, 50_000), ("afr", 120, 1999)),
            NOT_MET,
            "population.below_ba1",
            "nfe",
            id="a group of 1999 is not compared",
        ),
        pytest.param(
            in_groups(("nfe", 1, 50_000), ("fin", 6_000, 60_000)),
            NOT_MET,
            "population.below_ba1",
            "nfe",
            id="common in Finland alone",
        ),
        pytest.param(
            in_groups(("nfe", 1, 50_000, 0.0), ("fin", 6_000, 60_000, 0.098)),
            NOT_MET,
            "population.below_ba1",
            "nfe",
            id="a bound given for a bottleneck group is not used",
        ),
        pytest.param(
            in_groups(("nfe", 1, 50_000, 0.0), ("afr", 4_000, 60_000, 0.0649)),
            MET,
            "population.ba1",
            "afr",
            id="the group where the bound is highest",
        ),
        pytest.param(
            in_groups(("nfe", 2_600, 50_000, 0.0499), ("sas", 1, 50_000, 0.0)),
            NOT_MET,
            "population.below_ba1",
            "nfe",
            id="above five percent as counted, below it at the lower bound",
        ),
        pytest.param(
            in_groups(("asj", 900, 9_000), ("remaining", 900, 9_000), ("mid", 300, 3_000)),
            NOT_ASSESSED,
            "population.too_few_in_groups",
            None,
            id="no group that may be compared",
        ),
    ],
)
def test_ba1_compares_continental_groups_of_enough_alleles(
    seen: Frequency, outcome: Outcome, reason: str, group: str | None
) -> None:
    verdict = at(seen).ask(ba1)

    assert (verdict.outcome, verdict.reason.key) == (outcome, reason)
    if group is not None:
        assert verdict.reason["group"] == group


@pytest.mark.parametrize(
    ("seen", "most"),
    [
        pytest.param(in_groups(("nfe", 60, 1000), ("afr", 61, 1999)), 1999, id="the larger of two"),
        pytest.param(in_groups(("asj", 900, 9_000)), 0, id="none that may be compared"),
    ],
)
def test_a_reader_is_told_how_many_alleles_the_largest_group_has(
    seen: Frequency, most: int
) -> None:
    reason = at(seen).ask(ba1).reason

    assert (reason.key, reason["an"]) == ("population.too_few_in_groups", most)
    assert reason["minimum"] == 2000


@pytest.mark.parametrize("group", ["ami", "asj", "fin", "mid", "oth", "remaining", "rmi"])
def test_bs1_uses_no_group_that_went_through_a_bottleneck(group: str) -> None:
    seen = in_groups(("nfe", 1, 50_000), (group, 1_800, 60_000))

    assert at(seen, AD).ask(bs1).reason.key == "population.below_bs1"
    assert at(replace(seen, groups=()), AD).ask(bs1).outcome is MET


def test_a_row_that_names_a_bottleneck_group_for_its_bound_is_compared_as_counted() -> None:
    seen = replace(frequency(1_000, faf95=0.02), faf95_group="mid")
    reason = at(seen, AD).ask(bs1).reason

    assert (reason.key, reason["measure"]) == ("population.below_bs1", "af")


def test_the_group_s_own_counts_stand_beside_its_frequency() -> None:
    reason = at(in_groups(("nfe", 1, 50_000, 0.0), ("afr", 600, 10_000, 0.055))).ask(ba1).reason

    assert (reason["ac"], reason["an"], reason["frequency"]) == (600, 10_000, 0.055)


def test_the_alleles_that_were_too_few_are_those_of_the_largest_group() -> None:
    reason = at(in_groups(("nfe", 0, 1500), ("fin", 0, 60_000))).ask(ba1).reason

    assert (reason["an"], reason["minimum"]) == (1500, 2000)


@pytest.mark.parametrize(
    ("seen", "outcome"),
    [
        pytest.param(in_groups(("nfe", 3, 100_000), ("fin", 5, 60_000)), NOT_MET, id="in one"),
        pytest.param(in_groups(("nfe", 3, 100_000), ("mid", 1, 6_000)), MET, id="a single copy"),
        pytest.param(in_groups(("nfe", 3, 100_000), ("mid", 2, 6_000)), NOT_MET, id="two copies"),
        pytest.param(in_groups(("nfe", 3, 100_000), ("ami", 5, 900)), NOT_MET, id="too few there"),
        pytest.param(in_groups(("nfe", 3, 200_000), ("ami", 5, 900)), MET, id="rare in the others"),
    ],
)
def test_pm2_asks_every_group_of_enough_alleles(seen: Frequency, outcome: Outcome) -> None:
    assert at(seen, AR).ask(pm2).outcome is outcome


def test_pm2_names_the_groups_that_were_looked_at() -> None:
    codes = "afr, nfe"
    none = at(in_groups(("afr", 0, 9_000), ("nfe", 0, 9_000)), AD).ask(pm2)
    rare = at(in_groups(("afr", 0, 90_000), ("nfe", 1, 90_000)), AR).ask(pm2)
    absent = at(None, AD, groups=PopulationGroups(("afr", "nfe"))).ask(pm2)

    assert (none.reason.key, none.reason["groups"]) == ("population.absent_in_groups", codes)
    assert (rare.reason.key, rare.reason["groups"]) == ("population.rare_in_groups", codes)
    assert (absent.reason.key, absent.reason["groups"]) == ("population.absent_in_groups", codes)
    assert {verdict.outcome for verdict in (none, rare, absent)} == {MET}


def test_an_allele_is_absent_only_where_each_of_its_bases_was_covered() -> None:
    deletion = replace(at(None), allele=allele("22-20036801-GTG-G"))
    place = ("gnomad.coverage", "22-20036803")

    assert deletion.ask(pm2).reason.key == "population.site_not_covered"
    facts = {
        (COVERAGE.source, f"22-{position}"): COVERED for position in (20036801, 20036802, 20036803)
    }
    whole = Evidence({**deletion.facts, **facts}, deletion.consulted)
    found = finding_of(deletion, Criterion.PM2, whole)
    assert found.met
    assert {(read.source, read.key) for read in found.reads} >= facts.keys()
    holed = whole.with_facts({place: Coverage(False)})
    assert not finding_of(deletion, Criterion.PM2, holed).met


# A list of founder alleles


@pytest.mark.parametrize(
    ("decide", "seen", "mode", "criterion"),
    [
        (ba1, frequency(90_000, faf95=0.055), AR, "BA1"),
        (bs1, frequency(30_000, faf95=0.02), AD, "BS1"),
        (bs1, frequency(30_000, faf95=0.02), AR, "BS1"),
    ],
)
def test_a_listed_allele_is_not_too_common_for_its_disease(
    decide: Decide, seen: Frequency, mode: Inheritance, criterion: str
) -> None:
    on_list = listed(criterion, inheritance=mode)
    verdict = at(seen, mode, listed=on_list).ask(decide)

    assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "population.listed")
    said = verdict.reason
    assert (said["list"], said["curator"]) == ("Constructed founder list", "A. Curator")
    assert (said["listed_on"], said["rate"]) == ("2026-01-15", "1/22")


def test_a_listed_allele_is_not_rare_where_the_resource_lacks_its_population() -> None:
    verdict = at(None, AR, listed=listed("PM2")).ask(pm2)

    assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "population.listed_not_rare")
    assert verdict.reason["region"] == "Constructed region"


@pytest.mark.parametrize(
    "elsewhere",
    [
        pytest.param({"disease": "OMIM:999999"}, id="another disease"),
        pytest.param({"inheritance": AD}, id="another mode"),
        pytest.param({"hgnc": "HGNC:1"}, id="another gene"),
        pytest.param({"overrides": ("BS1",)}, id="another criterion"),
    ],
)
def test_a_listing_holds_for_its_own_disease_mode_and_criteria(
    elsewhere: dict[str, object],
) -> None:
    common = at(frequency(90_000, faf95=0.055), listed=listed("BA1", **elsewhere))
    absent = at(None, AR, listed=listed("PM2", **elsewhere))

    assert common.ask(ba1).outcome is MET
    assert absent.ask(pm2).outcome is MET


def test_where_bs1_is_listed_and_ba1_is_not_ba1_still_counts() -> None:
    setting = at(frequency(90_000, faf95=0.055), AD, listed=listed("BS1", inheritance=AD))

    assert setting.ask(ba1).outcome is MET
    assert setting.ask(bs1).reason.key == "population.counted_as_ba1"


def test_a_listing_says_nothing_of_a_frequency_below_the_limit() -> None:
    setting = at(frequency(100, faf95=0.00005), AD, listed=listed("BA1", "BS1", inheritance=AD))

    assert setting.ask(ba1).reason.key == "population.below_ba1"
    assert setting.ask(bs1).reason.key == "population.below_bs1"


# The laboratory's own counts


@pytest.mark.parametrize(
    ("counts", "outcome"),
    [
        pytest.param(local(41), NOT_MET, id="above one percent"),
        pytest.param(local(40), MET, id="one percent"),
        pytest.param(local(9, 100), MET, id="nine copies may be one family"),
        pytest.param(local(10, 100), NOT_MET, id="ten are more than a family"),
        pytest.param(local(None, 100), MET, id="fewer than are told"),
        pytest.param(None, MET, id="not among them"),
    ],
)
@pytest.mark.parametrize("seen", [None, frequency(3)], ids=["absent", "rare"])
def test_what_is_common_in_the_laboratory_is_not_rare(
    seen: Frequency | None, counts: LocalFrequency | None, outcome: Outcome
) -> None:
    verdict = at(seen, AR, local=counts).ask(pm2)

    assert verdict.outcome is outcome
    if outcome is NOT_MET:
        assert verdict.reason.key == "population.locally_common"


@pytest.mark.parametrize(
    ("rules", "counts", "outcome"),
    [
        pytest.param(RULES, local(400), NOT_MET, id="shown, never counted, as the rules stand"),
        pytest.param(COUNTED, local(400), MET, id="counted where the laboratory says so"),
        pytest.param(COUNTED, local(199, 1_999), NOT_MET, id="1999 alleles are not enough"),
        pytest.param(COUNTED, local(199, 2_000), MET, id="2000 alleles are"),
        pytest.param(COUNTED, local(None), NOT_MET, id="a hidden count is no frequency"),
        pytest.param(COUNTED, local(200), NOT_MET, id="five percent"),
        pytest.param(COUNTED, None, NOT_MET, id="not among them"),
    ],
)
def test_ba1_counts_the_laboratory_s_own_frequency_only_when_told_to(
    rules: dict[str, Rule], counts: LocalFrequency | None, outcome: Outcome
) -> None:
    verdict = at(frequency(3), AR, local=counts, rules=rules).ask(ba1)

    assert verdict.outcome is outcome
    assert (verdict.reason["measure"] == "local") is (outcome is MET)
    if outcome is MET and counts is not None:
        assert (verdict.reason["ac"], verdict.reason["an"]) == (counts.ac, counts.an)


def test_bs1_counts_it_too_and_a_list_goes_before_it() -> None:
    setting = at(frequency(3), AD, local=local(100), rules=COUNTED)

    assert setting.ask(bs1).outcome is MET
    on_list = replace(setting, listed=listed("BS1", inheritance=AD))
    assert on_list.ask(bs1).reason.key == "population.listed"


def test_a_site_that_the_resource_did_not_cover_may_still_be_common_here() -> None:
    setting = replace(at(None, AR, local=local(400), rules=COUNTED), coverage=Coverage(False))

    assert setting.ask(ba1).outcome is MET
    assert setting.ask(pm2).reason.key == "population.site_not_covered"


# What is read is what was asked


def reads(setting: Setting, criterion: Criterion) -> set[tuple[str, str]]:
    found = finding_of(setting, criterion).reads
    return {(read.source, read.key) for read in found if not read.source.startswith("rules")}


def test_a_list_and_counts_are_asked_only_where_they_could_matter_and_absence_is_read() -> None:
    common = frequency(90_000, faf95=0.055)

    assert (LISTED.source, MISSENSE) in reads(at(common), Criterion.BA1)
    assert (LISTED.source, MISSENSE) not in reads(at(frequency(3)), Criterion.BA1)
    assert (LOCAL.source, MISSENSE) not in reads(at(frequency(3)), Criterion.BA1)
    assert (LOCAL.source, MISSENSE) in reads(at(frequency(3), rules=COUNTED), Criterion.BA1)
    assert reads(at(None), Criterion.PM2) == {
        (FREQUENCY.source, MISSENSE),
        (FREQUENCY.source, WHOLE),
        (COVERAGE.source, "22-20061538"),
        (GROUPS.source, "groups"),
        (LISTED.source, MISSENSE),
        (LOCAL.source, MISSENSE),
    }


@pytest.mark.parametrize(
    "seen", [None, frequency(3), frequency(30_000, faf95=0.02), frequency(90_000, faf95=0.055)]
)
@pytest.mark.parametrize("mode", [AD, AR])
@pytest.mark.parametrize("rules", [RULES, COUNTED], ids=["shown", "counted"])
@pytest.mark.parametrize(
    "news",
    [
        {"listed": listed("BA1", "BS1", "PM2")},
        {"listed": listed("BA1", "BS1", "PM2", inheritance=AD)},
        {"local": local(400)},
    ],
    ids=["list", "dominant list", "counts"],
)
def test_what_a_new_release_changes_had_been_read(
    seen: Frequency | None, mode: Inheritance, rules: dict[str, Rule], news: dict[str, object]
) -> None:
    """A criterion whose answer moves with a fact has recorded a read of it: the replay's law."""
    before, after = at(seen, mode, rules=rules), at(seen, mode, rules=rules, **news)
    source = LISTED.source if "listed" in news else LOCAL.source
    for criterion in (Criterion.BA1, Criterion.BS1, Criterion.PM2):
        was, now = (finding_of(each, criterion) for each in (before, after))
        if was.verdict != now.verdict:
            assert (source, MISSENSE) in {(read.source, read.key) for read in was.reads}


# Laws


LEFT_OUT = ("ami", "asj", "fin", "mid", "oth", "remaining", "rmi")
COUNTS = st.tuples(st.integers(0, 3_000), st.integers(3_000, 60_000))
BOUNDS = st.one_of(st.none(), st.floats(0, 1))


@given(
    st.dictionaries(st.sampled_from(("afr", "nfe", "sas")), st.tuples(COUNTS, BOUNDS), min_size=1),
    st.dictionaries(st.sampled_from(LEFT_OUT), st.tuples(COUNTS, BOUNDS)),
    st.sampled_from((AD, AR)),
)
def test_no_count_in_a_bottleneck_group_moves_a_benign_criterion(
    continental: dict[str, tuple[tuple[int, int], float | None]],
    bottleneck: dict[str, tuple[tuple[int, int], float | None]],
    mode: Inheritance,
) -> None:
    def row(groups: dict[str, tuple[tuple[int, int], float | None]]) -> Frequency:
        found = tuple(
            GroupFrequency(code, ac, an, bound) for code, ((ac, an), bound) in groups.items()
        )
        return replace(frequency(10), groups=found)

    for decide in (ba1, bs1):
        without = at(row(continental), mode).ask(decide)
        assert at(row(continental | bottleneck), mode).ask(decide) == without


@given(st.integers(0, 5_000), st.integers(1, 5_000), BOUNDS, st.sampled_from((AD, AR)))
def test_as_the_rules_stand_own_counts_only_ever_take_pm2_away(
    copies: int, alleles: int, bound: float | None, mode: Inheritance
) -> None:
    seen = frequency(20, faf95=bound)
    before = at(seen, mode)
    after = at(seen, mode, local=local(copies, max(copies, alleles)))

    for decide in (ba1, bs1):
        assert before.ask(decide) == after.ask(decide)
    assert not (after.ask(pm2).strength and not before.ask(pm2).strength)
