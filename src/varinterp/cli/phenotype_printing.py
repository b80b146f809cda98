"""What `varinterp phenotype` prints: a table of diseases, then each term beside the first ones."""

from collections.abc import Iterator, Sequence

import typer

from varinterp.cli.refs.printing import show
from varinterp.model.case import PhenotypeScore, TermRow
from varinterp.model.family import Sex
from varinterp.model.gene_disease import Inheritance
from varinterp.model.phenotype import Phenotype
from varinterp.pipeline.diseases import DiseaseGene, RankedDisease
from varinterp.pipeline.phenotype import PatientMatcher
from varinterp.report.wording import Wording


def print_diseases(
    found: Sequence[RankedDisease],
    patient: Phenotype,
    sex: Sex,
    matcher: PatientMatcher,
    words: Wording,
) -> None:
    """Print what was asked and the diseases on stdout, best first; say so where there is none."""
    for line in _asked(patient, sex, matcher, words):
        typer.echo(line)
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


def _asked(patient: Phenotype, sex: Sex, matcher: PatientMatcher, words: Wording) -> Iterator[str]:
    """Yield what is known of the patient: what a Phenopacket brought is seen nowhere else."""
    names = matcher.names(patient)

    def told(terms: Sequence[str]) -> str:
        return ", ".join(_term(term, names.get(term)) for term in terms)

    release = matcher.ontology.release
    yield words.text("terms.heading", terms=told(patient.observed), release=release)
    if patient.excluded:
        yield words.text("terms.excluded", terms=told(patient.excluded))
    if patient.onset is not None:
        yield words.text("terms.onset", terms=told([patient.onset]))
    if sex is not Sex.UNKNOWN:
        yield words.text("terms.sex", sex=words.word("sex", sex.value))


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
        words.text("phenotype.not_counted") if row.kind == "excluded" else words.odds(row.weight),
    )


def _term(term: str, name: str | None) -> str:
    return term if name is None or name == term else f"{name} ({term})"
