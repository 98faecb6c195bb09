"""The organisation's rules: proofs, four eyes, codes, quotas, time zone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.catalog import Language, Right
from bot.core.pace import PaceRules
from bot.core.tickets import identity, representation
from bot.core.tickets.identity import Policy
from bot.core.tickets.public_holidays import Place
from bot.core.tickets.quotas import Quotas
from bot.core.tickets.recipients import Recipient
from bot.core.tickets.representation import RepresentationRules
from bot.core.tickets.templates import OwnGround


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the organisation has decided: proofs, four eyes, codes, quotas, time zone.

    Pages for people are at `public_url`; empty: there are none. With `copies_in_chat`, people can
    have the copy of their data in the conversation. `recipients` are told of changes (Art. 19). A
    phone number without a country code is one of `country`. `notice` is the version of the privacy
    notice with its date, which each ticket keeps. The first of the languages greets. Of a request
    that was left half way its person is reminded after `remind_after` without a word, and it is
    handed to staff after `hand_over_after`. `staff` are the actors' keys of all who can own a
    ticket. `grounds` of refusals and replies are added to those in the law.
    """

    policy: Policy = field(default_factory=lambda: identity.DEFAULT_POLICY)
    four_eyes: frozenset[Right] = frozenset({Right.ERASURE})
    codes: identity.CodeRules = identity.CodeRules()
    on_behalf: RepresentationRules = representation.DEFAULT_RULES
    timezone: ZoneInfo = ZoneInfo("Europe/Helsinki")
    country: str = "FI"
    subdivision: str = ""
    notice: str = ""
    public_url: str = ""
    copies_in_chat: bool = False
    recipients: tuple[Recipient, ...] = ()
    lapse_after: timedelta = timedelta(days=60)
    remind_after: timedelta = timedelta(hours=4)
    hand_over_after: timedelta = timedelta(hours=24)
    languages: tuple[Language, ...] = tuple(Language)
    quotas: Quotas = Quotas()
    pace: PaceRules = PaceRules()
    staff: tuple[str, ...] = ()
    grounds: tuple[OwnGround, ...] = ()

    @property
    def place(self) -> Place:
        """The place whose holidays move the end of a period."""
        return Place(country=self.country, subdivision=self.subdivision)

    def today(self, now: datetime) -> date:
        """Return the local date of a moment."""
        return now.astimezone(self.timezone).date()
