"""Passes a message to staff as it was written: unanswered questions, and reports."""

from __future__ import annotations

from dataclasses import replace

from bot.core import question_counts
from bot.core.buttons import PassToStaff
from bot.core.catalog import Language
from bot.core.conversation.dialogue import Dialogue, Idle, Offered
from bot.core.conversation.reply import Reply, say, stale
from bot.core.conversation.world import World
from bot.core.effects import Choice, ShowInquiry
from bot.core.tickets import inquiries
from bot.core.tickets.inquiries import Inquiry, InquiryKind
from bot.core.understanding.recognisers.passing_on import asks_to_pass_on
from bot.core.understanding.replies import safeguards


def offer(question: str) -> Reply:
    """Offer to pass a question to staff."""
    return _offer("choice.pass", question)


def offer_message(text: str) -> Reply:
    """Offer to pass on as it is what is in a language that is not spoken here."""
    return _offer("choice.pass_message", text)


def _offer(label: str, text: str) -> Reply:
    button = Choice(button=PassToStaff(), key=label)
    return remembering(Reply(choices=(button,)), text)


def remembering(reply: Reply, text: str) -> Reply:
    """Return a reply whose buttons can pass a text to staff, until the next message."""
    return replace(reply, unanswered=text)


def is_wanted(dialogue: Dialogue, text: str) -> bool:
    """Tell whether a text says in so many words what the button below the last message does.

    A plain yes does, too, where nothing else was asked.
    """
    if not dialogue.may_pass:
        return False
    quiet = isinstance(dialogue.state, Offered) and dialogue.state.is_quiet
    asked = not (quiet or isinstance(dialogue.state, Idle))
    yes = not asked and safeguards.says_only_yes(text, dialogue.language)
    return yes or asks_to_pass_on(text)


def take(dialogue: Dialogue, world: World) -> Reply:
    """Pass the unanswered question to staff, unless too many of this person's wait already."""
    if not dialogue.unanswered:
        return stale()
    if world.open_inquiries() >= world.rules.quotas.open_inquiries:
        return say("inquiry.too_many")
    handed = passed(InquiryKind.QUESTION, dialogue.unanswered, dialogue.language, world)
    told = say("inquiry.passed", number=world.new.inquiry_number)
    return handed + told + Reply(asked=question_counts.passed(_answered_last(dialogue)))


def _answered_last(dialogue: Dialogue) -> str:
    """Return the intent below whose answer the button stands; empty where nothing tells."""
    return dialogue.topic.intent if dialogue.topic and not dialogue.topic.ago else ""


def passed(kind: InquiryKind, text: str, language: Language, world: World) -> Reply:
    """Return what keeps an inquiry and shows it to staff."""
    inquiry = Inquiry(
        id=world.new.id,
        number=world.new.inquiry_number,
        kind=kind,
        language=language,
        person=replace(world.person, thread=""),
        question=text,
        asked_at=world.received_at if kind is InquiryKind.INCIDENT else world.now,
    )
    shown = ShowInquiry(
        inquiry=inquiry.id,
        number=inquiry.number,
        new=True,
        urgent=kind is InquiryKind.INCIDENT,
    )
    return Reply(inquiry=inquiry, records=(inquiries.opened(inquiry),), effects=(shown,))
