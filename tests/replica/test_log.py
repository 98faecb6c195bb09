"""What libraries log comes as lines of our own: few, short, and without what people wrote."""

from __future__ import annotations

import io
import json
import logging
import re
import warnings
from typing import Any, Literal

import pytest
import structlog
from structlog.testing import capture_logs

from bot.replica.log import LibraryLog, Unfailing, adopt_library_logs, configure_logging


def boom(*_: object) -> Any:
    raise RuntimeError("the log is broken")


class Moment:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def fail(logger: logging.Logger, message: str) -> None:
    try:
        raise OSError("Kanarialintu")
    except OSError:
        logger.exception(message)


@pytest.mark.parametrize("form", ["json", "text"])
def test_it_is_for_programs_or_for_people(
    form: Literal["json", "text"], capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging(form)
    adopt_library_logs()
    structlog.get_logger().info("running", listen="127.0.0.1:8080")
    logging.getLogger("uvicorn.error").error("address in use")
    ours, library = capsys.readouterr().err.splitlines()
    if form == "json":
        assert json.loads(ours)["event"] == "running"
        assert json.loads(library)["said"] == "address in use"
        return
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \[info +\] running listen=127\S+", ours)
    assert "said='address in use'" in library


def test_the_same_message_is_written_once_in_ten_seconds() -> None:
    moment, logger = Moment(), logging.Logger("asyncio")
    logger.addHandler(LibraryLog(moment))
    with capture_logs() as lines:
        for _ in range(1000):
            fail(logger, "socket.accept() out of system resource\nsocket: <Kanarialintu>")
        moment.now += 10
        fail(logger, "socket.accept() out of system resource\nsocket: <Kanarialintu>")
        fail(logger, "another thing")
    assert [line.get("times_before") for line in lines] == [None, 999, None]
    assert lines[0]["said"] == "socket.accept() out of system resource"
    assert lines[0]["error"] == "OSError"
    assert "Kanarialintu" not in repr(lines)


def test_a_library_that_may_quote_data_is_named_without_its_words() -> None:
    logger = logging.Logger("sqlalchemy.pool")
    logger.addHandler(LibraryLog())
    with capture_logs() as lines:
        logger.warning("row of %s", "Kanarialintu")
    assert lines[0]["library"] == "sqlalchemy.pool"
    assert "said" not in lines[0]
    assert "Kanarialintu" not in repr(lines)


def test_warnings_and_libraries_reach_the_log() -> None:
    with capture_logs() as lines:
        adopt_library_logs()
        logging.getLogger("a.library").warning("something")
        warnings.showwarning("old", UserWarning, __file__, 1)
    assert [line["library"] for line in lines] == ["a.library", "py.warnings"]


@pytest.mark.parametrize("broken", ["processors", "logger_factory"])
def test_a_log_that_fails_stops_nobody(broken: str) -> None:
    before = structlog.get_config()
    assert before["wrapper_class"] is Unfailing
    try:
        if broken == "processors":
            structlog.configure(processors=[boom])
        else:
            structlog.configure(logger_factory=lambda: structlog.PrintLogger(Closed()))
        structlog.get_logger().info("said", number=1)
        structlog.get_logger().error("said", number=1)
    finally:
        structlog.configure(**before)


class Closed(io.StringIO):
    """A stream that takes nothing."""

    def write(self, _text: str, /) -> int:
        raise OSError(28, "No space left on device")

    def flush(self) -> None:
        raise ValueError("I/O operation on closed file")
