"""The home tab: a person's own tickets, or for staff the open ones by due date."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from weakref import WeakValueDictionary

from bot.channels.desk import leave, listing
from bot.channels.desk.cards import card_button
from bot.channels.desk.form import DETAILS, OPEN, NewRequest, Subject
from bot.channels.desk.listing import Choice, Entry, Shown, View
from bot.channels.desk.port import Desk
from bot.channels.desk.wording import Wording
from bot.channels.slack import CHANNEL, incoming, markup
from bot.channels.slack.background import BackgroundTasks
from bot.channels.slack.client import Client
from bot.channels.slack.desk_cards import button
from bot.channels.slack.markup import Json
from bot.channels.slack.members import Access
from bot.channels.slack.private_documents import DOCUMENT, PrivateDocuments, offered, record_button
from bot.core.catalog import Language, Right
from bot.core.conversation import languages
from bot.core.tickets.absence import OVER
from bot.core.tickets.record import Observed
from bot.core.tickets.ticket import Actor, Person, Ticket

RESTART = "home:restart"
REGISTER = "register:"
AWAY = "away:"
FIND = "find:"
_RIGHT = f"{REGISTER}right"
_MOST_BLOCKS = 80
_OPEN_SECONDS = 1800.0  # after which a tab counts as left: Slack does not tell
_DEBOUNCE = 1.0  # seconds in which several changes become one publication


@dataclass(frozen=True, slots=True)
class Tab:
    """A home tab that somebody has open; `team` and `language` as the workspace has them."""

    user: str
    person: Person
    team: str
    language: Language | None


class HomeTabs:
    """The home tabs, published when they are opened and when their contents change.

    A replica refreshes only the tabs whose opening it received itself; the others are up to date
    when they are opened again. `for_staff`: members of staff see the open tickets.
    """

    def __init__(
        self,
        client: Client,
        desk: Desk,
        access: Access,
        background: BackgroundTasks,
        *,
        for_staff: bool,
    ) -> None:
        self._client = client
        self._desk = desk
        self._access = access
        self._for_staff = for_staff
        self._background = background
        self._open: dict[str, tuple[float, Tab]] = {}
        self._documents = PrivateDocuments(client, desk, access)
        self._scheduled: set[str] = set()
        self._turns: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()

    async def opened(self, tab: Tab) -> None:
        """Publish a tab that was opened. Raises DeliveryError or StorageError."""
        self._open[tab.user] = (time.monotonic() + _OPEN_SECONDS, tab)
        if self._for_staff and isinstance(
            actor := await self._access.actor(tab.user, tab.team), Actor
        ):
            await asyncio.to_thread(self._desk.note_access, Observed.LISTED, actor, CHANNEL)
        await self._publish(tab)

    async def chosen(self, body: Json) -> None:
        """Do what was pressed or picked on a tab of staff; Slack is answered before."""
        if self._for_staff:
            is_asked = _action(body).startswith(DOCUMENT)
            work = self._send_document(body) if is_asked else self._choose_in_turn(body)
            self._background.start(work)

    async def _send_document(self, body: Json) -> None:
        """Send a document to who asks for it. Raises SelosteError."""
        tab = _pressed_on(body)
        actor = await self._access.actor(tab.user, tab.team, anew=True)
        if isinstance(actor, Actor):
            await self._documents.send(markup.pressed(body), tab.user, actor)
        if not isinstance(actor, Actor) or markup.is_from_menu(body):
            await self._publish(tab)  # from its first line one may choose the same again

    async def _choose_in_turn(self, body: Json) -> None:
        """Take what was pressed after what was pressed before: what was chosen last is shown."""
        async with self._turn("choosing", str(body["user"]["id"])):
            await self._choose(body)

    def _turn(self, what: str, user: str) -> asyncio.Lock:
        return self._turns.setdefault((what, user), asyncio.Lock())

    async def _choose(self, body: Json) -> None:
        """Keep what somebody chose, for all replicas, and show it. Raises SelosteError."""
        tab, value = _pressed_on(body), markup.pressed(body)
        actor = await self._access.actor(tab.user, tab.team)
        if isinstance(actor, Actor) and _action(body).startswith(AWAY):
            told = await asyncio.to_thread(leave.said, self._desk, actor, value, CHANNEL)
            posting = markup.posting([told])
            await self._client.post_ephemeral(self._access.channel, tab.user, posting)
        elif isinstance(actor, Actor) and _action(body).startswith(FIND):
            await self._show_found(tab, actor, value)
            return
        elif isinstance(actor, Actor):
            view = View.decode(value).encode()
            await asyncio.to_thread(self._desk.keep_note, _note(actor), view)
        await self.opened(tab)

    async def _show_found(self, tab: Tab, actor: Actor, said: str) -> None:
        """Show what a search finds, until the tab is opened again or its contents change."""
        await asyncio.to_thread(self._desk.note_access, Observed.LISTED, actor, CHANNEL)
        view = await asyncio.to_thread(found_view, self._desk, said)
        async with self._turn("publishing", tab.user):
            await self._client.publish_home(tab.user, view)

    def refresh(self, person: Person) -> None:
        """Publish the tab of a person again, if it is open."""
        self._schedule(tab for tab in self._open_tabs() if tab.person.account == person.account)

    def refresh_staff(self) -> None:
        """Publish the open tabs of staff again."""
        staff = self._desk.staff("slack")
        self._schedule(tab for tab in self._open_tabs() if tab.user in staff)

    def _open_tabs(self) -> list[Tab]:
        now = time.monotonic()
        self._open = {user: opened for user, opened in self._open.items() if opened[0] > now}
        return [tab for _, tab in self._open.values()]

    def _schedule(self, tabs: Iterable[Tab]) -> None:
        for tab in tabs:
            if tab.user not in self._scheduled:
                self._scheduled.add(tab.user)
                self._background.start(self._publish_soon(tab))

    async def _publish_soon(self, tab: Tab) -> None:
        await asyncio.sleep(_DEBOUNCE)
        self._scheduled.discard(tab.user)
        await self._publish(tab)

    async def _publish(self, tab: Tab) -> None:
        async with self._turn("publishing", tab.user):  # none replaces what was made after it
            await self._client.publish_home(tab.user, await self._view(tab))

    async def _view(self, tab: Tab) -> Json:
        if self._for_staff:
            actor = await self._access.actor(tab.user, tab.team)
            if isinstance(actor, Actor):
                return await asyncio.to_thread(staff_view, self._desk, actor)
        return await asyncio.to_thread(customer_view, self._desk, tab.person, tab.language)


def _action(body: Json) -> str:
    return str(body["actions"][0]["action_id"])


def _pressed_on(body: Json) -> Tab:
    user, team = str(body["user"]["id"]), str(body["user"].get("team_id") or "")
    return Tab(user, incoming.person_of(team, user), team, None)


def customer_view(desk: Desk, person: Person, guessed: Language | None) -> Json:
    """Return a customer's home tab, in the language of their tickets."""
    spoken, owned = desk.rules.languages, desk.tickets_of(person)
    language = languages.of_person(spoken, owned, guessed)
    notice = desk.notice
    version = desk.text("home.notice", language, version=notice.version, date=notice.date)
    restart = markup.button(desk.text("home.restart", language), RESTART, "restart")
    return _home(
        [
            markup.header(desk.text("home.title", language)),
            *(_status(desk, person, language) if owned else _lines(desk, "none", language)),
            {"type": "divider"},
            *_lines(desk, "start", language),
            *markup.actions([restart]),
            *markup.lines([version]),
        ]
    )


