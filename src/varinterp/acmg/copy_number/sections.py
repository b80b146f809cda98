"""Sections 1 and 3 of both tables: what the copy number contains, and how many genes.

Riggs 2020 (PMID 31690835), tables 1 and 2. Line 1B, the absence of anything important, is a point
against pathogenicity: it is answered only where genes and ClinGen's dosage regions were both looked
up. Regulatory elements outside these regions are not known to the program.
"""

from varinterp.acmg.copy_number.answer import Answer, met, not_assessed, not_met
from varinterp.acmg.copy_number.ask import CopyQuestion, named


def contains_genes(ask: CopyQuestion) -> Answer:
    """1A: it contains protein-coding or other known functionally important elements."""
    genes = ask.genes()
    if genes:
        return met(0.0, "copy_number.contains_genes", genes=named(genes), count=len(genes))
    if not ask.dosage_known():
        return not_assessed("copy_number.no_dosage")
    regions = ask.regions()
    if regions:
        return met(0.0, "copy_number.contains_regions", regions=named(regions))
    return not_met("copy_number.contains_nothing")


def contains_nothing(ask: CopyQuestion) -> Answer:
    """1B: it contains none; 0.60 points against pathogenicity."""
    if ask.genes():
        return not_met("copy_number.contains_something")
    if not ask.dosage_known():
        return not_assessed("copy_number.no_dosage")
    if ask.regions():
        return not_met("copy_number.contains_something")
    return met(ask.number("1B"), "copy_number.contains_nothing")


def few_genes(ask: CopyQuestion) -> Answer:
    """3A: fewer genes than any points are given for."""
    return _gene_number(ask, "3A")


def many_genes(ask: CopyQuestion) -> Answer:
    """3B: 25 to 34 genes lost, 35 to 49 gained."""
    return _gene_number(ask, "3B")


def most_genes(ask: CopyQuestion) -> Answer:
    """3C: 35 genes or more lost, 50 or more gained."""
    return _gene_number(ask, "3C")


def _gene_number(ask: CopyQuestion, line: str) -> Answer:
    """Answer the line that holds for the genes touched, wholly or in part."""
    count = len(ask.genes())
    change = "loss" if ask.is_loss else "gain"
    many, most = ask.number(f"{change}.genes_3B"), ask.number(f"{change}.genes_3C")
    holds = "3C" if count >= most else "3B" if count >= many else "3A"
    if line != holds:
        return not_met("copy_number.gene_number", count=count)
    return met(0.0 if line == "3A" else ask.number(line), "copy_number.gene_number", count=count)
