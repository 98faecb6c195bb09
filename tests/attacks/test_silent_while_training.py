"""A first start trains for a minute: it answers meanwhile, so that no supervisor kills it."""

from __future__ import annotations

import signal
from pathlib import Path

import httpx

from tests.fakes.loopback import Loopback
from tests.fakes.replica import SECRET, Replica, until


def test_health_answers_while_the_model_is_trained(tmp_path: Path) -> None:
    with Loopback(SECRET) as loopback:
        replica = Replica(tmp_path, loopback, XDG_CACHE_HOME=str(tmp_path / "cache"))
        replica.launch()
        try:
            until(lambda: _answers(replica), 30)
            assert replica.get("healthz").text == "alive\n"
            until(lambda: "training the model" in replica.get("readyz").text, 30)
            assert replica.get("readyz").status_code == 503
            until(lambda: '"percent"' in replica.log.read_text(), 30)
            assert '"running"' not in replica.log.read_text()
        finally:
            replica.stop(signal.SIGKILL)


def _answers(replica: Replica) -> bool:
    assert replica.process.poll() is None, replica.log.read_text()
    try:
        return replica.get("healthz").status_code == 200
    except httpx.HTTPError:
        return False
