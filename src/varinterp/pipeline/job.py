"""One stage of one family: the files that the workflow gives it and expects of it."""

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from varinterp.pipeline.config import Settings, parse_settings
from varinterp.pipeline.intake import Intake, read_intake
from varinterp.pipeline.stage import stage
from varinterp.refs.lock import Releases, open_releases, read_lock
from varinterp.sources.rules import Rules, read_rules


@dataclass(frozen=True, slots=True)
class Job:
    """`config`, `inputs` and `outputs` are Snakemake's; `family` is a pseudonym."""

    config: dict[str, Any]
    family: str
    inputs: Any
    outputs: Any

    @property
    def settings(self) -> Settings:
        """The run's settings."""
        return parse_settings(self.config)

    def input(self, name: str) -> Path:
        """Return an input file by its name in the rule."""
        return Path(str(self.inputs[name]))

    def output(self, name: str) -> Path:
        """Return an output file by its name in the rule."""
        return Path(str(self.outputs[name]))

    def intake(self) -> Intake:
        """Read the family's intake."""
        return read_intake(self.input("intake"))

    def releases(self) -> Releases:
        """Open the releases of the family's lock."""
        return open_releases(read_lock(self.input("lock")), self.settings.references)

    def rules(self) -> Rules:
        """Read the rules in force."""
        return read_rules(self.input("rules"))


def run_stage(
    name: str, config: dict[str, Any], family: str, inputs: Any, outputs: Any, log: Path
) -> None:
    """Run the stage of that name for a family; leaves the process with its exit code on failure.

    Each stage is a module of `varinterp.pipeline.stages`, imported alone: a process starts faster
    without the libraries of the others.
    """
    with stage(name, log):
        module = import_module(f"varinterp.pipeline.stages.{name}")
        module.run(Job(config, family, inputs, outputs))
