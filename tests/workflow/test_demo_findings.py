"""What a reader of each demo family must find first, at three dates, and what must not pass."""

import csv
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from demo_runs import DEMO, Stages, demo_config
from varinterp.model.assessment import AcmgClass, Assessment, AssessmentKey
from varinterp.model.case import CaseResult, RankedHypothesis, Tier
from varinterp.model.evidence import Criterion, Outcome, Strength
from varinterp.model.gene_disease import Inheritance
from varinterp.model.transcript import Transcript
from varinterp.pipeline.consequence import from_vepyr
from varinterp.sources.clinvar import ALLELES, ALLELES_SCHEMA
from varinterp.sources.parquet import read_frame
from varinterp.sources.transcripts import read_transcripts

pytestmark = pytest.mark.xdist_group("demo")

with (DEMO / "expected.tsv").open() as _stream:
    EXPECTED = list(csv.DictReader(_stream, delimiter="\t"))
FAMILIES = sorted({row["family"] for row in EXPECTED})

PUBLISHED_NAME = re.compile(r"(\S+)\((\w+)\):(c\.\S+)(?: \((p\.\S+)\))?")

Cases = Callable[[str, str], CaseResult]
SUPPORTING, MODERATE, VERY_STRONG = Strength.SUPPORTING, Strength.MODERATE, Strength.VERY_STRONG


@pytest.fixture(scope="session")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Cases:
    """Analyse a family under a lock, once."""

    @cache
    def case(family: str, lock: str) -> CaseResult:
        folder: Path = tmp_path_factory.mktemp(lock.removesuffix(".yaml").replace(".", "-"))
        return Stages(demo_config(folder, lock)).case(family)

    return case


def name(result: CaseResult, key: AssessmentKey) -> str:
    """``TANGO2:c.460G>A``, as expected.tsv writes it."""
    consequence = result.candidate(key).consequence
    return f"{consequence.gene}:{(consequence.hgvs_c or '').rpartition(':')[2]}"


def met(assessment: Assessment) -> dict[Criterion, Strength]:
    return {f.criterion: f.strength for f in assessment.findings if f.strength is not None}


def proposed(result: CaseResult) -> list[RankedHypothesis]:
    return [place for place in result.ranking if place.tier is Tier.PROPOSED]


@pytest.mark.parametrize(
    "expected", EXPECTED, ids=[f"{row['family']}-{row['lock'].split('.')[1]}" for row in EXPECTED]
)
def test_first_place_is_the_causal_hypothesis_or_nobodys(
    expected: dict[str, str], cases: Cases
) -> None:
    result = cases(expected["family"], expected["lock"])
    found = proposed(result)
    if not expected["first"]:
        assert not found
        return
    first = found[0]
    assert first.rank == 1
    assert "|".join(name(result, key) for key in first.keys) == expected["first"]
    assert {key.disease for key in first.keys} == {expected["disease"]}
    assert {key.inheritance for key in first.keys} == {Inheritance(expected["inheritance"])}


@pytest.mark.parametrize(
    "expected",
    [row for row in EXPECTED if row["must_not_pass"]],
    ids=lambda row: f"{row['family']}-{row['lock'].split('.')[1]}",
)
def test_no_decoy_passes(expected: dict[str, str], cases: Cases) -> None:
    result = cases(expected["family"], expected["lock"])
    decoys = set(expected["must_not_pass"].split("|"))
    shown = {name(result, key) for place in proposed(result) for key in place.keys}
    assert not decoys & shown


def test_refuted_de_novo_call_meets_neither_criterion(cases: Cases) -> None:
    result = cases("DEMO-R1", "refs.lock.yaml")
    findings = {f.criterion: f for a in result.assessments for f in a.findings}
    for criterion in (Criterion.PS2, Criterion.PM6):
        assert findings[criterion].verdict.outcome is Outcome.NOT_MET
        assert findings[criterion].verdict.reason.key == "de_novo.refuted"


def test_de_novo_allele_counts_as_assumed_parentage_on_one_region(cases: Cases) -> None:
    result = cases("DEMO-D2", "refs.lock.yaml")
    findings = {f.criterion: f for f in result.assessment(proposed(result)[0].keys[0]).findings}
    assert findings[Criterion.PM6].met
    assert not findings[Criterion.PS2].met


def test_nonsense_with_decay_is_likely_pathogenic_by_points_and_uncertain_by_the_table(
    cases: Cases,
) -> None:
    result = cases("DEMO-T4", "refs.lock.yaml")
    first, second = (result.assessment(key) for key in proposed(result)[0].keys)
    assert met(first) == {Criterion.PVS1: VERY_STRONG, Criterion.PM2: SUPPORTING}
    assert first.points == 9
    assert first.machine.points is AcmgClass.LIKELY_PATHOGENIC
    assert first.machine.richards2015 is AcmgClass.UNCERTAIN
    # The frameshift lifts its partner; the partner, uncertain by itself, does not lift it.
    assert met(second)[Criterion.PM3] is MODERATE


