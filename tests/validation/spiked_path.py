"""The workflow's stages for many spiked patients in one process.

Each stage is the workflow's own. What differs is what is kept between patients: case documents stay
in memory, since writing and reading them takes longer than everything else, and rules, HPO and the
links of genes and diseases are read once.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from spiked_cases import Spiked
from spiked_figures import Order, Standing, standing
from spiked_slices import name_of

from varinterp.model.case import CaseResult
from varinterp.pipeline import evidence, job, phenotype
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
        patch.setattr(phenotype, "read_disease_terms", _once(phenotype.read_disease_terms, "hpo"))
        patch.setattr(evidence, "read_links", _once(evidence.read_links, "gene_disease"))
        yield kept


def _once(read: Callable[[Releases], Any], source: str) -> Callable[[Releases], Any]:
    found: dict[Path, Any] = {}

    def of(releases: Releases) -> Any:
        folder = releases[source].folder
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


@dataclass(frozen=True)
class InSlices:
    """A patient's standing on each state of ClinVar, by each order."""

    case: Spiked
    of: Mapping[str, Mapping[str, Standing]]
    candidates: int


def analyse_all(
    config: dict[str, Any],
    cases: Sequence[Spiked],
    locks: dict[str, Path],
    orders: Mapping[str, Order],
    processes: int,
) -> list[InSlices]:
    """Return each patient's standings, in the order given; every process takes some patients."""
    shares = [cases[number::processes] for number in range(processes)]
    some = partial(_some, config, locks, orders)
    if processes == 1:
        return some(cases)
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        found = {each.case.id: each for part in pool.map(some, shares) for each in part}
    return [found[case.id] for case in cases]


def _some(
    config: dict[str, Any],
    locks: dict[str, Path],
    orders: Mapping[str, Order],
    cases: Sequence[Spiked],
) -> list[InSlices]:
    found = []
    with in_memory() as kept:
        for case in cases:
            of = {}
            for state, result in analyse(config, name_of(case), locks, kept):
                of[state] = {name: standing(case, result, by) for name, by in orders.items()}
            found.append(InSlices(case, of, len(result.candidates)))
    return found
