"""Questions that the notice does not answer go to staff, at the person's wish."""

from __future__ import annotations

from dataclasses import replace

from bot.core.buttons import PassToStaff
from bot.core.conversation import request_fields
from bot.core.conversation.dialogue import Dialogue
from bot.core.conversation.reply import Reply, say, stale
from bot.core.conversation.world import World
from bot.core.effects import Choice, ShowInquiry
from bot.core.tickets import inquiries
from bot.core.tickets.inquiries import Inquiry

_LONGEST = request_fields.LONGEST[request_fields.DETAILS]


def offer(question: str) -> Reply:
    """Offer to pass a question to staff."""
    return _offer("choice.pass", question)


def offer_message(text: str) -> Reply:
    """Offer to pass on as it is what is in a language that is not spoken here."""
    return _offer("choice.pass_message", text)


def _offer(label: str, text: str) -> Reply:
    button = Choice(button=PassToStaff(), key=label)
    return Reply(choices=(button,), unanswered=text[:_LONGEST])


def take(dialogue: Dialogue, world: World) -> Reply:
    """Pass the unanswered question to staff, unless too many of this person's wait already."""
    if not dialogue.unanswered:
        return stale()
    if world.open_inquiries >= world.rules.quotas.open_inquiries:
        return say("inquiry.too_many")
    inquiry = Inquiry(
        id=world.new.id,
        number=world.new.inquiry_number,
        language=dialogue.language,
        person=replace(world.person, thread=""),
        question=dialogue.unanswered,
        asked_at=world.now,
    )
    shown = ShowInquiry(inquiry=inquiry.id, number=inquiry.number, new=True)
    passed = Reply(inquiry=inquiry, records=(inquiries.opened(inquiry),), effects=(shown,))
    return passed + say("inquiry.passed", number=inquiry.number)
