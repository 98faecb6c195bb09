"""The content is complete, and a fault in it is named with its file and key, all at once."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

import pytest

from bot.config import Settings
from bot.content.load import Content, load, warnings
from bot.core.catalog import Catalog, Kind, Language, Notice, Right
from bot.core.conversation import answers
from bot.errors import ContentError
from tests.conftest import ROOT

SETTINGS = Settings().words()


@pytest.fixture(scope="module")
def few_phrases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content that ships with a few phrases of each topic, which is read in no time."""
    made = tmp_path_factory.mktemp("few")
    for name in ("intents", "responses"):
        left_out = shutil.ignore_patterns("encoder", "trained.npz", "replies")
        shutil.copytree(ROOT / name, made / name, ignore=left_out)
    for path in (*made.glob("intents/*/*.toml"), *made.glob("responses/notice/phrases/**/*.toml")):
        path.write_text(_SOME.sub(r"\1\2", path.read_text(encoding="utf-8")), encoding="utf-8")
    return made


# Of a list of phrases, the first ones, and the last one with the end of the list.
_SOME = re.compile(r"^(phrases = \[\n(?:.*\n){4})(?:    .*\n)*(    .*\n\])", re.MULTILINE)


@pytest.fixture
def folder(tmp_path: Path, few_phrases: Path) -> Path:
    return shutil.copytree(few_phrases, tmp_path, dirs_exist_ok=True)


@pytest.fixture
def all_phrases(folder: Path) -> Path:
    shutil.copytree(ROOT / "intents", folder / "intents", dirs_exist_ok=True)
    return shutil.copytree(ROOT / "responses", folder / "responses", dirs_exist_ok=True).parent


def faults(folder: Path) -> tuple[str, ...]:
    with pytest.raises(ContentError) as caught:
        load(folder, SETTINGS)
    return caught.value.faults


def change(path: Path, edit: Callable[[str], str]) -> None:
    path.write_text(edit(path.read_text(encoding="utf-8")), encoding="utf-8")


@pytest.mark.parametrize("language", Language)
def test_people_are_told_of_everything_that_is_kept_for_how_long(
    content: Content, language: Language
) -> None:
    told = content.texts.sources[language]["privacy"]
    kept = Settings().retention.model_dump(exclude={"reminder_hours"})  # when, not for how long
    days = {name: str(value) for name, value in kept.items()}
    named = {word for word in SETTINGS if "{{ " + word + " }}" in told}
    assert len(named & {w for w, v in SETTINGS.items() if v in days.values()}) == len(days)


def test_every_passage_is_quoted_by_an_intent(catalog: Catalog, notice: Notice) -> None:
    quoted = {
        passage for intent in catalog.intents.values() for passage in answers.quoted(intent, notice)
    }
    assert set(notice.passages) - quoted == set()


def test_the_catalogue_covers_what_people_ask(catalog: Catalog) -> None:
    kinds = [intent.kind for intent in catalog.intents.values()]
    assert {i.right for i in catalog.intents.values() if i.right} == set(Right)
    assert kinds.count(Kind.NOT_IN_NOTICE) >= 25
    assert kinds.count(Kind.OUT_OF_SCOPE) >= 8
    assert set(kinds) == set(Kind)


def test_every_intent_has_thirty_phrases_in_each_language(content: Content) -> None:
    assert warnings(content) == []


def test_no_answer_quotes_more_than_three_passages_or_about_900_characters(
    catalog: Catalog, notice: Notice
) -> None:
    for intent in catalog.intents.values():
        quoted = answers.quoted(intent, notice)
        assert len(quoted) <= 3
        assert len(quoted) <= 1 or sum(len(notice.passages[p].text) for p in quoted) <= 900


def test_a_passage_that_announces_a_list_is_quoted_with_what_it_announces(
    catalog: Catalog, notice: Notice
) -> None:
    for intent in catalog.intents.values():
        quoted = [notice.passages[passage] for passage in answers.quoted(intent, notice)]
        for passage, after in zip_longest(quoted, quoted[1:]):
            if passage.text.endswith(":"):
                assert after is not None, intent.id
                assert after.bullet, intent.id


