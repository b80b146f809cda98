"""What ClinVar knows of missense alleles around the candidates: at the codons, in the transcripts.

A missense candidate is compared with its own codon (PS1, PM5) and with those around it (PM1), as
far as the widest window that the rules in force name; its transcript's counts are for PP2.
"""

from collections.abc import Iterable
from typing import Any

import polars as pl

from varinterp.model.case import Candidate
from varinterp.model.clinvar import Comparator, Comparators, KnownMissense, Significance
from varinterp.model.facts import COMPARATORS, KNOWN_MISSENSE, codon_key
from varinterp.model.reads import Facts
from varinterp.model.transcript import Consequence, Term
from varinterp.refs.lock import Releases
from varinterp.sources.clinvar import read_codons, read_missense_counts
from varinterp.sources.keyed import allele_text
from varinterp.sources.rules import Rules

_WINDOW = "hotspot.window"
_STARS = 5


def comparator_facts(candidates: Iterable[Candidate], rules: Rules, releases: Releases) -> Facts:
    """Return the facts that criteria on missense alleles may read of ClinVar's release."""
    missense = [
        each.consequence
        for each in candidates
        if Term.MISSENSE in each.consequence.terms and each.consequence.protein_position is not None
    ]
    transcripts = {each.transcript for each in missense}
    counts = read_missense_counts(releases["clinvar"].folder, transcripts)
    return codon_facts(_codons(missense, _widest(rules)), releases) | _known(counts)


def codon_facts(codons: Iterable[tuple[str, int]], releases: Releases) -> Facts:
    """Return what ClinVar knows at codons of transcripts: (transcript with version, codon)."""
    schema = {"transcript": pl.String, "codon": pl.Int32}
    wanted = pl.DataFrame(sorted(set(codons)), schema=schema, orient="row")
    return _comparators(read_codons(releases["clinvar"].folder, wanted))


def _widest(rules: Rules) -> int:
    """Return the codons on each side that any rule asks for: a gene specification may ask more."""
    windows = [
        rule.value
        for key, rule in rules.values.items()
        if key.rpartition("/")[2] == _WINDOW and isinstance(rule.value, int | float)
    ]
    return int(max(windows, default=0))


def _codons(missense: Iterable[Consequence], window: int) -> set[tuple[str, int]]:
    return {
        (each.transcript, codon)
        for each in missense
        for codon in range(
            max(1, (each.protein_position or 0) - window),
            (each.protein_position or 0) + window + 1,
        )
    }


def _comparators(codons: pl.DataFrame) -> Facts:
    found: dict[tuple[str, str], list[Comparator]] = {}
    for row in codons.iter_rows(named=True):
        place = (COMPARATORS.source, codon_key(row["transcript"], row["codon"]))
        found.setdefault(place, []).append(_comparator(row))
    return {
        place: Comparators(tuple(sorted(alleles, key=lambda c: c.allele)))
        for place, alleles in found.items()
    }


def _comparator(row: dict[str, Any]) -> Comparator:
    return Comparator(
        allele=allele_text(row),
        ref_aa=row["ref_aa"],
        alt_aa=row["alt_aa"],
        significance=tuple(Significance(word) for word in row["significance"]),
        stars=row["stars"],
    )


def _known(counts: pl.DataFrame) -> Facts:
    found: dict[str, dict[tuple[str, int | None], int]] = {}
    for transcript, call, stars, alleles in counts.iter_rows():
        found.setdefault(transcript, {})[(call, stars)] = alleles
    return {
        (KNOWN_MISSENSE.source, transcript): KnownMissense(
            pathogenic=_by_stars(each, "pathogenic"),
            benign=_by_stars(each, "benign"),
            unrated=each.get(("pathogenic", None), 0),
        )
        for transcript, each in found.items()
    }


def _by_stars(
    counts: dict[tuple[str, int | None], int], call: str
) -> tuple[int, int, int, int, int]:
    none, one, two, three, four = (counts.get((call, stars), 0) for stars in range(_STARS))
    return none, one, two, three, four
