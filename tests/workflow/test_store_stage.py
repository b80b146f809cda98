"""The stage that keeps a family's alleles: what later takes the place of its files."""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from test_csq_input import with_csq

from demo_runs import Stages, demo_config, families, write_sheet
from varinterp.cohort.consequences import Consequences, memo_key
from varinterp.cohort.store import CohortStore
from varinterp.family_table import VARIANTS_SCHEMA
from varinterp.pipeline.consequence import CANDIDATES_SCHEMA, on_transcripts
from varinterp.pipeline.haplotypes import with_joint
from varinterp.pipeline.job import Job
from varinterp.pipeline.predictors import with_scores
from varinterp.pipeline.stages import annotate, check, consequence, lock, normalise, store
from varinterp.sources.transcripts import TRANSCRIPTS_FILE, read_transcripts

pytestmark = pytest.mark.xdist_group("demo")

FAMILY, CASE = "DEMO-T4", "C-AAAAAAAAAAAA"
ALLELE = ["chromosome", "position", "ref", "alt"]


def stored(config: dict[str, Any]) -> Job:
    """Run the family's stages up to the store, and return the job of the last."""
    run = Stages(config).run
    pseudonym = run.pseudonym(FAMILY)
    folder = run.folder(pseudonym)
    names = {
        "lock": "refs.lock.yaml", "intake": "intake.json", "alleles": "alleles.arrow",
        "counts": "normalised.counts.json", "variants": "variants.parquet",
        "candidates": "candidates.parquet", "registered": "registered.json",
        "receipt": "stored.json",
    }  # fmt: skip
    files: dict[str, Any] = {name: str(folder / file) for name, file in names.items()}
    files |= {
        "reference": config["reference"],
        "rules": config["rules"],
        "vcfs": [str(path) for path in run.families[pseudonym].vcfs],
    }
    lock.run(Job(config, pseudonym, {"lock": config["lock"]}, files))
    for stage in (check, normalise, annotate, consequence):
        stage.run(Job(config, pseudonym, files, files))
    Path(files["registered"]).write_text(json.dumps({"case": CASE, "analysis": 3}))
    job = Job(config, pseudonym, files, files)
    store.run(job)
    return job


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> Job:
    return stored(demo_config(tmp_path_factory.mktemp("ours")))


def test_rows_are_those_of_the_family_and_the_receipt_counts_them(job: Job) -> None:
    kept = CohortStore.open(job.settings.cohort)
    rows = kept.rows(CASE)
    variants = pl.read_parquet(job.input("variants"))
    assert kept.cases() == {CASE: 3}
    whole = variants.select(VARIANTS_SCHEMA.names).filter(
        pl.col("key").is_in(rows["key"].implode())
    )
    assert rows.drop("stored").equals(whole)
    candidates = variants.filter("candidate")["key"]
    assert candidates.is_in(rows.filter("stored")["key"].implode()).all()
    receipt = json.loads(job.output("receipt").read_text())
    assert receipt == {
        "part": kept.part(CASE).file.removesuffix(".parquet"),
        "stored": int(rows["stored"].sum()),
        "context": int((~rows["stored"]).sum()),
    }


def test_storing_again_gives_the_same_bytes(job: Job) -> None:
    before = {path: path.read_bytes() for path in job.settings.cohort.rglob("*.parquet")}
    store.run(job)
    assert {path: path.read_bytes() for path in job.settings.cohort.rglob("*.parquet")} == before


def test_candidates_can_be_made_again_from_store_and_memo(job: Job) -> None:
    """No VCF and no vepyr: what was stored gives the family's `candidates.parquet` cell by cell."""
    releases = job.releases()
    rows = CohortStore.open(job.settings.cohort).rows(CASE)
    made = pl.read_parquet(job.input("candidates"))
    opened = pl.read_parquet(job.input("variants")).filter("candidate")
    memo = Consequences.open(job.settings.cohort / "consequences")
    known, missing = memo.of(memo_key(releases["vep"].manifest.release), opened.select(ALLELE))
    assert missing.is_empty()
    said = known.with_columns(pl.col(name).cast(opened.schema[name]) for name in ALLELE)
    transcripts = read_transcripts(releases["mane"].file(TRANSCRIPTS_FILE))
    placed = with_joint(
        on_transcripts(opened, said),
        rows.lazy(),
        job.intake().pedigree(),
        transcripts,
        job.settings.reference,
    )
    again = with_scores(placed, releases).select(CANDIDATES_SCHEMA.names)
    assert again.equals(made.cast(again.schema))


def test_a_case_with_csq_keeps_it_for_every_stored_allele(tmp_path: Path, job: Job) -> None:
    rows = families(FAMILY)
    annotated = with_csq(Path(rows[0]["vcf"]), tmp_path)
    for row in rows:
        row["vcf"] = str(annotated)
    sheet = write_sheet(tmp_path / "samples.tsv", rows)
    theirs = stored({**demo_config(tmp_path), "samples": str(sheet)})
    kept = CohortStore.open(theirs.settings.cohort)
    csq = kept.csq(CASE)
    assert csq is not None
    stored_alleles = kept.rows(CASE).filter("stored").select(ALLELE)
    said_of = csq.select(ALLELE).unique()
    typed = said_of.with_columns(pl.col("position").cast(pl.Int32))
    assert typed.join(stored_alleles, on=ALLELE, how="anti").is_empty()
    opened = pl.read_parquet(job.input("variants")).filter("candidate")
    assert said_of.height > opened.height, "only candidates were kept"
    assert not (theirs.settings.cohort / "consequences").exists()
    own = pl.read_parquet(job.input("candidates")).drop_nulls("transcript")
    said = csq.with_columns(pl.col(name).cast(own.schema[name]) for name in ALLELE)
    same = [*ALLELE, "transcript", "hgnc", "terms", "hgvs_c", "hgvs_p"]
    assert said.select(same).join(own.select(same), on=same, how="semi").height == own.height
