"""The master key and what is derived from it: sealing, look-up hashes, codes, the audit chain."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.core.contacts import Contact
from bot.core.tickets.ticket import Person
from bot.errors import KeyFault

KEY_BYTES = 32
_NONCE_BYTES = 12
_ID_BYTES = 4
_NO_DIGITS = str.maketrans("0123456789", "ghijklmnop")
# What a sealed value that names its key begins with; then come the id of the key, nonce and text.
_MARK = b"\xf5sl2"
# The keys that seal; what was asked in vain has one of its own.
Sealing = Literal["wrapping", "questions"]


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """Keys derived from the master key by HKDF-SHA256, one per purpose (RFC 5869).

    `id` names the master key in what it seals. `older` are keys that are no longer used, but open
    what they sealed and find what they hashed until that has been replaced.
    """

    id: bytes
    wrapping: bytes
    lookup: bytes
    codes: bytes
    audit: bytes
    digests: bytes
    actors: bytes
    backups: bytes
    buttons: bytes
    ticket_contacts: bytes
    mailboxes: bytes
    events: bytes
    register: bytes
    calendar: bytes
    suppressions: bytes
    questions: bytes
    older: tuple[Keys, ...] = ()

    @classmethod
    def derived_from(cls, master: bytes) -> Keys:
        """Return the keys of a 32-byte master key."""
        # A changed label is another key, with which nothing that is stored can be opened.
        return cls(
            id=_derive(master, b"seloste/id")[:_ID_BYTES],
            wrapping=_derive(master, b"seloste/wrapping"),
            lookup=_derive(master, b"seloste/lookup"),
            codes=_derive(master, b"seloste/codes"),
            audit=_derive(master, b"seloste/audit"),
            digests=_derive(master, b"seloste/digests"),
            actors=_derive(master, b"seloste/actors"),
            backups=_derive(master, b"seloste/backups"),
            buttons=_derive(master, b"seloste/buttons"),
            ticket_contacts=_derive(master, b"seloste/ticket-contacts"),
            mailboxes=_derive(master, b"seloste/mailboxes"),
            events=_derive(master, b"seloste/events"),
            register=_derive(master, b"seloste/register"),
            calendar=_derive(master, b"seloste/calendar"),
            suppressions=_derive(master, b"seloste/suppressions"),
            questions=_derive(master, b"seloste/questions"),
        )

    @classmethod
    def of_masters(cls, masters: Sequence[bytes]) -> Keys:
        """Return the keys of the first master key; the others open what they sealed."""
        first, *others = (cls.derived_from(master) for master in masters)
        return first.with_older(others)

    def with_older(self, older: Iterable[Keys]) -> Keys:
        """Return these keys with older ones, newest first.

        What stands for staff in the audit and on buttons stays that of the oldest.
        """
        known = {one.name: one for one in (*self.older, *older) if one.name != self.name}
        oldest = [self, *known.values()][-1]
        return replace(
            self, older=tuple(known.values()), actors=oldest.actors, buttons=oldest.buttons
        )

    def carried(self) -> str:
        """Return what is kept of these keys once their master key is destroyed.

        By that, hashes that are stored and links of the audit chain can be checked; it opens
        nothing that is sealed.
        """
        return json.dumps({name: getattr(self, name).hex() for name in _CARRIED})

    @classmethod
    def carried_from(cls, text: str) -> Keys:
        """Return keys of which nothing was kept but what `carried` says."""
        kept = {name: bytes.fromhex(value) for name, value in json.loads(text).items()}
        return cls(**{name: kept.get(name, b"") for name in _PURPOSES}, older=())

    @property
    def name(self) -> str:
        """What rows call this key; eight digits would look like somebody's code."""
        return self.id.hex().translate(_NO_DIGITS)

    @property
    def check(self) -> str:
        """A value that tells this master key from another one, and opens nothing."""
        return self.hashed("seloste")

    def hashed(self, value: str) -> str:
        """Return the keyed hash by which a personal value is looked up; reveals nothing."""
        return _hmac(self.lookup, value)

    @property
    def checks(self) -> tuple[str, ...]:
        """The checks of all master keys that open what is sealed, the present one first."""
        return tuple(keys.check for keys in (self, *self.older) if keys.wrapping)

    def on_file(self, contact: Contact) -> str:
        """Return the keyed hash of a contact in the contact register, and nowhere else."""
        return _hmac(self.register, f"{contact.kind}\n{contact.value}")

    def person_on_file(self, contacts: Collection[Contact]) -> str:
        """Return the key of a person in the register: the same for the same contacts."""
        hashes = sorted(map(self.on_file, contacts))
        return _hmac(self.register, "\n".join(["person", *hashes]))

    def suppressed_as(self, contact: Contact) -> tuple[str, ...]:
        """Return the hashes by which the suppression list may know a contact, the present first."""
        text = f"{contact.kind}\n{contact.value}"
        return tuple(
            _hmac(keys.suppressions, text) for keys in (self, *self.older) if keys.suppressions
        )

    def ticket_contact(self, address: str) -> str:
        """Return the keyed hash of the address that a ticket names, in its canonical form.

        It is of no use anywhere else: copied into the register, it puts nobody on file.
        """
        return _hmac(self.ticket_contacts, address)

    def ticket_contacts_of(self, address: str) -> tuple[str, ...]:
        """Return the hashes by which a ticket may name an address, the present one first."""
        return tuple(
            hashed
            for keys in (self, *self.older)
            # Older versions had one key for every table, and folded the case.
            for hashed in (keys.ticket_contact(address), keys.hashed(address.casefold()))
        )

    def mailbox(self, address: str) -> str:
        """Return the keyed hash under which letters to an address wait; it is canonical."""
        return _hmac(self.mailboxes, address)

    def person(self, person: Person) -> str:
        """Return the keyed hash under which a person's conversation and tickets are stored."""
        return self.hashed(f"{person.channel}:{person.account}")

    def persons(self, person: Person) -> tuple[str, ...]:
        """Return the hashes under which a person may be stored, the present one first."""
        return tuple(keys.person(person) for keys in (self, *self.older))

    def mailboxes_of(self, address: str) -> tuple[str, ...]:
        """Return the hashes under which letters to an address may wait, the present one first."""
        return tuple(
            hashed
            for keys in (self, *self.older)
            # Mailboxes used to share the key of the register.
            for hashed in (keys.mailbox(address), keys.hashed(address.casefold()))
        )

    def event(self, event_id: str) -> str:
        """Return the keyed hash of a platform's id of an event, which may name who wrote."""
        return _hmac(self.events, event_id)

    def events_of(self, event_id: str) -> tuple[str, ...]:
        """Return the hashes under which an event may have been kept, the present one first."""
        return tuple(keys.event(event_id) for keys in (self, *self.older) if keys.events)

    def calendars(self, serial: int) -> tuple[str, ...]:
        """Return what opens the calendar of due dates, by the number of its link."""
        return tuple(
            _hmac(keys.calendar, str(serial)) for keys in (self, *self.older) if keys.calendar
        )

    def actor(self, name: str) -> str:
        """Return the opaque key that stands for a member of staff in the audit."""
        return "staff:" + _hmac(self.actors, name)[:10]

    def digest(self, text: str, place: str) -> str:
        """Return the keyed digest of what was sealed at a place."""
        return _hmac(self.digests, f"{place}\n{text}")

    @property
    def mark(self) -> bytes:
        """What begins whatever this key has sealed."""
        return _MARK + self.id

    def seal(self, text: str, place: str, purpose: Sealing = "wrapping") -> bytes:
        """Return a text sealed with AES-256-GCM, bound to its place and naming its key."""
        head = self.mark
        return head + seal(getattr(self, purpose), text, f"{head.hex()}/{place}")

    def unseal(self, sealed: bytes, place: str, purpose: Sealing = "wrapping") -> str:
        """Return a sealed text. Raises KeyFault when no key opens it or the data was changed."""
        all_keys = (self, *self.older)
        named = [keys for keys in all_keys if sealed.startswith(_MARK + keys.id)]
        for keys in named:
            head = _MARK + keys.id
            with suppress(KeyFault):
                key = getattr(keys, purpose)
                return unseal(key, sealed[len(head) :], f"{head.hex()}/{place}")
        # What was sealed before values named their keys begins with anything.
        for keys in all_keys:
            with suppress(KeyFault):
                return unseal(keys.wrapping, sealed, place)
        raise cannot_be_opened(place)


