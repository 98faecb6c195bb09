"""onnxruntime tells Microsoft of every process that loads it, unless it is told not to before."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

MODEL = ROOT / "intents" / "encoder" / "encoder.onnx"
# What it keeps quiet for by itself: it must be silent where none of this is set.
QUIET_IN = ("CI", "TF_BUILD", "GITHUB_ACTIONS", "GITLAB_CI", "ORT_RUNNING_UNIT_TESTS")


@pytest.mark.parametrize("given", [None, "0"])
def test_understanding_a_text_leaves_no_id_of_the_machine_and_no_events_to_send(
    tmp_path: Path, given: str | None
) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in QUIET_IN}
    environment.pop("ORT_DISABLE_TELEMETRY", None)
    if given is not None:
        environment["ORT_DISABLE_TELEMETRY"] = given
    environment |= {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    program = (
        "from pathlib import Path; from bot.content.encoder import OnnxEncoder; "
        f"OnnxEncoder(Path({str(MODEL)!r})).vector('hello')"
    )
    subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, check=True, timeout=100
    )
    assert [*tmp_path.rglob("*")] == []
