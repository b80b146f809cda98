"""Debian's Chromium over a pipe, by its DevTools protocol: no driver, no port, no network."""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

CHROMIUM = shutil.which("chromium")
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--no-first-run", "--remote-debugging-pipe",
)  # fmt: skip


class Browser:
    """A headless browser; `requests` are the URLs that pages asked for."""

    def __init__(self) -> None:
        self._profile = tempfile.mkdtemp()
        ours, theirs = os.pipe(), os.pipe()
        # The protocol reads from descriptor 3 and writes to 4.
        self._process = subprocess.Popen(
            ["bash", "-c", f'exec "$@" 3<&{ours[0]} 4>&{theirs[1]}', "bash", str(CHROMIUM),
             *_FLAGS, f"--user-data-dir={self._profile}", "about:blank"],
            pass_fds=(ours[0], theirs[1]),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(ours[0])
        os.close(theirs[1])
        self._out, self._in = ours[1], os.fdopen(theirs[0], "rb")
        self._calls = 0
        self.requests: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._out)
        self._in.close()
        shutil.rmtree(self._profile, ignore_errors=True)

    def open(self, page: Path, width: int) -> str:
        """Open a page at a width in CSS pixels, wait until it is loaded; return its session."""
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        attached = self._call("Target.attachToTarget", targetId=target, flatten=True)
        session = str(attached["sessionId"])
        for domain in ("Page", "Network", "Runtime"):
            self._call(f"{domain}.enable", session)
        self._call(
            "Emulation.setDeviceMetricsOverride", session, width=width, height=800,
            deviceScaleFactor=1, mobile=False,
        )  # fmt: skip
        self._call("Page.navigate", session, url=page.resolve().as_uri())
        while self.value(session, "document.readyState") != "complete":
            pass
        return session

    def value(self, session: str, script: str) -> Any:
        """Evaluate a script in a page."""
        answer = self._call("Runtime.evaluate", session, expression=script, returnByValue=True)
        return answer["result"].get("value")

    def _call(self, method: str, session: str | None = None, **params: Any) -> dict[str, Any]:
        self._calls += 1
        message: dict[str, Any] = {"id": self._calls, "method": method, "params": params}
        if session is not None:
            message["sessionId"] = session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._message()
            if answer.get("method") == "Network.requestWillBeSent":
                self.requests.append(answer["params"]["request"]["url"])
            if answer.get("id") == self._calls:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result

    def _message(self) -> dict[str, Any]:
        text = bytearray()
        while (byte := self._in.read(1)) != b"\0":
            assert byte, "the browser ended"
            text += byte
        message: dict[str, Any] = json.loads(text)
        return message
