"""What `plan` and `run` share: where the archive is brought, and how a plan is printed."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from varinterp.cli.refs.printing import show
from varinterp.pipeline.reanalysis.plan import Plan, SourcePlan

_WHY = {
    "erased": "their probands withdrew",
    "no_consent": "the proband has not allowed it: varinterp registry consent",
    "relative_withdrew": "analyse them anew without the relative",
    "not_stored": "the cohort store lacks their alleles: look at `cohort`, then varinterp run",
}
LockFile = Annotated[
    Path | None,
    typer.Option("--lock", help="The releases to bring the cases to; the settings' lock if none."),
]
Everything = Annotated[
    bool,
    typer.Option("--everything", help="Examine all that is stored anew, whatever changed."),
]


def print_plan(plan: Plan, *, errors: bool = False) -> None:
    """Print what would be touched; on stderr where stdout is kept for something else."""
    console = Console(stderr=errors, highlight=False, markup=False, soft_wrap=True)
    for line in _lines(plan):
        console.print(line)
    if not errors and plan.sources:
        show(
            ("source", "from", "to", "changed keys", "assessments", "gates", "cases", "whole"),
            [_cells(source) for source in plan.sources],
        )


def _lines(plan: Plan) -> Iterator[str]:
    left = len(plan.skipped)
    if not plan.cases and not left:
        yield "nothing to do: the registry holds no case; analyse families first: varinterp run"
    elif plan.nothing and left:
        yield (
            f"nothing to do: every case but the {left:,} left as they are stands on these "
            "releases, rules and software"
        )
    elif plan.nothing:
        yield "nothing to do: every case stands on these releases, rules and software"
    else:
        yield (
            f"{plan.moving:,} of {plan.cases:,} case(s) to be moved, {len(plan.scopes):,} of them "
            f"examined: {plan.assessments:,} assessment(s) made anew, {plan.gates:,} allele(s) "
            f"whose gates are opened again, {plan.whole:,} case(s) whole, {plan.reranked:,} ranked "
            "again"
        )
    for reason, count in sorted(Counter(each.reason for each in plan.skipped).items()):
        yield f"left as they are, {reason}: {count:,} case(s); {_WHY.get(reason, '')}".rstrip("; ")
    for gap in plan.gaps:
        keys = "keys" if gap.keys is None else f"{gap.keys:,} changed key(s)"
        yield (
            f"{gap.source}: {keys} whose alleles the store could not have kept ({gap.why}); only a "
            "full analysis would find them"
        )


def _cells(source: SourcePlan) -> tuple[str, ...]:
    return (
        *(source.source, source.before or "-", source.after or "-"),
        *(f"{count:,}" for count in (source.changed_keys, source.assessments, source.gates)),
        f"{source.cases:,}",
        source.cohort_wide or "",
    )
