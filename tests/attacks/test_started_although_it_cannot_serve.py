"""A service that could not do its work does not start: it ends with a sentence, not with silence.

It would be alive for its supervisor, and deaf to its customers.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
from pathlib import Path

import pytest

from tests.fakes.loopback import Loopback
from tests.fakes.replica import SECRET, Replica

STAFF = [{"name": "Kanarialintu", "roles": ["agent", "approver"]}]


def refused(folder: Path, **settings: str) -> str:
    """Return what a service says that ends by itself at once; it is killed otherwise."""
    with Loopback(SECRET) as loopback:
        replica = Replica(folder, loopback, **settings)
        replica.launch()
        try:
            code = replica.process.wait(30)
        except subprocess.TimeoutExpired:
            replica.process.kill()
            replica.process.wait()
            pytest.fail(f"it lives on: {replica.log.read_text()}")
        said = replica.log.read_text()
    assert code == 2
    assert '"running"' not in said
    assert "Traceback" not in said
    return said


@pytest.mark.long
def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        said = refused(tmp_path, SELOSTE_WEB__LISTEN=listen)
    assert f"[web] listen: nothing can listen on {listen}" in said


def test_settings_that_cannot_work_all_named_at_once(tmp_path: Path) -> None:
    said = refused(
        tmp_path,
        SELOSTE_STAFF=json.dumps(STAFF * 2),
        SELOSTE_MAIL__TO_FILES="false",
        SELOSTE_TELEGRAM__TOKEN="abc",
        SELOSTE_DATABASE__URL="postgres://x",
        SELOSTE_SERVICE__DATA_DIR="/proc/x",
    )
    for sentence in (
        "[[staff]]: no. 1 and 2 have the same name",
        "[mail] smtp_url: there is no mail server",
        "copy the whole token from @BotFather",
        "write postgresql+psycopg:// instead",
        "[service] data_dir: /proc/x cannot be",
    ):
        assert sentence in said
    assert "Kanarialintu" not in said


@pytest.mark.long
def test_nobody_who_could_decide(tmp_path: Path) -> None:
    assert "[[staff]]: nobody is named" in refused(tmp_path, SELOSTE_STAFF="[]")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can try this")
def test_the_superuser(tmp_path: Path) -> None:
    assert "root: the superuser" in refused(tmp_path, SELOSTE_ALLOW_ROOT="0")
