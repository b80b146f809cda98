"""What `varinterp phenotype` prints: a table of diseases, then each term beside the first ones."""

from collections.abc import Sequence

import typer

from varinterp.cli.refs.printing import show
from varinterp.model.case import PhenotypeScore, TermRow
from varinterp.model.gene_disease import Inheritance
from varinterp.model.phenotype import Phenotype
from varinterp.pipeline.diseases import DiseaseGene, RankedDisease
from varinterp.pipeline.phenotype import PatientMatcher
from varinterp.report.wording import Wording


def print_diseases(
    found: Sequence[RankedDisease], patient: Phenotype, matcher: PatientMatcher, words: Wording
) -> None:
    """Print the diseases on stdout, best first; say so where there is none."""
    release = matcher.ontology.release
    names = matcher.names(patient)
    observed = ", ".join(_term(term, names.get(term)) for term in patient.observed)
    typer.echo(words.text("terms.heading", terms=observed, release=release))
    if not found:
        typer.echo(words.text("terms.none"))
        return
    headings = ("rank", "weight", "disease", "name", "modes", "genes")
    show(
        tuple(words.text(f"terms.{name}") for name in headings),
        [
            (
                words.count(each.rank), words.odds(each.log_lr), each.disease, each.name,
                _modes(each.modes, words),
                ", ".join(_gene(gene, words) for gene in each.genes) or words.text("terms.no_gene"),
            )
            for each in found
        ],
    )  # fmt: skip
    typer.echo(words.text("terms.weight_note"))
    for each in found:
        if each.match is not None:
            _print_match(each, each.match, words)


def _gene(gene: DiseaseGene, words: Wording) -> str:
    return f"{gene.symbol} ({_modes(gene.modes, words)})" if gene.modes else gene.symbol


def _modes(modes: Sequence[Inheritance], words: Wording) -> str:
    return ", ".join(words.word("inheritance", mode) for mode in modes)


def _print_match(each: RankedDisease, match: PhenotypeScore, words: Wording) -> None:
    typer.echo(f"\n{each.rank}. {each.disease} {each.name}")
    headings = ("organ", "term", "match", "disease_term", "weight")
    show(
        tuple(words.text(f"terms.{name}") for name in headings),
        [_row(row, words) for row in match.rows],
    )


def _row(row: TermRow, words: Wording) -> tuple[str, ...]:
    return (
        words.organ(row.organ, row.organ_name),
        _term(row.term, row.name),
        words.word("match", row.kind),
        "" if row.disease_term is None else _term(row.disease_term, row.disease_term_name),
        words.odds(row.weight),
    )


def _term(term: str, name: str | None) -> str:
    return term if name is None or name == term else f"{name} ({term})"
