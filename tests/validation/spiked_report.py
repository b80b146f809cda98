"""What the runs found, as the pieces of Markdown that docs/validation/prioritisation.md is made of.

A piece stands in the page between ``<!-- spiked: NAME -->`` and ``<!-- end -->``; `write` puts each
in a file of its own, and ``spiked_page.py`` puts the files into the page.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from acmg_truth import Half
from ranking_figures import markdown
from score_calibration import Calibration, Listed, brier, fit, reliability, with_twins
from spiked_draw import SEED
from spiked_figures import Place, Standing, row, table
from spiked_path import InSlices
from spiked_survey import (
    ALL,
    ALLELES,
    DEFAULT,
    PHENOTYPE,
    PLAIN,
    RELEASED,
    TRAINED,
    UNTIERED,
    Seen,
    Ways,
    in_order,
)

from varinterp.model.case import RankedHypothesis

WORST = 10
FOLDER = "prioritisation-spiked"
Wanted = Callable[[Standing], Place | None]
_SHARES = ((1.0, "all"), (0.2, "a fifth"), (0.05, "a twentieth"))


def write(pieces: Mapping[str, str], folder: Path) -> None:
    """Write each piece to a file."""
    place = folder / FOLDER
    place.mkdir(parents=True, exist_ok=True)
    for name, text in pieces.items():
        (place / f"{name}.md").write_text(text + "\n", encoding="utf-8")


def of_slices(found: Sequence[InSlices], state: str) -> dict[str, str]:
    """Return the pieces on the full path; `state` is the ClinVar that the tables are of."""
    linked = [each for each in found if each.of[state][ALL].exact]
    genes = Counter(each.case.gene for each in found).most_common()
    some = [each.of[state][ALL] for each in found]
    same = all(len({str(each.of[s][o]) for s in each.of}) == 1 for each in found for o in (ALL,))

    def line(name: str, of: Sequence[InSlices], order: str, wanted: Wanted) -> list[str]:
        return row(name, [e.case for e in of], [wanted(e.of[state][order]) for e in of])

    rows = [
        line("**all parts**, the whole hypothesis", linked, ALL, _exact),
        line("phenotype alone", linked, PHENOTYPE, _exact),
        line("alleles alone", linked, ALLELES, _exact),
        line("all parts, the alleles in any disease", found, ALL, _alleles),
        line("all parts, the gene", found, ALL, _gene),
    ]
    whom = (
        f"{len(found)} patients ({', '.join(f'{gene} {count}' for gene, count in genes)}): "
        f"{np.median([each.candidates for each in found]):g} alleles in "
        f"{np.median([each.genes for each in some]):g} genes, "
        f"{np.median([each.hypotheses for each in some]):g} hypotheses. The links of the day have "
        f"the disease of {len(linked)}. Places with and without ClinVar: "
        f"{'the same for every patient' if same else 'not the same for all'}."
    )
    return {"slices-whom": whom, "slices": table(rows)}


def of_exome(ways: Mapping[Half, Sequence[Ways]]) -> dict[str, str]:
    """Return the pieces on the exome."""
    reported, development = ways[Half.REPORTED], ways[Half.DEVELOPMENT]
    return {
        "exome-whom": _whom(reported, development),
        "exome": table(_by_order(reported)),
        "exome-development": table(_by_order(development)),
        "exome-groups": table(_by_group(reported)),
        "exome-effects": table([
            *_with_and_without("reported", reported), *_with_and_without("development", development)
        ]),
        "exome-worst": worst(reported),
    }  # fmt: skip


def of_scores(lists: Mapping[Half, Sequence[Listed]], in_force: Calibration) -> dict[str, str]:
    """Return the pieces on scores; the constants are fitted on the development half."""
    chance = np.random.default_rng(SEED)
    rows = [
        [f"{share}: {np.median([each.causal.size for each in thinned]):,.0f}", *cells]
        for part, share in _SHARES
        for thinned in [with_twins([e.thinned(part, chance) for e in lists[Half.REPORTED]])]
        for cells in reliability(in_force, thinned)
    ]
    twins = {half: with_twins(some) for half, some in lists.items()}
    fitted = fit(twins[Half.DEVELOPMENT])
    said = (
        f"Fitted on {len(lists[Half.DEVELOPMENT])} development patients: slope {fitted.slope:.3f}, "
        f"unsolved {fitted.unsolved:.3f}; in force: {in_force.slope:g} and {in_force.unsolved:g}. "
        "Squared error of a patient's scores, in force: "
        + ", ".join(f"{half} {brier(in_force, some):.3f}" for half, some in twins.items())
        + "."
    )
    head = ["hypotheses on the list", "score of the first", "patients", "mean score", "right"]
    return {"scores-fit": said, "scores": markdown(head, rows)}


def worst(ways: Sequence[Ways]) -> str:
    """Return the patients whose right hypothesis stands last, and what each rests on."""
    found = sorted(in_order(ways, DEFAULT), key=lambda each: -middle(each.places[ALL].exact))
    rows = [
        [f"{each.case.gene}, {_name(each.causal)}", _places(each), _genotype(each),
         _parts(each.causal), f"{_name(each.first[0])}: {_parts(each.first[0])}"]
        for each in found[:WORST]
    ]  # fmt: skip
    return markdown(["gene, disease", "place (gene)", "genotype", "rests on", "first"], rows)


def shares(ways: Sequence[Ways], order: str, top: int) -> float:
    """Return the share of patients whose right hypothesis is among the first."""
    places = [each.places[order].exact for each in in_order(ways, DEFAULT)]
    return float(np.mean([each.within(top) if each else 0.0 for each in places]))


def listed(ways: Mapping[Half, Sequence[Ways]]) -> dict[Half, list[Listed]]:
    """Return the lists that patients are shown."""
    return {half: [each.listed for each in in_order(some, DEFAULT)] for half, some in ways.items()}


def middle(place: Place | None) -> float:
    """Return where a place stands; behind everything when there is none."""
    return place.middle if place else float("inf")


def _exact(each: Standing) -> Place | None:
    return each.exact


def _alleles(each: Standing) -> Place | None:
    return each.alleles


def _gene(each: Standing) -> Place | None:
    return each.gene


def _line(name: str, some: Sequence[Seen], order: str = ALL, wanted: Wanted = _exact) -> list[str]:
    return row(name, [e.case for e in some], [wanted(e.places[order]) for e in some])


def _by_order(ways: Sequence[Ways]) -> list[list[str]]:
    some, trained = (list(in_order(ways, name)) for name in (DEFAULT, TRAINED))
    return [
        _line("**all parts**", some),
        _line("phenotype alone", some, PHENOTYPE),
        _line("alleles alone", some, ALLELES),
        _line("all parts, without tiers", some, UNTIERED),
        _line("all parts, trained phenotype", trained),
        _line("trained phenotype alone", trained, PHENOTYPE),
        _line("*the gene*, all parts", some, ALL, _gene),
        _line("*the gene*, phenotype alone", some, PHENOTYPE, _gene),
    ]


def _by_group(ways: Sequence[Ways]) -> list[list[str]]:
    some = list(in_order(ways, DEFAULT))
    cited = [each for each in ways if RELEASED in each]
    groups: Mapping[str, Callable[[Seen], bool]] = {
        "publication not cited": lambda each: not each.cited,
        "publication cited, patient taken out": lambda each: each.cited,
        "one allele": lambda each: not each.case.two_copies,
        "homozygous": lambda each: each.case.two_copies and len(each.case.alleles) == 1,
        "two heterozygous alleles": lambda each: len(each.case.alleles) == 2,
    }
    rows = [
        _line(name, chosen)
        for name, of in groups.items()
        if (chosen := [each for each in some if of(each)])
    ]
    if cited:
        rows += [
            _line(
                "leaky: cited, annotations as released (a third)", list(in_order(cited, RELEASED))
            ),
            _line("the same patients, taken out", list(in_order(cited, DEFAULT))),
        ]
    return rows


def _with_and_without(half: str, ways: Sequence[Ways]) -> list[list[str]]:
    some = list(in_order(ways, DEFAULT))
    return [
        _line(f"{half}, {what}{said}", some, order, wanted)
        for what, wanted in (("", _exact), ("*the gene*, ", _gene))
        for said, order in (("without effects", PLAIN), ("with", ALL))
    ]


def _whom(reported: Sequence[Ways], development: Sequence[Ways]) -> str:
    some = list(in_order(reported, DEFAULT))
    two = [each for each in some if len(each.case.alleles) == 2]
    homozygous = [e for e in some if e.case.two_copies and len(e.case.alleles) == 1]
    places = [each.places[ALL] for each in some]
    return (
        f"**{len(some)} patients of the reported half** ({sum(each.cited for each in some)} whose "
        f"publication HPO's annotations cite) and {len(development)} of the development half. "
        f"{len(homozygous)} of the {len(some)} are homozygous, {len(two)} carry two heterozygous "
        f"alleles of unknown phase, {len(some) - len(two) - len(homozygous)} one allele. "
        f"{np.median([each.hypotheses for each in places]):,.0f} hypotheses in "
        f"{np.median([each.genes for each in places]):,.0f} genes a patient (median)."
    )


def _places(each: Seen) -> str:
    exact, gene = each.places[ALL].exact, each.places[ALL].gene
    return f"{_middle(exact)} ({_middle(gene)})"


def _middle(place: Place | None) -> str:
    return f"{place.middle:g}" if place else "–"


def _genotype(each: Seen) -> str:
    names = [a.names.get("hgvs.p") or a.names.get("hgvs.c") or a.text for a in each.case.alleles]
    said = " + ".join(name.rpartition(":")[2] for name in names)
    return f"{said}, homozygous" if _homozygous(each) else said


def _homozygous(each: Seen) -> bool:
    return each.case.two_copies and len(each.case.alleles) == 1


def _name(one: RankedHypothesis | None) -> str:
    return "not raised" if one is None else one.disease_name or "no known disease"


def _parts(one: RankedHypothesis | None) -> str:
    if one is None:
        return "–"
    sums: dict[str, float] = {}
    for each in one.contributions:
        sums[each.part] = sums.get(each.part, 0.0) + each.log_odds
    return f"{one.tier}; " + ", ".join(f"{part} {sums[part]:+.1f}" for part in sums)
