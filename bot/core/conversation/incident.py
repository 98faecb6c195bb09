"""Reports of a data breach: staff hear of them at once, whatever else is open."""

from __future__ import annotations

import re

from bot.core.buttons import ChooseIntent
from bot.core.catalog import Kind, Language
from bot.core.conversation import pass_to_staff
from bot.core.conversation.reply import NOTHING, Reply, say
from bot.core.conversation.world import World
from bot.core.effects import Choice, ShowInquiry
from bot.core.tickets import inquiries
from bot.core.tickets.inquiries import Inquiry, InquiryKind
from bot.core.tickets.record import Record
from bot.core.understanding.topics.match import KNOWN_WORDING, Match, Outcome

# Below this the words may mean something else: the person says whether it is a report.
SURE = 0.4
# What has the form of a question is mostly one: "would you tell us of a leak", "voiko joku nähdä".
_QUESTION = re.compile(
    r"\?\s*$|^(?:(?:hei|moi|hi|hello|hej)\W+)?(?:\w+k[oö]"
    r"|mikä|mitä|miten|miksi|kuka|kuinka|milloin|missä|montako|paljonko"
    r"|can|could|do|does|did|will|would|is|are|was|were|has|have|how|what|who|why|when|where|which"
    r"|kan|får|är|har|hur|vad|vem|varför|när|berättar|meddelar|informerar|säger|finns|ger|gör) ",
    re.IGNORECASE,
)
REPORT = Choice(button=ChooseIntent(Kind.INCIDENT), key="choice.incident")


def is_sure(match: Match, text: str) -> bool:
    """Tell whether a message surely reports an incident: that is heard whatever is open."""
    known = match.confidence >= KNOWN_WORDING
    sure = known or (match.confidence >= SURE and not _QUESTION.search(text.strip()))
    return match.outcome is Outcome.INCIDENT and sure


def take(match: Match, text: str, world: World) -> Reply:
    """Report what somebody wrote of an incident; ask first where it may be none."""
    if is_sure(match, text):
        return report(text, match.language, world)
    return pass_to_staff.remembering(say("incident.offer").offering(REPORT), text)


def beside(match: Match, text: str, world: World) -> Reply:
    """Report what is told of an incident in a message that asks for something besides."""
    if match.outcome is Outcome.INCIDENT:
        return take(match, text, world)
    return report(text, match.language, world) if match.reported else NOTHING


def report(text: str, language: Language, world: World) -> Reply:
    """Pass a report to staff, who may have to notify it within 72 hours (Art. 33 GDPR).

    Without a text, or when too many of this person's wait, say how to reach a person.
    """
    before = world.open_report() if text else None
    if before and (done := inquiries.added(before, text, world.now)):
        return _added(*done)
    quota = world.rules.quotas.open_inquiries
    # As many as questions, and besides them: whoever has asked much can still report something.
    if not text or world.open_inquiries() >= 2 * quota:
        return say("incident.reply")
    passed = pass_to_staff.passed(InquiryKind.INCIDENT, text, language, world)
    return passed + say("incident.received", number=world.new.inquiry_number)


def _added(report: Inquiry, record: Record) -> Reply:
    """Keep what was added to a report, and show it to staff under the same number."""
    shown = ShowInquiry(inquiry=report.id, number=report.number, urgent=True)
    kept = Reply(inquiry=report, records=(record,), effects=(shown,))
    return kept + say("incident.added", number=report.number)
