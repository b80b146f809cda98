"""The assessment as a value: what it concludes, everything that it read, and nothing else."""

import os
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core_builders import (
    CONSULTED,
    HET,
    HOM,
    MISSENSE,
    REF,
    ROOT,
    RULES,
    SCHEMES,
    TANGO2,
    Other,
    Setting,
    allele,
    call,
    calls,
    comparator,
    consequence,
    frequency,
    missense,
    predictions,
    trio,
)
from varinterp.acmg.assess import DECISIONS
from varinterp.acmg.combine import points
from varinterp.acmg.combine.classes import machine_class
from varinterp.errors import InternalError
from varinterp.model.assessment import PRIOR, AcmgClass, Assessment, Uncertainty
from varinterp.model.canonical import canonical, digest
from varinterp.model.clinvar import (
    Assertion,
    Comparators,
    KnownMissense,
    Significance,
    SpliceComparator,
)
from varinterp.model.curation import (
    CURATED,
    Curations,
    InTrans,
    Origin,
    PartnerClass,
    Phase,
    Scope,
)
from varinterp.model.evidence import WITHDRAWN, Criterion, Outcome, Strength
from varinterp.model.facts import (
    ALL_FACTS,
    ASSERTION,
    COMPARATORS,
    FREQUENCY,
    RULE,
    Constraint,
    Coverage,
    ExonAlleles,
    ExonSkip,
    FamilyGenotypes,
    NextStart,
    PhenotypeFit,
    Repeat,
    Rule,
)
from varinterp.model.gene_disease import Inheritance, Mechanism
from varinterp.model.genotype import MISSING
from varinterp.model.prediction import Predictions, Score, ScoreOrigin, SpliceEffect
from varinterp.model.reads import WHOLE, Evidence, Fact, Read, Reader
from varinterp.model.splice_site import Side
from varinterp.model.transcript import Term

FACTS: dict[str, Fact[Any]] = {fact.source: fact for fact in (*ALL_FACTS, *CURATED, PRIOR)}
SKIP = ExonSkip(7, 154, False, True, 0.1853, False)
UNTOUCHED = ExonAlleles(alleles=0, highest=0.0, total=0.0, covered=1.0)
MISSENSE_AT = 20061538
ASSERTED = Assertion((Significance.PATHOGENIC,), ("OMIM:616878",), stars=2)
RICH = Setting(
    consequence=missense(),
    frequency=frequency(20, faf95=0.00001, group_max_af=0.00002),
    coverage=Coverage(True),
    assertion=ASSERTED,
    comparators=(comparator("V"), comparator("R", allele="22-20061538-G-C", stars=None)),
    predictions=predictions(revel=0.97, spliceai=0.02),
    repeats={},
    skip=SKIP,
    fit=PhenotypeFit(terms=6, exact=4),
    family=trio(),
    genotypes=calls(proband=HOM, father=HET, mother=HET),
)


PARTNER = Other("22-20043360-C-T", calls(proband=HET, father=REF, mother=HET))
ELSEWHERE = InTrans(
    Scope(), Origin("t1", "A. Curator", "2026-01-15", "1"), 2, Phase.TRANS, PARTNER.name,
    PartnerClass.PATHOGENIC,
)  # fmt: skip


def met(assessment: Assessment) -> dict[Criterion, Strength]:
    return {f.criterion: f.strength for f in assessment.findings if f.strength is not None}


