"""The configuration: every setting has a default, every fault is named, no secret is shown."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel

from bot.bootstrap import database_url
from bot.config import Settings, read_settings
from bot.config.section import Section
from bot.core.catalog import Right
from bot.core.tickets.public_holidays import Place
from bot.core.tickets.recipients import Kind, Recipient
from bot.errors import ConfigError
from tests.conftest import ROOT

EXAMPLE = ROOT / "config.example.toml"


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_example_holds_every_setting_with_its_default() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    # What has no default stands as a comment; taken out of it, all settings are there.
    shown = tomllib.loads("\n".join(line.removeprefix("# = ") for line in lines))
    for name, section in Settings().model_dump(mode="json").items():
        if name not in ("staff", "recipients"):
            assert shown[name].keys() == section.keys(), name
    active = tomllib.loads("\n".join(lines))
    defaults = Settings().model_dump(mode="json")
    for name, section in active.items():
        if name not in ("staff", "recipients"):
            for key, value in section.items():
                assert defaults[name][key] == value, f"{name}.{key}"


def test_the_example_is_a_valid_configuration() -> None:
    settings = read_settings(EXAMPLE)
    assert isinstance(settings, BaseModel)
    assert settings.staff == []


def test_every_line_of_the_example_is_explained() -> None:
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
        if (" = " in line and not line.startswith("# ")) or line.startswith("# = "):
            assert "#" in line.removeprefix("# = "), line


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[service]\ncountry = "QQ"', "no public holidays are known"),
        ('[service]\ncountry = "DE"\nsubdivision = "XX"', "no public holidays are known"),
        ('[authority]\nurl = "imy.se"', "needs name"),
        ('[authority]\nname = "IMY"\npage = "imy.se"', "page: is called url now"),
    ],
)
def test_a_place_or_an_authority_that_cannot_be_is_refused(
    tmp_path: Path, text: str, told: str
) -> None:
    with pytest.raises(ConfigError, match=told):
        read_settings(written(tmp_path, text))


def test_the_country_counts_for_due_days_and_the_authority_for_letters(tmp_path: Path) -> None:
    service = '[service]\ncountry = "DE"\nsubdivision = "BE"\n'
    text = service + '[authority]\nname = "BlnBDI"\nurl = "x.de"'
    settings = read_settings(written(tmp_path, text))
    assert settings.rules().place == Place(country="DE", subdivision="BE")
    assert settings.words()["authority"] == "BlnBDI, x.de"
    assert Settings().words()["authority"] == ""


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        '[service]\nlanguages = ["de"]\ntimezone = "Mars/Olympus"\nport = 1\n'
        "[identity]\ncode_minutes = 0\nerasure = []\n[telegramm]\ntoken = 'x'\n",
    )
    with pytest.raises(ConfigError) as caught:
        read_settings(path)
    text = str(caught.value)
    for fault in (
        "[service] languages, no. 1",
        "[service] timezone: is no time zone",
        "[service] port: unknown setting",
        "[identity] code_minutes",
        "[identity] erasure: needs at least one proof",
        "[telegramm]: unknown setting",
    ):
        assert fault in text


def test_a_fault_is_told_with_its_line_and_in_plain_words(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        '[service]\n# languages = []\nlanguages = "en"\n\n'
        '[[staff]]\nname = "A"\nroles = ["agent"]\n'
        '[[staff]]  # the second\nname = "B"\nroles = ["boss"]\n[web]\nlisten = "8080"\n',
    )
    with pytest.raises(ConfigError) as caught:
        read_settings(path)
    assert caught.value.faults == (
        f'[service] languages: must be a list, such as ["a", "b"] ({path}, line 3)',
        f"[web] listen: is no host:port; an example: 127.0.0.1:8080 ({path}, line 12)",
        f"[[staff]] no. 2 roles, no. 1: must be 'agent' or 'approver' ({path}, line 10)",
    )


def test_a_fault_is_in_our_words(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        '[service]\ndata_dir = 7\ntimezone = 8\n[mail]\nto_files = "maybe"\n'
        '[identity]\ncode_tries = 1.5\ncodes_per_day = "x"\ncode_pause_hours = []\n'
        '[limits]\nmessages_per_second = "x"\n[[staff]]\nroles = []\n[[staff]]\nname = ""\n',
    )
    with pytest.raises(ConfigError) as caught:
        read_settings(path)
    assert [fault.partition(" (")[0] for fault in caught.value.faults] == [
        "[service] data_dir: must be a path, in quotation marks",
        "[service] timezone: must be text in quotation marks",
        "[mail] to_files: must be true or false",
        "[identity] code_tries: must be a whole number",
        "[identity] codes_per_day: must be a whole number",
        "[identity] code_pause_hours: must not be empty",
        "[limits] messages_per_second: must be a number",
        "[[staff]] no. 1 name: is missing",
        "[[staff]] no. 1 roles: must not be empty",
        "[[staff]] no. 2 name: must not be empty",
        "[[staff]] no. 2 roles: is missing",
    ]


@pytest.mark.parametrize(
    ("section", "name"),
    [
        (f"[http]\nsecret = '{'s' * 32}'\ndeliver_url = 'http://x.fi'\n", "deliver_url"),
        (f"[suppressions]\nsecret = '{'s' * 32}'\nwebhook_url = 'http://x.fi'\n", "webhook_url"),
        ("[web]\npublic_url = 'http://x.fi'\n", "public_url"),
    ],
)
def test_an_address_that_is_not_encrypted_is_named(tmp_path: Path, section: str, name: str) -> None:
    (tmp_path / "config.toml").write_text(section)
    with pytest.raises(ConfigError, match=f"{name}:? must be https://"):
        read_settings(tmp_path / "config.toml")


def test_staff_that_are_no_tables_are_told_how_they_are_written(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"\[\[staff\]\]: each member of staff has a table"):
        read_settings(written(tmp_path, "staff = 5\n"))


def test_the_environment_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, '[service]\ncontact_email = "file@example.com"\n')
    monkeypatch.setenv("SELOSTE_SERVICE__CONTACT_EMAIL", "env@example.com")
    assert read_settings(path).service.contact_email == "env@example.com"
    monkeypatch.setenv("SELOSTE_CONFIG", str(path))
    monkeypatch.delenv("SELOSTE_SERVICE__CONTACT_EMAIL")
    assert read_settings().service.contact_email == "file@example.com"


def test_a_missing_or_broken_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        read_settings(tmp_path / "nowhere.toml")
    with pytest.raises(ConfigError, match="not valid TOML"):
        read_settings(written(tmp_path, "[service"))


def test_a_secret_is_shown_nowhere(tmp_path: Path) -> None:
    path = written(tmp_path, '[keys]\nmaster_key = "c2VjcmV0"\nother = 1\n')
    with pytest.raises(ConfigError) as caught:
        read_settings(path)
    assert "c2VjcmV0" not in str(caught.value)
    settings = read_settings(written(tmp_path, '[keys]\nmaster_key = "c2VjcmV0"\n'))
    assert "c2VjcmV0" not in repr(settings)


def test_an_empty_secret_is_none(tmp_path: Path) -> None:
    """An empty key would let everybody sign."""
    empty = tmp_path / "secret"
    empty.write_text("\n", encoding="utf-8")
    slack = '[slack]\nmode = "http"\nbot_token = "xoxb-1"\n'
    for given, said in (
        ('signing_secret = ""', "needs signing_secret"),
        (f'signing_secret_file = "{empty}"', "is empty"),
    ):
        with pytest.raises(ConfigError, match=said):
            read_settings(written(tmp_path, f"{slack}{given}\n"))
    with pytest.raises(ConfigError, match="needs both secret and deliver_url"):
        read_settings(
            written(tmp_path, '[http]\nsecret = ""\ndeliver_url = "https://example.com/"\n')
        )


@pytest.mark.parametrize(
    ("section", "secret"),
    [
        ("keys", "master_key"),
        ("database", "url"),
        ("mail", "smtp_url"),
        ("http", "secret"),
        ("suppressions", "secret"),
        ("telegram", "token"),
        ("telegram", "webhook_secret"),
        ("slack", "bot_token"),
        ("slack", "app_token"),
        ("slack", "signing_secret"),
    ],
)
def test_a_secret_is_given_once(tmp_path: Path, section: str, secret: str) -> None:
    """Which of the two counts would be a guess, and the other one may be the new one."""
    file = tmp_path / "secret"
    file.write_text("c2VjcmV0", encoding="utf-8")
    both = f'[{section}]\n{secret} = "c2VjcmV0"\n{secret}_file = "{file}"\n'
    with pytest.raises(ConfigError, match=f"{secret} and {secret}_file are both given"):
        read_settings(written(tmp_path, both))


def test_a_secret_in_the_environment_takes_the_place_of_its_file_and_the_other_way_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So can a restore be rehearsed, whatever the configuration says of the database."""
    file = tmp_path / "url"
    file.write_text("sqlite:///of-the-file.db", encoding="utf-8")
    monkeypatch.setenv("SELOSTE_DATABASE__URL", "sqlite:///rehearsal.db")
    by_file = written(tmp_path, f'[database]\nurl_file = "{file}"\n')
    assert database_url(read_settings(by_file)) == "sqlite:///rehearsal.db"
    monkeypatch.delenv("SELOSTE_DATABASE__URL")
    monkeypatch.setenv("SELOSTE_DATABASE__URL_FILE", str(file))
    by_value = written(tmp_path, '[database]\nurl = "sqlite:///other.db"\n')
    assert database_url(read_settings(by_value)) == "sqlite:///of-the-file.db"


