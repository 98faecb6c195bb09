"""A real browser without a window: Chromium, told what to do over a pipe (DevTools protocol)."""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

BINARY = shutil.which("chromium") or shutil.which("google-chrome") or ""
_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-extensions"
    " --disable-background-networking --disable-component-update --disable-sync"
    " --disable-dev-shm-usage --hide-scrollbars --remote-debugging-pipe"
).split()
_PATIENCE = 30.0  # seconds
_READ = 1 << 20


class Browser:
    """One tab. What is typed and clicked goes through the window, as a person's hands do."""

    def __init__(self, folder: Path, *, javascript: bool) -> None:
        self._folder = folder
        self._javascript = javascript
        self._ids = 0
        self._rest = b""
        self.seen: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        to_read, self._out = os.pipe()
        self._in, to_write = os.pipe()
        # Chromium reads its commands from 3 and answers to 4.
        ends = f'exec 3<&{to_read} 4>&{to_write}; exec "$@"'
        profile = f"--user-data-dir={self._folder / 'profile'}"
        self._process = subprocess.Popen(
            ["/bin/bash", "-c", ends, "-", BINARY, *_FLAGS, profile, "about:blank"],
            pass_fds=(to_read, to_write),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(to_write)
        self._session = ""
        [page] = self.until(self._pages)
        attached = self._tell("Target.attachToTarget", targetId=page["targetId"], flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Network", "DOM"):
            self._tell(f"{domain}.enable")
        self._tell("Emulation.setScriptExecutionDisabled", value=not self._javascript)
        into = {"behavior": "allow", "downloadPath": str(self.downloads), "eventsEnabled": True}
        self._tell("Browser.setDownloadBehavior", **into)
        return self

    def __exit__(self, *_: object) -> None:
        self._session = ""
        with contextlib.suppress(EOFError, OSError):
            self._tell("Browser.close")
        self._process.wait(_PATIENCE)
        os.close(self._out)
        os.close(self._in)

    @property
    def downloads(self) -> Path:
        """The folder in which what is saved ends up."""
        return self._folder / "downloads"

    def open(self, url: str) -> None:
        """Go to an address, until the page is there."""
        self._moved(lambda: self._tell("Page.navigate", url=url))

    def type(self, where: str, text: str) -> None:
        """Write into a field."""
        self._tell("DOM.focus", nodeId=self._find(where))
        self._tell("Input.insertText", text=text)

    def click(self, where: str, *, leads_on: bool = True) -> None:
        """Click on something; where that leads to a page, until it is there."""
        box = self._tell("DOM.getBoxModel", nodeId=self._find(where))["model"]["content"]
        at = {"x": (box[0] + box[4]) / 2, "y": (box[1] + box[5]) / 2}

        def press() -> None:
            for kind in ("mousePressed", "mouseReleased"):
                held = {"type": kind, "button": "left", "clickCount": 1}
                self._tell("Input.dispatchMouseEvent", **held, **at)

        self._moved(press) if leads_on else press()

    def markup(self) -> str:
        """Return the page as it stands now."""
        node = self._tell("DOM.getDocument")["root"]["nodeId"]
        return str(self._tell("DOM.getOuterHTML", nodeId=node)["outerHTML"])

    def saved(self) -> Path:
        """Return the file that was saved last, once it is whole."""
        whole = self.until(
            lambda: [
                one["params"]
                for one in self.seen
                if one.get("method") == "Browser.downloadProgress"
                and one["params"]["state"] == "completed"
            ]
        )
        begun = {
            one["params"]["guid"]: one["params"]["suggestedFilename"]
            for one in self.seen
            if one.get("method") == "Browser.downloadWillBegin"
        }
        return self.downloads / str(begun[whole[-1]["guid"]])

    def headers(self, method: str, url: str) -> dict[str, str]:
        """Return what the server said above its last answer, by names in small letters."""
        asked = {
            one["params"]["requestId"]
            for one in self.seen
            if one.get("method") == "Network.requestWillBeSent"
            and one["params"]["request"]["method"] == method
            and one["params"]["request"]["url"] == url
        }

        def told() -> list[dict[str, str]]:
            return [
                one["params"]["response"]["headers"]
                for one in self.seen
                if one.get("method") == "Network.responseReceived"
                and one["params"]["requestId"] in asked
            ]

        return {name.lower(): value for name, value in self.until(told)[-1].items()}

    def requested(self) -> list[dict[str, Any]]:
        """Return all that the browser has asked the network for."""
        sent = (one for one in self.seen if one.get("method") == "Network.requestWillBeSent")
        return [one["params"]["request"] for one in sent]

    def until(self, true: Callable[[], Any]) -> Any:
        """Hear the browser until something is true; return that."""
        end = time.monotonic() + _PATIENCE
        while not (found := true()):
            assert time.monotonic() < end, "the browser did not get there"
            self._hear(0.1)
        return found

    def _find(self, where: str) -> int:
        root = self._tell("DOM.getDocument")["root"]["nodeId"]
        found: int = self._tell("DOM.querySelector", nodeId=root, selector=where)["nodeId"]
        assert found, f"{where} is not on the page"
        return found

    def _moved(self, act: Callable[[], object]) -> None:
        before = len(self.seen)
        act()
        self.until(
            lambda: [
                one for one in self.seen[before:] if one.get("method") == "Page.loadEventFired"
            ]
        )

    def _pages(self) -> list[dict[str, Any]]:
        targets = self._tell("Target.getTargets")["targetInfos"]
        return [one for one in targets if one["type"] == "page"]

    def _tell(self, method: str, **params: object) -> dict[str, Any]:
        self._ids += 1
        number = self._ids
        said: dict[str, object] = {"id": number, "method": method, "params": params}
        if self._session and not method.startswith("Browser."):
            said["sessionId"] = self._session
        os.write(self._out, json.dumps(said).encode() + b"\0")
        answered = lambda: [one for one in self.seen if one.get("id") == number]  # noqa: E731
        [answer] = self.until(answered)
        assert "error" not in answer, (method, answer)
        result: dict[str, Any] = answer["result"]
        return result

    def _hear(self, seconds: float) -> None:
        if not select.select([self._in], [], [], seconds)[0]:
            return
        came = os.read(self._in, _READ)
        if not came:
            raise EOFError("the browser has ended")
        *whole, self._rest = (self._rest + came).split(b"\0")
        self.seen += map(json.loads, whole)
