"""Opt-in: published patients' alleles in real genotypes; where does the right hypothesis stand?

Set VARINTERP_SHARED_DATA, VARINTERP_SPIKED_CACHE to a folder that is kept between runs (releases
and the exome's consequences are built once), and VARINTERP_SPIKED_GENES to a number for a sample:
so many genes of each half, and so many patients of each disease in the slices. What the figures can
show is in ``docs/validation/prioritisation.md``; print them with ``pytest -s``.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from acmg_truth import Half
from ranking_figures import markdown
from score_calibration import Calibration, brier, fit, reliability, with_twins
from shared_genome import needs_shared_data, sparse_genome
from spiked_cases import Spiked, of_slices, of_store
from spiked_draw import SEED, of_chromosomes
from spiked_exome import write_patient
from spiked_figures import Place, Standing, row, standing, table
from spiked_laboratory import DAY, References, cache_folder
from spiked_path import analyse, in_memory
from spiked_slices import name_of, write_cases
from spiked_survey import ORDERS, Arm, Seen, Survey

from varinterp.model.case import CaseResult, RankedHypothesis
from varinterp.sources.hpo import read_ontology

pytestmark = [pytest.mark.validation, needs_shared_data, pytest.mark.xdist_group("spiked")]

STATES = ("known", "2014", "hidden")
WORST = 10
ENOUGH, MARGIN = 30, 0.05
_GENES = os.environ.get("VARINTERP_SPIKED_GENES")
GENES = int(_GENES) if _GENES else None


@pytest.fixture(scope="module")
def references(tmp_path_factory: pytest.TempPathFactory) -> References:
    return References.of(cache_folder(lambda: tmp_path_factory.mktemp("spiked")))


@dataclass(frozen=True)
class InSlices:
    """A patient's standing on each state of ClinVar."""

    case: Spiked
    of: Mapping[str, Mapping[str, Standing]]
    candidates: int


@pytest.fixture(scope="module")
def slices(references: References, tmp_path_factory: pytest.TempPathFactory) -> list[InSlices]:
    """Every patient of the slices but the ten with a mitochondrial tRNA, through the full path."""
    cases = of_chromosomes(GENES, of_slices())
    hidden = [each.key for case in of_slices() for each in case.alleles]
    folder = tmp_path_factory.mktemp("slices")
    for state in STATES:
        references.clinvar(state, hidden)
    ontology = read_ontology(references.laboratory.references / "hpo" / DAY)
    write_cases(cases, ontology, folder)
    locks = {
        state: references.lock(folder / f"{state}.yaml", clinvar=state, genome=False)
        for state in STATES
    }
    config = references.config(folder, sparse_genome(), locks["known"])
    found = []
    with in_memory() as kept:
        for case in cases:
            of = {}
            for state, result in analyse(config, name_of(case), locks, kept):
                of[state] = {name: standing(case, result, by) for name, by in ORDERS.items()}
            found.append(InSlices(case, of, len(result.candidates)))
    return found


def test_published_alleles_of_the_slices_through_the_full_path(slices: list[InSlices]) -> None:
    asked = [each for each in slices if each.of["hidden"]["all parts"].exact]
    many = [each.of["hidden"]["all parts"].hypotheses for each in slices]
    print(f"\n{len(slices)} patients; {len(asked)} whose disease the links of {DAY} have")
    print(
        f"{np.median(many):g} hypotheses of {np.median([e.candidates for e in slices]):g} alleles"
    )
    for kind in ("exact", "alleles", "gene"):
        some = asked if kind == "exact" else slices
        print(f"\n### {kind}\n")
        print(table([
            row(f"{name}, ClinVar {state}", [each.case for each in some],
                [getattr(each.of[state][name], kind) for each in some])
            for state in STATES for name in ORDERS
        ]))  # fmt: skip
    knowing, blind = (
        _within([each.of[state]["all parts"].exact for each in asked], 10)
        for state in ("known", "hidden")
    )
    assert knowing >= blind  # to know an allele never hides it


@pytest.fixture(scope="module")
def survey(references: References, tmp_path_factory: pytest.TempPathFactory) -> Survey:
    hidden = [each.key for case in of_slices() for each in case.alleles]
    references.clinvar("hidden", hidden)
    return Survey(references, GENES, tmp_path_factory.mktemp("without"))


@pytest.fixture(scope="module")
def seen(survey: Survey) -> dict[Half, list[tuple[Arm, Seen]]]:
    return {half: list(survey.seen(half)) for half in Half}


def test_the_short_way_through_the_exome_is_the_workflow(
    survey: Survey, references: References, tmp_path: Path
) -> None:
    """One patient from VCF and Phenopacket, stage by stage; genes with the same alleles in both."""
    known = (each for each in of_store() if each in survey.annotations)
    case = next(each for each in known if each.onset is None)
    runner, exome = survey.runner, references.laboratory.folder / "exome"
    write_patient(case, runner.background, exome, tmp_path / f"{name_of(case)}.vcf.gz")
    ontology = read_ontology(references.laboratory.references / "hpo" / DAY)
    write_cases([case], ontology, tmp_path)
    config = references.config(tmp_path, exome / "genome.fa.gz", exome / "lock.yaml")
    with in_memory() as kept:
        ((_, whole),) = analyse(config, name_of(case), {"hidden": exome / "lock.yaml"}, kept)
    asked = runner.asked(case)
    matcher = survey.annotations.matcher(case, survey.rules, without=False)
    short = runner.ranked(asked, matcher, survey.rules)
    ours, theirs = _alleles(short), _alleles(whole)
    same = {gene for gene in ours if ours[gene] == theirs.get(gene)}
    print(f"\n{len(same)} of {len(ours)} genes compared")
    assert case.hgnc in same
    assert _order(short, same) == _order(whole, same)