def test_all_faults_are_named_at_once_with_file_and_key(folder: Path) -> None:
    change(folder / "intents/catalog.toml", lambda text: text + "\n[topic.new]\nnaer = 'office'\n")
    change(folder / "responses/en.toml", lambda text: text.replace("empty =", "emty =", 1))
    change(folder / "responses/sv.toml", lambda text: text.replace("{{ number }}", "{{ nummer }}"))
    found = "\n".join(faults(folder))
    assert "intents/catalog.toml: topic.new.naer: unknown key" in found
    assert "intents/fi: topic.new: has no phrases" in found
    assert "responses/en.toml: empty: text is missing" in found
    assert "responses/en.toml: emty: is not in fi.toml" in found
    assert "responses/sv.toml: ticket.opened: placeholders differ" in found


@pytest.mark.parametrize(
    ("added", "fault"),
    [
        ("[question.x]", "question: unknown kind; known are topic, request, out_of_scope"),
        ("[request.x]\nright = 'sleep'", "request.x.right: unknown right 'sleep'"),
        ("[topic.x]\nright = 'access'", "topic.x.right: a request names its right"),
        ("[topic.x]\nnear = 'nowhere'", "topic.x.near: unknown topic 'topic.nowhere'"),
        ("[topic.x]\ntext = 'nothing'", "topic.x.text: unknown text 'nothing'"),
        ("[smalltalk.x]\ntext = 'privacy'", "smalltalk.x.text: only a topic has one"),
    ],
)
def test_what_is_wrong_in_the_library_is_named(folder: Path, added: str, fault: str) -> None:
    change(folder / "intents/catalog.toml", lambda text: f"{text}\n{added}\n")
    assert f"intents/catalog.toml: {fault}" in "\n".join(faults(folder))


def test_an_id_that_no_button_could_name_is_named(folder: Path) -> None:
    long = "x" * 56
    change(folder / "intents/catalog.toml", lambda text: text + f"\n[smalltalk.{long}]\n")
    change(folder / "responses/notice/fi.md", lambda text: text.replace("section-targeting", long))
    found = "\n".join(faults(folder))
    assert f"fi.md: {long}: is longer than the 55 bytes" in found
    assert f"catalog.toml: smalltalk.{long}: is longer than the 55 bytes" in found


def test_a_phrase_under_two_intents_is_named(folder: Path) -> None:
    change(
        folder / "intents/en/talk.toml",
        lambda text: text.replace("phrases = [", 'phrases = [\n    "DELETE my data!",', 1),
    )
    change(
        folder / "intents/en/requests.toml",
        lambda text: text.replace(
            "[request.erasure]\nphrases = [", '[request.erasure]\nphrases = [\n"delete my data",'
        ),
    )
    assert any(
        "stands under" in fault and "delete my data" in fault.lower() for fault in faults(folder)
    )


def test_what_an_organisation_does_not_replace_is_what_ships(all_phrases: Path) -> None:
    shutil.rmtree(all_phrases / "intents")
    shutil.rmtree(all_phrases / "responses" / "labels")
    for language in Language:
        (all_phrases / "responses" / f"{language}.toml").unlink()
    own, shipped = load(all_phrases, SETTINGS), load(None, SETTINGS)
    assert own.catalog == shipped.catalog
    assert own.texts.sources == shipped.texts.sources


def test_a_folder_without_a_notice_is_refused(folder: Path) -> None:
    shutil.rmtree(folder / "responses" / "notice")
    assert faults(folder) == (f"{folder}: has no responses/notice/",)


def test_the_library_names_no_company() -> None:
    for file in (ROOT / "intents").rglob("*.*"):
        if file.suffix in (".toml", ".jsonl"):
            said = file.read_text(encoding="utf-8").lower()
            assert not {"ideafix", "kinkerips"} & set(re.findall(r"\w+", said)), file


def test_people_name_the_company_of_the_notice_and_nothing_is_learnt_of_its_name(
    all_phrases: Path,
) -> None:
    shutil.rmtree(all_phrases / "responses" / "notice" / "phrases")
    change(
        all_phrases / "responses/notice/fi.md",
        lambda text: text.replace('company = "Ideafix"', 'company = "Fernhollow"'),
    )
    phrases = load(all_phrases, SETTINGS).catalog.phrases
    named = next(phrase for phrase in phrases if phrase.said == "what does fernhollow do")
    assert named.learnt == "what does  do"
    assert not [phrase for phrase in phrases if "fernhollow" in phrase.learnt.lower()]


