"""Who carries what in the replayed history: real alleles, constructed genotypes."""

import csv
import random
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import clinvar_by_hand
from history_laboratory import Proband
from shared_genome import shared

SEED = 20_260_818
_ORDER = {str(name): at for at, name in enumerate([*range(1, 23), "X", "Y", "MT"])}
Allele = tuple[str, int, str, str]


def parsed(key: str) -> Allele:
    """Split ``chromosome-position-REF-ALT``."""
    chromosome, position, ref, alt = key.split("-")
    return chromosome, int(position), ref, alt


def drawn(files: Sequence[Path], wanted: int) -> list[str]:
    """Draw alleles that files of several days name, seeded.

    All that changed class or were withdrawn between two files that follow one another come first,
    then as many of the others as there is room for.
    """
    states = [clinvar_by_hand.read(path) for path in files]
    everything = sorted(set().union(*states))
    telling = {
        key
        for before, after in pairwise(states)
        for key in before.keys() | after.keys()
        if clinvar_by_hand.kinds(before.get(key), after.get(key))
        & {"class_up", "class_down", "removed", "conflict_begun", "conflict_ended"}
    }
    chance = random.Random(SEED)  # noqa: S311 - a sample, no secret
    first = sorted(telling)
    if len(first) > wanted * 3 // 4:
        first = chance.sample(first, wanted * 3 // 4)
    rest = chance.sample(
        [key for key in everything if key not in telling],
        min(wanted - len(first), len(everything) - len(telling)),
    )
    found = [*first, *rest]
    return [key for key in found if key.split("-")[0] in _ORDER and not key.startswith("MT-")]


def carriers(alleles: Iterable[str], families: int, prefix: str, hpo: tuple[str, ...],
             indication: str) -> list[Proband]:  # fmt: skip
    """Deal alleles to families of one, in the genome's order: neighbours never share a patient."""
    ordered = sorted(map(parsed, alleles), key=lambda a: (_ORDER[a[0]], *a[1:]))
    hands: list[dict[Allele, int]] = [{} for _ in range(families)]
    for at, allele in enumerate(ordered):
        hands[at % families][allele] = 1
    return [
        Proband(f"{prefix}{at:03}", "female", hpo, indication, hand)
        for at, hand in enumerate(hands)
        if hand
    ]


def published(wanted: int) -> list[Proband]:
    """Draw published patients whose causal alleles lie in the slices, with their own terms.

    Those of all genes but the one with the most come first (FBN1 has three of four).
    """
    path = shared("genome", "cases", "cases.tsv")
    with path.open(newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    chance = random.Random(SEED)  # noqa: S311 - a sample, no secret
    chance.shuffle(rows)
    rows.sort(key=lambda row: row["gene"] == "FBN1")
    found = [proband for row in rows if (proband := _published(row)) is not None]
    return found[:wanted]


def _published(row: Mapping[str, str]) -> Proband | None:
    alleles: dict[Allele, int] = {}
    for said in row["variants_grch38:allelic_state"].split(";"):
        name, _, state = said.strip().partition(":")
        chromosome, position, ref, alt = name.removeprefix("chr").split("-")
        if chromosome in ("M", "MT") or state == "hemizygous":
            return None
        alleles[(chromosome, int(position), ref, alt)] = 2 if state == "homozygous" else 1
    terms = tuple(sorted(set(filter(None, row["hpo_observed"].split(",")))))
    sex = row["sex"].lower() if row["sex"].lower() in ("male", "female") else "unknown"
    name = row["#case_id"].replace("_", "-")[:40]
    return Proband(name, sex, terms, row["disease"].partition(" ")[2][:60], alleles)
