"""Another user of the machine cannot read what a running service writes, whatever its umask was.

Due dates, rights and states are not sealed, and letters hold codes.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.fakes.loopback import Loopback
from tests.fakes.replica import SECRET, Replica, until


@pytest.mark.long
def test_every_file_of_a_running_service_is_closed_to_others(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with Loopback(SECRET) as loopback:
        replica = Replica(tmp_path, loopback)
        before = os.umask(0o000)
        try:
            replica.start()
        finally:
            os.umask(before)
        try:
            words = ("Poistakaa tietoni", "kyllä", "Matti Meikäläinen", "matti@example.com")
            for number, text in enumerate((*words, "ohita", "kyllä")):
                replica.post({"id": str(number), "person": "matti", "text": text})
            until(lambda: list(data.glob("mail/*.eml")))
            modes = {path: path.stat().st_mode & 0o777 for path in (data, *data.rglob("*"))}
        finally:
            replica.__exit__()
    assert {"seloste.db", "seloste.db-wal", "master.key"} <= {path.name for path in modes}
    assert {str(path): oct(mode) for path, mode in modes.items() if mode & 0o077} == {}