NONSENSE = replace(
    RICH,
    allele=allele("22-20055980-C-T"),
    consequence=consequence(Term.STOP_GAINED, protein_position=140),
    frequency=None,
    comparators=None,
    genotypes=calls(proband=HET, father=HET, mother=REF),
)
SILENT = replace(
    RICH,
    allele=allele("22-20061600-G-A"),
    consequence=consequence(Term.SYNONYMOUS, protein_position=174),
    comparators=None,
)
BESIDE = SpliceComparator("22-20061685-T-C", 2, (Significance.PATHOGENIC,), 2, False)
SITES = {(7, Side.DONOR): (BESIDE,)}
LOST = Score(0.9, ScoreOrigin.RELEASE, SpliceEffect.DONOR_LOSS)
SPLICED = replace(
    RICH,
    allele=allele("22-20061684-G-A"),
    consequence=consequence(Term.SPLICE_DONOR, intron=7, hgvs_c="t:c.605+1G>A"),
    comparators=None,
    predictions=Predictions(spliceai=LOST),
    sites=SITES,
    scored={BESIDE.allele: replace(LOST, value=0.8)},
)
"""A splice donor that is lost, beside a known loss of it."""
EXAMPLES = [
    pytest.param(
        NONSENSE,
        {Criterion.PVS1: Strength.VERY_STRONG, Criterion.PM2: Strength.SUPPORTING},
        AcmgClass.LIKELY_PATHOGENIC,
        AcmgClass.UNCERTAIN,
        id="TANGO2 c.418C>T, absent: PVS1 and PM2, where the table has no row",
    ),
    pytest.param(
        RICH,
        {
            Criterion.PM2: Strength.SUPPORTING,
            Criterion.PM3: Strength.SUPPORTING,
            Criterion.PM5: Strength.MODERATE,
            Criterion.PP3: Strength.STRONG,
        },
        AcmgClass.LIKELY_PATHOGENIC,
        AcmgClass.LIKELY_PATHOGENIC,
        id="TANGO2 c.460G>A with a known neighbour",
    ),
    pytest.param(
        replace(SILENT, frequency=frequency(3_200, faf95=0.003)),
        {Criterion.BP4: Strength.SUPPORTING, Criterion.BP7: Strength.SUPPORTING},
        AcmgClass.LIKELY_BENIGN,
        AcmgClass.LIKELY_BENIGN,
        id="a silent allele",
    ),
    pytest.param(
        replace(RICH, frequency=frequency(98_420, faf95=0.09)),
        {
            Criterion.BA1: Strength.STAND_ALONE,
            Criterion.PM5: Strength.MODERATE,
            Criterion.PP3: Strength.STRONG,
        },
        AcmgClass.BENIGN,
        AcmgClass.UNCERTAIN,
        id="common, whatever the predictor says",
    ),
    pytest.param(
        Setting(transcript=None, inheritance=None),
        {},
        AcmgClass.UNCERTAIN,
        AcmgClass.UNCERTAIN,
        id="nothing known at all",
    ),
]


@pytest.mark.parametrize(("setting", "expected", "by_points", "by_table"), EXAMPLES)
def test_examples(
    setting: Setting,
    expected: dict[Criterion, Strength],
    by_points: AcmgClass,
    by_table: AcmgClass,
) -> None:
    assessment = setting.assess()

    assert met(assessment) == expected
    assert assessment.machine.points is by_points
    assert assessment.machine.richards2015 is by_table
    assert assessment.transcript == (setting.transcript and setting.transcript.id)


DAMAGING = Setting(consequence=missense(), predictions=predictions(revel=0.97, spliceai=0.02))


@pytest.mark.parametrize(
    ("setting", "points", "tier"),
    [
        pytest.param(DAMAGING, 4, Uncertainty.HIGH, id="PP3 strong alone"),
        pytest.param(
            Setting(transcript=None, inheritance=None), 0, Uncertainty.LOW, id="nothing known"
        ),
        pytest.param(NONSENSE, 9, None, id="likely pathogenic"),
        pytest.param(
            replace(NONSENSE, frequency=frequency(98_420, faf95=0.09)), 0, None,
            id="no points, but common: benign alone",
        ),
    ],
)  # fmt: skip
def test_an_assessment_says_where_in_uncertain_its_points_lie(
    setting: Setting, points: int, tier: Uncertainty | None
) -> None:
    assessment = setting.assess()

    assert (assessment.points, assessment.uncertainty) == (points, tier)
    assert assessment.signed is None


def test_all_28_criteria_answer_once_in_order() -> None:
    assessment = RICH.assess()

    assert [finding.criterion for finding in assessment.findings] == list(Criterion)
    assert len(assessment.findings) == 28


