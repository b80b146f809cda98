"""`varinterp registry outbox`: messages of signed acts that wait, and their delivery."""

from pathlib import Path
from typing import Annotated

import typer

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile, Json
from varinterp.cli.refs.printing import show, show_json
from varinterp.cli.registry.desk import now, open_desk
from varinterp.errors import Fault, InputError, StageError
from varinterp.registry.outbox_channels import FolderChannel, WebhookChannel
from varinterp.registry.outbox_delivery import Channel, Delivery, Outbox

EXAMPLES = """Examples:

varinterp registry outbox

varinterp registry outbox --folder /srv/exchange/varinterp

varinterp registry outbox --url https://hospital.example/varinterp --token-file /etc/varinterp.token
"""


def command(
    folder: Annotated[
        Path | None, typer.Option(help="Deliver to a folder: one file a message.")
    ] = None,
    url: Annotated[
        str | None, typer.Option(help="Deliver notices to an HTTPS address, without content.")
    ] = None,
    token_file: Annotated[
        Path | None, typer.Option(help="File with the address's bearer token.")
    ] = None,
    configfile: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """List the messages and what took them; with a folder or an address, deliver what waits."""
    outbox = Outbox(open_desk(configfile).registry)
    channels = _channels(folder, url, token_file)
    if not channels:
        _list(outbox, as_json)
        return
    done = {channel.name: outbox.deliver(channel, now()) for channel in channels}
    _say(done, as_json)
    failed = sum(len(delivery.failed) for delivery in done.values())
    if failed:
        raise StageError(f"{failed} case(s) wait behind a message that was not taken; run it again")


def _channels(folder: Path | None, url: str | None, token_file: Path | None) -> list[Channel]:
    channels: list[Channel] = [] if folder is None else [FolderChannel(folder)]
    if url is not None:
        channels.append(WebhookChannel(url, None if token_file is None else _token(token_file)))
    return channels


def _token(path: Path) -> str:
    """Read a token that only its owner may read, as the key of pseudonyms is."""
    if not path.is_file() or path.stat().st_mode & 0o077:
        fault = Fault(
            rule="outbox.token",
            file=str(path),
            found="no file, or one that others may read",
            expected="a file of mode 0600",
            advice=f"chmod 600 {path}",
        )
        raise InputError([fault])
    return path.read_text("utf-8").strip()


def _list(outbox: Outbox, as_json: bool) -> None:
    taken: dict[str, list[str]] = {}
    for receipt in outbox.receipts():
        taken.setdefault(receipt.message, []).append(receipt.channel)
    rows = [
        (each.case, each.sequence, each.kind.value, each.id, each.corrects or "",
         ", ".join(taken.get(each.id, ())))
        for each in outbox.messages()
    ]  # fmt: skip
    headings = ("case", "sequence", "kind", "message", "corrects", "taken by")
    if as_json:
        show_json([dict(zip(headings, row, strict=True)) for row in rows])
    else:
        show(headings, list(rows))


def _say(done: dict[str, Delivery], as_json: bool) -> None:
    counts = [
        (name, len(each.delivered), len(each.failed), each.unreadable)
        for name, each in done.items()
    ]
    headings = ("channel", "delivered", "failed", "of erased cases")
    if as_json:
        show_json([dict(zip(headings, row, strict=True)) for row in counts])
        return
    show(headings, list(counts))
    for each in done.values():
        for failed in each.failed:
            typer.echo(f"{failed.case}: {failed.reason}; {failed.waiting} more wait", err=True)