def test_every_secret_can_be_read_from_a_file() -> None:
    for field in Settings.model_fields.values():
        if isinstance(field.annotation, type) and issubclass(field.annotation, Section):
            for secret in field.annotation.secrets():
                assert f"{secret}_file" in field.annotation.model_fields


def test_the_password_of_the_database_can_be_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "url"
    file.write_text("postgresql+psycopg://seloste:s3cret@db.example.com/seloste\n")
    settings = read_settings(written(tmp_path, f'[database]\nurl_file = "{file}"\n'))
    assert database_url(settings) == "postgresql+psycopg://seloste:s3cret@db.example.com/seloste"
    assert "s3cret" not in repr(settings)


def test_an_unknown_setting_is_named_with_the_one_that_was_meant(tmp_path: Path) -> None:
    text = (
        '[service]\ndatadir = "x"\n[[staff]]\nname = "A"\nroles = ["agent"]\ntelegramm = 1\n'
        '[datbase]\nurl = "x"\n'
    )
    with pytest.raises(ConfigError) as caught:
        read_settings(written(tmp_path, text))
    assert "[service] datadir: unknown setting; did you mean data_dir?" in str(caught.value)
    assert "[[staff]] no. 1 telegramm: unknown setting; did you mean telegram?" in str(caught.value)
    assert "[datbase]: unknown setting; did you mean database?" in str(caught.value)


