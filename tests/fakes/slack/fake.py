"""The fake as tests hold it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

from tests.fakes.slack.forms import Forms
from tests.fakes.slack.model import Call, Delivery, Fault

T = TypeVar("T")


class FakeSlack(Forms):
    """A context manager: the server runs inside it."""

    @property
    def connections(self) -> int:
        """How many sockets are open, silent ones too."""
        return len(self.carrier.links)

    @property
    def pending(self) -> list[Delivery]:
        """What is still on its way to the app, or waits for it."""
        return [delivery for delivery in self.deliveries if not delivery.over.is_set()]

    def called(self, method: str) -> list[Call]:
        """Return the calls of one method."""
        return [call for call in self.calls if call.method == method]

    def wait(self, condition: Callable[[], T], seconds: float = 30) -> T:
        """Wait until something is so, and return it."""
        end = time.monotonic() + seconds
        while not (found := condition()):
            assert time.monotonic() < end, f"waited in vain\n{self.transcript()}"
            time.sleep(0.01)
        return found

    def deliver_to(self, events_url: str, interactivity_url: str = "") -> None:
        """Send everything as signed requests from now on; an empty address goes back to sockets.

        The address of events must answer the challenge.
        """
        if events_url:
            self._thread.run(self.carrier.verify(events_url))
        self._loop.call_soon_threadsafe(
            self.carrier.turn_to, events_url, interactivity_url or events_url
        )

    def fail(self, method: str, **how: Any) -> Fault:
        """Have a call of a method go wrong, as a fault says; return the fault."""
        fault = Fault(method=method, **how)
        with self.lock:
            self.faults.append(fault)
        return fault

    def disconnect(self, reason: str = "refresh_requested", *, close: bool = True) -> None:
        """Tell the app to connect anew, as Slack does every few hours, and close its sockets."""
        self._thread.run(self.carrier.disconnect(reason, close))

    def cut(self) -> None:
        """Break every connection off without a word."""
        self._thread.run(self.carrier.cut())

    def go_silent(self) -> None:
        """Send nothing more over the sockets that are open, which stay so; events wait."""
        self._loop.call_soon_threadsafe(self.carrier.hush)

    def uninstall(self) -> None:
        """Take the app out of the workspace: its token is good for nothing any more."""
        with self.lock:
            self.revoke()