@pytest.mark.parametrize("criterion", sorted(set(Criterion) - set(DECISIONS)))
def test_a_criterion_that_is_not_built_is_not_assessed_and_reads_nothing(
    criterion: Criterion,
) -> None:
    finding = RICH.assess().findings[list(Criterion).index(criterion)]

    assert finding.verdict.outcome is Outcome.NOT_ASSESSED
    assert finding.verdict.reason.key == ("withdrawn" if criterion in WITHDRAWN else "not_built")
    assert finding.reads == ()


@pytest.mark.parametrize("said", [None, Significance.PATHOGENIC, Significance.BENIGN])
def test_what_clinvar_concludes_is_shown_and_never_counted(said: Significance | None) -> None:
    assertion = None if said is None else Assertion((said,), (), stars=4)
    assessment = replace(RICH, assertion=assertion).assess()

    assert assessment.external == assertion
    assert assessment.findings == RICH.assess().findings
    assert assessment.points == RICH.assess().points


def test_the_classes_and_the_posterior_are_those_of_the_findings() -> None:
    assessment = RICH.assess()

    assert assessment.points == sum(finding.points for finding in assessment.findings)
    assert assessment.posterior == points.posterior(assessment.points)
    assert assessment.machine == machine_class(assessment.findings, SCHEMES)


def test_rules_that_lack_a_threshold_are_our_fault() -> None:
    rules = {key: rule for key, rule in RULES.items() if key != "population.ba1"}

    with pytest.raises(InternalError, match=r"population\.ba1"):
        replace(RICH, rules=rules).assess()


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("population.ba1", "much", "not a number"),
        ("population.ba1_exceptions", 5.0, "not a list of words"),
    ],
)
def test_a_rule_of_the_wrong_kind_is_our_fault(name: str, value: str | float, what: str) -> None:
    common = replace(RICH, frequency=frequency(98_420, faf95=0.09))

    with pytest.raises(InternalError, match=what):
        replace(common, rules={**RULES, name: Rule(value)}).assess()


# Reads


def test_an_assessment_reads_what_its_findings_read_and_what_it_stands_on() -> None:
    assessment = replace(RICH, consequence=missense("G", "R", 155)).assess()
    by_findings = {read for finding in assessment.findings for read in finding.reads}
    beside = {read.source for read in set(assessment.reads) - by_findings}

    assert by_findings < set(assessment.reads)
    assert beside == {ASSERTION.source, RULE.source}
    assert list(assessment.reads) == sorted(set(assessment.reads))


def test_an_absent_fact_is_read_as_absent() -> None:
    reads = {(read.source, read.key): read for read in NONSENSE.assess().reads}

    assert reads[(FREQUENCY.source, "22-20055980-C-T")].absent
    assert not reads[(FREQUENCY.source, WHOLE)].absent


def test_whether_a_resource_was_consulted_is_read_too() -> None:
    unconsulted = replace(NONSENSE, consulted=CONSULTED - {FREQUENCY.source})
    reads = {(read.source, read.key): read for read in unconsulted.assess().reads}

    assert reads[(FREQUENCY.source, WHOLE)].absent
    assert unconsulted.assess().digest != NONSENSE.assess().digest


def test_a_thresholds_value_is_read_under_its_key() -> None:
    reads = {read.key: read for read in RICH.assess().reads if read.source == RULE.source}

    assert reads["population.ba1"].digest == digest(RULES["population.ba1"])


@pytest.mark.parametrize(
    "setting",
    [RICH, NONSENSE, SILENT, SPLICED],
    ids=["missense", "null", "silent", "splice site"],
)
def test_the_slice_that_was_read_is_enough_to_conclude_the_same(setting: Setting) -> None:
    assessment = setting.assess()
    consulted = frozenset(read.source for read in assessment.reads if not read.absent)
    sliced = Evidence(setting.evidence.slice(assessment.reads), consulted)

    assert setting.assess(sliced) == assessment


