"""`varinterp registry`: the genomic dataset, and what people say and sign; one file a verb."""

import typer

from varinterp.cli.verbs import verbs

VERBS = (
    "status", "verify", "history", "consent", "observe", "prescribe", "sample", "draft", "sign",
    "retract", "diagnosis", "recontact", "export", "outbox", "upgrade", "roles",
)  # fmt: skip
"""Every verb is the module of its name."""

app = typer.Typer(
    name="registry",
    cls=verbs({name: f"varinterp.cli.registry.{name}" for name in VERBS}),
    help="Keep the registry: consents, observations, prescriptions, signatures, diagnoses.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def registry() -> None:
    """Hold the verbs together."""
