"""The promises that the rooms around the core keep."""

from __future__ import annotations

from tests.mutations.mutation import Mutation, of_file

_SEALING = (
    *of_file(
        "bot/storage/crypto.py",
        "tests/storage/test_keys.py",
        (
            "sealing: what was sealed can be opened after an update",
            'wrapping=_derive(master, b"seloste/wrapping")',
            'wrapping=_derive(master, b"seloste/wrap")',
        ),
        (
            "sealing: keys are not shown",
            "@dataclass(frozen=True, slots=True, repr=False)",
            "@dataclass(frozen=True, slots=True)",
        ),
        (
            "sealing: bound to its row",
            "encrypt(nonce, content, place.encode())",
            "encrypt(nonce, content, None)",
        ),
        (
            "sealing: no nonce twice",
            "nonce = os.urandom(_NONCE_BYTES)",
            "nonce = bytes(_NONCE_BYTES)",
        ),
    ),
    *of_file(
        "bot/storage/key_file.py",
        "tests/storage/test_keys.py",
        ("sealing: a key file that others can read is refused", "0o077", "0o007"),
        (
            "sealing: a lost key is not made again",
            "if create and not path.exists():",
            "if not path.exists():",
        ),
        ("sealing: a master key has 32 bytes", "if len(key) != KEY_BYTES:", "if len(key) < 31:"),
    ),
    *of_file(
        "bot/storage/tickets.py",
        "tests/storage/test_store.py -k sqlite",
        (
            "sealing: tickets",
            "seal(key, text, _place(ticket.id, ticket.version))",
            "text.encode()",
        ),
        (
            "sealing: addresses stand in the tables as keyed hashes",
            "self._keys.ticket_contact(ticket.person.email)",
            "ticket.person.email",
        ),
    ),
    *of_file(
        "bot/storage/dialogues.py",
        "tests/storage/test_store.py -k sqlite",
        (
            "sealing: what was said before there is a ticket",
            'self._keys.seal(text, f"dialogues/{person}")',
            "text.encode()",
        ),
    ),
    *of_file(
        "bot/storage/outbox.py",
        "tests/storage/test_store.py -k sqlite",
        (
            "sealing: what is to be said",
            'self._keys.seal(payload, f"outbox/{token}")',
            "payload.encode()",
        ),
    ),
    *of_file(
        "bot/storage/inbox.py",
        "tests/storage/test_store.py -k sqlite",
        (
            "sealing: what was received",
            "self._keys.seal(inbound.payload, place)",
            "inbound.payload.encode()",
        ),
    ),
)
_AUDIT = of_file(
    "bot/storage/audit.py",
    "tests/storage/test_store.py -k sqlite",
    ("audit: a row that is missing is seen", 'row["seq"] != number:', 'row["seq"] < number:'),
    (
        "audit: a row that was changed is seen",
        'hmac.compare_digest(row["hash"], link(k.audit, row))',
        'bool(row["hash"] and link(k.audit, row))',
    ),
    (
        "audit: rows cut off at the end are seen",
        "None if self.head() == last else",
        "None if self.head() else",
    ),
) + of_file(
    "bot/storage/verify.py",
    "tests/attacks/test_what_was_done_is_undone_in_the_database.py -k sqlite",
    (
        "audit: a ticket that was put back is seen",
        "key and hmac.compare_digest(key.digest(text, id), told.digest)",
        "key and told.digest",
    ),
    (
        "audit: a chain that was cut is seen by what was noted outside",
        "origin == end.origin and seq > end.seq",
        "origin == end.origin and seq > end.seq + 999",
    ),
    (
        "audit: a ticket that is gone is seen",
        "subject.acts and not subject.erased and gone not in erased",
        "subject.acts and not subject.erased and gone in erased",
    ),
)
_ESCAPING = (
    *of_file(
        "bot/channels/render.py",
        "tests/channels/test_render.py",
        (
            "escaping: letters",
            "escape(strip_invisible(text, len(text)).strip())",
            "(strip_invisible(text, len(text)).strip())",
        ),
        (
            "escaping: the terminal gets no control characters",
            "lines.append(Text(strip_invisible(block.text)))",
            "lines.append(Text(block.text))",
        ),
    ),
    *of_file(
        "bot/channels/telegram/markup.py",
        "tests/channels/test_telegram_markup.py",
        (
            "escaping: Telegram",
            "text = escape(piece.text, quote=False)",
            "text = piece.text",
        ),
        (
            "escaping: names on Telegram",
            "{escape(name, quote=False)}</a>",
            "{name}</a>",
        ),
        (
            "escaping: nothing in a card on Telegram is a link",
            'Piece(value, "code" if _LIVE.search(value) else "plain")',
            'Piece(value, "plain")',
        ),
    ),
    *of_file(
        "bot/channels/slack/markup.py",
        "tests/channels/test_slack_markup.py",
        ("escaping: no command on Slack", '.replace("<", "&lt;")', ""),
        (
            "escaping: what notifications of Slack show",
            "return escaped(strip_invisible(text, _LONGEST_NOTE))",
            "return (strip_invisible(text, _LONGEST_NOTE))",
        ),
    ),
)
_QUOTATIONS = (
    *of_file(
        "bot/content/notice.py",
        "tests/content/test_notice.py",
        (
            "quotations: a translation is tied to its Finnish",
            'hashlib.sha256(" ".join(text.split()).encode())',
            "hashlib.sha256(text[:1].encode())",
        ),
        ("quotations: word for word", 'line["mark"] == "- "', 'line["mark"] == "-"'),
    ),
)

