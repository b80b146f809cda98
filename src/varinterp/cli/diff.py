"""`varinterp diff`: what changed between two days, in a case, a gene or the whole archive."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer
from rich.console import Console

from varinterp.cli.moments import moment
from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile, Json
from varinterp.cli.refs.printing import show_json
from varinterp.model.canonical import to_object
from varinterp.model.standing import Standing
from varinterp.pipeline.config import read_settings
from varinterp.pipeline.history.difference import Difference, Row, difference
from varinterp.pipeline.history.naming import case_named
from varinterp.registry.store import Registry

EXAMPLES = """Examples:

varinterp diff 2026-07-01 2026-10-01

varinterp diff 2026-07-01 2026-10-01 --gene TANGO2

varinterp diff 2026-07-01 2026-10-01 --case DEMO-T1 --tsv > changes.tsv
"""
_HEADINGS = (
    "case",
    "gene",
    "allele",
    "from",
    "to",
    "direction",
    "criteria",
    "because of",
    "signed",
)


def command(
    since: Annotated[str, typer.Argument(help="The earlier day (its end, UTC), or an instant.")],
    until: Annotated[str, typer.Argument(help="The later one.")],
    case: Annotated[
        str | None,
        typer.Option("--case", help="One case: a family of the sheet, or a case's pseudonym."),
    ] = None,
    gene: Annotated[str | None, typer.Option("--gene", help="One gene: symbol or HGNC id.")] = None,
    configfile: ConfigFile = DEFAULT_CONFIG,
    tsv: Annotated[bool, typer.Option("--tsv", help="Print tab-separated rows on stdout.")] = False,
    as_json: Json = False,
) -> None:
    """Compare what was concluded at two moments: standings, criteria, and what is responsible."""
    moments = moment(since), moment(until)
    if moments[0] > moments[1]:
        raise typer.BadParameter("the earlier day comes first")
    if tsv and as_json:
        raise typer.BadParameter("give --tsv or --json")
    if case is None:
        settings, pseudonym = read_settings(configfile), None
    else:
        settings, pseudonym = case_named(configfile, case)
    registry = Registry.open(settings.registry)
    found = difference(registry, *moments, case=pseudonym, gene=gene)
    if as_json:
        show_json({**_json(found), "counts": dict(found.counts)})
    elif tsv:
        typer.echo("\n".join("\t".join(cells) for cells in [_HEADINGS, *map(_cells, found.rows)]))
    else:
        _print(found)


def _json(found: Difference) -> dict[str, Any]:
    return to_object(found)


def _print(found: Difference) -> None:
    console = Console(highlight=False, markup=False, soft_wrap=True)
    for row in found.rows:
        for line in _lines(row):
            console.print(line)
    for name, count in found.counts.items():
        typer.echo(f"{name}: {count}")
    typer.echo(
        f"{len(found.rows)} change(s) in {found.cases} case(s), {found.new} of them registered in "
        f"between, {found.erased} erased; {found.withheld} change(s) of diseases that are none of "
        "the patients' are not shown"
    )


def _lines(row: Row) -> Iterator[str]:
    case, gene, allele, before, after, way, criteria, because, signed = _cells(row)
    yield f"{case}  {gene}  {allele}  {way}"
    yield f"    {before}  >  {after}"
    if criteria:
        yield f"    criteria: {criteria}"
    if because:
        yield f"    because of {because}"
    if signed:
        yield f"    signed {signed}"


def _cells(row: Row) -> tuple[str, ...]:
    return (
        *(row.case, row.symbol, str(row.allele), _standing(row.before), _standing(row.after)),
        row.direction,
        ", ".join(
            f"{code} {_strength(before)}>{_strength(after)}" for code, before, after in row.criteria
        ),
        ", ".join(f"{r.source} {r.before or '-'}>{r.after or '-'}" for r in row.responsible),
        "; ".join(row.signed_by) or _signed(row.after) or _signed(row.before),
    )


def _standing(standing: Standing | None) -> str:
    if standing is None:
        return "-"
    said = "/".join(word for source in standing.external for word in dict.fromkeys(source.words))
    return f"{standing.acmg_class} ({standing.points:+d}), {standing.tier}{said and f'; {said}'}"


def _strength(strength: str | None) -> str:
    return strength or "-"


def _signed(standing: Standing | None) -> str:
    if standing is None or standing.signed is None:
        return ""
    return f"{standing.signed.value} {standing.signed.date}"
