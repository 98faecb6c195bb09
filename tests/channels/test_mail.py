"""Letters: built in one place, kept as files or handed to a real server, lost by no fault of it."""

from __future__ import annotations

import asyncio
import gc
import socket
import ssl
import time
import traceback
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import partial
from pathlib import Path

import anyio
import pytest
import trustme

from bot.channels.mail import smtp
from bot.channels.mail.folder import MailFolder
from bot.channels.mail.letter import Letter
from bot.channels.mail.sender import Post
from bot.channels.mail.smtp import SmtpServer, is_loopback
from bot.errors import DeliveryError, Refused, TryLater
from tests.fakes.smtp import FakeSmtp, Fault

SENDER = "privacy@example.com"
MATTI = "matti.meikalainen@example.fi"
# Reaches the server on loopback, and is no address of loopback: the rules for the world hold.
OUTSIDE = "0.0.0.0"
SUBJECT, TEXT = "Vahvistuskoodi", "Koodisi on 12345678."
LETTERS = {
    "fi": ("Päätös pyyntöönne", "Hyvää päivää!\n\nTietonne on poistettu. Ystävällisesti, Åke"),
    "en": ("Your request – decided", "Good day!\n\nYour data “as asked” is erased. Best, Åke"),
    "sv": ("Beslut på er begäran", "God dag!\n\nUppgifterna är raderade på begäran. Hälsar Åke"),
}


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="session")
def trust(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def certified(authority: trustme.CA, *hosts: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*hosts).configure_cert(context)
    return context


@pytest.fixture(scope="session")
def tls(authority: trustme.CA) -> ssl.SSLContext:
    return certified(authority, OUTSIDE, "127.0.0.1")


def post(server: FakeSmtp) -> SmtpServer:
    return SmtpServer(server.url(), SENDER, timeout=5)


def send(post: Post, to: str = MATTI, key: str = "") -> None:
    mail(post, to, SUBJECT, TEXT, key=key)


def mail(post: Post, to: str, subject: str, text: str, html: str = "", *, key: str = "") -> None:
    anyio.run(partial(post.send, Letter(to, subject, text, html), key=key))


def probe(post: Post) -> None:
    anyio.run(post.probe)


def fault_of(action: Callable[[], None]) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        action()
    return caught.value


def read(path: Path) -> EmailMessage:
    letter = message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(letter, EmailMessage)
    return letter


# What a letter is.


def test_a_letter_has_one_recipient_and_no_machine_answers_it() -> None:
    with FakeSmtp() as server:
        send(post(server))
    (letter,) = server.letters
    assert (letter.sender, letter.recipients) == (SENDER, (MATTI,))
    headers = letter.message
    assert (headers["From"], headers["To"]) == (SENDER, MATTI)
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Date"].datetime.tzinfo is not None
    assert headers["Message-ID"].endswith("@example.com>")
    assert headers.get_content_type() == "text/plain"
    assert (headers["Subject"], letter.body("plain")) == (SUBJECT, TEXT)


@pytest.mark.parametrize("language", LETTERS)
def test_every_language_arrives_as_it_was_written(language: str) -> None:
    subject, text = LETTERS[language]
    html = f'<p lang="{language}">{text}</p>'
    with FakeSmtp() as server:
        mail(post(server), MATTI, subject, text, html)
    (letter,) = server.letters
    assert letter.content.isascii()  # a server need not take more
    assert letter.message.get_content_type() == "multipart/alternative"
    assert letter.message["Subject"] == subject
    assert (letter.body("plain"), letter.body("html")) == (text, html)


def test_long_lines_and_lone_dots_arrive_whole() -> None:
    text = ".\n..\n" + "pitkä sana " * 500 + "\n.\nFrom here\n\n.\n"
    with FakeSmtp() as server:
        mail(post(server), MATTI, "ä" * 500, text)
    (letter,) = server.letters
    assert max(len(line) for line in letter.content.splitlines()) <= 78
    assert letter.message["Subject"] == "ä" * 500
    assert letter.body("plain") == text.rstrip("\n")


def test_control_characters_do_not_leave_in_a_text() -> None:
    with FakeSmtp() as server:
        mail(post(server), MATTI, "x", "a\x1b[1m\r\nb\rc\x00\ud800d", "<p>\x1be\udfff</p>")
    (letter,) = server.letters
    assert (letter.body("plain"), letter.body("html")) == ("a[1m\nbcd", "<p>e</p>")


def test_the_same_key_gives_the_same_message_id_and_shows_nothing_of_it(tmp_path: Path) -> None:
    with FakeSmtp() as server:
        for key in ("outbox-1", "outbox-1", "outbox-2", "", ""):
            send(post(server), key=key)
    first, again, other, none, nor = (letter.message["Message-ID"] for letter in server.letters)
    assert first == again
    assert len({first, other, none, nor}) == 4
    assert "outbox" not in first
    folder = MailFolder(tmp_path, SENDER)
    send(folder, key="outbox-1")
    assert read(folder.letters()[0])["Message-ID"] == first


BAD_ADDRESSES = [
    "a@b.fi\nBcc: x@y.fi",
    "a@b.fi\r\nSubject: z",
    "a@b.fi\n",
    "a@b.fi\x00",
    "a@b.fi\u2028",
    "=?utf-8?q?a=0D=0ABcc:_x@y.fi,?=@b.fi",
    "=?utf-8?q?a=0D=0ABcc=3Ax?=@b.fi",  # the email package writes out the line break in this
    "a@b.fi, x@y.fi",
    "a@b.fi;x@y.fi",
    "a@b.fi x@y.fi",
    "Matti <a@b.fi>",
    "friends: a@b.fi;",
    "\ud800@b.fi",
    "matti",
    "matti@",
    "@b.fi",
    "",
]
BAD_SUBJECTS = [
    "z\nBcc: x@y.fi",
    "z\r\nBcc: x@y.fi",
    "z\r\n\r\nbody",
    "z\rz",
    "z\x00",
    "z\x85z",
    "z\u2028z",
    "z\ud800",
    "=?utf-8?q?z=0D=0ABcc:_x@y.fi?=",  # and in this
    "z =?utf-8?b?DQpCY2M6IHhAeS5maQ==?= ä",
]


@pytest.mark.parametrize("bad", BAD_ADDRESSES)
def test_no_second_recipient_and_no_header_come_with_an_address(tmp_path: Path, bad: str) -> None:
    folder = MailFolder(tmp_path, SENDER)
    assert isinstance(fault_of(lambda: send(folder, bad)), Refused)
    assert folder.letters() == []
    with FakeSmtp() as server:
        assert isinstance(fault_of(lambda: send(post(server), bad)), Refused)
    assert server.heard == []


@pytest.mark.parametrize("bad", BAD_SUBJECTS)
def test_no_header_comes_with_a_subject(tmp_path: Path, bad: str) -> None:
    folder = MailFolder(tmp_path, SENDER)
    assert isinstance(fault_of(lambda: mail(folder, MATTI, bad, "x")), Refused)
    assert folder.letters() == []
    with FakeSmtp() as server:
        assert isinstance(fault_of(lambda: mail(post(server), MATTI, bad, "x")), Refused)
    assert server.heard == []


@pytest.mark.parametrize("subject", ["Onko näin =?", "a =?b?= c", "  x  ", ""])
def test_no_harmless_subject_is_refused(tmp_path: Path, subject: str) -> None:
    folder = MailFolder(tmp_path, SENDER)
    mail(folder, MATTI, subject, "x")
    assert read(folder.letters()[0])["Subject"].strip() == subject.strip()


def test_an_international_domain_is_told_in_ascii() -> None:
    with FakeSmtp() as server:
        send(post(server), "matti@yhtiö.example.fi")
    (letter,) = server.letters
    assert letter.recipients == ("matti@xn--yhti-8qa.example.fi",)
    assert letter.message["To"] == "matti@xn--yhti-8qa.example.fi"


def test_an_address_outside_ascii_goes_to_a_server_that_takes_it() -> None:
    with FakeSmtp(smtputf8=True) as server:
        mail(post(server), "jörg@yhtiö.example.fi", "Päätös", "Hyvää päivää")
    (letter,) = server.letters
    assert letter.recipients == ("jörg@xn--yhti-8qa.example.fi",)
    assert letter.message["To"] == "jörg@xn--yhti-8qa.example.fi"
    assert letter.message["Subject"] == "Päätös"
    assert "\r\nTo: jörg@".encode() in letter.content
    with FakeSmtp() as server:
        assert isinstance(fault_of(lambda: send(post(server), "jörg@example.fi")), Refused)
    assert server.letters == []


# Who hears it.


def test_outside_this_machine_a_letter_goes_encrypted_to_a_certified_server(
    tls: ssl.SSLContext, trust: ssl.SSLContext
) -> None:
    with FakeSmtp(tls=tls) as server:
        send(SmtpServer(server.url(OUTSIDE), SENDER, 5, trust))
    assert [letter.encrypted for letter in server.letters] == [True]


def test_tls_from_the_start(tls: ssl.SSLContext, trust: ssl.SSLContext) -> None:
    with FakeSmtp(tls=tls, at_once=True) as server:
        send(SmtpServer(server.url(OUTSIDE), SENDER, 5, trust))
    assert [letter.encrypted for letter in server.letters] == [True]


@pytest.mark.parametrize("at_once", [False, True])
@pytest.mark.parametrize("wrong", ["authority", "host", "unknown authority"])
def test_a_server_with_a_wrong_certificate_is_told_nothing(
    authority: trustme.CA, trust: ssl.SSLContext, wrong: str, at_once: bool
) -> None:
    issuer = trustme.CA() if wrong == "authority" else authority
    context = certified(issuer, "mail.example.org" if wrong == "host" else OUTSIDE)
    with FakeSmtp(tls=context, at_once=at_once, login=("us", "secret")) as server:
        url = server.url(OUTSIDE, "us:secret")
        trusted = None if wrong == "unknown authority" else trust
        fault = fault_of(lambda: send(SmtpServer(url, SENDER, 5, trusted)))
    assert isinstance(fault, TryLater)
    assert "certificate" in str(fault)
    assert server.heard == []


def test_outside_this_machine_nothing_is_said_without_tls() -> None:
    with FakeSmtp(login=("us", "secret")) as server:
        outside = SmtpServer(server.url(OUTSIDE, "us:secret"), SENDER, 5)
        for action in (lambda: send(outside), partial(probe, outside)):
            fault = fault_of(action)
            assert isinstance(fault, TryLater)
            assert "STARTTLS" in str(fault)
    assert set(server.heard) == {"QUIT"}


@pytest.mark.parametrize("given", [False, True])
def test_on_loopback_a_given_context_asks_for_tls_where_it_is_offered(
    tls: ssl.SSLContext, trust: ssl.SSLContext, given: bool
) -> None:
    context = trust if given else None
    with FakeSmtp(tls=tls) as offering, FakeSmtp() as plain:
        send(SmtpServer(offering.url(), SENDER, 5, context))
        send(SmtpServer(plain.url(), SENDER, 5, context))
    assert offering.letters[0].encrypted is given
    assert plain.letters[0].encrypted is False


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1", "127.8.9.1", "::1"])
def test_loopback_is_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    [
        *["", OUTSIDE, "::", "128.0.0.1", "10.0.0.1", "::2", "::ffff:10.0.0.1", "127.1"],
        *["localhost.fi", "127.0.0.1.example.com", "mail.example.com"],
    ],
)
def test_any_other_host_is_not(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize("password", ["p@ss/word:%#?", "salasänä"])
def test_one_logs_in_with_a_decoded_password(
    tls: ssl.SSLContext, trust: ssl.SSLContext, password: str
) -> None:
    encoded = {"p@ss/word:%#?": "p%40ss%2Fword%3A%25%23%3F", "salasänä": "salas%C3%A4n%C3%A4"}
    with FakeSmtp(tls=tls, login=("us@example.com", password)) as server:
        url = server.url(OUTSIDE, f"us%40example.com:{encoded[password]}")
        smtp = SmtpServer(url, SENDER, 5, trust)
        probe(smtp)
        send(smtp)
    assert [(letter.user, letter.encrypted) for letter in server.letters] == [
        ("us@example.com", True)
    ]


@pytest.mark.parametrize("user", ["", "us:wrong", "us:v%C3%A4%C3%A4r%C3%A4"])
def test_our_own_wrong_login_loses_no_letter(user: str) -> None:
    with FakeSmtp(login=("us", "secret")) as server:
        fault = fault_of(lambda: send(SmtpServer(server.url(user=user), SENDER, 5)))
    assert isinstance(fault, TryLater)
    assert server.letters == []


def test_a_user_at_a_server_without_login_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening, ThreadPoolExecutor() as pool:
        pool.submit(_bare_server, listening)
        url = f"smtp://us:secret@127.0.0.1:{listening.getsockname()[1]}"
        fault = fault_of(partial(probe, SmtpServer(url, SENDER, 5)))
    assert isinstance(fault, TryLater)
    assert "login" in str(fault)


def _bare_server(listening: socket.socket) -> None:
    """Serve one client by the oldest protocol, which knows no extensions."""
    client, _ = listening.accept()
    with client, client.makefile("rwb") as file:
        answers = {b"EHLO": b"500 what?", b"HELO": b"250 fine", b"QUIT": b"221 bye"}
        file.write(b"220 hello\r\n")
        file.flush()
        for line in file:
            file.write(answers.get(line[:4].upper(), b"500 what?") + b"\r\n")
            file.flush()


def test_a_stop_leaves_no_connection_open_while_the_server_says_goodbye() -> None:
    async def stopped(server: FakeSmtp) -> None:
        letter = Letter(to=MATTI, subject=SUBJECT, text=TEXT)
        sending = asyncio.create_task(post(server).send(letter))
        while "QUIT" not in server.heard:
            await asyncio.sleep(0.01)
        sending.cancel()
        with suppress(asyncio.CancelledError):
            await sending

    with (
        FakeSmtp(Fault(at="QUIT", wait=1.0)) as server,
        warnings.catch_warnings(record=True) as seen,
    ):
        warnings.simplefilter("always")
        asyncio.run(stopped(server))
        gc.collect()  # an open connection that nobody holds warns as it goes
    assert [str(one.message) for one in seen] == []


# What becomes of it.

FAULTS = [
    (Fault(at="RCPT", reply=f"451 4.7.1 <{MATTI}> later"), TryLater),
    (Fault(at="RCPT", reply=f"421 4.7.1 <{MATTI}> later"), TryLater),
    (Fault(at="RCPT", reply=f"550 5.1.1 <{MATTI}> unknown"), Refused),
    (Fault(at="RCPT", reply=f"530 5.7.0 <{MATTI}> log in"), TryLater),
    (Fault(at="RCPT", drop=True), TryLater),
    (Fault(at="DATA", reply=f"452 4.3.1 <{MATTI}> full"), TryLater),
    (Fault(at="DATA", reply=f"421 4.3.1 <{MATTI}> going"), TryLater),
    (Fault(at="DATA", reply=f"554 5.7.1 <{MATTI}> spam"), Refused),
    (Fault(at="DATA", drop=True), TryLater),
    (Fault(at="MAIL", reply=f"451 4.3.0 <{SENDER}> later"), TryLater),
    (Fault(at="MAIL", reply=f"553 5.7.1 <{SENDER}> not yours"), TryLater),
    (Fault(at="MAIL", reply="552 5.3.4 too large"), Refused),
    (Fault(at="MAIL", drop=True), TryLater),
]


@pytest.mark.parametrize(("fault", "kind"), FAULTS)
def test_a_fault_is_passing_or_final_and_tells_nothing_of_anybody(
    fault: Fault, kind: type[DeliveryError]
) -> None:
    with FakeSmtp(fault) as server:
        error = fault_of(lambda: send(post(server)))
    assert type(error) is kind
    told = "".join(traceback.format_exception(error)) + repr(error)
    assert not [word for word in (MATTI, "matti", SENDER, SUBJECT, "1234") if word in told]
    assert not fault.reply or f"SMTP {fault.reply[:3]}" in str(error)
    assert not isinstance(error, TryLater) or error.after is None


def test_a_fault_hits_only_its_recipient_and_only_once() -> None:
    with FakeSmtp(Fault(at="RCPT", to=MATTI, reply="451 4.2.1 later")) as server:
        send(post(server), "other@example.fi")
        fault_of(lambda: send(post(server)))
        send(post(server))
    assert [letter.recipients[0] for letter in server.letters] == ["other@example.fi", MATTI]


def test_a_letter_whose_receipt_got_lost_is_known_again_by_its_id() -> None:
    with FakeSmtp(Fault(at="DATA", drop=True)) as server:
        assert isinstance(fault_of(lambda: send(post(server), key="1")), TryLater)
        send(post(server), key="1")
    first, again = server.letters
    assert first.message["Message-ID"] == again.message["Message-ID"]


@pytest.mark.parametrize(
    "fault", [Fault(at="QUIT", reply="421 4.3.0 going"), Fault(at="QUIT", drop=True)]
)
def test_a_bad_farewell_does_not_undo_a_letter(fault: Fault) -> None:
    with FakeSmtp(fault) as server:
        send(post(server))
    assert len(server.letters) == 1


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_a_silent_server_is_left_in_time(step: str) -> None:
    with FakeSmtp(Fault(at=step, wait=30)) as server:  # type: ignore[arg-type]
        _left_in_time(SmtpServer(server.url(), SENDER, timeout=0.2))


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_server_that_never_stops_talking_is_left_in_time(
    tls: ssl.SSLContext, trust: ssl.SSLContext, encrypted: bool
) -> None:
    with FakeSmtp(Fault(at="DATA", endless=True), tls=tls if encrypted else None) as server:
        _left_in_time(SmtpServer(server.url(), SENDER, 0.2, trust))


def test_a_server_that_never_greets_is_left_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        for scheme in ("smtp", "smtps"):
            _left_in_time(SmtpServer(f"{scheme}://127.0.0.1:{port}", SENDER, timeout=0.2))


def _left_in_time(smtp: SmtpServer) -> None:
    before = time.monotonic()
    assert isinstance(fault_of(lambda: send(smtp)), TryLater)
    assert time.monotonic() - before < 3


def test_a_server_that_is_not_there_may_come_back() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    for url in (f"smtp://127.0.0.1:{port}", "smtp://mail.invalid"):
        assert isinstance(fault_of(partial(send, SmtpServer(url, SENDER, 1))), TryLater)


def test_a_plain_server_behind_smtps_is_named() -> None:
    with FakeSmtp() as server:
        smtp = SmtpServer(f"smtps://127.0.0.1:{server.port}", SENDER, 5)
        assert "TLS" in str(fault_of(partial(probe, smtp)))


def test_a_probe_sends_no_letter() -> None:
    with FakeSmtp(Fault(at="NOOP", reply="421 4.3.0 going")) as server:
        assert isinstance(fault_of(partial(probe, post(server))), TryLater)
        probe(post(server))
    assert set(server.heard) == {"NOOP", "QUIT"}


# What is refused at the start.


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mail.example.com",
        "mail.example.com:25",
        "http://mail.example.com",
        "smtp:mail.example.com",
        "smtp://",
        "smtp://us:S3cret@",
        "smtp://us:S3cret@mail example.com",
        "smtp://us:S3cret@mail.example.com\n",
        "smtp://us:S3cret@mail..example.com",
        "smtp://us:S3cret@[::1",
        "smtp://us:S3cret@mail.example.com:S3cret",
        "smtp://us:S3cret@mail.example.com:0",
        "smtp://us:S3cret@mail.example.com:70000",
        "smtp://us:S3cret@mail.example.com/path",
        "smtp://us:S3cret@mail.example.com?x=S3cret",
        "smtp://us:S3cret/x@mail.example.com",
        "smtp://us:S3cret#x@mail.example.com",
        "smtp://us:S3cret?x@mail.example.com",
        "smtp://us:S3cret\u2100@mail.example.com",
        "smtp://us:S3cret%FF@mail.example.com",
        "smtp://us:S3cret%0A@mail.example.com",
        "smtp://us@mail.example.com",
        "smtp://:S3cret@mail.example.com",
    ],
)
def test_a_malformed_url_is_refused_and_shows_no_password(url: str) -> None:
    with pytest.raises(ValueError, match="is no URL of a mail server") as caught:
        SmtpServer(url, SENDER)
    assert "S3cret" not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    ("url", "host", "port", "at_once"),
    [
        ("smtp://mail.example.com", "mail.example.com", 587, False),
        ("smtps://mail.example.com", "mail.example.com", 465, True),
        ("SMTP://us:S3cret@Mail.Example.com:25/", "mail.example.com", 25, False),
        ("smtps://us:S3cret@[::1]:2465", "::1", 2465, True),
        ("smtp://posti.yhtiö.fi", "posti.xn--yhti-8qa.fi", 587, False),
    ],
)
def test_a_url_names_host_port_and_encryption(
    url: str, host: str, port: int, at_once: bool
) -> None:
    place = smtp._place(url)
    assert (place.host, place.port, place.tls_at_once) == (host, port, at_once)
    assert "S3cret" not in repr(place)


