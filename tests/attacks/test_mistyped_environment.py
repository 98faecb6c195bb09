"""A mistyped variable of the environment is refused, in a sentence, by whatever command reads it.

It would be ignored otherwise: a rehearsed restore would then fill the production database.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from bot.config import Settings, read_settings
from bot.config.environment import variables
from bot.core.catalog import Language
from bot.errors import ConfigError


def refusal(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> str:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError) as caught:
        read_settings()
    return str(caught.value)


@pytest.fixture(autouse=True)
def _nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("mistyped", "meant"),
    [
        ("SELOSTE_DATABASE_URL", "SELOSTE_DATABASE__URL"),
        ("SELOSTE_SERVICE_CONTACT_EMAIL", "SELOSTE_SERVICE__CONTACT_EMAIL"),
        ("SELOSTE_DESK__FOUREYES", "SELOSTE_DESK__FOUR_EYES"),
        ("SELOSTE_TELEGRAMM__TOKEN", "SELOSTE_TELEGRAM__TOKEN"),
        ("seloste_database_url", "SELOSTE_DATABASE__URL"),
        ("SELOSTE_CONFG", "SELOSTE_CONFIG"),
    ],
)
def test_an_unknown_variable_is_refused_with_the_name_that_was_meant(
    monkeypatch: pytest.MonkeyPatch, mistyped: str, meant: str
) -> None:
    said = refusal(monkeypatch, mistyped, "s3cret-value")
    assert f"{mistyped} is no setting; did you mean {meant}?" in said
    assert "s3cret-value" not in said


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SELOSTE_STAFF", "x", "SELOSTE_STAFF must be JSON, such as [{"),
        ("SELOSTE_STAFF", "Aino,Mika", "SELOSTE_STAFF must be JSON"),
        ("SELOSTE_SERVICE", "5", "SELOSTE_SERVICE must be JSON"),
        ("SELOSTE_SERVICE__LANGUAGES", "[en", "SELOSTE_SERVICE__LANGUAGES must be a list"),
        ("SELOSTE_SERVICE__LANGUAGES", "klingon", "[service] languages, no. 1: must be 'fi'"),
    ],
)
def test_a_value_that_cannot_be_read_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    assert said in refusal(monkeypatch, name, value)


@pytest.mark.parametrize(
    "name", [name for name, _ in variables(Settings) if not name.endswith("_FILE")]
)
def test_no_variable_ends_with_a_traceback(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "1,x")
    with suppress(ConfigError):
        read_settings()


@pytest.mark.parametrize("value", ["en,fi", "en, fi", '["en", "fi"]'])
def test_a_list_may_be_written_with_commas(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("SELOSTE_SERVICE__LANGUAGES", value)
    assert read_settings().service.languages == [Language.EN, Language.FI]


@pytest.mark.parametrize(
    "name",
    [
        "SELOSTE_SERVICE_HOST",
        "SELOSTE_SERVICE_PORT",
        "SELOSTE_SERVICE_PORT_HTTP",
        "SELOSTE_PORT",
        "SELOSTE_PORT_8080_TCP_ADDR",
    ],
)
def test_what_kubernetes_sets_beside_a_service_of_that_name_is_no_mistake(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "tcp://10.0.0.1:8080")
    assert read_settings()


def test_all_mistyped_variables_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SELOSTE_A", "1")
    monkeypatch.setenv("SELOSTE_B", "1")
    with pytest.raises(ConfigError, match=r"SELOSTE_A is no setting(.|\n)*SELOSTE_B is no"):
        read_settings()