def test_an_affected_brother_with_both_copies_makes_the_nonsense_allele_pathogenic(
    cases: Cases,
) -> None:
    result = cases("DEMO-T3", "refs.lock.yaml")
    assessment = result.assessment(proposed(result)[0].keys[0])
    assert met(assessment) == {
        Criterion.PVS1: VERY_STRONG,
        Criterion.PM2: SUPPORTING,
        Criterion.PM3: SUPPORTING,
        Criterion.PP1: MODERATE,
    }
    assert assessment.points == 12
    assert assessment.machine.points is AcmgClass.PATHOGENIC


def test_two_alleles_on_one_copy_bring_no_points_in_trans(cases: Cases) -> None:
    result = cases("DEMO-X1", "refs.lock.yaml")
    for assessment in result.assessments:
        pm3 = next(f for f in assessment.findings if f.criterion is Criterion.PM3)
        assert pm3.verdict.reason.key == "in_trans.in_cis_here"


def test_clinvars_own_conclusion_is_shown_and_never_counted(cases: Cases) -> None:
    result = cases("DEMO-T1", "refs.lock.yaml")
    assessment = result.assessment(proposed(result)[0].keys[0])
    assert assessment.external is not None
    assert "pathogenic" in assessment.external.significance
    assert assessment.machine.points is AcmgClass.UNCERTAIN
    withdrawn = {f.criterion: f for f in assessment.findings}
    assert withdrawn[Criterion.PP5].verdict.reason.key == "withdrawn"


@pytest.mark.parametrize("family", FAMILIES)
def test_every_criterion_that_rests_on_a_constructed_frequency_says_so(
    family: str, cases: Cases
) -> None:
    for assessment in cases(family, "refs.lock.yaml").assessments:
        for finding in assessment.findings:
            read = {each.source for each in finding.reads if not each.absent and each.key != "*"}
            if "gnomad" in read:
                assert finding.constructed


@pytest.mark.parametrize("family", FAMILIES)
def test_counts_add_up_at_every_stage(family: str, cases: Cases) -> None:
    for count in cases(family, "refs.lock.yaml").counts:
        assert count.taken == count.given + sum(number for _, number in count.set_aside)


def named_by_vepyr(assertions: pl.DataFrame, folder: Path) -> dict[tuple[int, str], dict[str, Any]]:
    """Consequences by position and gene, for alleles in a gene's coding exons or introns."""
    found = from_vepyr(
        assertions,
        DEMO / "refs" / "vep" / "mane-1.5-demo",
        DEMO / "reference" / "GRCh38.chr22.demo.fa.gz",
        folder,
    )
    return {(row["position"], row["gene"]): row for row in found.iter_rows(named=True)}


def test_hgvs_names_agree_with_the_published_ones(tmp_path: Path) -> None:
    """On every ClinVar record of the region whose name a paper gives."""
    release = DEMO / "refs" / "clinvar" / "2017-04-04"
    named = read_frame(release / ALLELES, ALLELES_SCHEMA).drop_nulls("name")
    assert named.height == 5
    ours = named_by_vepyr(named, tmp_path)
    for row in named.iter_rows(named=True):
        read = PUBLISHED_NAME.fullmatch(row["name"])
        assert read is not None
        accession, gene, coding, protein = read.groups()
        found = ours[(row["position"], gene)]
        assert found["refseq"].partition(".")[0] == accession.partition(".")[0]
        assert found["hgvs_c"].rpartition(":")[2] == coding
        assert (found["hgvs_p"] or "").rpartition(":")[2] == (protein or "")


def test_hgvs_names_agree_with_the_coordinates_of_every_clinvar_record(tmp_path: Path) -> None:
    """Counted here from MANE's exons, without vepyr: the names that no paper at hand gives too."""
    records = read_frame(DEMO / "refs" / "clinvar" / "2017-04-04" / ALLELES, ALLELES_SCHEMA)
    assert records.height == 10
    transcripts = read_transcripts(DEMO / "refs" / "mane" / "1.5" / "transcripts.parquet")
    ours = named_by_vepyr(records, tmp_path)
    for row in records.iter_rows(named=True):
        (transcript,) = (
            each
            for each in transcripts.values()
            if each.cds.start <= row["position"] <= each.cds.end
        )
        found = ours[(row["position"], transcript.gene)]
        assert found["hgvs_c"] == f"{transcript.id}:{coding_name(transcript, row)}"


def coding_name(transcript: Transcript, row: dict[str, Any]) -> str:
    """The c. name of a substitution in a coding exon or a base or two after one."""
    done = 0
    for _, span in transcript.coding_exons():
        forward = transcript.strand > 0
        into = row["position"] - span.start if forward else span.end - row["position"]
        beyond = into - len(span) + 1
        bases = str.maketrans("ACGT", "ACGT" if forward else "TGCA")
        change = f"{row['ref']}>{row['alt']}".translate(bases)
        if 0 <= into < len(span):
            return f"c.{done + into + 1}{change}"
        if beyond in (1, 2):
            return f"c.{done + len(span)}+{beyond}{change}"
        done += len(span)
    raise AssertionError("the record lies in no coding exon")
