"""The master key opens what it sealed; lost, changed or open to others, it says so plainly."""

from __future__ import annotations

import base64
from dataclasses import fields, replace
from pathlib import Path

import pytest

from bot.core.contacts import email, phone
from bot.errors import KeyFault
from bot.storage.crypto import Keys, new_key, seal, unseal
from bot.storage.key_file import keys_from_file, read_master_key

KEYS = [field.name for field in fields(Keys) if field.name != "older"]


def test_what_is_sealed_opens_with_its_key_in_its_place_only() -> None:
    key = new_key()
    sealed = seal(key, "Matti", "tickets/1")
    assert unseal(key, sealed, "tickets/1") == "Matti"
    for wrong_key, place in ((new_key(), "tickets/1"), (key, "tickets/2")):
        with pytest.raises(KeyFault, match="cannot be opened"):
            unseal(wrong_key, sealed, place)


def test_changed_ciphertext_does_not_open() -> None:
    key = new_key()
    sealed = bytearray(seal(key, "Matti", "here"))
    sealed[-1] ^= 1
    with pytest.raises(KeyFault):
        unseal(key, bytes(sealed), "here")


def test_sealing_twice_gives_different_bytes_without_the_text() -> None:
    key = new_key()
    one, two = seal(key, "Matti", "here"), seal(key, "Matti", "here")
    assert one != two
    assert b"Matti" not in one


def test_each_purpose_has_a_key_of_its_own() -> None:
    keys = Keys.derived_from(new_key())
    values = [getattr(keys, name) for name in KEYS]
    assert len(set(values)) == len(values)
    assert not [value for value in values if repr(value) in repr(keys) or value.hex() in repr(keys)]


def test_the_keys_of_a_master_key_never_change() -> None:
    keys = Keys.derived_from(bytes(range(32)))
    assert {name: getattr(keys, name).hex() for name in KEYS} == {
        "wrapping": "88d4a9526fa93bd2346716edfeeb712279a8452615fc274e39f2f887419d9f7f",
        "lookup": "1c0faddf54ae850dd4807ac416ebf102d475bb519a928b9d5468571b14ec2007",
        "codes": "3ec96eb95932cc7f76431953f4b14fcb3c222393b77bac8983bcbda673614e26",
        "audit": "563406d2f58aa835cb96bfea0280771d9e5065528d504bffb1f67e38f7889e2f",
        "actors": "831b1711acaa209eed1390c73049b67538ebd5d9b0804bfd537e2d964ac84e39",
        "backups": "e2889f2da25d04af68970075241cf1139432c6fbe13b636c785040cb24e1a049",
        "buttons": "c1b2b11d94d39917ecb9dc229578a91bdbc21c97a6b96649ffc19d98b7d74a7d",
        "id": "f855c57e",
        "digests": "b141f1a30a1e010278d6cd1734007aa5c52766e3a67ea64c46c24615331cc894",
        "ticket_contacts": "9a32f6803365a19bf6d9e03708f63898c8b257dec96b19dff20b27c1ff75739b",
        "mailboxes": "79ae644426e9cf98bda71d5c10d41c872db49e502efae792bfe142108934266c",
        "events": "a82c7ce3f10a3007d7046db9c485b95d6cfd61ecb11545ee41383ab761a4a3ef",
        "calendar": "71da5885f37befab258da183f6cfbcf0f1a1bea78fe32f55458b5228c19aca42",
        "register": "7b64caaf503552232a25a073eb3f912fe06b8b5b61716fb94f1c6979f6af8fe0",
        "suppressions": "09870bd66f15360c23ef2617e7d77a89c6be8b4531311216599f6bb4387ee166",
        "questions": "f49ff3c8354aeb31a1ffa5ad9ee7e9f2f9bcbc15cfc4423613b089c009fed053",
    }


def test_what_is_looked_up_by_a_hash_never_changes() -> None:
    keys = Keys.derived_from(bytes(range(32)))
    matti = "e77bc77cf48a7726b5839f9f331947c0e676917fefc402f46a5e222f0a3318f6"
    mailbox = "b4a4c7ad0d5769c9d4bf23379fedd59db0c2677f692fab663dc9b9ecd8b13b2c"
    assert keys.hashed("matti@example.com") == matti
    assert keys.mailbox("matti@example.com") == mailbox
    address, number = email("maija@xn--fa-hia.de"), phone("+358401234567")
    person = keys.person_on_file([number, address])
    assert [keys.on_file(address), keys.on_file(number), person] == [
        "fea7944742b5c79eeb29917721187e83e39573b3b09ee9e77f14e0762618758c",
        "010c2cf21c1c59783cc04b719e624e4c766816ad22e5f570ad37f3303ab20f20",
        "3f83ada62c71bb376e0ee09b5accf4338b51656c7e2ff747b2c38e0d94371426",
    ]
    assert keys.person_on_file([address, number]) == person
    assert keys.actor("Aino") == "staff:9fe0fc5ffb"
    assert keys.check == "9566b3a59a40b950fac4d118d42513b928bd9d8cda67541531133e2e3a3d9fb3"


def test_an_address_has_another_hash_in_each_column() -> None:
    keys = Keys.derived_from(new_key())
    address = "matti@example.com"
    on_file = keys.on_file(email(address))
    hashes = {on_file, keys.ticket_contact(address), keys.mailbox(address)}
    assert len(hashes) == 3


def test_a_value_names_the_key_that_sealed_it() -> None:
    old, new = Keys.derived_from(new_key()), Keys.derived_from(new_key())
    both = replace(new, older=(old,))
    sealed = old.seal("Matti", "here")
    assert both.unseal(sealed, "here") == "Matti"
    assert both.unseal(both.seal("Liisa", "here"), "here") == "Liisa"
    assert both.unseal(seal(old.wrapping, "Pekka", "here"), "here") == "Pekka"
    for keys, place in ((new, "here"), (both, "there")):
        with pytest.raises(KeyFault, match="cannot be opened"):
            keys.unseal(sealed, place)


def test_what_was_sealed_earlier_opens() -> None:
    sealed = bytes.fromhex("aa4b69627f4172950205942c0456a2f937d610b003a084183cf2145b86ccc55012")
    assert unseal(bytes(range(32)), sealed, "tickets/1") == "Matti"


def test_the_first_start_makes_a_key_file_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "data" / "master.key"
    key = keys_from_file(path, create=True)
    assert path.stat().st_mode & 0o777 == 0o600
    assert keys_from_file(path, create=True) == key


def test_a_missing_key_file_is_not_made_again(tmp_path: Path) -> None:
    with pytest.raises(KeyFault, match="restore it from your backup"):
        keys_from_file(tmp_path / "master.key", create=False)


def test_a_key_file_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(KeyFault, match="cannot be used"):
        keys_from_file(tmp_path / "file" / "master.key", create=True)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620], ids=oct)
def test_a_key_file_open_to_others_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "master.key"
    keys_from_file(path, create=True)
    path.chmod(mode)
    with pytest.raises(KeyFault, match="chmod 600"):
        keys_from_file(path, create=False)


@pytest.mark.parametrize("text", ["", "short", base64.b64encode(b"x" * 31).decode(), "ä" * 44])
def test_a_key_that_is_none_is_named_by_its_source_and_never_shown(text: str) -> None:
    with pytest.raises(KeyFault, match="32 bytes in base64") as caught:
        read_master_key(text, "[keys] master_key")
    assert not text or text not in str(caught.value)
