"""What the product really writes while a test runs, and what may never stand in it.

The whole test run logs as `seloste run` does, so a log line of the product goes to stderr. After
each test, what was captured of stdout, stderr and the standard library's log is searched for
personal data: whoever wrote it, the test fails. Under `-s` nothing is captured, and nothing found.
"""

from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import Generator, Iterator

import pytest
import structlog

from bot.replica.log import configure_logging
from tests.logs import personal


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    configure_logging()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None]:
    return (yield from _still_captured(item.config))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    return (yield from _still_captured(item.config))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    return (yield from _still_captured(item.config))


def _still_captured(config: pytest.Config) -> Generator[None]:
    """Capture between two tests, too, what an assistant writes that serves both.

    It is searched with the output of the test that follows. Only a worker has no terminal to write
    to meanwhile.
    """
    yield
    capture = config.pluginmanager.getplugin("capturemanager")
    if hasattr(config, "workerinput") and capture is not None and capture.is_globally_capturing():
        capture.resume_global_capture()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test, at its end, if anything personal was written during it."""
    report = yield
    written = "".join((report.capstdout, report.capstderr, report.caplog))
    if report.when == "teardown" and report.passed and (found := personal(written)):
        report.outcome = "failed"
        report.longrepr = f"personal data in the output of {item.nodeid}: {found}\n{written}"
    return report


@pytest.fixture(autouse=True)
def log_as_configured() -> Iterator[None]:
    """Give the next test the log that this one was given: commands choose one for their process."""
    before, root, show = structlog.get_config(), logging.getLogger(), warnings.showwarning
    handlers, level = list(root.handlers), root.level
    yield
    structlog.configure(**before)
    logging.captureWarnings(False)
    warnings.showwarning = show
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture(autouse=True)
def warnings_shown() -> Iterator[None]:
    """Write warnings to stderr, as Python does, and raise the first at the end of the test.

    Raised where it arises, as the tests' filter has it, a warning could be caught by the product,
    and its text would not be seen.
    """
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield
    for each in caught:
        text = warnings.formatwarning(each.message, each.category, each.filename, each.lineno)
        sys.stderr.write(text)
    for each in caught:
        warnings.warn_explicit(each.message, each.category, each.filename, each.lineno)