_SIGNED = (
    *of_file(
        "bot/channels/http/signature.py",
        "tests/channels/test_http_signature.py",
        (
            "roles: nobody acts over HTTP without the secret",
            'return hmac.compare_digest(given.encode(errors="replace"), right.encode())',
            "return bool(given)",
        ),
        (
            "roles: what was signed is not sent again later",
            "return _is_fresh(stamp, now) and any(",
            "return any(",
        ),
    ),
    *of_file(
        "bot/channels/desk/press.py",
        "tests/channels/desk",
        (
            "roles: a button of the desk is not forged",
            'if not hmac.compare_digest(_tag(key, said).encode(), tag.encode(errors="replace")):',
            "if not tag:",
        ),
    ),
    *of_file(
        "bot/channels/desk/flow.py",
        "tests/channels/desk",
        (
            "versions: a form that was opened on an older ticket is stale",
            "return transitions.check(at.subject, action, at.actor, at.now, rules, form.version)",
            "return transitions.check(at.subject, action, at.actor, at.now, rules)",
        ),
        (
            "roles: only who opened a form fills it in",
            "    form = replace(form, actor=at.actor.key)",
            '    form = replace(form, actor=form.actor or "")',
        ),
        (
            "masking: what staff see before sending is what is sent",
            "return masking.mask(strip_invisible(text), at.known.rules.today(at.now))[0]",
            "return text",
        ),
        (
            "roles: what can no longer be done is not sent",
            "denial = Obstacle.UNKNOWN if form.blank() else check(form, at)",
            "denial = Obstacle.UNKNOWN if form.blank() else None",
        ),
    ),
)

_OWN_DATA = (
    *of_file(
        "bot/replica/calendar_page.py",
        "tests/test_calendar.py -k sqlite",
        (
            "calendar: nothing without its secret",
            "if not any(hmac.compare_digest(given, one.encode()) for one in self._secrets()):",
            "if not given:",
        ),
    ),
    *of_file(
        "bot/storage/kept.py",
        "tests/cli/test_person.py",
        (
            "own data: an open request is not forgotten",
            "ended = [ticket.id for ticket in kept.tickets if _has_ended(unit, ticket)]",
            "ended = [ticket.id for ticket in kept.tickets]",
        ),
        (
            "own data: what is forgotten stays so after a restore",
            "journal([*ended, *answered, *hidden])",
            "journal([*hidden])",
        ),
    ),
)

SHELL: tuple[Mutation, ...] = (
    *(*_SIGNED, *_SEALING, *_AUDIT, *_ESCAPING, *_QUOTATIONS),
    *_OWN_DATA,
)
