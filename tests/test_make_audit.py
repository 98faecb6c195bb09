"""`make audit`: a finding fails, a service that cannot be reached is said and passes."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

# What pip-audit 2.10 prints on standard error.
CLEAN = "No known vulnerabilities found"
FOUND = "Found 1 known vulnerability in 1 package"
OFFLINE = """Traceback (most recent call last):
requests.exceptions.ConnectionError: HTTPSConnectionPool: Max retries exceeded"""
BROKEN = """Traceback (most recent call last):
pip_audit._service.interface.ServiceError"""
MALFORMED = "ERROR:pip_audit._cli:requirement file requirements.txt contains invalid specifier"


@pytest.mark.parametrize(
    ("printed", "code", "expected", "said"),
    [
        (CLEAN, 0, 0, CLEAN),
        (FOUND, 1, 1, FOUND),
        (OFFLINE, 1, 0, "cannot be reached, so nothing was checked"),
        (BROKEN, 1, 0, "cannot be reached, so nothing was checked"),
        (MALFORMED, 1, 2, MALFORMED),
    ],
    ids=["clean", "finding", "offline", "broken service", "malformed file"],
)
def test_what_came_of_the_audit_is_told_apart(
    tmp_path: Path, printed: str, code: int, expected: int, said: str
) -> None:
    stand_in = tmp_path / "pip-audit"
    stand_in.write_text(f"#!/bin/sh\ncat >&2 <<'END'\n{printed}\nEND\nexit {code}\n")
    stand_in.chmod(0o755)
    done = subprocess.run(
        [ROOT / ".ci" / "audit"],
        env={**os.environ, "PIP_AUDIT": str(stand_in)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == expected
    shown = (done.stdout + done.stderr).strip()
    assert said in shown
    assert len(shown.splitlines()) == 1
