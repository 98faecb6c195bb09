"""The page where a person downloads the copy of their data: plain HTML, without scripts.

All that is shown is escaped here.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import quote

from bot.channels.assistant import Assistant
from bot.channels.desk.masking import masked_email
from bot.core.catalog import Language
from bot.core.tickets import copies
from bot.core.tickets.ticket import Ticket

# Nothing is stored on the way, nothing tells others where the link leads, nothing runs.
HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
}
_STYLE = (
    "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:2rem auto;padding:0 1rem}"
    "button,input{font:inherit;padding:.5rem .8rem}form{margin:1.2rem 0}"
    "p.said{border-left:.3rem solid;padding-left:.8rem}"
)


def page(ticket: Ticket, path: str, texts: Assistant, said: str = "") -> str:
    """Return the page of a ticket's copy; `said` is the key of what is told above all else."""
    delivery = ticket.delivery
    until = delivery.until.astimezone(texts.rules.timezone) if delivery and delivery.until else None

    def text(key: str, **values: str | int) -> str:
        return escape(texts.text(f"page.{key}", ticket.language, **values))

    told = f'<p class="said" role="status">{text(said)}</p>' if said else ""
    intro = text(
        "intro",
        number=ticket.number,
        email=masked_email(ticket.person.email),
        left=copies.MOST_OPENINGS - len(delivery.opened if delivery else ()),
        until=until.strftime("%Y-%m-%dT%H:%M") if until else "",
    )
    own = escape(path, quote=True)
    return _whole(
        ticket.language,
        text("title"),
        f"{told}<p>{intro}</p>"
        f'<form method="post" action="{own}/code"><button>{text("send")}</button></form>'
        f'<form method="post" action="{own}"><label>{text("code")}<br>'
        '<input name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="20" '
        f"required></label> <button>{text('open')}</button></form>"
        f"<p>{text('help')}</p>",
    )


def gone(texts: Assistant) -> str:
    """Return what stands where a link opens nothing: in every language, as nobody is known."""
    said = "".join(
        f'<p lang="{language}">{escape(texts.text("page.gone", language))}</p>'
        for language in texts.rules.languages
    )
    first = texts.rules.languages[0]
    return _whole(first, escape(texts.text("page.title", first)), said)


def attachment(name: str) -> Mapping[str, str]:
    """Return the headers of a file that is to be saved, and never shown in the browser."""
    plain = name.encode("ascii", errors="replace").decode().replace("?", "_")
    return {
        **HEADERS,
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}",
    }


def _whole(language: Language, title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{_STYLE}</style></head>"
        f"<body><h1>{title}</h1>{body}</body></html>"
    )