@pytest.mark.parametrize("sender", ["", "privacy", "a@b.fi, c@d.fi", "jörg@b.fi", "a@b.fi\nX: y"])
def test_a_sender_that_is_no_address_is_refused(tmp_path: Path, sender: str) -> None:
    with pytest.raises(ValueError, match="e-mail address"):
        SmtpServer("smtp://localhost", sender)
    if sender.isascii():
        folder = MailFolder(tmp_path, sender)
        assert isinstance(fault_of(lambda: send(folder)), TryLater)
        assert folder.letters() == []


# The folder.


def test_a_letter_is_a_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    folder = MailFolder(tmp_path / "mail", SENDER)
    probe(folder)
    mail(folder, MATTI, "Vahvistuskoodi", "Koodisi on 12345678. Hyvää päivää!", "<p>Hyvää</p>")
    (path,) = folder.letters()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert list(path.parent.iterdir()) == [path]
    letter = read(path)
    assert (letter["To"], letter["From"]) == (MATTI, SENDER)
    assert letter["Auto-Submitted"] == "auto-generated"
    body = letter.get_body(("plain",))
    assert body is not None
    assert body.get_content().strip() == "Koodisi on 12345678. Hyvää päivää!"


def test_letters_stay_in_order(tmp_path: Path) -> None:
    folder = MailFolder(tmp_path, SENDER)
    for subject in "abc":
        mail(folder, MATTI, subject, "x")
    assert [read(path)["Subject"] for path in folder.letters()] == ["a", "b", "c"]


def test_the_same_key_writes_one_file_however_often_and_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.fsync", lambda _: time.sleep(0.05))  # a slow disk
    folder = MailFolder(tmp_path, SENDER)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda i: send(folder, key=f"outbox-{i % 4}"), range(32)))
    send(MailFolder(tmp_path, SENDER), key="outbox-1")
    assert len(folder.letters()) == 4


def test_a_folder_that_cannot_be_written_keeps_letters_waiting(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    folder = MailFolder(tmp_path / "file", SENDER)
    for action in (lambda: send(folder), partial(probe, folder)):
        fault = fault_of(action)
        assert isinstance(fault, TryLater)
        assert str(tmp_path) not in str(fault)


def test_a_letter_half_written_is_no_letter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    folder = MailFolder(tmp_path, SENDER)
    assert isinstance(fault_of(lambda: send(folder)), TryLater)
    assert isinstance(fault_of(partial(probe, folder)), TryLater)
    assert list(tmp_path.iterdir()) == []
