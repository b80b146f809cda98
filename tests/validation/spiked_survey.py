"""Every drawn patient ranked in the exome, by both methods, with and without what is the own."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
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
)
from spiked_laboratory import References
from spiked_run import Runner, with_rules

from core_builders import ROOT
from varinterp.model.case import CaseResult, RankedHypothesis, Tier
from varinterp.pipeline.evidence import read_links
from varinterp.pipeline.phenotype import read_disease_terms
from varinterp.refs.lock import Releases, open_releases, read_lock
from varinterp.sources.rules import Rules, read_rules

ORDERS: Mapping[str, Order] = {
    "all parts": as_shown,
    "all parts, without tiers": by_log_odds,
    "phenotype alone": by_phenotype,
    "alleles alone": by_variant,
}
SHOWN = (Tier.PROPOSED, Tier.KNOWN_ALLELE, Tier.POSSIBLE)
"""Tiers whose scores are probabilities to a reader: calibration counts their hypotheses."""


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


@dataclass(frozen=True)
class Arm:
    """A way of ranking: a method, and whether the annotations are without the patient."""

    name: str
    method: str
    without: bool


ARMS = (
    Arm("default (fusion)", "fusion", without=True),
    Arm("trained (logistic)", "logistic", without=True),
    Arm("default, annotations as released", "fusion", without=False),
)


class Survey:
    """The exome, the patients, and the annotations: built once."""

    def __init__(self, references: References, genes: int | None, folder: Path) -> None:
        """Draw patients of at most `genes` genes of each half."""
        cases = eligible()
        exome = build(references, cases, "hidden")
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

    def seen(self, half: Half, arms: Iterable[Arm] = ARMS) -> Iterator[tuple[Arm, Seen]]:
        """Yield every patient of a half in each way of ranking."""
        for case in self.drawn[half]:
            asked = self.runner.asked(case)
            for arm in arms:
                rules = with_rules(self.rules, {"phenotype.method": arm.method})
                matcher = self.annotations.matcher(case, rules, without=arm.without)
                result = self.runner.ranked(asked, matcher, rules)
                yield arm, self._seen(case, half, result)

    def _seen(self, case: Spiked, half: Half, result: CaseResult) -> Seen:
        places = {name: standing(case, result, order) for name, order in ORDERS.items()}
        exact = places["all parts"].exact
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


def rules_in_force() -> Rules:
    """Read the project's rules."""
    folder = ROOT / "resources"
    parts = partial(folder.joinpath)
    return read_rules(parts("rules/core-v1.yaml"), [parts("gene_specs")], [parts("gene_lists")])


def _linked(releases: Releases) -> frozenset[tuple[str, str]]:
    return frozenset(
        (gene, link.disease) for gene, some in read_links(releases).items() for link in some.links
    )
