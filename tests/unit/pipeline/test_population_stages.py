"""From a population release to a criterion's answer, through the stages of the workflow.

DEMO-T1's girl is homozygous for TANGO2 c.460G>A (PMID 26805781). Each test gives her analysis
other releases of frequencies, of listed alleles and of own counts.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from builders import write_frequencies
from demo_runs import DEMO, Stages, demo_config
from sealed_releases import sealed
from upstream import listed_alleles, local_frequency
from varinterp.model.assessment import Assessment
from varinterp.model.canonical import to_json
from varinterp.model.case import Candidate, Gate
from varinterp.model.evidence import Criterion, Outcome, Verdict
from varinterp.pipeline import classify as classification
from varinterp.pipeline.phenotype import read_matcher
from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.pipeline.references.listed_alleles import ADAPTER as LISTED
from varinterp.pipeline.references.local_frequency import ADAPTER as LOCAL
from varinterp.pipeline.run import load_run
from varinterp.refs.lock import Releases
from varinterp.sources.material import Material

ALLELE = "22-20061538-G-A"
SPAN = ("22", 20_061_500, 20_061_600)
COMMON = {"ac": 45_000, "af": 0.3, "faf95": 0.29, "faf95_group": "nfe", "group_max_af": 0.31}
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Girl:
    """DEMO-T1 in a folder of its own, to be analysed with releases of the test's choice."""

    folder: Path
    config: dict[str, Any]

    @property
    def variants(self) -> Path:
        run = load_run(self.config)
        return run.folder(run.pseudonym("DEMO-T1")) / "variants.parquet"


