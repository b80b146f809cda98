"""`varinterp explain --gene`: where each allele of a gene was set aside, or why there is none."""

import json
from collections.abc import Iterator

import typer
from rich.console import Console

from varinterp.cli.past import step_line
from varinterp.model.canonical import to_json
from varinterp.pipeline.explain_gene import GeneTold
from varinterp.priority.gated import Gated
from varinterp.priority.near_miss import NearMiss
from varinterp.priority.why_not import AlleleAnswer
from varinterp.report.wording import Wording


def print_gene(case: str, told: GeneTold, words: Wording, *, as_json: bool) -> None:
    """Print the answer on stdout."""
    if as_json:
        typer.echo(json.dumps(to_json(told), indent=2, ensure_ascii=False))
        return
    console = Console(highlight=False, markup=False, soft_wrap=True)
    console.print(f"{case}  {told.symbol}  {told.answer.hgnc}")
    for line in lines(told, words):
        console.print(line)


def lines(told: GeneTold, words: Wording) -> Iterator[str]:
    """Yield the answer's lines in a language."""
    answer = told.answer
    yield words.text("why_not.proposed" if answer.proposed else "why_not.not_proposed")
    for reason in answer.reasons:
        yield words.sentence(reason)
    if not told.files:
        yield words.text("why_not.no_files")
    for allele in answer.alleles:
        yield ""
        yield str(allele.allele)
        yield from _allele(allele, words)
    for miss in told.near:
        yield ""
        yield from _near(miss, words)


def _allele(told: AlleleAnswer, words: Wording) -> Iterator[str]:
    if not told.gates:
        yield from (f"  {words.sentence(reason)}" for reason in told.reasons)
        return
    for gate, reason in zip(told.gates, told.reasons, strict=True):
        yield step_line(gate, False, reason, words)


def _near(miss: NearMiss, words: Wording) -> Iterator[str]:
    disease = miss.disease_name or miss.disease
    yield words.text("near_misses.of", disease=disease, id=miss.disease)
    yield f"  {words.sentence(miss.reason)}"
    for key in miss.keys:
        yield f"  {key.allele}"
    for gated in miss.second:
        yield from _second(gated, words)


def _second(gated: Gated, words: Wording) -> Iterator[str]:
    yield f"  {words.text('near_misses.second', allele=str(gated.allele))}"
    yield from (f"  {step_line(gate, False, reason, words)}" for gate, reason in gated.failed)
