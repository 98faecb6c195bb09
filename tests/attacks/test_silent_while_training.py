"""A start that learns new phrases takes a minute: it answers meanwhile, so nobody kills it."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import httpx
import pytest

from tests.conftest import ROOT
from tests.fakes.loopback import Loopback
from tests.fakes.replica import SECRET, Replica, until


@pytest.mark.long
def test_health_answers_while_the_model_is_trained(tmp_path: Path) -> None:
    with Loopback(SECRET) as loopback:
        replica = Replica(
            tmp_path,
            loopback,
            XDG_CACHE_HOME=str(tmp_path / "cache"),
            SELOSTE_CONTENT__DIR=str(_with_new_phrases(tmp_path / "content")),
        )
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


def _with_new_phrases(folder: Path) -> Path:
    for name in ("intents", "responses"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("encoder"))
    path = folder / "intents" / "en" / "talk.toml"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    return folder


def _answers(replica: Replica) -> bool:
    assert replica.process.poll() is None, replica.log.read_text()
    try:
        return replica.get("healthz").status_code == 200
    except httpx.HTTPError:
        return False