UNRELATED = {
    (FREQUENCY.source, "22-1000-A-G"): frequency(5),
    (ASSERTION.source, "22-1000-A-G"): ASSERTED,
    (COMPARATORS.source, f"{TANGO2.id}:1"): Comparators((comparator("V"),)),
    (RULE.source, "population.another"): Rule(1.0),
}


@pytest.mark.parametrize(
    "setting",
    [RICH, NONSENSE, SILENT, SPLICED],
    ids=["missense", "null", "silent", "splice site"],
)
def test_removing_any_fact_shows_exactly_when_it_was_read(setting: Setting) -> None:
    facts = {**setting.facts, **UNRELATED}
    before = setting.assess(Evidence(facts, CONSULTED))
    read = {(each.source, each.key) for each in before.reads}

    assert not read & UNRELATED.keys()
    for place in facts:
        fewer = Evidence({key: fact for key, fact in facts.items() if key != place}, CONSULTED)
        if place not in read:
            assert setting.assess(fewer).digest == before.digest, place
        elif place[0] != RULE.source:
            after = setting.assess(fewer)
            assert Read(*place, FACTS[place[0]].kind, None) in after.reads, place
            assert after.digest != before.digest, place


ALTERNATIVES: dict[str, list[Any]] = {
    "consequence": [
        None,
        missense(),
        missense("G", "E"),
        consequence(Term.STOP_GAINED, protein_position=140),
        consequence(Term.STOP_GAINED, protein_position=240),
        consequence(Term.FRAMESHIFT, protein_position=2, hgvs_p="p.Cys2AlafsTer35"),
        consequence(Term.SPLICE_DONOR, intron=7, hgvs_c="t:c.605+1G>A"),
        consequence(Term.START_LOST),
        consequence(Term.STOP_LOST),
        consequence(Term.SYNONYMOUS),
        consequence(Term.INTRON, hgvs_c="t:c.605+20A>G"),
        consequence(Term.INFRAME_DELETION),
    ],
    "frequency": [
        None,
        frequency(0),
        frequency(20),
        frequency(98_420, faf95=0.09),
        frequency(30_000, faf95=0.02),
        frequency(1, 100),
        frequency(20, usable=False),
    ],
    "coverage": [None, Coverage(True), Coverage(False), Coverage(True, constructed=True)],
    "assertion": [None, ASSERTED],
    "comparators": [
        None,
        (),
        (comparator("V"),),
        (comparator("R"),),
        (comparator("V", stars=None),),
        (comparator("V", Significance.LIKELY_PATHOGENIC),),
    ],
    "known_missense": [None, KnownMissense((0, 9, 0, 0, 0)), KnownMissense(unrated=9)],
    "constraint": [None, Constraint(0.2, 1.0, 4.0), Constraint(0.2, 1.0, 1.0)],
    "predictions": [
        None,
        predictions(revel=0.97, spliceai=0.02),
        predictions(revel=0.1, spliceai=0.02),
        predictions(spliceai=0.5),
        Predictions(spliceai=LOST),
        Predictions(spliceai=replace(LOST, origin=ScoreOrigin.LABORATORY)),
    ],
    "sites": [{}, SITES, {(7, Side.DONOR): (replace(BESIDE, stars=None),)}],
    "scored": [{}, SPLICED.scored, {BESIDE.allele: replace(LOST, value=0.95)}],
    "repeats": [None, {}, {MISSENSE_AT: Repeat("tandem"), MISSENSE_AT + 1: Repeat("tandem")}],
    "exon_alleles": [None, {7: UNTOUCHED, 9: UNTOUCHED}, {9: replace(UNTOUCHED, highest=0.01)}],
    "next_start": [None, NextStart(31)],
    "skip": [None, SKIP, replace(SKIP, triggers_decay=False)],
    "mechanism": [None, Mechanism.LOSS_OF_FUNCTION, Mechanism.NOT_ESTABLISHED],
    "fit": [None, PhenotypeFit(5, 0), PhenotypeFit(5, 2)],
    "family": [None, trio(), trio(unsequenced=("father",))],
    "parentage_confirmed": [True, False],
    "genotypes": [
        None,
        calls(proband=HET, father=REF, mother=REF),
        calls(proband=HET, father=HET, mother=REF),
        calls(proband=HET, father=REF, mother=MISSING),
        calls(proband=HET, father=REF, mother=call(0, alt_depth=3)),
        FamilyGenotypes(()),
    ],
    "others": [None, (), (PARTNER,), (replace(PARTNER, held=AcmgClass.UNCERTAIN),)],
    "curated": [None, Curations(), Curations(in_trans=(ELSEWHERE,))],
    "consulted": [CONSULTED, CONSULTED - {FREQUENCY.source, COMPARATORS.source}],
    "rules": [
        RULES,
        {**RULES, "population.ba1": Rule(0.04)},
        {**RULES, "comparator.min_stars": Rule(3.0)},
        {**RULES, "de_novo.min_quality": Rule(99.0)},
        {**RULES, "predictor.spliceai.bp4": Rule(0.01)},
    ],
}


