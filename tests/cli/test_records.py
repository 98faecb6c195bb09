"""The audit chain is verified, on a first start too."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.cli.conftest import Machine
from tests.conftest import ROOT

WHOLE = b"the audit chain is whole, and every ticket is as it says: 0 rows\n"


@pytest.mark.long
def test_replicas_that_start_together_for_the_first_time_agree(machine: Machine) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SELOSTE_DATABASE__URL": machine.url}
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "bot", "audit", "verify"],
            cwd=machine.folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        for _ in range(3)
    ]
    for process in started:
        told, _ = process.communicate(timeout=60)
        assert (process.returncode, told) == (0, WHOLE)