def test_without_a_name_of_the_company_phrases_do_without(all_phrases: Path) -> None:
    change(
        all_phrases / "responses/notice/fi.md",
        lambda text: text.replace('company = "Ideafix"\n', ""),
    )
    said = {phrase.said for phrase in load(all_phrases, SETTINGS).catalog.phrases}
    assert "what does do" in said


def test_what_people_say_to_one_company_alone_stands_beside_its_notice(folder: Path) -> None:
    own = folder / "responses/notice/phrases"
    odd = "[topic.cookies]\n[topic.yarn]\n[out_of_scope.yarn]\n"
    (own / "catalog.toml").write_text(odd, encoding="utf-8")
    wool = '[out_of_scope.yarn]\nphrases = ["wool"]\n'
    for language in Language:
        (own / f"{language}.toml").write_text(wool, encoding="utf-8")
    assert faults(folder) == (
        "responses/notice/phrases/catalog.toml: topic.cookies: stands in the library too",
        "responses/notice/phrases/catalog.toml: topic.yarn: only out_of_scope is added here, "
        "topics stand in intents/",
    )
    (own / "catalog.toml").write_text("[out_of_scope.yarn]\n", encoding="utf-8")
    catalog = load(folder, SETTINGS).catalog
    assert "out_of_scope.yarn" in catalog.intents
    assert [phrase.said for phrase in catalog.phrases if phrase.intent == "out_of_scope.yarn"] == (
        ["wool"] * len(Language)
    )


def test_missing_phrases_are_named(folder: Path) -> None:
    (folder / "intents/sv/topics.toml").unlink()
    assert "intents/sv/topics.toml: file is missing" in faults(folder)


def test_broken_toml_is_named_with_its_line(folder: Path) -> None:
    change(folder / "intents/fi/talk.toml", lambda text: text + "\n[broken\n")
    assert any("intents/fi/talk.toml: is not valid TOML" in fault for fault in faults(folder))


def test_a_template_that_cannot_be_read_is_named(folder: Path) -> None:
    change(
        folder / "responses/fi.toml", lambda text: text.replace("{{ number }}", "{{ number }", 1)
    )
    assert any("template error" in fault for fault in faults(folder))


def test_a_ready_made_reply_that_cannot_be_filled_in_or_is_missing_is_named(folder: Path) -> None:
    for language in Language:
        change(
            folder / f"responses/{language}.toml",
            lambda text: text.replace(
                '\nunfounded = "', '\nunfounded = "{{ customer }} ', 1
            ).replace("\nexcessive = ", "\nexcesive = ", 1),
        )
    found = "\n".join(faults(folder))
    told = "template.refuse.unfounded: unknown placeholders: ['customer']"
    missing = "template.refuse.excessive: ready-made reply is missing"
    for language in Language:
        assert f"responses/{language}.toml: {told}" in found
        assert f"responses/{language}.toml: {missing}" in found


def test_a_passage_without_translation_is_named(folder: Path) -> None:
    change(folder / "responses/notice/sv.toml", lambda text: text.replace("[office]", "[ofice]", 1))
    found = faults(folder)
    assert "responses/notice/sv.toml: office: has no translation" in found
    assert any("ofice: translates no passage" in fault for fault in found)


def test_texts_of_the_three_languages_have_the_same_keys_and_placeholders(
    content: Content,
) -> None:
    texts = content.texts
    for language in Language:
        assert texts.sources[language].keys() == texts.sources[Language.FI].keys()
        for key in texts.sources[language]:
            assert texts.placeholders(key, language) == texts.placeholders(key, Language.FI), key


def test_letters_name_the_authority_of_the_organisation_or_that_of_finland(
    content: Content,
) -> None:
    named = replace(content.texts, settings={**content.texts.settings, "authority": "IMY, imy.se"})
    for language in Language:
        for key in ("letter.refuse_route", "law.refusals"):
            own = content.texts.render(key, language, {"contact_email": ""})
            other = named.render(key, language, {"contact_email": ""})
            assert "imy.se" not in own
            assert "(IMY, imy.se)" in other
            assert not any(finnish in other for finnish in ("tietosuoja.fi", "mbudsman"))
