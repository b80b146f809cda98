"""Ways out for messages: a folder that another system empties, or an address that it listens on.

A folder gets the whole message. An address gets a notice without what the message says: that there
is one, of which kind, on which pseudonym; nothing genetic leaves in a request.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from varinterp.errors import Fault, InputError, StageError
from varinterp.files import write_text
from varinterp.model.canonical import Json
from varinterp.registry.outbox import Message

SCHEMA_VERSION = 1
TIMEOUT_SECONDS = 30.0
IDEMPOTENCY_KEY = "Idempotency-Key"
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


def notice(message: Message) -> dict[str, Json]:
    """Return what is said of a message without what it says."""
    return {
        "schema_version": SCHEMA_VERSION,
        "message": message.id,
        "case": message.case,
        "kind": message.kind.value,
        "sequence": message.sequence,
        "corrects": message.corrects,
        "recorded_at": message.recorded_at.isoformat(),
    }


@dataclass(frozen=True, slots=True)
class FolderChannel:
    """A local folder: one file a message, in a folder a case, in the order of their names."""

    folder: Path
    name: str = "folder"

    def send(self, message: Message) -> str:
        """Write the message's file atomically; one that is there already is left as it is.

        Raises StageError when the file holds something else: nothing is overwritten.
        """
        content = None if message.content is None else json.loads(message.content)
        text = _text({**notice(message), "content": content})
        name = f"{message.sequence:06d}-{message.kind}-{message.id}.json"
        path = self.folder / message.case / name
        try:
            if path.exists():
                if path.read_text("utf-8") != text:
                    raise StageError(f"{name} is there with another content; look at it by hand")
            else:
                write_text(path, text)
        except OSError as error:
            raise StageError(f"{name} could not be written ({error.strerror})") from error
        return f"{message.case}/{name}"


@dataclass(frozen=True, slots=True)
class WebhookChannel:
    """An HTTPS address that takes notices; `token` is sent as a bearer's and shown nowhere."""

    url: str
    token: str | None = field(default=None, repr=False)
    name: str = "webhook"
    timeout: float = TIMEOUT_SECONDS

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL)
        if not safe or not parts.hostname or parts.username or parts.query or parts.fragment:
            raise InputError(
                [
                    Fault(
                        rule="outbox.url",
                        file="config/config.yaml",
                        found="another address",
                        expected="https:// and a host, without a user, a query or a fragment",
                        advice="give the token in a file of its own",
                    )
                ]
            )

    def send(self, message: Message) -> str:
        """Post the notice under the message's id as idempotency key; any 2xx is a receipt.

        Raises StageError otherwise. Redirections are not followed.
        """
        import requests  # noqa: PLC0415 (few laboratories use an address, and it is slow to import)

        headers = {"Content-Type": "application/json", IDEMPOTENCY_KEY: message.id}
        if self.token is not None:
            headers["Authorization"] = f"Bearer {self.token}"
        try:
            answer = requests.post(
                self.url,
                data=_text(notice(message)).encode(),
                headers=headers,
                timeout=self.timeout,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            # the error's own text would quote the address
            raise StageError(f"the address did not answer ({type(error).__name__})") from None
        if not 200 <= answer.status_code < 300:
            raise StageError(f"the address answered {answer.status_code}")
        return f"HTTP {answer.status_code}"


def _text(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
