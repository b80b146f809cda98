"""The outbox: a message is there with its act, goes out at least once, and is never overwritten."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import pytest

from registry_builders import MORNING, register, result
from varinterp.errors import InputError, StageError
from varinterp.registry.cases import live_key
from varinterp.registry.outbox import Message, retract_all, standing, tell
from varinterp.registry.outbox_channels import FolderChannel, WebhookChannel
from varinterp.registry.outbox_delivery import Outbox
from varinterp.registry.outbox_tables import MessageKind
from varinterp.registry.store import Registry

LATER = datetime(2026, 11, 22, 9, tzinfo=UTC)
ONE, TWO = "case-1", "case-2"
REPORT, CORRECTION, RETRACTION = MessageKind
TOKEN = "open sesame"  # noqa: S105


class Listening:
    """A channel that remembers what it took, and refuses the messages of some cases."""

    name = "listening"

    def __init__(self, *refused: str) -> None:
        self.taken: list[Message] = []
        self.refused = set(refused)

    def send(self, message: Message) -> str:
        if message.case in self.refused:
            raise StageError("no room")
        self.taken.append(message)
        return f"took {message.sequence}"


@pytest.fixture
def box(registry: Registry) -> Outbox:
    for case in (ONE, TWO):
        register(registry, result(case=case))
    return Outbox(registry)


def _tell(
    registry: Registry,
    kind: MessageKind = REPORT,
    content: str | None = '{"class":"pathogenic"}',
    *,
    case: str = ONE,
    corrects: str | None = None,
) -> str:
    with registry.batch("act", "A. Reader", MORNING) as batch:
        key = live_key(batch.connection, case)
        return tell(batch, key, kind, content, corrects=corrects)


def _kinds(messages: Sequence[Message]) -> list[tuple[str, int]]:
    return [(message.kind.value, message.sequence) for message in messages]


def test_the_same_message_twice_is_one(registry: Registry, box: Outbox) -> None:
    assert _tell(registry) == _tell(registry)
    assert _kinds(box.messages(ONE)) == [("report", 1)]


def test_a_message_of_an_act_that_failed_is_not_there(registry: Registry, box: Outbox) -> None:
    def act() -> None:
        with registry.batch("act", "A. Reader", MORNING) as batch:
            tell(batch, live_key(batch.connection, ONE), REPORT, "{}")
            raise RuntimeError("the act failed")

    with pytest.raises(RuntimeError):
        act()

    assert box.messages() == ()


def test_a_correction_names_what_it_corrects_and_both_stay(registry: Registry, box: Outbox) -> None:
    first = _tell(registry)
    second = _tell(registry, CORRECTION, '{"class":"benign"}', corrects=first)
    _tell(registry, RETRACTION, None, corrects=second)

    assert _kinds(box.messages(ONE)) == [("report", 1), ("correction", 2), ("retraction", 3)]
    assert [message.corrects for message in box.messages(ONE)] == [None, first, second]
    assert box.messages(ONE)[0].content == '{"class":"pathogenic"}'


def test_what_was_corrected_is_not_corrected_again(registry: Registry, box: Outbox) -> None:
    first = _tell(registry)
    _tell(registry, RETRACTION, None, corrects=first)
    with pytest.raises(InputError, match=r"outbox\.corrects"):
        _tell(registry, CORRECTION, "{}", corrects=first)


def test_a_message_of_another_case_is_not_corrected(registry: Registry, box: Outbox) -> None:
    first = _tell(registry, case=TWO)
    with pytest.raises(InputError, match=r"outbox\.corrects"):
        _tell(registry, CORRECTION, "{}", corrects=first)


@pytest.mark.parametrize(
    ("kind", "content", "corrects"),
    [(REPORT, "{}", "x"), (CORRECTION, "{}", None), (RETRACTION, "{}", "x"), (REPORT, None, None)],
)
def test_a_message_of_another_shape_is_our_bug(
    kind: MessageKind, content: str | None, corrects: str | None, registry: Registry, box: Outbox
) -> None:
    with pytest.raises(ValueError, match="retraction"):
        _tell(registry, kind, content, corrects=corrects)


def test_messages_go_out_once_in_the_order_of_their_case(registry: Registry, box: Outbox) -> None:
    first = _tell(registry)
    _tell(registry, CORRECTION, "{}", corrects=first)
    _tell(registry, case=TWO)
    channel = Listening()

    assert len(box.deliver(channel, LATER).delivered) == 3
    assert [message.sequence for message in channel.taken if message.case == ONE] == [1, 2]
    assert box.deliver(channel, LATER).delivered == ()
    assert len(channel.taken) == 3
    assert [each.receipt for each in box.receipts("listening")] == ["took 1", "took 2", "took 1"]


def test_a_failure_holds_back_its_case_alone(registry: Registry, box: Outbox) -> None:
    first = _tell(registry)
    _tell(registry, RETRACTION, None, corrects=first)
    _tell(registry, case=TWO)
    found = box.deliver(Listening(ONE), LATER)

    assert [(each.case, each.waiting) for each in found.failed] == [(ONE, 1)]
    assert len(found.delivered) == 1
    assert _kinds(box.pending("listening")) == [("report", 1), ("retraction", 2)]

    channel = Listening()
    box.deliver(channel, LATER)
    assert _kinds(channel.taken) == [("report", 1), ("retraction", 2)]


def test_each_channel_has_its_own_receipts(registry: Registry, box: Outbox, tmp_path: Path) -> None:
    _tell(registry)
    box.deliver(Listening(), LATER)

    assert len(box.pending("folder")) == 1


def test_a_crash_between_sending_and_its_receipt_sends_again_harmlessly(
    registry: Registry, box: Outbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _tell(registry)
    channel = FolderChannel(tmp_path / "drop")
    with monkeypatch.context() as patched:
        patched.setattr(Outbox, "_keep", _crash)
        with pytest.raises(KeyboardInterrupt):
            box.deliver(channel, LATER)
    (path,) = (tmp_path / "drop").rglob("*.json")
    before = path.read_bytes(), path.stat().st_mtime_ns

    box.deliver(channel, LATER)

    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert len(box.receipts("folder")) == 1
    assert registry.verify().whole


def _crash(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_folder_gets_a_file_a_message_in_the_order_of_names(
    registry: Registry, box: Outbox, tmp_path: Path
) -> None:
    first = _tell(registry)
    _tell(registry, RETRACTION, None, corrects=first)
    box.deliver(FolderChannel(tmp_path), LATER)
    one, two = (json.loads(path.read_text("utf-8")) for path in sorted(tmp_path.rglob("*.json")))

    assert (one["kind"], one["content"]) == ("report", {"class": "pathogenic"})
    assert (two["kind"], two["corrects"], two["content"]) == ("retraction", first, None)
    assert one["case"] == ONE


def test_a_file_with_another_content_is_never_overwritten(
    registry: Registry, box: Outbox, tmp_path: Path
) -> None:
    _tell(registry)
    channel = FolderChannel(tmp_path)
    box.deliver(channel, LATER)
    (path,) = tmp_path.rglob("*.json")
    path.write_text("something else", "utf-8")

    with pytest.raises(StageError, match="another content"):
        channel.send(box.messages()[0])
    assert path.read_text("utf-8") == "something else"


def test_an_erased_case_says_no_more_and_its_retractions_still_go_out(
    registry: Registry, box: Outbox
) -> None:
    first = _tell(registry)
    with registry.batch("act", "A. Reader", MORNING) as batch:
        retract_all(batch, live_key(batch.connection, ONE))
    registry.erase(ONE, LATER, "A. Reader")
    channel = Listening()
    found = box.deliver(channel, LATER)

    assert found.unreadable == 1
    assert [(each.kind, each.corrects, each.content) for each in channel.taken] == [
        (RETRACTION, first, None)
    ]


def test_only_what_holds_is_retracted(registry: Registry, box: Outbox) -> None:
    first = _tell(registry)
    second = _tell(registry, CORRECTION, "{}", corrects=first)
    with registry.batch("act", "A. Reader", MORNING) as batch:
        key = live_key(batch.connection, ONE)
        (retraction,) = retract_all(batch, key)
        assert retract_all(batch, key) == ()
        assert standing(batch.connection, key.case_id) == ()

    assert box.messages(ONE)[-1].id == retraction
    assert box.messages(ONE)[-1].corrects == second


def test_what_a_message_says_is_not_in_the_file(
    registry: Registry, box: Outbox, path: Path
) -> None:
    _tell(registry, content='{"secret":"word-of-a-patient"}')

    stored = b"".join(each.read_bytes() for each in path.parent.glob("registry.sqlite*"))
    assert b"word-of-a-patient" not in stored


# An address that listens


class _Handler(BaseHTTPRequestHandler):
    asked: ClassVar[list[tuple[dict[str, str], dict[str, Any]]]] = []
    status: ClassVar[int] = 202

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.asked.append((dict(self.headers), json.loads(body)))
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    _Handler.asked, _Handler.status = [], 202
    server = HTTPServer(("127.0.0.1", 0), _Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/messages"
    server.shutdown()
    server.server_close()


def test_an_address_gets_a_notice_under_an_idempotency_key(
    registry: Registry, box: Outbox, address: str
) -> None:
    message = _tell(registry)
    box.deliver(WebhookChannel(address, token=TOKEN), LATER)
    ((headers, body),) = _Handler.asked

    assert headers["Idempotency-Key"] == message
    assert headers["Authorization"] == f"Bearer {TOKEN}"
    assert (body["message"], body["case"], body["kind"]) == (message, ONE, "report")
    assert "pathogenic" not in json.dumps(body)
    assert box.receipts("webhook")[0].receipt == "HTTP 202"


@pytest.mark.parametrize("status", [301, 409, 500])
def test_an_address_that_does_not_take_it_is_asked_again(
    status: int, registry: Registry, box: Outbox, address: str
) -> None:
    _tell(registry)
    _Handler.status = status
    (failed,) = box.deliver(WebhookChannel(address), LATER).failed

    assert failed.reason == f"the address answered {status}"
    assert len(box.pending("webhook")) == 1
    _Handler.status = 200
    assert len(box.deliver(WebhookChannel(address), LATER).delivered) == 1


def test_an_address_that_is_not_there_is_a_failure_that_does_not_quote_it(
    registry: Registry, box: Outbox
) -> None:
    _tell(registry)
    (failed,) = box.deliver(WebhookChannel("http://127.0.0.1:9/secret", timeout=2), LATER).failed

    assert "secret" not in failed.reason


@pytest.mark.parametrize(
    "url",
    ["http://hospital.example/in", "https://user:word@hospital.example/", "ftp://x", "https://",
     "https://hospital.example/?case=1"],
)  # fmt: skip
def test_an_address_that_is_not_safe_is_refused(url: str) -> None:
    with pytest.raises(InputError, match=r"outbox\.url"):
        WebhookChannel(url)


def test_a_token_is_not_shown() -> None:
    assert "sesame" not in repr(WebhookChannel("https://hospital.example", token=TOKEN))
