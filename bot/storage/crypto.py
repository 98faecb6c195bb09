"""The master key and what is derived from it: sealing, look-up hashes, codes, the audit chain."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.core.contacts import Contact
from bot.core.tickets.ticket import Person
from bot.errors import KeyFault

KEY_BYTES = 32
_NONCE_BYTES = 12


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """Keys derived from the master key by HKDF-SHA256, one per purpose (RFC 5869)."""

    wrapping: bytes
    lookup: bytes
    codes: bytes
    audit: bytes
    actors: bytes
    backups: bytes
    buttons: bytes
    register: bytes

    @classmethod
    def derived_from(cls, master: bytes) -> Keys:
        """Return the keys of a 32-byte master key."""
        # A changed label is another key, with which nothing that is stored can be opened.
        return cls(
            wrapping=_derive(master, b"seloste/wrapping"),
            lookup=_derive(master, b"seloste/lookup"),
            codes=_derive(master, b"seloste/codes"),
            audit=_derive(master, b"seloste/audit"),
            actors=_derive(master, b"seloste/actors"),
            backups=_derive(master, b"seloste/backups"),
            buttons=_derive(master, b"seloste/buttons"),
            register=_derive(master, b"seloste/register"),
        )

    @property
    def check(self) -> str:
        """A value that tells this master key from another one, and opens nothing."""
        return self.hashed("seloste")

    def hashed(self, value: str) -> str:
        """Return the keyed hash by which a personal value is looked up; reveals nothing."""
        return hmac.new(self.lookup, value.encode(), hashlib.sha256).hexdigest()

    def mailbox(self, address: str) -> str:
        """Return the keyed hash of where letters to an address go; the address is canonical."""
        return self.hashed(address)

    def on_file(self, contact: Contact) -> str:
        """Return the keyed hash of a contact in the contact register, and nowhere else."""
        return self._registered(f"{contact.kind}\n{contact.value}")

    def person_on_file(self, contacts: Collection[Contact]) -> str:
        """Return the key of a person in the register: the same for the same contacts."""
        return self._registered("\n".join(["person", *sorted(map(self.on_file, contacts))]))

    def _registered(self, value: str) -> str:
        return hmac.new(self.register, value.encode(), hashlib.sha256).hexdigest()

    def person(self, person: Person) -> str:
        """Return the keyed hash under which a person's conversation and tickets are stored."""
        return self.hashed(f"{person.channel}:{person.account}")

    def actor(self, name: str) -> str:
        """Return the opaque key that stands for a member of staff in the audit."""
        return "staff:" + hmac.new(self.actors, name.encode(), hashlib.sha256).hexdigest()[:10]


def seal(key: bytes, text: str, place: str) -> bytes:
    """Return the text sealed with AES-256-GCM, bound to its place (table, column and row)."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, text.encode(), place.encode())


def unseal(key: bytes, sealed: bytes, place: str) -> str:
    """Return a sealed text. Raises KeyFault when the key is another one or the data was changed."""
    try:
        opened = AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], place.encode())
    except InvalidTag:
        raise KeyFault(
            f"{place} cannot be opened: the data was changed or sealed with another master key"
        ) from None
    return opened.decode()


def new_key() -> bytes:
    """Return a fresh random key."""
    return secrets.token_bytes(KEY_BYTES)


def read_master_key(text: str, source: str) -> bytes:
    """Return a master key given as base64. Raises KeyFault naming the source, never the key."""
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyFault(
            f"the master key in {source} is not 32 bytes in base64; "
            "make one with: openssl rand -base64 32"
        )
    return key


def key_from_file(path: Path, *, create: bool) -> bytes:
    """Return the master key of a file; with `create`, make the file (mode 0600) if it is missing.

    Raises KeyFault when the file is missing, unreadable or readable by others.
    """
    try:
        if create and not path.exists():
            _write_key(path)
        if path.stat().st_mode & 0o077:
            raise KeyFault(f"{path} can be read by others; run: chmod 600 {path}")
        return read_master_key(path.read_text(encoding="ascii", errors="replace"), str(path))
    except FileNotFoundError:
        raise KeyFault(
            f"the master key file {path} is missing, and sealed data cannot be opened without it; "
            "restore it from your backup"
        ) from None
    except OSError as error:
        raise KeyFault(f"{path} cannot be used: {error.strerror}") from None


def _write_key(path: Path) -> None:
    """Create the key file atomically, unless another replica has done so first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, unfinished = mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(base64.b64encode(new_key()) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            path.hardlink_to(unfinished)
    finally:
        Path(unfinished).unlink()


def _derive(master: bytes, label: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=label).derive(master)
