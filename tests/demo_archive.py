"""The demo's families in an archive of the test's own, stage by stage, without Snakemake."""

from datetime import UTC, datetime
from pathlib import Path

from demo_runs import DEMO, Stages, demo_config
from varinterp.model.case import CaseResult
from varinterp.pipeline.config import parse_settings
from varinterp.pipeline.job import Job
from varinterp.pipeline.reanalysis.archive import Archive, open_archive
from varinterp.pipeline.reanalysis.run import Options, Outcome, run
from varinterp.pipeline.reanalysis.target import read_target
from varinterp.pipeline.stages import register, store

THEN, NOW = "refs.2015.lock.yaml", "refs.2017.lock.yaml"


class Demo:
    """The demo's eleven families in an archive, as they stood in 2015."""

    def __init__(self, folder: Path) -> None:
        config = demo_config(folder, THEN)
        self.stages = Stages(config)
        self.archive: Archive = open_archive(parse_settings(config))
        self.before: dict[str, CaseResult] = {}
        for pseudonym, family in self.stages.run.families.items():
            result = self.stages.case(family.name)
            work = self.stages.run.folder(pseudonym)
            files = {
                name: str(work / path)
                for name, path in {
                    "case": "case.json",
                    "receipt": "registered.json",
                    "registered": "registered.json",
                    "variants": "variants.parquet",
                    "candidates": "candidates.parquet",
                    "intake": "intake.json",
                    "lock": "refs.lock.yaml",
                }.items()
            } | {"rules": config["rules"], "vcfs": [str(path) for path in family.vcfs]}
            register.run(Job(config, pseudonym, files, files))
            store.run(Job(config, pseudonym, files, files | {"receipt": str(work / "stored.json")}))
            self.before[result.case.id] = result

    def reanalyse(self) -> Outcome:
        target = read_target(self.archive.settings, DEMO / NOW)
        return run(self.archive, target, Options(datetime.now(UTC)))
