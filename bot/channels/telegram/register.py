"""The register in the group: one page of it in a message, below which buttons lead to others."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot.channels.desk import listing
from bot.channels.desk.form import DETAILS
from bot.channels.desk.listing import Choice, Found, Shown, View
from bot.channels.desk.port import Desk
from bot.channels.desk.press import press
from bot.channels.telegram import GROUP, markup
from bot.channels.telegram.desk_views import Hand
from bot.channels.telegram.keyboards import inline
from bot.channels.telegram.members import StaffGroup
from bot.core.messages import Button
from bot.core.tickets import filters
from bot.core.tickets.record import Observed
from bot.core.tickets.register import is_number

REGISTER = "l"
_RIGHTS = "r"  # the rights are offered instead of the other filters: there are many of them


class Register:
    """Shows the register, narrowed by what was typed or pressed."""

    def __init__(self, desk: Desk, group: StaffGroup) -> None:
        self._desk = desk
        self._group = group

    async def typed(self, said: Sequence[str], hand: Hand) -> str:
        """Show it by filters that were typed; return what is wrong with them.

        Raises DeliveryError.
        """
        words = filters.words_of(said)
        if words is None:
            known = ", ".join(filters.ALL)
            return self._desk.wording.desk("list.unknown", known=known)
        await self._show(View(words), hand)
        return ""

    async def press(self, data: str, hand: Hand) -> str:
        """Show what a button leads to, in the place of the message below which it stands.

        Raises DeliveryError.
        """
        carried, _, wanted = data.partition(":")
        await self._show(View.decode(carried), hand, instead=True, rights=wanted == _RIGHTS)
        return ""

    async def find(self, said: str, hand: Hand) -> str:
        """Show what a search finds, with buttons for its details; return what is wrong with it.

        What is found alone is shown below its card, so that a tap leads there. A name or an address
        that was typed need not stay in the group. Raises DeliveryError.
        """
        wording, note = self._desk.wording, self._desk.note_access
        if not said:
            return wording.desk("list.find")
        await asyncio.to_thread(note, Observed.LISTED, hand.actor, GROUP)
        found = await asyncio.to_thread(listing.found, self._desk, said)
        its_card = await asyncio.to_thread(self._card, found)
        stays = is_number(said) or not await self._group.remove(hand.message)
        first, *rest = markup.lines([found.head, *(entry.text for entry in found.entries)])
        below = its_card or (hand.message if stays else None)
        await self._group.say(first, self._details(found), below)
        for html in rest:
            await self._group.say(html)
        return ""

    def _card(self, found: Found) -> int | None:
        """Return the message of the card of what was found alone, if it is in the group."""
        subjects = [entry.subject for entry in found.entries if entry.subject]
        case = self._desk.case(subjects[0].id, GROUP) if len(subjects) == 1 else None
        return self._group.at(case.card.place) if case and case.card else None

    def _details(self, found: Found) -> InlineKeyboardMarkup | None:
        key = self._desk.buttons_key
        made = [
            Button(label=one.number, token=press(key, DETAILS, one))
            for one in (entry.subject for entry in found.entries)
            if one is not None
        ]
        return inline([made[n : n + 2] for n in range(0, len(made), 2)])

    async def _show(
        self, view: View, hand: Hand, *, instead: bool = False, rights: bool = False
    ) -> None:
        """Show a page below the message, or `instead` of it; the rest of a long one below that."""
        note, desk = self._desk.note_access, self._desk
        await asyncio.to_thread(note, Observed.LISTED, hand.actor, GROUP)
        shown = await asyncio.to_thread(listing.shown, desk, view, hand.actor)
        rows = self._rights(view, shown) if rights else self._filters(view, shown)
        first, *rest = markup.lines([shown.head, *(entry.text for entry in shown.entries)])
        keyboard = inline(rows)
        if not (instead and await self._group.edit(hand.message, first, keyboard)):
            await self._group.say(first, keyboard, hand.message)
        for html in rest:
            await self._group.say(html, reply_to=hand.message)

    def _filters(self, view: View, shown: Shown) -> list[list[Button]]:
        """Return the filters, two in a row, then what leads to the rights, and the pages."""
        named = [one for one in shown.rights if one.chosen]
        label = ", ".join(one.label for one in named) or self._desk.wording.desk("list.rights")
        rights = Button(label=label, token=f"{_token(view)}:{_RIGHTS}")
        all_of_them = Button(label=self._desk.wording.desk("list.all"), token=_token(View()))
        pairs = [shown.filters[n : n + 2] for n in range(0, len(shown.filters), 2)]
        rows = [[_button(one) for one in pair] for pair in pairs]
        pages = [[_button(one) for one in shown.pages]] if shown.pages else []
        return [*rows, [rights, *([all_of_them] if view.words else [])], *pages]

    def _rights(self, view: View, shown: Shown) -> list[list[Button]]:
        back = Button(label=self._desk.wording.desk("list.back"), token=_token(view))
        return [*([_button(one)] for one in shown.rights), [back]]


def _token(view: View) -> str:
    return f"{REGISTER}:{view.encode()}"


def _button(choice: Choice) -> Button:
    return Button(label=choice.label, token=_token(choice.view))
