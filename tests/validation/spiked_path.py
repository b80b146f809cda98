"""The workflow's stages for many spiked patients in one process.

Each stage is the workflow's own. What differs is what is kept between patients: case documents stay
in memory, since writing and reading them takes longer than everything else, and rules and HPO are
read once.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from varinterp.model.case import CaseResult
from varinterp.pipeline import job, phenotype
from varinterp.pipeline.job import Job
from varinterp.pipeline.run import load_run
from varinterp.pipeline.stages import (
    annotate,
    check,
    classify,
    consequence,
    copy_number,
    lock,
    normalise,
    prioritise,
)
from varinterp.refs.lock import Releases
from varinterp.sources.rules import read_rules

_BEFORE_RELEASES = (check, normalise)
_WITH_RELEASES = (annotate, consequence, classify, copy_number, prioritise)


@contextmanager
def in_memory() -> Iterator[dict[Path, CaseResult]]:
    """Keep case documents in the mapping, by the file that they would have been written to."""
    kept: dict[Path, CaseResult] = {}
    with pytest.MonkeyPatch.context() as patch:
        for stage in (classify, prioritise):
            patch.setattr(stage, "write_case", lambda result, path: kept.update({path: result}))
        patch.setattr(prioritise, "read_case", kept.__getitem__)
        patch.setattr(job, "read_rules", cache(read_rules))
        patch.setattr(phenotype, "read_disease_terms", _once(phenotype.read_disease_terms))
        yield kept


def _once(read: Callable[[Releases], Any]) -> Callable[[Releases], Any]:
    found: dict[Path, Any] = {}

    def of(releases: Releases) -> Any:
        folder = releases["hpo"].folder
        if folder not in found:
            found[folder] = read(releases)
        return found[folder]

    return of


def analyse(
    config: dict[str, Any], name: str, locks: dict[str, Path], kept: dict[Path, CaseResult]
) -> Iterator[tuple[str, CaseResult]]:
    """Yield a family's result on each of several locks; intake and alleles are the same for all."""
    opened = load_run(config)
    pseudonym = opened.pseudonym(name)
    folder = opened.folder(pseudonym)
    names = {
        "lock": "refs.lock.yaml", "intake": "intake.json", "alleles": "alleles.arrow",
        "counts": "normalised.counts.json", "variants": "variants.parquet",
        "candidates": "candidates.parquet", "classified": "classified.json", "case": "case.json",
        "copy_numbers": "copy_number.json",
    }  # fmt: skip
    files = {role: str(folder / file) for role, file in names.items()} | {
        "reference": config["reference"],
        "rules": config["rules"],
        "vcfs": [str(path) for path in opened.families[pseudonym].vcfs],
    }
    for number, (state, path) in enumerate(locks.items()):
        lock.run(Job(config, pseudonym, {"lock": str(path)}, files))
        for stage in _WITH_RELEASES if number else (*_BEFORE_RELEASES, *_WITH_RELEASES):
            stage.run(Job(config, pseudonym, files, files))
        yield state, kept.pop(folder / "case.json")
        kept.clear()
