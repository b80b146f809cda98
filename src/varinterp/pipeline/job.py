"""One stage of one family: the files that the workflow gives it and expects of it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from varinterp.errors import InputError
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

    def general_rules(self) -> Rules:
        """Read the general rules alone: no gene has gates of its own."""
        return read_rules(self.input("rules"))

    def rules(self) -> Rules:
        """Read the rules in force, gene specifications and gene lists among them."""
        settings = self.settings
        return read_rules(self.input("rules"), settings.gene_specs, settings.gene_lists)


def run_stage(
    name: str, config: dict[str, Any], family: str, inputs: Any, outputs: Any, log: Path
) -> None:
    """Run the stage of that name for a family; leaves the process with its exit code on failure.

    Each stage is a module of `varinterp.pipeline.stages`, imported alone: a process starts faster
    without the libraries of the others.
    """
    with stage(name, log), _laboratory_names_hidden(inputs):
        _clear_leftovers(name, outputs)
        module = import_module(f"varinterp.pipeline.stages.{name}")
        module.run(Job(config, family, inputs, outputs))


def _clear_leftovers(name: str, outputs: Any) -> None:
    """Remove what a killed run of this very stage left beside its outputs.

    Work folders are named ``.<stage>-…`` and unfinished files ``.partial-…<output>``; a family's
    other stages, which may be running, use other names.
    """
    for path in (Path(str(output)) for output in outputs):
        for folder in path.parent.glob(f".{name}-*"):
            shutil.rmtree(folder)
        for partial in path.parent.glob(f".partial-*{path.name}*"):
            partial.unlink()


@contextmanager
def _laboratory_names_hidden(inputs: Any) -> Iterator[None]:
    """Name the laboratory's files by their place in faults that go to a log.

    A file is often named after its patient: a log says ``vcf 1``, and `varinterp check`, at the
    terminal, which.
    """
    places = {
        name: f"{kind} {number}"
        for kind, field in (("vcf", "vcfs"), ("file", "files"))
        for number, path in enumerate(getattr(inputs, field, ()), start=1)
        for name in (str(path), Path(str(path)).name)
    }
    try:
        yield
    except InputError as error:
        raise InputError(
            replace(fault, file=places.get(fault.file, Path(fault.file).name))
            for fault in error.faults
        ) from None
