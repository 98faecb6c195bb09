"""The library serves a notice that it was not written for, by its map alone.

The notice of a web shop, in English, without a translation: what stands in `tests/data/en_shop` is
all that its organisation wrote. Its questions only measure; nothing is learnt from them.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from bot.cli.evaluate import Report, evaluate, read_items
from bot.config import Settings
from bot.content.load import Content, warnings
from bot.content.loaded import Understanding, understanding
from bot.content.wording import worded
from bot.core.catalog import Kind, Language
from bot.core.effects import Quote, Say
from bot.core.tickets.ticket import Person
from bot.core.understanding.topics.match import Outcome
from tests.conftest import ROOT

SHOP = ROOT / "tests" / "data" / "en_shop"
RIGHT, REACHED = 84.0, 93.0  # %, of 110: each question is 0.9
_MARKUP = re.compile(r"\||<br>|^> |^#+ ", re.MULTILINE)


@pytest.fixture(scope="module")
def shop() -> Understanding:
    return understanding(SHOP, Settings().words())


@pytest.fixture(scope="module")
def content(shop: Understanding) -> Content:
    return shop.content


@pytest.fixture(scope="module")
def report(shop: Understanding) -> Report:
    items = read_items([SHOP / "questions.jsonl"])
    return evaluate(items, shop.content.catalog, shop.content.notice, shop.matcher)


def words(text: str) -> str:
    """Return a text without marks of Markdown and ends of lines."""
    return " ".join(_MARKUP.sub(" ", text.replace("*", "")).split())


def test_its_organisation_wrote_the_notice_and_a_map_and_nothing_else() -> None:
    written = {path.relative_to(SHOP) for path in SHOP.rglob("*") if path.is_file()}
    measured = {Path("questions.jsonl"), Path("notice-source.md")}
    folder = Path("responses/notice")
    assert written - measured == {folder / "en.md", folder / "topics.toml"}


def test_its_passages_are_the_published_text_word_for_word(content: Content) -> None:
    source = (SHOP / "notice-source.md").read_text(encoding="utf-8")
    published = words(source)
    for passage in content.notice.passages.values():
        assert words(passage.text) in published, passage.id


def test_most_questions_are_answered_by_the_map_alone(report: Report) -> None:
    assert report.total() == 110
    assert report.share("right") >= RIGHT
    assert report.share("right") + report.share("beside") + report.share("clarified") >= REACHED


def test_every_request_is_recognised_also_for_a_right_that_the_notice_lacks(
    report: Report, content: Content
) -> None:
    assert report.share("right", kind=Kind.REQUEST) == 100.0
    assert content.catalog.intents["request.restriction"].passages == ()


def test_only_passages_that_say_nothing_alone_are_quoted_by_no_topic(content: Content) -> None:
    assert warnings(content) == ["no topic quotes business", "no topic quotes word-transfers"]


@pytest.mark.parametrize("language", Language)
def test_it_is_quoted_as_it_is_and_no_translation_is_claimed(
    content: Content, language: Language
) -> None:
    nobody = Person(channel="test", account="")
    message = worded(Say(to=nobody, language=language, parts=(Quote(passage="backups"),)), content)
    (quotation,) = message.blocks
    assert (quotation.text, quotation.heading) == (
        "Backups are overwritten every 35 days.",
        "5. How long we keep it",
    )


def test_people_who_write_finnish_are_answered_with_the_english_text(shop: Understanding) -> None:
    match = shop.matcher.match("Kuinka kauan varmuuskopioita säilytetään?")
    assert (match.language, match.intent) == (Language.FI, "question.deletion-practice")


@pytest.mark.parametrize(
    ("unmapped", "question", "passage"),
    [
        ("dpo", "Do you have a data protection officer?", "dpo"),
        ("fee", "Paljonko tietojen näkeminen maksaa?", ""),  # by law it is free: that is said
        ("encryption", "Är trafiken till er butik krypterad?", "security-tls"),
        ("breaches", "Would you tell me if you got hacked?", "security-breach"),
    ],
)
def test_a_passage_that_no_topic_quotes_is_found_and_offered(
    tmp_path: Path, unmapped: str, question: str, passage: str
) -> None:
    shutil.copytree(SHOP, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "responses" / "notice" / "topics.toml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text(
        "".join(line for line in lines if not line.startswith(f"{unmapped} = ")), "utf-8"
    )
    match = understanding(tmp_path, Settings().words()).matcher.match(question)
    assert (match.outcome, match.intent) == (Outcome.NOT_IN_NOTICE, f"not_in_notice.{unmapped}")
    assert match.passages == ((passage,) if passage else ())