@st.composite
def situations(draw: st.DrawFn) -> tuple[Setting, Setting]:
    """The same hypothesis on two states of knowledge that differ in at most a few facts."""
    mode = draw(
        st.sampled_from(
            (Inheritance.AUTOSOMAL_DOMINANT, Inheritance.AUTOSOMAL_RECESSIVE, Inheritance.X_LINKED)
        )
    )
    values = {name: draw(st.sampled_from(options)) for name, options in ALTERNATIVES.items()}
    name = draw(st.sampled_from((MISSENSE, "22-20061538-GAAC-G", str(SPLICED.allele))))
    before = replace(Setting(allele=allele(name), inheritance=mode), **values)
    moved = draw(st.lists(st.sampled_from(sorted(ALTERNATIVES)), max_size=2, unique=True))
    changes = {name: draw(st.sampled_from(ALTERNATIVES[name])) for name in moved}
    return before, replace(before, **changes)


def asked_again(reads: tuple[Read, ...], evidence: Evidence) -> tuple[Read, ...]:
    reader = Reader(evidence)
    for read in reads:
        if read.key == WHOLE:
            reader.provides(FACTS[read.source])
        else:
            reader(FACTS[read.source], read.key)
    return reader.reads


@settings(max_examples=400)
@given(situations())
def test_an_assessment_changes_exactly_when_a_fact_that_it_read_does(
    situation: tuple[Setting, Setting],
) -> None:
    before, after = (setting.assess() for setting in situation)
    unmoved = asked_again(before.reads, situation[1].evidence) == before.reads

    assert (after.digest == before.digest) is unmoved
    if unmoved:
        assert after == before


@given(situations())
def test_the_same_facts_in_another_order_give_the_same_bytes(
    situation: tuple[Setting, Setting],
) -> None:
    setting, _ = situation
    turned = dict(reversed(list(setting.facts.items())))

    assert canonical(setting.assess(Evidence(turned, setting.evidence.provided))) == canonical(
        setting.assess()
    )


DIGEST = "from unit.acmg.test_assess import RICH; print(RICH.assess().digest)"


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_the_digest_does_not_depend_on_the_process(seed: str) -> None:
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")])
    run = subprocess.run(
        [sys.executable, "-c", DIGEST],
        env={**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )

    assert run.stdout.strip() == RICH.assess().digest


def test_a_constructed_fact_marks_the_criteria_that_read_it_and_no_other() -> None:
    frequencies = replace(frequency(20), constructed=True)
    assessment = replace(RICH, frequency=frequencies).assess()
    marked = {finding.criterion for finding in assessment.findings if finding.constructed}

    assert marked == {Criterion.BA1, Criterion.BS1, Criterion.PM2, Criterion.PM3}
    assert assessment.constructed


def test_a_constructed_fact_that_counts_for_nothing_does_not_mark_the_assessment() -> None:
    frequencies = replace(frequency(8_000), constructed=True)

    assert not replace(RICH, frequency=frequencies).assess().constructed
    assert not RICH.assess().constructed
