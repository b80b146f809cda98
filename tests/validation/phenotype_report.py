"""What the run found, as Markdown, as a plot, and as the record of the trained weights."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import yaml
from acmg_truth import Half
from matplotlib.figure import Figure
from numpy.typing import NDArray
from phenotype_arena import Arena, Setting
from phenotype_logistic import CLOSEST, FOLDS, RANDOM, RIDGE, SEED, Calibrated, Fitted
from phenotype_scores import COURSE, DEFAULT, EDGES, EXCLUDED, TRAINED, Scores
from published_cases import groups, halves
from ranking_figures import Clusters, differences, markdown, table, within

from varinterp.phenotype.features import FEATURES

Integers = NDArray[np.int64]

METHODS = (
    "phenodigm", "LIRICAL", DEFAULT, TRAINED,
    "LIRICAL" + EXCLUDED, DEFAULT + EXCLUDED, TRAINED + EXCLUDED,
    DEFAULT + COURSE, TRAINED + COURSE,
)  # fmt: skip
PAIRS = (
    (DEFAULT, "phenodigm"), (TRAINED, "phenodigm"), (TRAINED, DEFAULT), (DEFAULT, "LIRICAL"),
    (DEFAULT + EXCLUDED, DEFAULT), (TRAINED + EXCLUDED, TRAINED), (DEFAULT + COURSE, DEFAULT),
)  # fmt: skip
PLAIN = ("phenodigm", "LIRICAL", DEFAULT, TRAINED)
COLOURS = {"phenodigm": "#7f7f7f", "LIRICAL": "#b8860b", DEFAULT: "#1f77b4", TRAINED: "#d62728"}
PLACES = np.arange(1, 101)
FEW = 2


class Report:
    """The ranks of every method, for any patients."""

    def __init__(self, arena: Arena, scores: Scores) -> None:
        self.arena, self.scores = arena, scores
        self.ranks = {**arena.ranks, **scores.ranks}
        self.published_ranks = {**arena.published_ranks, **scores.published_ranks}
        patients = arena.patients.all
        self._diseases = np.array([each.disease for each in patients])
        half_of = halves(groups(patients))
        self.reported = np.array([half_of[each.disease] is Half.REPORTED for each in patients])

    def clusters(self, chosen: Integers) -> Clusters:
        """Return the diseases of some patients."""
        return Clusters(list(self._diseases[chosen]))

    def ranks_of(self, names: Sequence[str], chosen: Integers) -> dict[str, Integers]:
        """Return the ranks of some methods for some patients."""
        return {name: self.ranks[name][chosen] for name in names}

    def markdown(self) -> str:
        """Return every table."""
        return "\n\n".join(self._sections())

    def _sections(self) -> Iterator[str]:
        for setting in Setting:
            chosen = self.arena.of(setting)
            yield from self._setting(str(setting), chosen)
            half = chosen[self.reported[chosen]]
            yield from self._setting(f"{setting}, reported half", half, PAIRS[:2], PLAIN)
        strict = self.arena.of(Setting.TEMPORAL)[self.arena.uncited]
        yield from self._setting("temporal, cited for no disease", strict, PAIRS[:2], PLAIN)
        leaky, names = self.arena.of(Setting.WITHOUT), PLAIN
        as_published = {name: self.published_ranks[name][leaky] for name in names}
        yield f"## patients left in the annotations (leaky): n={len(leaky)}"
        yield table(as_published, self.clusters(leaky))
        for name in (DEFAULT, TRAINED):
            yield f"## chances that {name} gives, patients held out"
            yield self._reliability(name)
        yield f"## chances that {DEFAULT} gives where only one or two terms are known"
        yield self._reliability(DEFAULT, few=True)

    def _setting(
        self,
        title: str,
        chosen: Integers,
        pairs: Sequence[tuple[str, str]] = PAIRS,
        names: Sequence[str] = METHODS,
    ) -> Iterator[str]:
        clusters, ranks = self.clusters(chosen), self.ranks_of(names, chosen)
        yield f"## {title}: {clusters.patients:,} patients, {clusters.number} diseases"
        yield table(ranks, clusters)
        yield differences(ranks, pairs, clusters)

    def _reliability(self, name: str, few: bool = False) -> str:
        rows = []
        terms = np.array([len(each.observed) for each in self.arena.patients.all])
        chosen = [self.arena.of(setting) for setting in Setting]
        both = [self.scores.reliability(name, of[terms[of] <= FEW] if few else of) for of in chosen]
        for low, high, *found in zip(EDGES, EDGES[1:], *both, strict=False):
            cells = [f"{many:,} | {sure:.2%} | {right:.2%}" for many, sure, right in found]
            rows.append([f"{low:.3g}–{high:.3g}", *cells])
        head = [f"{setting}: candidates | mean chance | right" for setting in Setting]
        return markdown(["chance", *" | ".join(head).split(" | ")], rows)

    def record(self, release: str, date: str) -> str:
        """Return the trained weights with how they came about, as YAML."""
        fits = self.scores.fits
        excluded = fits[TRAINED + EXCLUDED]
        found = {
            "schema_version": 1,
            "name": "logistic-v1",
            "weights": _weights(fits[TRAINED]),
            "calibration": {
                "fusion": _constants(fits[DEFAULT].calibrated),
                "logistic": _constants(fits[TRAINED].calibrated),
            },
            "not_shipped_with_excluded_terms": {
                "why": "the weight of excluded findings is negative: a habit of curators",
                "weights": _weights(excluded),
                **_constants(excluded.calibrated),
            },
            "training": self._training(release, date),
        }
        return str(yaml.safe_dump(found, sort_keys=False, width=100))

    def _training(self, release: str, date: str) -> dict[str, Any]:
        """Return data, split, settings and out-of-fold figures."""
        patients = self.arena.patients.all
        folds = [
            {name: float(each[FEATURES.index(name)].round(4)) for name in FEATURES}
            for each in self.scores.fits[TRAINED].by_fold
        ]
        return {
            "model": "conditional logit over each patient's candidates (McFadden 1974)",
            "patients": "phenopacket-store 2026-06-25 (PMID 39394689), BSD-3-Clause; "
            "only weights were kept",
            "hpo_release": release,
            "annotations": "each patient taken out of the counts of the own publication",
            "cases": len(patients),
            "diseases": len(set(self._diseases)),
            "candidates": len(self.arena.candidates),
            "groups": len(set(groups(patients).values())),
            "split": f"SHA-256 of '{SEED}:' and the group's first gene, modulo {FOLDS}",
            "folds": FOLDS,
            "seed": SEED,
            "closest_candidates": CLOSEST,
            "random_candidates": RANDOM,
            "ridge": RIDGE,
            "case_weight": "1 / cases of its disease; both settings alike",
            "library": "scipy.optimize.minimize, L-BFGS-B",
            "date": date,
            "command": "VARINTERP_SHARED_DATA=... make validate-prioritisation",
            "weights_by_fold": folds,
            "figures": {"unit": "percent of patients, out of fold", **self._held_out()},
        }

    def _held_out(self) -> dict[str, Any]:
        return {
            str(setting): {
                name: _tops(self.ranks[name][self.arena.of(setting)])
                for name in (TRAINED, TRAINED + EXCLUDED)
            }
            for setting in Setting
        }

    def plot(self, path: Path) -> None:
        """Draw how many patients' diseases are among the first n, by method and setting."""
        mpl.rcParams.update({"svg.hashsalt": "varinterp", "svg.fonttype": "none", "font.size": 9})
        figure = Figure(figsize=(9, 3.8), layout="constrained")
        for axes, setting in zip(figure.subplots(1, 2, sharey=True), Setting, strict=True):
            chosen = self.arena.of(setting)
            clusters = self.clusters(chosen)
            for name in PLAIN:
                ranks = self.ranks[name][chosen]
                shares = [100 * within(ranks, int(place)).mean() for place in PLACES]
                axes.plot(PLACES, shares, color=COLOURS[name], label=name, linewidth=1.4)
                for top in (1, 10):
                    share = clusters.micro(within(ranks, top))
                    at = top * (1 + 0.05 * (PLAIN.index(name) - 1.5))
                    axes.plot([at, at], [share.low, share.high], color=COLOURS[name], linewidth=0.9)
            axes.set_xscale("log")
            axes.set_xticks([1, 3, 10, 30, 100], ["1", "3", "10", "30", "100"])
            axes.set_xlabel("rank of the patient's own disease, at most")
            axes.set_title(f"{setting}: {len(chosen):,} patients, {clusters.number} diseases")
            axes.grid(alpha=0.3)
        axes.legend(loc="lower right")
        figure.axes[0].set_ylabel("% of patients")
        figure.axes[0].set_ylim(0, 100)
        figure.savefig(path, metadata={"Date": None})


def _weights(fit: Fitted) -> Mapping[str, float]:
    return {name: float(fit.shipped[at].round(4)) for at, name in enumerate(FEATURES)}


def _constants(of: Calibrated) -> dict[str, float]:
    return {"slope": round(of.slope, 3), "doubt": round(of.doubt, 4)}


def _tops(ranks: Integers) -> dict[str, Any]:
    return {f"top {top}": round(100 * float(within(ranks, top).mean()), 1) for top in (1, 3, 10)}