def _alleles(result: CaseResult) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for each in result.candidates:
        found.setdefault(each.consequence.hgnc, set()).add(str(each.allele))
    return found


def _order(result: CaseResult, genes: set[str]) -> list[tuple[object, ...]]:
    return [
        (each.tier, each.log_odds, *(key.allele for key in each.keys), each.keys[0].disease)
        for each in result.ranking
        if each.keys[0].gene in genes
    ]


def test_published_alleles_in_the_exome(
    seen: dict[Half, list[tuple[Arm, Seen]]], survey: Survey
) -> None:
    print(f"\nleft out: {survey.left_out}")
    for half, found in seen.items():
        print(f"\n## {half}: a patient a gene\n")
        _describe([each for arm, each in found if arm.name.startswith("default (")])
        for name, some in _groups(found).items():
            print(f"\n### {name}\n")
            print(table([*_rows(some)]))
    reported = [each for arm, each in seen[Half.REPORTED] if arm.without and arm.method == "fusion"]
    shares = {name: _within([each.places[name].exact for each in reported], 10) for name in ORDERS}
    if len(reported) >= ENOUGH:
        assert shares["all parts"] > shares["alleles alone"]
        assert shares["all parts"] > shares["phenotype alone"] - MARGIN


def test_scores_are_probabilities(seen: dict[Half, list[tuple[Arm, Seen]]], survey: Survey) -> None:
    """Fitted on the development half; on lists as long as they are, and thinned as by a filter."""
    lists = {
        half: [each.listed for arm, each in found if arm.without and arm.method == "fusion"]
        for half, found in seen.items()
    }
    fitted = fit(with_twins(lists[Half.DEVELOPMENT]))
    print(f"\nfitted on {Half.DEVELOPMENT}, {len(lists[Half.DEVELOPMENT])} patients: {fitted}")
    in_force = Calibration(
        survey.rules.number("rank.calibration.slope"),
        survey.rules.number("rank.calibration.unsolved"),
    )
    chance = np.random.default_rng(SEED)
    for half, some in lists.items():
        for share in (1.0, 0.2, 0.05):
            thinned = with_twins([each.thinned(share, chance) for each in some])
            longest = np.median([each.causal.size for each in thinned])
            print(f"\n{half}, lists of {longest:g}, as in force: {brier(in_force, thinned):.3f}\n")
            print(markdown(["score of the first", "patients", "mean score", "right"],
                           reliability(in_force, thinned)))  # fmt: skip
    assert fitted.slope > 0


def test_the_ten_worst_of_the_reported_half(seen: dict[Half, list[tuple[Arm, Seen]]]) -> None:
    found = [each for arm, each in seen[Half.REPORTED] if arm.without and arm.method == "fusion"]
    found.sort(key=lambda each: -_middle(each.places["all parts"].exact))
    for each in found[:WORST]:
        case, place = each.case, _middle(each.places["all parts"].exact)
        names = [allele.names for allele in case.alleles]
        print(f"\n{case.gene} {case.disease} {case.id}: place {place:g}, {names}")
        for one in (each.causal, *each.first):
            print(f"  {_described(one)}")
    assert found


def _groups(found: Sequence[tuple[Arm, Seen]]) -> dict[str, list[Seen]]:
    """Return every way of ranking, for all patients and for those by whether HPO cites them."""
    groups: dict[str, list[Seen]] = {}
    for arm, each in found:
        cited = "publication cited" if each.cited else "publication not cited"
        for name in (f"{arm.name}: all", f"{arm.name}: {cited}"):
            groups.setdefault(name, []).append(each)
    return groups


def _rows(some: Sequence[Seen]) -> Iterator[list[str]]:
    cases = [each.case for each in some]
    for name in ORDERS:
        yield row(name, cases, [each.places[name].exact for each in some])
    yield row("all parts: the gene", cases, [each.places["all parts"].gene for each in some])


def _describe(some: Sequence[Seen]) -> None:
    places = [each.places["all parts"] for each in some]
    print(f"{len(some)} patients, {sum(each.cited for each in some)} cited; hypotheses "
          f"{np.median([p.hypotheses for p in places]):g} in "
          f"{np.median([p.genes for p in places]):g} genes")  # fmt: skip


def _within(places: Sequence[Place | None], top: int) -> float:
    return float(np.mean([each.within(top) if each else 0.0 for each in places]))


def _middle(place: Place | None) -> float:
    return place.middle if place else float("inf")


def _described(one: RankedHypothesis | None) -> str:
    if one is None:
        return "not raised"
    parts = ", ".join(f"{each.part} {each.log_odds:+.1f}" for each in one.contributions)
    alleles = " + ".join(str(key.allele) for key in one.keys)
    return f"{one.rank} {one.tier} {one.disease_name} {alleles}: {parts} ({one.reason.key})"
