"""Two releases each of curated entries and of the laboratory's own cases, for the small world."""

import random
from collections.abc import Iterator

from reanalysis_releases import HGNC, Ground
from varinterp.model.curation import own_entry
from varinterp.model.variant import Allele

DISEASES = ("OMIM:616878", "OMIM:188400", "OMIM:600850")
HEAD = (
    "id", "kind", "allele", "hgnc", "disease", "author", "date", "note", "constructed", "assay",
    "effect", "odds_path", "established", "normal_fraction", "strength", "count", "odds_ratio",
    "lower", "upper", "informative", "contradicting", "parentage", "phenotype", "partner",
    "partner_class", "phase", "homozygotes", "heterozygotes", "cause", "criterion", "outcome",
    "reason",
)  # fmt: skip
KINDS: dict[str, dict[str, str]] = {
    "assay": {"assay": "an assay", "effect": "damaging", "odds_path": "20", "established": "yes"},
    "rna": {"effect": "damaging", "normal_fraction": "0.1", "strength": "moderate"},
    "probands": {"count": "3"},
    "case_control": {"odds_ratio": "7", "lower": "2", "upper": "30"},
    "segregation": {"informative": "5", "contradicting": "0"},
    "de_novo": {"count": "1", "parentage": "confirmed", "phenotype": "consistent"},
    "in_trans": {"count": "1", "phase": "trans", "partner_class": "pathogenic"},
    "healthy": {"homozygotes": "2", "heterozygotes": "1"},
    "other_cause": {"count": "1", "cause": "another finding"},
    "override": {"criterion": "PM1", "outcome": "met", "strength": "moderate", "reason": "known"},
}
OWN = ("probands", "de_novo", "in_trans", "other_cause")


def curated(world: Ground, number: int) -> Iterator[str]:
    """Write a list: the second one has entries more, and others, of the same alleles."""
    draw = random.Random(1100 + number)  # noqa: S311
    yield "\t".join(HEAD)
    for at, allele in enumerate(world.alleles):
        if draw.random() < 0.7:
            kind = draw.choice(list(KINDS))
            yield _line(world, draw, allele, kind, f"e{at}")


def own(world: Ground, number: int, families: tuple[str, ...]) -> Iterator[str]:
    """Write the cases of some families: those of the case itself are never counted for it."""
    draw = random.Random(1200 + number)  # noqa: S311
    yield "\t".join(HEAD)
    for allele in world.alleles:
        for family in families:
            if draw.random() < 0.5:
                yield _line(world, draw, allele, draw.choice(OWN), own_entry(family, allele))


def _line(world: Ground, draw: random.Random, allele: Allele, kind: str, name: str) -> str:
    partner = draw.choice([each for each in world.alleles if each != allele])
    cells = {
        "id": name,
        "kind": kind,
        "allele": allele.id,
        "hgnc": draw.choice(("", *HGNC.values())) if kind in ("assay", "rna", "override") else "",
        "disease": draw.choice(DISEASES),
        "author": "A. Curator",
        "date": f"2015-0{draw.randint(1, 9)}-01",
        "note": "constructed",
        "constructed": "yes",
        **KINDS[kind],
        **({"partner": partner.id} if kind == "in_trans" else {}),
    }
    return "\t".join(cells.get(name, "") for name in HEAD)
