"""Every drawn patient ranked in the exome, in several ways, with and without what is the own."""

import os
import warnings
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from acmg_truth import Half
from score_calibration import Listed
from spiked_cases import Spiked
from spiked_draw import Annotations, drawn
from spiked_exome import build, eligible
from spiked_figures import (
    Order,
    Standing,
    as_shown,
    by_log_odds,
    by_phenotype,
    by_variant,
    standing,
    without_effects,
)
from spiked_laboratory import References
from spiked_run import Asked, Runner, with_rules

from core_builders import ROOT
from varinterp.model.case import CaseResult, PhenotypeScore, RankedHypothesis, Tier
from varinterp.pipeline.evidence import read_links
from varinterp.pipeline.phenotype import read_disease_terms
from varinterp.refs.lock import Releases, open_releases, read_lock
from varinterp.sources.rules import Rules, read_rules

ALL, UNTIERED = "all parts", "all parts, without tiers"
PHENOTYPE, ALLELES = "phenotype alone", "alleles alone"
PLAIN = "all parts, without predicted effects"
ORDERS: Mapping[str, Order] = {
    ALL: as_shown, UNTIERED: by_log_odds, PHENOTYPE: by_phenotype, ALLELES: by_variant,
    PLAIN: without_effects,
}  # fmt: skip
SHOWN = (Tier.PROPOSED, Tier.KNOWN_ALLELE, Tier.POSSIBLE)
"""Tiers whose scores are probabilities to a reader: calibration counts their hypotheses."""

DEFAULT, TRAINED, RELEASED = "default", "trained", "as released"
"""Ways of ranking. The first two take the patient out of HPO's annotations; *as released* is asked
of a third of the patients whose publication the annotations cite."""
THIRD = 3

PROCESSES = "VARINTERP_SPIKED_PROCESSES"
Ways = Mapping[str, "Seen"]


@dataclass(frozen=True)
class Seen:
    """A patient in one way of ranking: the places by each order, and what stood in front."""

    case: Spiked
    half: Half
    cited: bool
    places: Mapping[str, Standing]
    causal: RankedHypothesis | None
    first: tuple[RankedHypothesis, ...]
    listed: Listed


class Survey:
    """The exome, the patients, and the annotations: built once."""

    def __init__(self, references: References, genes: int | None, folder: Path) -> None:
        """Draw patients of at most `genes` genes of each half."""
        cases = eligible()
        exome = build(references, cases, "hidden", folder / "results")
        place = references.laboratory.folder / "exome"
        releases = open_releases(read_lock(place / "lock.yaml"), references.laboratory.references)
        self.rules = rules_in_force()
        self.annotations = Annotations(read_disease_terms(releases), releases["hpo"].folder, folder)
        linked = _linked(releases)
        self.left_out = {
            "gene without a MANE model, or alleles not on GRCh38": 7032 - len(cases),
            "disease that HPO does not describe": sum(c not in self.annotations for c in cases),
        }
        known = [case for case in cases if case in self.annotations]
        self.left_out["no link of gene and disease"] = sum(
            (case.hgnc, case.disease) not in linked for case in known
        )
        self.drawn = {half: drawn(known, half, genes, linked) for half in Half}
        self.runner = Runner(exome, releases, self.rules, place / "genome.fa.gz")

    def ways(self, half: Half, case: Spiked) -> Ways:
        """Rank a patient in every way."""
        asked, seen = self.runner.asked(case), partial(self._seen, case, half)
        scores = self._phenotypes(case, asked, without=True)
        trained = with_rules(self.rules, {"phenotype.method": "logistic"})
        weights = dict(self.annotations.matcher(case, trained, without=True).ranked())
        by_trained = {
            disease: replace(score, log_lr=weights[disease]) for disease, score in scores.items()
        }
        ranked = partial(self.runner.ranked, asked)
        found = {
            DEFAULT: seen(ranked(scores, self.rules), tuple(ORDERS)),
            TRAINED: seen(ranked(by_trained, trained), (ALL, PHENOTYPE)),
        }
        if self.annotations.cited(case) and len(case.id) % THIRD == 0:
            leaky = self._phenotypes(case, asked, without=False)
            found[RELEASED] = seen(ranked(leaky, self.rules), (ALL,))
        return found

    def _phenotypes(
        self, case: Spiked, asked: Asked, *, without: bool
    ) -> dict[str, PhenotypeScore]:
        return asked.phenotypes(self.annotations.matcher(case, self.rules, without=without))

    def _seen(self, case: Spiked, half: Half, result: CaseResult, orders: Sequence[str]) -> Seen:
        places = {name: standing(case, result, ORDERS[name]) for name in orders}
        exact = places[ALL].exact
        causal = None if exact is None else result.ranking[exact.before]
        some = [each for each in result.ranking if each.tier in SHOWN]
        return Seen(
            case=case, half=half, cited=self.annotations.cited(case), places=places,
            causal=causal, first=result.ranking[:3],
            listed=Listed(
                np.array([each.log_odds for each in some]),
                np.array([each is causal for each in some], dtype=np.bool_),
            ),
        )  # fmt: skip


def everybody(survey: Survey, processes: int) -> dict[Half, list[Ways]]:
    """Rank every drawn patient; the processes are forks, which share the survey's memory."""
    cases = [(half, case) for half, some in survey.drawn.items() for case in some]
    _held.append(survey)
    try:
        if processes == 1:
            found = list(map(_ways, cases))
        else:
            # Python 3.12 warns of threads beside a fork; a fork ranks, in plain Python and numpy
            with (
                warnings.catch_warnings(action="ignore", category=DeprecationWarning),
                ProcessPoolExecutor(processes, get_context("fork")) as pool,
            ):
                found = list(pool.map(_ways, cases, chunksize=2))
    finally:
        _held.clear()
    ways: dict[Half, list[Ways]] = {half: [] for half in Half}
    for (half, _), each in zip(cases, found, strict=True):
        ways[half].append(each)
    return ways


def processes() -> int:
    """Return how many processes rank: those asked for, or two where the machine has them."""
    return int(os.environ.get(PROCESSES, min(2, os.cpu_count() or 1)))


_held: list[Survey] = []
"""The survey of a fork's parent."""


def _ways(half_and_case: tuple[Half, Spiked]) -> Ways:
    (survey,) = _held
    return survey.ways(*half_and_case)


def rules_in_force() -> Rules:
    """Read the project's rules."""
    folder = ROOT / "resources"
    parts = partial(folder.joinpath)
    return read_rules(parts("rules/core-v1.yaml"), [parts("gene_specs")], [parts("gene_lists")])


def _linked(releases: Releases) -> frozenset[tuple[str, str]]:
    return frozenset(
        (gene, link.disease) for gene, some in read_links(releases).items() for link in some.links
    )


def in_order(ways: Sequence[Ways], name: str) -> Iterator[Seen]:
    """Yield the patients who were asked in one way."""
    return (each[name] for each in ways if name in each)
