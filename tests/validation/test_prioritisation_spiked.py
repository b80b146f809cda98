"""Opt-in: published patients' alleles in real genotypes; where does the right hypothesis stand?

Set VARINTERP_SHARED_DATA, VARINTERP_SPIKED_CACHE to a folder that is kept between runs (releases
and the exome's consequences are built once), VARINTERP_SPIKED_GENES to a number for a sample (so
many genes of each half, and so many patients of each disease in the slices), and
VARINTERP_SPIKED_PROCESSES to the processes that may be used (two, where the machine has them).
What the figures can show is in ``docs/validation/prioritisation.md``; its pieces go to the folder
that VARINTERP_VALIDATION_OUT names, and ``spiked_page.py`` puts them into the page.
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from acmg_truth import Half
from score_calibration import fit, with_twins
from shared_genome import needs_shared_data, sparse_genome
from spiked_cases import of_slices, of_store
from spiked_draw import of_chromosomes
from spiked_exome import write_patient
from spiked_laboratory import DAY, References, cache_folder
from spiked_path import InSlices, analyse, analyse_all, in_memory
from spiked_report import listed, of_exome, of_scores, shares, write
from spiked_report import of_slices as pieces_of_slices
from spiked_scores import in_force, keep
from spiked_slices import name_of, write_cases
from spiked_survey import ALL, ALLELES, ORDERS, PHENOTYPE, Survey, Ways, everybody, processes

from varinterp.model.case import CaseResult
from varinterp.sources.hpo import read_ontology

pytestmark = [pytest.mark.validation, needs_shared_data, pytest.mark.xdist_group("spiked")]

STATES = ("known", "hidden")
ENOUGH, MARGIN = 30, 0.05
_GENES = os.environ.get("VARINTERP_SPIKED_GENES")
GENES = int(_GENES) if _GENES else None
OUT = os.environ.get("VARINTERP_VALIDATION_OUT")


@pytest.fixture(scope="module")
def references(tmp_path_factory: pytest.TempPathFactory) -> References:
    return References.of(cache_folder(lambda: tmp_path_factory.mktemp("spiked")))


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
    return analyse_all(config, cases, locks, ORDERS, processes())


def test_published_alleles_of_the_slices_through_the_full_path(slices: list[InSlices]) -> None:
    _told(pieces_of_slices(slices, "hidden"))
    linked = [each for each in slices if each.of["hidden"][ALL].exact]
    for each in linked:  # to know an allele never hides it
        knowing, blind = (each.of[state][ALL].exact for state in ("known", "hidden"))
        assert knowing is not None
        assert blind is not None
        assert knowing.within(10) >= blind.within(10)


@pytest.fixture(scope="module")
def survey(references: References, tmp_path_factory: pytest.TempPathFactory) -> Survey:
    hidden = [each.key for case in of_slices() for each in case.alleles]
    references.clinvar("hidden", hidden)
    return Survey(references, GENES, tmp_path_factory.mktemp("without"))


@pytest.fixture(scope="module")
def ways(survey: Survey) -> dict[Half, list[Ways]]:
    return everybody(survey, processes())


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
    short = runner.ranked(asked, asked.phenotypes(matcher), survey.rules)
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


def test_published_alleles_in_the_exome(ways: dict[Half, list[Ways]], survey: Survey) -> None:
    print(f"\nleft out: {survey.left_out}")
    _told(of_exome(ways))
    reported: Sequence[Ways] = ways[Half.REPORTED]
    if len(reported) >= ENOUGH:
        found = shares(reported, ALL, 10)
        assert found > shares(reported, ALLELES, 10)
        assert found > shares(reported, PHENOTYPE, 10) - MARGIN


def test_scores_are_probabilities(ways: dict[Half, list[Ways]], survey: Survey) -> None:
    """Fitted on the development half; on lists as long as they are, and thinned as by a filter."""
    lists = listed(ways)
    _told(of_scores(lists, in_force(survey.rules)))
    if OUT:
        keep(lists, Path(OUT))
    assert fit(with_twins(lists[Half.DEVELOPMENT])).slope > 0


def _told(pieces: Mapping[str, str]) -> None:
    for name, text in pieces.items():
        print(f"\n### {name}\n\n{text}")
    if OUT:
        write(pieces, Path(OUT))
