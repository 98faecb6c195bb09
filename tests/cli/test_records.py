"""Replicas that start together make one database."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.cli.conftest import Machine
from tests.conftest import ROOT

START = "from bot.bootstrap import store_of; from bot.config import read_settings; "
START += "store_of(read_settings(None)).close()"


@pytest.mark.long
def test_replicas_that_start_together_for_the_first_time_agree(machine: Machine) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SELOSTE_DATABASE__URL": machine.url}
    started = [
        subprocess.Popen(
            [sys.executable, "-c", START],
            cwd=machine.folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        for _ in range(3)
    ]
    for process in started:
        told, _ = process.communicate(timeout=60)
        assert (process.returncode, told) == (0, b"")