def _status(desk: Desk, person: Person, language: Language) -> list[Json]:
    """Return the status of a person's tickets; of very many, the newest, which come last."""
    postings = markup.message(desk.status(person, language))
    return [block for posting in postings for block in posting.blocks][-_MOST_BLOCKS:]


def _lines(desk: Desk, key: str, language: Language) -> list[Json]:
    return markup.lines([desk.text(f"home.{key}", language)])


def staff_view(desk: Desk, actor: Actor) -> Json:
    """Return the home tab of a member of staff: what they last looked at in the register."""
    wording, view = desk.wording, View.decode(desk.note(_note(actor)))
    new = button(card_button(OPEN, NewRequest(), wording, desk.buttons_key))
    register = listing.shown(desk, view, actor)
    shown = [markup.header(register.head), *markup.actions([new])]
    shown += markup.actions(_filters(view, register, wording))
    shown += [_search(wording), *_leave(desk, actor), *markup.actions(offered(desk, actor))]
    shown += _entries(register.entries, desk)
    return _home([*shown, *markup.actions(_buttons("page", register.pages))])


def found_view(desk: Desk, said: str) -> Json:
    """Return the home tab of a member of staff who has searched, with a way back."""
    wording, found = desk.wording, listing.found(desk, said)
    back = markup.actions(_buttons("all", [Choice(wording.desk("list.all"), View())]))
    entries = _entries(found.entries, desk)
    return _home([markup.header(found.head), *back, _search(wording), *entries])


def _search(wording: Wording) -> Json:
    return markup.search_field(f"{FIND}words", wording.desk("list.find"))


def _entries(entries: Sequence[Entry], desk: Desk) -> Iterator[Json]:
    for entry in entries:
        yield from _with_details(entry.text, entry.subject, desk)


def _leave(desk: Desk, actor: Actor) -> list[Json]:
    """Return where staff say that they are away, or see it and say that they are back."""
    if away := leave.now(desk, actor):
        back = markup.button(desk.wording.desk("away.back"), f"{AWAY}back", OVER)
        return [*markup.lines([away]), *markup.actions([back])]
    return markup.actions([markup.day_picker(f"{AWAY}day", desk.wording.desk("away.pick"))])


def _note(actor: Actor) -> str:
    return f"home:{actor.key}"


def _filters(view: View, register: Shown, wording: Wording) -> list[Json]:
    """Return the filters as buttons, and the rights as a menu."""
    every = Choice(wording.desk("list.all"), View())
    others = view.words - set(Right)
    options = [(View(others).encode(), wording.desk("list.rights"))]
    options += [(View(others | {right}).encode(), listing.name(right, wording)) for right in Right]
    menu = markup.menu(_RIGHT, options, View(view.words).encode())
    return [*_buttons("filter", register.filters), *_buttons("all", [every]), menu]


def _buttons(kind: str, choices: Sequence[Choice]) -> list[Json]:
    return [
        markup.button(
            one.label, f"{REGISTER}{kind}:{n}", one.view.encode(), "primary" if one.chosen else ""
        )
        for n, one in enumerate(choices)
    ]


def _with_details(line: str, subject: Subject | None, desk: Desk) -> list[Json]:
    if subject is None:
        return markup.lines([line])
    made = [button(card_button(DETAILS, subject, desk.wording, desk.buttons_key))]
    if isinstance(subject, Ticket):
        made.append(record_button(subject, desk))
    return [*markup.lines([line]), *markup.actions(made)]


def _home(shown: list[Json]) -> Json:
    return {"type": "home", "blocks": shown}