_PURPOSES = tuple(field.name for field in fields(Keys) if field.name != "older")
# What of a key outlives its master key.
_CARRIED = (
    *("id", "lookup", "audit", "digests", "ticket_contacts", "mailboxes", "events"),
    *("register", "suppressions", "actors", "buttons"),
)


def seal(key: bytes, text: str, place: str) -> bytes:
    """Return the text sealed with AES-256-GCM, bound to its place (table, column and row)."""
    return seal_bytes(key, text.encode(), place)


def seal_bytes(key: bytes, content: bytes, place: str) -> bytes:
    """Return bytes sealed as a text is."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, place.encode())


def unseal(key: bytes, sealed: bytes, place: str) -> str:
    """Return a sealed text. Raises KeyFault when the key is another one or the data was changed."""
    return unseal_bytes(key, sealed, place).decode()


def unseal_bytes(key: bytes, sealed: bytes, place: str) -> bytes:
    """Return sealed bytes. Raises KeyFault as `unseal` does."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], place.encode())
    except (InvalidTag, ValueError):
        raise cannot_be_opened(place) from None


def cannot_be_opened(place: str) -> KeyFault:
    """Return the fault of what no key opens."""
    return KeyFault(
        f"{place} cannot be opened: the data was changed or sealed with another master key"
    )


def new_key() -> bytes:
    """Return a fresh random key."""
    return secrets.token_bytes(KEY_BYTES)


def _hmac(key: bytes, value: str) -> str:
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()


def _derive(master: bytes, label: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=label).derive(master)
