"""`varinterp explain --criteria`: an allele's criteria, its classes, and what would move them."""

import json

import typer
from rich.console import Console

from varinterp.model.canonical import to_json
from varinterp.model.case import CaseResult
from varinterp.model.variant import Allele
from varinterp.pipeline.explain import as_candidate
from varinterp.report.explanation import explanations, lines
from varinterp.report.wording import Wording


def print_criteria(
    case: str, result: CaseResult, asked: Allele, words: Wording, *, as_json: bool
) -> None:
    """Print every hypothesis of an allele of a case; say so where it is no candidate."""
    allele = as_candidate(result, asked)
    told = explanations(result, allele, words)
    if as_json:
        typer.echo(json.dumps(to_json(told), indent=2, ensure_ascii=False))
        return
    console = Console(highlight=False, markup=False, soft_wrap=True)
    console.print(f"{case}  {allele.id}")
    if not told:
        candidate = any(each.allele == allele for each in result.candidates)
        console.print(words.text(f"explanation.{'unrelated' if candidate else 'not_candidate'}"))
    for each in told:
        console.print()
        for line in lines(each, words):
            console.print(line)