def test_the_commands_in_the_texts_are_of_the_languages_that_are_spoken(tmp_path: Path) -> None:
    settings = read_settings(written(tmp_path, '[service]\nlanguages = ["sv", "fi"]\n'))
    assert settings.words()["languages"] == "/sv /fi"


def test_the_defaults_are_the_policy_of_the_design() -> None:
    rules = Settings().rules()
    assert rules.four_eyes == {Right.ERASURE}
    assert (rules.codes.tries, rules.codes.per_hour) == (5, 3)
    assert rules.codes.lifetime.total_seconds() == 15 * 60


def test_recipients_have_names_that_can_be_told_apart(tmp_path: Path) -> None:
    blocks = '[[recipients]]\nname = "Accounting"\nkind = "system"\nowner = "Aino"\n'
    settings = read_settings(written(tmp_path, blocks))
    assert settings.rules().recipients == (
        Recipient(name="Accounting", kind=Kind.SYSTEM, owner="Aino"),
    )
    for name, fault in (("accounting!", "two recipients"), ("Склад", "needs a letter")):
        more = f'{blocks}[[recipients]]\nname = "{name}"\n'
        with pytest.raises(ConfigError, match=fault):
            read_settings(written(tmp_path, more))


@pytest.mark.parametrize(
    ("service", "phone"),
    [
        ("", "+358 20 754 5060"),
        ('contact_email = "privacy@acme.example"', ""),
        ('contact_email = "privacy@acme.example"\ncontact_phone = "+358 9 123"', "+358 9 123"),
        ('contact_phone = ""', ""),
    ],
)
def test_no_number_of_another_organisation_stands_beside_an_address(
    tmp_path: Path, service: str, phone: str
) -> None:
    settings = read_settings(written(tmp_path, f"[service]\n{service}\n"))
    assert settings.words()["contact_phone"] == phone