@pytest.fixture(scope="module")
def girl(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Girl]:
    folder = tmp_path_factory.mktemp("stages")
    references = folder / "refs"
    references.mkdir()
    for source in (DEMO / "refs").iterdir():
        if source.name != "gnomad":
            (references / source.name).symlink_to(source)
    config = demo_config(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(classification, "read_matcher", cache_of(read_matcher))
        yield Girl(
            folder, config | {"references": str(references), "lock": str(folder / "lock.yaml")}
        )


def cache_of(read: Callable[..., Any]) -> Callable[..., Any]:
    """Read the phenotype's releases once: no test changes them, and they take the longest."""
    kept: list[Any] = []

    def once(*arguments: Any) -> Any:
        if not kept:
            kept.append(read(*arguments))
        return kept[0]

    return once


def lock(girl: Girl, *releases: tuple[str, str]) -> None:
    named = yaml.safe_load((DEMO / "refs.lock.yaml").read_text())
    named.pop("digests", None)
    named["releases"] |= dict(releases)
    (girl.folder / "lock.yaml").write_text(yaml.safe_dump(named))


def seal(girl: Girl, source: str, release: str) -> tuple[str, str]:
    folder = girl.folder / "refs" / source / release
    files = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    sealed(folder, dict.fromkeys(files), constructed=True, dated=date(2026, 6, 1))
    return source, release


def write_gnomad(
    girl: Girl, name: str, rows: Iterable[Row], spans: Iterable[tuple[str, int, int]] = ()
) -> tuple[str, str]:
    write_frequencies(girl.folder / "refs" / "gnomad" / name, rows, spans, constructed=True)
    return seal(girl, "gnomad", name)


def own(girl: Girl, source: str, adapter: Adapter, upstream: Any) -> tuple[str, str]:
    """Build the source's release from its upstream example, once."""
    folder = girl.folder / "refs" / source / "2026-06"
    if not folder.exists():
        folder.mkdir(parents=True)
        scratch = girl.folder / f"scratch-{source}"
        scratch.mkdir()
        files = upstream.write(girl.folder / f"upstream-{source}")
        material = Material(source, "2026-06", date(2026, 6, 1), files)
        reference = Path(girl.config["reference"])
        adapter.build(material, Context(reference, Releases({}), scratch), folder)
        seal(girl, source, "2026-06")
    return source, "2026-06"


def analysed(girl: Girl, *releases: tuple[str, str]) -> tuple[Candidate, Assessment] | None:
    """Annotate and classify with these releases; None when the allele is no candidate."""
    lock(girl, *releases)
    result = Stages(girl.config).case("DEMO-T1")
    found = [each for each in result.candidates if str(each.allele) == ALLELE]
    if not found:
        return None
    (assessment,) = (each for each in result.assessments if str(each.key.allele) == ALLELE)
    return found[0], assessment


def verdict(assessment: Assessment, criterion: Criterion) -> Verdict:
    return next(each.verdict for each in assessment.findings if each.criterion is criterion)


MET, NOT_MET, NOT_ASSESSED = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_ASSESSED


@pytest.mark.parametrize(
    ("name", "row", "spans", "pm2", "reason", "ba1"),
    [
        ("ac0", {"ac": 0, "af": 0.0, "filters": "AC0"}, (), MET, "absent_in_groups", NOT_MET),
        (
            "ac0-thin", {"ac": 0, "an": 1200, "af": 0.0, "filters": "AC0"}, (SPAN,),
            NOT_ASSESSED, "too_few_alleles", NOT_ASSESSED,
        ),
        (
            "failed", COMMON | {"filters": "AS_VQSR"}, (SPAN,),
            NOT_ASSESSED, "site_failed_filters", NOT_ASSESSED,
        ),
        (
            "failed-ac0", {"ac": 0, "af": 0.0, "filters": "AC0;AS_VQSR"}, (SPAN,),
            NOT_ASSESSED, "site_failed_filters", NOT_ASSESSED,
        ),
        (
            "nobody", {"ac": 0, "an": 0, "af": 0.0}, (SPAN,),
            NOT_ASSESSED, "too_few_alleles", NOT_ASSESSED,
        ),
        ("absent", None, (SPAN,), MET, "absent_in_groups", NOT_MET),
        ("unseen", None, (), NOT_ASSESSED, "site_not_covered", NOT_ASSESSED),
        ("rare", {"ac": 2, "af": 2 / 150_000}, (), MET, "rare_in_groups", NOT_MET),
    ],
)  # fmt: skip
def test_a_resource_that_cannot_tell_neither_removes_an_allele_nor_judges_it(
    girl: Girl,
    name: str,
    row: Row | None,
    spans: tuple[tuple[str, int, int], ...],
    pm2: Outcome,
    reason: str,
    ba1: Outcome,
) -> None:
    rows = [] if row is None else [{"allele": ALLELE} | dict(row)]
    found = analysed(girl, write_gnomad(girl, name, rows, spans))

    assert found is not None
    candidate, assessment = found
    assert Gate.RARE in candidate.gates
    said = verdict(assessment, Criterion.PM2)
    assert (said.outcome, said.reason.key) == (pm2, f"population.{reason}")
    assert verdict(assessment, Criterion.BA1).outcome is ba1


def test_every_group_of_the_release_reaches_the_case(girl: Girl) -> None:
    counted = {"ac_nfe": 3, "an_nfe": 90_000, "faf95_nfe": 0.00001, "ac_sas": 1, "an_sas": 20_000}
    row = {"allele": ALLELE, "ac": 4, "af": 4 / 150_000} | counted
    found = analysed(girl, write_gnomad(girl, "groups", [row]))

    assert found is not None
    frequency = found[0].frequency
    assert frequency is not None
    assert [each.group for each in frequency.groups] == ["afr", "amr", "eas", "nfe", "sas"]
    (nfe,) = (each for each in frequency.groups if each.group == "nfe")
    assert (nfe.ac, nfe.an, nfe.faf95) == (3, 90_000, 0.00001)


def test_a_common_allele_is_a_candidate_only_when_it_is_listed(girl: Girl) -> None:
    groups = {"ac_nfe": 9_000, "an_nfe": 30_000, "faf95_nfe": 0.29}
    gnomad = write_gnomad(girl, "common", [{"allele": ALLELE} | COMMON | groups])
    assert analysed(girl, gnomad) is None

    founders = own(girl, "listed_alleles", LISTED, listed_alleles)
    found = analysed(girl, gnomad, founders)
    assert found is not None
    candidate, assessment = found
    assert candidate.gates == (Gate.LISTED,)
    assert candidate.listed is not None
    assert [each.curator for each in candidate.listed.listings] == ["A. Curator"]
    for criterion in (Criterion.BA1, Criterion.BS1):
        assert verdict(assessment, criterion).reason.key == "population.listed"
    assert LISTED.lookup(girl.folder / "refs" / Path(*founders), ALLELE) == to_json(
        candidate.listed
    )
    row = pl.read_parquet(girl.variants).filter(position=20_061_538).row(0, named=True)
    assert (row["gate_rare"], row["gate_listed"], row["candidate"]) == (False, True, True)


def test_what_is_common_in_the_laboratory_is_not_called_rare(girl: Girl) -> None:
    gnomad = write_gnomad(girl, "local", [], (SPAN,))
    counts = own(girl, "local_frequency", LOCAL, local_frequency)
    found = analysed(girl, gnomad, counts)

    assert found is not None
    candidate, assessment = found
    assert candidate.local is not None
    assert (candidate.local.ac, candidate.local.an) == (24, 1000)
    assert LOCAL.lookup(girl.folder / "refs" / Path(*counts), ALLELE) == to_json(candidate.local)
    said = verdict(assessment, Criterion.PM2)
    assert (said.outcome, said.reason.key) == (NOT_MET, "population.locally_common")
    sources = {(read.source, read.key) for read in assessment.reads}
    assert {("population.local", ALLELE), ("population.listed", ALLELE)} <= sources
