"""BS2: adults without the disease who carry the allele as patients do.

Richards 2015 (PMID 25741868) asks for a healthy adult with the genotype of the disease (two copies
for a recessive one, one copy of X in a man, one copy for a dominant one), where the disease shows
early and in everybody. Adults that a curator, or the laboratory's own cases, vouch for count for a
recessive or X-linked disease. People of a population resource were not examined: they count only
where a specification says that the disease shows early and in everybody (``bs2.onset``), and so do
carriers of a dominant disease's allele, examined or not.
"""

from dataclasses import dataclass

from varinterp.acmg.mitochondrial import on_mitochondrial
from varinterp.acmg.population import excepted
from varinterp.acmg.question import Question
from varinterp.acmg.resource import usable_row
from varinterp.model.chromosome import is_pseudoautosomal
from varinterp.model.curation import Healthy
from varinterp.model.evidence import Scalar, Strength, Verdict, met, not_assessed, not_met
from varinterp.model.facts import Frequency
from varinterp.model.gene_disease import Inheritance
from varinterp.model.genotype import Zygosity

_EARLY = ("early",)
_GENOTYPE = {
    Inheritance.AUTOSOMAL_RECESSIVE: Zygosity.HOMOZYGOUS,
    Inheritance.X_LINKED: Zygosity.HEMIZYGOUS,
    Inheritance.AUTOSOMAL_DOMINANT: Zygosity.HETEROZYGOUS,
}
_RULE = {
    Zygosity.HOMOZYGOUS: "bs2.homozygotes",
    Zygosity.HEMIZYGOUS: "bs2.hemizygotes",
    Zygosity.HETEROZYGOUS: "bs2.heterozygotes",
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """The genotype of the disease, and whether the disease shows early and in everybody."""

    zygosity: Zygosity
    early: bool


def bs2(ask: Question) -> Verdict:
    """Strong benign: healthy adults carry the allele in the genotype of the disease."""
    inheritance = ask.inheritance
    if inheritance is None:
        return not_assessed("no_known_disease")
    if on_mitochondrial(ask) or inheritance not in _GENOTYPE:
        return not_assessed("mitochondrial.healthy_carriers")
    zygosity = _GENOTYPE[inheritance]
    if zygosity is Zygosity.HEMIZYGOUS and is_pseudoautosomal(
        ask.allele.chromosome, ask.allele.position
    ):
        return not_assessed("healthy.pseudoautosomal")
    if excepted(ask):
        return not_assessed("healthy.exception")
    asked = _Asked(zygosity, ask.words("bs2.onset") == _EARLY)
    examined = _examined(ask, asked)
    if examined is not None and examined.strength is not None:
        return examined
    return _in_resource(ask, asked) if asked.early else examined or _unknown(ask, asked)


def _examined(ask: Question, asked: _Asked) -> Verdict | None:
    """Judge the adults that people vouch for; None where nobody states one."""
    stated = [entry for each in ask.curations() for entry in each.healthy if ask.holds(entry.scope)]
    if not stated:
        return None
    count = sum(_of(entry, asked.zygosity) for entry in stated)
    if asked.zygosity is Zygosity.HETEROZYGOUS and not asked.early:
        return not_assessed("healthy.penetrance_unknown", count=count)
    needed = int(ask.number("bs2.adults"))
    facts: dict[str, Scalar] = {"count": count, "needed": needed, "genotype": asked.zygosity}
    if count < needed:
        return not_met("healthy.too_few_adults", **facts)
    authors = ", ".join(sorted({entry.origin.author for entry in stated}))
    return met(Strength.STRONG, "healthy.adults", author=authors, **facts)


def _in_resource(ask: Question, asked: _Asked) -> Verdict:
    """Judge the people of the resource, of a disease that shows early and in everybody."""
    needed = ask.optional_number(_RULE[asked.zygosity])
    if needed is None:
        return not_assessed("healthy.count_not_stated", genotype=asked.zygosity)
    row = usable_row(ask)
    if isinstance(row, Verdict):
        return row
    count = _people(row, asked.zygosity)
    if count is None:
        return not_assessed("healthy.not_counted", genotype=asked.zygosity)
    facts: dict[str, Scalar] = {
        "count": count,
        "needed": int(needed),
        "genotype": asked.zygosity,
    }
    if count < needed:
        return not_met("healthy.too_few_people", **facts)
    return met(Strength.STRONG, "healthy.people", specification=ask.rules, **facts)


def _unknown(ask: Question, asked: _Asked) -> Verdict:
    """Say what is missing: examined adults, or a disease known to show early."""
    if not ask.curated():
        return not_assessed("healthy.not_consulted", genotype=asked.zygosity)
    return not_assessed("healthy.onset_unknown", genotype=asked.zygosity)


def _of(entry: Healthy, zygosity: Zygosity) -> int:
    if zygosity is Zygosity.HOMOZYGOUS:
        return entry.homozygotes
    return entry.hemizygotes if zygosity is Zygosity.HEMIZYGOUS else entry.heterozygotes


def _people(row: Frequency, zygosity: Zygosity) -> int | None:
    """Return how many people of the resource have a genotype; None where it does not say."""
    if zygosity is Zygosity.HOMOZYGOUS:
        return row.nhomalt
    if zygosity is Zygosity.HEMIZYGOUS:
        return row.hemizygotes
    # Somebody with two copies carries one as well.
    return None if row.nhomalt is None else row.ac - row.nhomalt
