"""What a card says, and what it keeps from a channel that many read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.channels.desk import card, listing
from bot.channels.desk.card import Happening
from bot.channels.desk.flow import Obstacle
from bot.channels.desk.wording import Wording, above_preview
from bot.core.catalog import Language, Right
from bot.core.contacts import Contact, email, phone
from bot.core.effects import (
    Alarm,
    AlarmReason,
    Digest,
    Remind,
    RemindOfInquiry,
    ReportDenial,
    Say,
    ShowInquiry,
    ShowTicket,
    ToStaff,
    Undelivered,
)
from bot.core.tickets.copies import LIFETIME, Delivery, Way
from bot.core.tickets.identity import Evidence, Method
from bot.core.tickets.inquiries import InquiryKind
from bot.core.tickets.recipients import Recipient, Tick
from bot.core.tickets.representation import AuthorityProof, OnBehalf, Relation
from bot.core.tickets.staff_tasks import StaffTask
from bot.core.tickets.ticket import ENDED, Action, Denial, Note, State, Ticket
from bot.service.routing import KINDS
from tests.factories import (
    AINO,
    LIISA,
    NOW,
    SARI,
    a_question,
    a_ticket,
    after,
    attested,
    for_somebody,
    in_state,
)

CONFIRMED = Happening(
    at=NOW, who="Mika", what="confirm", before="awaiting_confirmation", after="confirmed"
)
OPENED = Happening(at=NOW, who="customer", what="open", before="", after="awaiting_identity")


def text_of(rows: list[card.Row]) -> str:
    return "\n".join(f"{label}: {value}" for label, value in rows)


def test_the_face_masks_the_person_and_says_why_it_is_due_then(wording: Wording) -> None:
    face = text_of(card.face(a_ticket(), wording))
    assert "L. M. L." in face
    assert "l•••@example.com" in face
    assert "saapui" in face
    assert not [word for word in ("Liisa", LIISA.email, "Tilaukset") if word in face]


@pytest.mark.parametrize(
    ("extended", "still", "told"),
    [
        (False, 0, "saapui 6.11.2026, määräaika päättyy 6.12.2026;"),
        (True, 0, "saapui 6.11.2026, pidennetty kahdella kuukaudella, määräaika"),
        (False, 1, "saapui 6.11.2026, keskeytettynä yhden päivän, määräaika päättyy 7.12.2026)"),
        (True, 5, "pidennetty kahdella kuukaudella, keskeytettynä 5 päivää, määräaika"),
    ],
)
def test_a_due_day_is_explained_by_all_that_leads_to_it(
    extended: bool, still: int, told: str, wording: Wording
) -> None:
    clock = replace(a_ticket().clock, extended=extended, still_days=still)
    rows = dict(card.rows(replace(a_ticket(), clock=clock), wording))
    assert told in rows[wording.label("due")]


@pytest.mark.parametrize("state", [State.FULFILLED, State.REFUSED])
def test_the_face_of_what_has_ended_tells_nothing_of_the_person(
    wording: Wording, state: State
) -> None:
    assert state in ENDED
    face = text_of(card.face(in_state(state), wording))
    assert "L. M. L." not in face
    assert "@" not in face


def test_the_details_tell_all_that_staff_need(wording: Wording) -> None:
    details = text_of(card.rows(in_state(State.REFUSED), wording))
    for known in ("Liisa Maria Lehto", LIISA.email, "Tilaukset vuodelta 2019", "Laki velvoittaa."):
        assert known in details


def test_the_words_that_asked_stand_in_the_details_alone(wording: Wording) -> None:
    ticket = replace(a_ticket(), opening="Poistakaa kaikki,\npaitsi takuu.")
    wrote = "▌ Poistakaa kaikki,\n▌ paitsi takuu."
    assert wrote in text_of(card.rows(ticket, wording))
    assert "takuu" not in text_of(card.face(ticket, wording))


def test_a_card_says_who_writes_whom_it_concerns_and_that_authority_was_not_shown(
    wording: Wording,
) -> None:
    ticket = for_somebody(a_ticket())
    details, face = text_of(card.rows(ticket, wording)), text_of(card.face(ticket, wording))
    assert "Kirjoittaja: Liisa Maria Lehto (asianajaja tai muu asiamies)" in details
    assert "Koskee henkilöä: Pekka Korhonen" in details
    assert "Kirjoittaja: L. M. L. (asianajaja tai muu asiamies)" in face
    assert "Koskee henkilöä: P. K." in face
    assert "Korhonen" not in face
    for shown in (details, face):
        assert "Edustusoikeus: EI osoitettu" in shown
        assert "Ilmoitettava: " in shown
        assert "Nimi (oma ilmoitus)" not in shown
    assert "Korhonen" not in text_of(card.face(replace(ticket, state=State.REFUSED), wording))


def test_a_card_says_what_showed_authority_to_whom_and_when(wording: Wording) -> None:
    shown = after(
        for_somebody(a_ticket()),
        Action.AUTHORISE,
        SARI,
        authority=AuthorityProof.POWER_OF_ATTORNEY,
        text="Näytetty videolla",
    )
    assert "Edustusoikeus: valtakirja (Sari, 6.11.2026" in text_of(card.face(shown, wording))
    details = text_of(card.rows(shown, wording))
    assert "Näytetty videolla" in details
    assert "Näytetty videolla" not in text_of(card.face(shown, wording))


def test_a_card_says_that_names_were_left_unsaid_and_the_dead_are_not_written_to(
    wording: Wording,
) -> None:
    nobody = replace(a_ticket(), on_behalf=OnBehalf(relation=Relation.ESTATE))
    nameless = replace(nobody, person=replace(nobody.person, name=""))
    face = text_of(card.face(nameless, wording))
    assert "Koskee henkilöä: nimeä EI annettu" in face
    assert "Kirjoittaja: nimeä ei annettu (kuolinpesän edustaja tai perillinen)" in face
    assert "Ilmoitettava" not in face


def test_a_list_marks_what_is_asked_for_somebody_else(wording: Wording) -> None:
    assert "toisen puolesta" in listing.summary(for_somebody(a_ticket()), wording)[1]
    assert "toisen puolesta" not in listing.summary(a_ticket(), wording)[1]


def test_contacts_in_a_question_are_masked_on_its_face_only(wording: Wording) -> None:
    written = "Olen liisa.lehto@example.com, 040 123 4567 tai +358401234567. Miksi 2024?"
    masked = "Olen l•••@example.com, ••• tai •••. Miksi 2024?"
    assert masked in text_of(card.face(a_question(written), wording))
    assert written in text_of(card.rows(a_question(written), wording))


def test_an_answered_question_is_no_longer_shown(wording: Wording) -> None:
    done = replace(a_question(), closed_at=NOW, answered_by="sari")
    for rows in (card.face(done, wording), card.rows(done, wording)):
        assert text_of(rows) == "Vastasi: Sari"


def test_a_line_of_history_names_who_what_and_where_it_led(wording: Wording) -> None:
    lines = [card.happened(one, wording).split(" ", 3)[3] for one in (OPENED, CONFIRMED)]
    assert lines == [
        "asiakas: avaus → odottaa henkilöllisyyden varmistusta",
        "Mika: hyväksyntä → hyväksytty",
    ]


def test_who_was_too_late_is_told_who_was_first(wording: Wording) -> None:
    told = card.refusal(Denial.STALE, wording, [OPENED, CONFIRMED])
    assert told.endswith("(ensin ehti Mika: hyväksyntä)")
    assert "asiakas" in card.refusal(Denial.STALE, wording, [OPENED])


@pytest.mark.parametrize("denial", [d for d in Denial if d is not Denial.STALE])
def test_any_other_denial_names_nobody(wording: Wording, denial: Denial) -> None:
    assert "Mika" not in card.refusal(denial, wording, [CONFIRMED])


@pytest.mark.parametrize("obstacle", Obstacle)
def test_every_obstacle_has_its_words(wording: Wording, obstacle: Obstacle) -> None:
    assert card.refusal(obstacle, wording)


DIGEST = Digest(
    day=date(2026, 12, 6),
    reminders=(
        Remind(ticket="t", number="T-2026-0001", days=1),
        RemindOfInquiry(inquiry="q", number="Q-2026-0001", days=14),
    ),
    more=5,
)


def test_the_card_of_a_report_says_when_its_72_hours_end_and_hides_whom_it_is_about(
    wording: Wording,
) -> None:
    report = replace(
        a_question(),
        kind=InquiryKind.INCIDENT,
        question="Sain laskun, joka kuuluu osoitteelle matti.m@example.com",
        asked_at=datetime(2026, 11, 6, 14, 40, tzinfo=UTC),
    )
    assert card.title(report, wording).startswith(f"HÄLYTYS {report.number}")
    shown = dict(card.face(report, wording))
    assert shown["72 tunnin määräaika päättyy"].startswith("9.11.2026 klo 16.40")
    assert "33 artiklan 1 kohta" in shown["72 tunnin määräaika päättyy"]
    assert shown["Ilmoitus"].endswith("m•••@example.com")
    assert dict(card.rows(report, wording))["Ilmoitus"].endswith("matti.m@example.com")
    new = ShowInquiry(inquiry=report.id, number=report.number, new=True, urgent=True)
    [line] = card.told(new, wording, report)
    assert "9.11.2026 klo 16.40" in line
    [added] = card.told(replace(new, new=False), wording, report)
    assert added.startswith("HÄLYTYS")
    assert added != line
    closed = replace(report, closed_at=NOW, answered_by=SARI.key, answer="Kiitos.")
    answered = wording.desk("incident.answered", number=report.number, until="")
    assert card.told(new, wording, closed) == [answered]
    assert card.face(closed, wording) == [(wording.label("answered"), wording.name(SARI.key))]


@pytest.mark.parametrize("why", list(Undelivered))
@pytest.mark.parametrize("what", sorted(KINDS.keys() - {"alarm"}))
def test_of_what_was_not_delivered_staff_read_what_to_whom_and_why(
    wording: Wording, what: str, why: Undelivered
) -> None:
    alarm = Alarm(
        trouble=AlarmReason.DEAD_EFFECT,
        reference="17",
        number="T-2026-0001",
        what=what,
        to="m•••@example.com",
        why=why,
    )
    (line,) = card.told(alarm, wording)
    named = wording.desk(f"undelivered.{what}")
    assert line.startswith(f"Ei mennyt perille: {named} (T-2026-0001)")
    assert "m•••@example.com" in line
    assert wording.desk(f"why.{why}") in line


@pytest.mark.parametrize(("email", "told"), [("", True), ("l@example.com", False)])
def test_a_preview_says_when_only_the_conversation_reaches_the_customer(
    wording: Wording, email: str, told: bool
) -> None:
    letter = Say(to=replace(LIISA, email=email), language=Language.FI, parts=())
    above = above_preview(letter, "T-2026-0001", "Kysy", wording)
    assert (wording.desk("form.only_there") in above) is told
    assert "T-2026-0001" in above[-1]
    assert len(above_preview(None, "T-2026-0001", "Vahvista", wording)) == 1


def test_a_card_says_where_the_person_is_reached_while_no_letter_can_go(wording: Wording) -> None:
    """Else a question is sent that reaches nobody, and staff hear of it only afterwards."""
    asked = a_ticket()
    label, none = wording.label("reach"), replace(asked.person, email="")
    for rows in (card.face, card.rows):
        assert (label, wording.label("reach_unproved")) in rows(asked, wording)
        without = replace(asked, person=none)
        assert (label, wording.label("reach_no_email")) in rows(without, wording)
        address = email(asked.person.email)
        proved = with_proof(address, on_file=False, same_person=())
        assert label not in dict(rows(proved, wording))
        assert label not in dict(rows(replace(asked, state=State.WITHDRAWN), wording))


EARLY, LATE = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
TOLD: list[tuple[ToStaff, str]] = [
    (ShowTicket(ticket="t", number="T-2026-0001"), "T-2026-0001"),
    (ShowInquiry(inquiry="q", number="Q-2026-0001"), ""),
    (Remind(ticket="t", number="T-2026-0001", days=3), "on 3 päivän päästä"),
    (Remind(ticket="t", number="T-2026-0001", days=-2), "oli 2 päivää sitten"),
    (RemindOfInquiry(inquiry="q", number="Q-2026-0001", days=14), "14 päivää"),
    (RemindOfInquiry(inquiry="q", number="Q-2026-0001", days=1, until=LATE), "päättyy"),
    (RemindOfInquiry(inquiry="q", number="Q-2026-0001", days=9, until=EARLY), "päättyi"),
    (DIGEST, "Päivän muistutukset (7):"),
    (DIGEST, "T-2026-0001 määräpäivä on huomenna"),
    (DIGEST, "Q-2026-0001 on odottanut vastausta 14 päivää"),
    (DIGEST, "… ja 5 muuta."),
    (Alarm(trouble=AlarmReason.DEAD_EFFECT, reference="17"), "nro 17"),
    (Alarm(trouble=AlarmReason.DISOWNED, number="T-2026-0001"), "T-2026-0001"),
    (Alarm(trouble=AlarmReason.DEAD_EVENT, reference="18"), "nro 18"),
    (Alarm(trouble=AlarmReason.NO_SENDER, reference="slack"), "odottaa kanavaa slack"),
    (Alarm(trouble=AlarmReason.CHANNEL_DOWN, reference="slack"), "slack ei enää päästä"),
    (
        Alarm(trouble=AlarmReason.DAMAGED, reference="", number="T-2026-0007"),
        "Asiaa T-2026-0007 ei voi avata",
    ),
    (Alarm(trouble=AlarmReason.DAMAGED, reference="dialogues"), "vahingoittunut: dialogues"),
    (
        ReportDenial(
            desk="d",
            actor="aino",
            number="T-2026-0001",
            denial=Denial.STALE,
            first="mika",
            did="confirm",
        ),
        "(ensin ehti Mika: hyväksyntä)",
    ),
]


@pytest.mark.parametrize(("told", "says"), TOLD)
def test_what_the_desk_is_told_is_said_in_its_words(
    wording: Wording, told: ToStaff, says: str
) -> None:
    lines = card.told(told, wording, a_ticket())
    assert says in "\n".join(lines)
    assert bool(lines) == bool(says)


def test_a_list_says_how_much_it_leaves_out(wording: Wording) -> None:
    assert card.more(0, wording) == []
    assert "3" in card.more(3, wording)[0]


ADDRESS, NUMBER = email(LIISA.email), phone("+358401234567")


def with_proof(of: Contact, *, on_file: bool, same_person: tuple[Contact, ...]) -> Ticket:
    piece = Evidence(
        method=Method.PHONE if of == NUMBER else Method.EMAIL_CODE,
        at=NOW,
        by="customer",
        contact=of,
        on_file=on_file,
        same_person=same_person,
    )
    return replace(a_ticket(), phones=(NUMBER.value,), evidence=(piece,))


@pytest.mark.parametrize(
    ("of", "on_file", "same_person", "lines"),
    [
        (
            ADDRESS,
            False,
            (),
            [
                "Sähköposti: {} · todistettu (koodi sähköpostiin {}), osoite EI ole rekisterissä",
                "Puhelin: {} · EI todistettu",
            ],
        ),
        (
            NUMBER,
            True,
            (ADDRESS,),
            [
                "Sähköposti: {} · EI todistettu, mutta rekisterissä samalla henkilöllä",
                "Puhelin: {} · todistettu (Telegramin tarkistama puhelinnumero {}), "
                "numero rekisterissä",
            ],
        ),
    ],
)
def test_each_contact_has_a_line_that_says_what_is_proved_of_it(
    wording: Wording,
    of: Contact,
    on_file: bool,
    same_person: tuple[Contact, ...],
    lines: list[str],
) -> None:
    ticket = with_proof(of, on_file=on_file, same_person=same_person)
    for rows, shown in (
        (card.face(ticket, wording), ("l•••@example.com", "•••67")),
        (card.rows(ticket, wording), (ADDRESS.value, NUMBER.value)),
    ):
        contacts = [
            line.format(c, wording.moment(NOW)) for line, c in zip(lines, shown, strict=True)
        ]
        assert [f"{label}: {value}" for label, value in rows if label in LABELS] == contacts


def test_staff_see_that_a_contact_is_on_file_of_several_persons(wording: Wording) -> None:
    ticket = with_proof(ADDRESS, on_file=True, same_person=())
    (piece,) = ticket.evidence
    shared = replace(ticket, evidence=(replace(piece, shared=True),))
    face = dict(card.face(shared, wording))["Sähköposti"]
    assert face.endswith("osoite rekisterissä usealla henkilöllä: selvitä, kuka heistä tämä on")


LABELS = ("Sähköposti", "Puhelin")


def test_the_account_is_told_and_who_vouched(wording: Wording) -> None:
    rows = dict(card.face(attested(a_ticket(), AINO), wording))
    assert rows["Tili"] == "Test, palvelun itsensä vahvistama"
    assert rows["Henkilöllisyys"].startswith("tavattu")
    assert dict(card.face(a_ticket(), wording))["Henkilöllisyys"] == "ei näyttöä"
    proved = with_proof(ADDRESS, on_file=True, same_person=())
    assert "Henkilöllisyys" not in dict(card.face(proved, wording))


def test_a_card_has_a_box_for_each_recipient_and_the_reasons_in_the_details_alone(
    wording: Wording,
) -> None:
    known = (Recipient(name="Uutiskirje", owner="Aino"), Recipient(name="Kirjanpito"))
    here = replace(wording, rules=replace(wording.rules, recipients=known))
    excused = Tick(recipient="kirjanpito", name="Kirjanpito", at=NOW, by="sari", excuse="Laki.")
    ticket = replace(in_state(State.CONFIRMED), right=Right.ERASURE, ticks=(excused,))
    face, details = text_of(card.face(ticket, here)), text_of(card.rows(ticket, here))
    assert "☐ Uutiskirje (Aino)" in face
    assert "☒ Kirjanpito" in face
    assert "Laki." not in face
    assert "☒ Kirjanpito: Laki." in details
    done = replace(excused, excuse="", recipient="uutiskirje", name="Uutiskirje")
    assert "☑ Uutiskirje (Aino)" in text_of(card.face(replace(ticket, ticks=(done,)), here))
    assert here.choice("recipient", "rest") == here.desk("recipient.rest")
    assert here.choice("recipient", "gone") == "gone"


def test_a_card_and_a_list_name_the_owner_and_whoever_has_left_by_no_key(wording: Wording) -> None:
    owned = replace(a_ticket(), owner="mika")
    label = wording.label("owner")
    assert dict(card.face(owned, wording))[label] == "Mika"
    assert listing.summary(owned, wording)[-1] == "Mika"
    assert label not in dict(card.face(a_ticket(), wording))
    gone = dict(card.face(replace(owned, owner="staff:0a1b2c"), wording))[label]
    assert "0a1b2c" not in gone


def test_a_note_stands_in_the_details_with_its_writer_and_not_on_the_card(wording: Wording) -> None:
    note = Note(at=NOW, by="sari", action=Action.NOTE, text="Soitin, ei vastausta.")
    ticket = replace(a_ticket(), notes=(note,))
    [label] = [name for name, text in card.rows(ticket, wording) if text == note.text]
    assert label.endswith(", Sari")
    assert note.text not in repr(card.face(ticket, wording))


def test_the_reminders_of_a_day_name_what_nobody_owns_first_and_then_go_by_person(
    wording: Wording,
) -> None:
    due = (("T-2026-0001", "mika"), ("T-2026-0002", ""), ("T-2026-0003", "mika"))
    reminders = tuple(
        Remind(ticket=number, number=number, days=1, owner=owner) for number, owner in due
    )
    lines = card.told(Digest(day=NOW.date(), reminders=reminders), wording)
    named = [next((word for word in line.split() if word[:2] == "T-"), line) for line in lines[1:]]
    mika = wording.desk("digest_of", name="Mika")
    assert named == ["T-2026-0002", mika, "T-2026-0001", "T-2026-0003"]


def test_a_ground_has_a_name_whatever_version_noted_it(wording: Wording) -> None:
    assert wording.ground("clarification") == wording.desk("ground.clarification")
    assert wording.ground("of_another_version") == "of another version"


def test_a_card_says_when_a_copy_was_delivered_and_opened_also_after_the_end(
    wording: Wording,
) -> None:
    had = Delivery(way=Way.PAGE, at=NOW, by="mika", until=NOW + LIFETIME, opened=(NOW,))
    ticket = replace(in_state(State.FULFILLED), right=Right.ACCESS, delivery=had)
    face = text_of(card.face(ticket, wording))
    assert wording.desk("way.page") in face
    assert wording.moment(NOW) in face
    assert wording.label("delivery") not in text_of(card.face(in_state(State.CONFIRMED), wording))


def test_a_task_stands_on_the_card_with_owner_and_day_and_its_contacts_masked(
    wording: Wording,
) -> None:
    task = StaffTask(
        number=1, text="Soita: x@example.com", owner="mika", due=NOW.date(), at=NOW, by="sari"
    )
    ticket = replace(a_ticket(), tasks=(task,))
    label = wording.label("tasks")
    assert dict(card.rows(ticket, wording))[label].startswith("☐ 1. Soita: x@example.com (Mika, ")
    assert dict(card.face(ticket, wording))[label].startswith("☐ 1. Soita: x•••@example.com (Mika,")
    ended = replace(in_state(State.REFUSED), tasks=(task,))
    assert label not in dict(card.face(ended, wording))


def test_a_reminder_of_a_task_names_it_below_its_owner_without_its_words(wording: Wording) -> None:
    ticket = Remind(ticket="a", number="T-2026-0001", days=3)
    task = Remind(ticket="b", number="T-2026-0002", days=0, owner="mika", task=2)
    told = card.told(Digest(day=NOW.date(), reminders=(ticket, task)), wording)
    assert told[2:] == [
        wording.desk("digest_of", name="Mika"),
        wording.desk("reminder_of_task", number="T-2026-0002", task=2, days=0),
    ]
