"""The commands by which staff learn from what was asked in vain."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.cli.resources import Config, existing_store, settings_from
from bot.cli.screen import counted, print_table

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.content.library import Entry
    from bot.storage.store import Store
    from bot.storage.unanswered_questions import KeptQuestion

review_app = typer.Typer(help="What was asked in vain, to learn from.", no_args_is_help=True)

_CHOICES = "phrase (p), new topic (n), dismiss (d), skip (s), quit (q)"


@review_app.command("list")
def list_questions(config: Config = None) -> None:
    """List the questions that wait for review; names, addresses and numbers in them are masked."""
    settings = settings_from(config)
    with closing(existing_store(settings)) as store:
        waiting = _waiting(store)
    rows = [
        (one.day, one.question.language, one.question.result, one.question.topic, one.question.text)
        for one in waiting
    ]
    columns = "asked on", "language", "result", "nearest topic", "question"
    print_table(f"{counted(len(rows), 'question')} to review", columns, rows)
    if not settings.learning.keep_unanswered:
        print("None are kept: [learning] keep_unanswered is off.")


@review_app.command("review")
def review(config: Config = None) -> None:
    """Review the questions one by one: make a phrase of it, note a new topic, or dismiss it.

    Nothing is learnt before `seloste questions accept`.
    """
    from bot.content.files import Reading
    from bot.content.library import read_entries

    settings = settings_from(config)
    root = _own_content(settings)
    entries = read_entries(Reading(root))
    with closing(existing_store(settings)) as store:
        waiting = _waiting(store)
        for number, one in enumerate(waiting, 1):
            _show(one, f"{number} of {len(waiting)}")
            done = _ask(one, root, entries)
            if done is None:
                break
            if done:
                _drop(store, one.id)
    if not waiting:
        print("No question waits for review.")


@review_app.command("accept")
def accept(config: Config = None) -> None:
    """Move the proposed phrases to your own; `seloste train` then learns them."""
    from bot.content import proposals

    number = proposals.accept(_own_content(settings_from(config)))
    print(f"{counted(number, 'phrase')} accepted.", "Now run: seloste train" if number else "")


def _waiting(store: Store) -> list[KeptQuestion]:
    with store.reading() as unit:
        return unit.unanswered_questions.waiting()


def _drop(store: Store, one: str) -> None:
    from bot.bootstrap import utc_now
    from bot.storage.unit import SCRUB

    with store.transaction() as unit:
        unit.unanswered_questions.drop(one)
        unit.meta.set(SCRUB, utc_now().isoformat())


def _own_content(settings: Settings) -> Path:
    """Return the folder of the content, which must not be the program's own."""
    from bot.content.files import PACKAGE, content_dir
    from bot.errors import UsageError

    root = content_dir(settings.content.dir)
    if root.is_relative_to(PACKAGE):
        raise UsageError("phrases of your own need a folder of your own: set [content] dir")
    return root


def _show(one: KeptQuestion, place: str) -> None:
    question = one.question
    nearest = question.topic or "none"
    row = (one.day, question.language, question.result, nearest, question.text)
    print_table(place, ("asked on", "language", "result", "nearest topic", "question"), [row])


def _ask(one: KeptQuestion, root: Path, entries: Mapping[str, Entry]) -> bool | None:
    """Ask what is to become of a question; True when it is done with, None at the end."""
    from bot.content import proposals

    while True:
        match typer.prompt(_CHOICES).strip().lower()[:1]:
            case "p":
                topic = _topic(one.question.topic, entries)
                path = proposals.propose(root, one.question.language, topic, _wording(one))
            case "n":
                topic = f"topic.{_name(typer.prompt('name of the new topic, such as drones'))}"
                path = proposals.propose_topic(root, one.question.language, topic, _wording(one))
            case "d":
                return True
            case "s":
                return False
            case "q":
                return None
            case _:
                continue
        print(f"Proposed for {topic}: {path}")
        return True


def _topic(nearest: str, entries: Mapping[str, Entry]) -> str:
    from rapidfuzz.process import extract

    while True:
        said = typer.prompt("topic", default=nearest or None).strip()
        for name in (said, f"topic.{said}"):
            if name in entries:
                return name
        near = [name for name, _, _ in extract(said, list(entries), limit=3)]
        print(f"There is no {said}. Near: {', '.join(near)}")


def _name(said: str) -> str:
    """Return a name as the library writes them."""
    return "_".join(re.findall(r"[a-z0-9]+", said.lower())) or "unnamed"


def _wording(one: KeptQuestion) -> str:
    """Ask for the wording: a text with gaps is no phrase."""
    from bot.core.unanswered import GAP, NUMBER

    text = one.question.text
    whole = GAP not in text and NUMBER not in text
    while True:
        said = " ".join(typer.prompt("wording", default=text if whole else None).split())
        if said and GAP not in said:
            return said
        print("Fill in the gaps, or leave them out; write no name of a person.")
