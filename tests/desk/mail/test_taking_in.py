"""What mails become: files and their refusals, robots, bounces, loops, and what nobody can read."""

from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest
from django.core import mail as outbox
from django.core.mail import EmailMultiAlternatives

from luukku.core import files as file_store
from luukku.core.actor import act_as
from luukku.core.mail.sending import MAX_ATTEMPTS, send_one
from luukku.core.models import MailState, OutgoingMail
from luukku.desk.access.links import reply_tag
from luukku.desk.actions.mail_bounces import send_mails_again
from luukku.desk.actions.mail_intake import MOST_IN_AN_HOUR
from luukku.desk.actions.mail_poll import poll
from luukku.desk.models import Attachment, Case, Fate, IncomingMail, Leg, Mailbox
from tests.cast import Cast
from tests.core.mail.test_robots import DSN
from tests.desk.mail.conftest import ADDRESS, Write
from tests.harness.jobs import queued_jobs, run_jobs
from tests.harness.mailstore import MailStore


@pytest.fixture
def take(store: MailStore, box: Mailbox) -> Callable[..., IncomingMail]:
    def taking(*mails: EmailMessage | bytes) -> IncomingMail:
        store.deliver(*mails)
        poll(box.pk)
        box.refresh_from_db()
        assert (box.trouble, box.left) == ("", 0)
        return IncomingMail.objects.order_by("-id")[0]

    return taking


Take = Callable[..., IncomingMail]


def test_files_are_kept_and_refused_ones_named_and_told(take: Take, letter: Write) -> None:
    mail = letter()
    mail.add_attachment(b"%PDF-1.4 suunnitelma", maintype="application", subtype="pdf", filename="suunnitelma.pdf")
    mail.add_attachment(b"MZ\x90\x00", maintype="application", subtype="octet-stream", filename="ohjelma.exe")
    mail.add_attachment(b"%PDF" + b"0" * file_store.most_bytes(), maintype="application", subtype="pdf", filename="iso.pdf")
    mail.add_attachment(b"", maintype="application", subtype="pdf", filename="tyhja.pdf")
    incoming = take(mail)
    assert [each.file.name for each in Attachment.objects.filter(case=incoming.case)] == ["suunnitelma.pdf"]
    assert incoming.refused == [
        {"name": "ohjelma.exe", "why": "type"}, {"name": "iso.pdf", "why": "size"}, {"name": "tyhja.pdf", "why": "empty"},
    ]  # fmt: skip
    assert incoming.case is not None
    assert incoming.case.own_words.startswith("Hei")
    run_jobs("luukku.core.tasks.send_mail")
    told = outbox.outbox[-1]
    assert isinstance(told, EmailMultiAlternatives)
    assert "3 sen liitettä" in str(told.body)
    assert "exe" not in str(told.body) + str(told.alternatives[0][0]) + str(told.subject)


def test_whole_mail_is_kept_as_it_came(take: Take, letter: Write) -> None:
    mail = letter()
    incoming = take(mail)
    assert incoming.original is not None
    assert file_store.path_of(incoming.original).read_bytes().replace(b"\r\n", b"\n") == mail.as_bytes()


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Hej, jag vill starta ett företag och behöver råd.", "sv"),
        ("Hello, I would like to start a business and need advice.", "en"),
        ("Hei, tarvitsen neuvoa.", "fi"),
    ],
)
def test_language_is_that_of_the_words(take: Take, letter: Write, words: str, language: str) -> None:
    incoming = take(letter(words, subject="x"))
    assert incoming.case is not None
    assert incoming.case.language == language


def test_identity_code_is_taken_out_of_what_many_read(take: Take, letter: Write) -> None:
    case = take(letter("Tunnukseni on 131052-308T, auttakaa.", subject="Hlö 131052-308T")).case
    assert case is not None
    assert "308T" not in case.own_words + case.subject
    assert "[henkilötunnus poistettu]" in case.own_words


@pytest.mark.parametrize(
    ("headers", "fate"),
    [
        ({"Auto_Submitted": "auto-replied"}, Fate.AWAY),
        ({"subject": "Automaattinen vastaus: Asiasi"}, Fate.AWAY),
        ({"Precedence": "bulk"}, Fate.LIST),
        ({"sender": f"Joku <{ADDRESS}>"}, Fate.OWN),
        ({"sender": "MAILER-DAEMON@mx.example"}, Fate.BOUNCE),
    ],
)
def test_robots_make_no_case_and_get_no_answer(take: Take, letter: Write, headers: dict[str, Any], fate: str) -> None:
    before = queued_jobs()
    assert take(letter(**headers)).fate == fate
    assert not Case.objects.exists()
    assert queued_jobs() == before


def test_our_own_mail_that_comes_back_is_known(case: Case, take: Take, letter: Write) -> None:
    ours = OutgoingMail.objects.get(kind="desk.receipt")
    assert take(letter(sender="forwarder@other.example", message_id=ours.message_id)).fate == Fate.OWN


def test_two_robots_that_answer_each_other_come_to_an_end(take: Take, letter: Write) -> None:
    take(*(letter(f"Viestinne on saapunut {n}", sender="robot@other.example") for n in range(MOST_IN_AN_HOUR + 15)))
    assert Case.objects.count() == MOST_IN_AN_HOUR
    assert IncomingMail.objects.filter(fate=Fate.LOOP).count() == 15
    assert take(letter(sender="other@person.example")).fate == Fate.CASE


def test_same_mail_twice_is_one_case(take: Take, letter: Write) -> None:
    mail = letter()
    assert take(mail, b"Received: by another way\r\n" + mail.as_bytes()).fate == Fate.REPEATED
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00 garbage",
        b"From: x\r\nSubject: =?utf-8?b?w6Q?=\r\n\r\n",
        b"From: Kaisa <kaisa@customer.example>\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\nnever begins",
        b"From: Kaisa <kaisa@customer.example>\r\nContent-Type: text/plain; charset=klingon\r\nContent-Transfer-Encoding: 8bit\r\n\r\nP\xe4iv\xe4\xe4",
    ],
)
def test_unreadable_mail_is_kept_whole_and_becomes_a_case_that_says_so(take: Take, raw: bytes) -> None:
    incoming = take(raw or b"\r\n")
    assert (incoming.fate, incoming.is_whole) == (Fate.CASE, False)
    assert incoming.case is not None
    assert "lue se itse" in incoming.case.own_words or "läs det själv" in incoming.case.own_words
    assert incoming.original is not None
    assert (incoming.case.customer is not None) is (b"kaisa@" in raw)


def test_mail_that_breaks_our_own_reading_is_left_to_people(take: Take, letter: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("a mistake of ours")

    monkeypatch.setattr("luukku.desk.actions.mail_intake.case_of", broken)
    incoming = take(letter())
    assert (incoming.fate, incoming.is_whole) == (Fate.CASE, False)


def test_huge_mail_is_taken_in_whole(take: Take, letter: Write) -> None:
    mail = letter()
    mail.add_attachment(b"\x00\x01" * 6_000_000, maintype="application", subtype="octet-stream", filename="video.bin")
    incoming = take(mail)
    assert incoming.original is not None
    assert file_store.path_of(incoming.original).stat().st_size > 16_000_000
    assert incoming.refused == [{"name": "video.bin", "why": "size"}]


def bounce_of(message_id: str, *, to: str = ADDRESS, status: bytes = b"5.1.1") -> bytes:
    raw = DSN % (b"failed", status, b"text/rfc822-headers")
    return raw.replace(b"<ours@luukku.example>", message_id.encode()).replace(b"asia+x@koskimaa.example", to.encode())


def _sent(case: Case) -> OutgoingMail:
    run_jobs("luukku.core.tasks.send_mail")
    return OutgoingMail.objects.get(kind="desk.receipt", subject_id=case.pk)


def test_bounce_is_shown_on_the_case_and_the_mail_can_be_sent_again(case: Case, leg: Leg, take: Take, cast: Cast) -> None:
    ours = _sent(case)
    incoming = take(bounce_of(ours.message_id))
    ours.refresh_from_db()
    leg.refresh_from_db()
    assert (incoming.fate, incoming.case_id, incoming.bounced_id) == (Fate.BOUNCE, case.pk, ours.pk)
    assert (ours.state, ours.error, leg.mail_failed) == (MailState.BOUNCED, "5.1.1", True)
    assert Case.objects.count() == 1
    outbox.outbox.clear()
    with act_as(cast.adviser.actor) as actor:
        assert send_mails_again(by=actor, case=case) == 1
        assert send_mails_again(by=actor, case=case) == 0
    run_jobs("luukku.core.tasks.send_mail")
    assert [message.to for message in outbox.outbox] == [["kaisa@customer.example"]]
    leg.refresh_from_db()
    ours.refresh_from_db()
    assert (ours.state, leg.mail_failed) == (MailState.SENT, False)


def test_bounce_without_our_message_id_is_found_by_the_address_it_came_to(case: Case, take: Take) -> None:
    ours = _sent(case)
    assert take(bounce_of("<lost@x>", to=ADDRESS.replace("@", f"+{reply_tag(case)}@"))).bounced_id == ours.pk


def test_delayed_mail_is_not_a_failed_one(case: Case, take: Take) -> None:
    ours = _sent(case)
    take(bounce_of(ours.message_id, status=b"4.4.1").replace(b"Action: failed", b"Action: delayed"))
    ours.refresh_from_db()
    assert ours.state == MailState.SENT


def test_mail_that_could_not_be_sent_at_last_marks_the_case(case: Case, leg: Leg, monkeypatch: pytest.MonkeyPatch, cast: Cast) -> None:
    ours = OutgoingMail.objects.get(kind="desk.receipt")
    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", _refuse)
    pauses = []
    for _attempt in range(MAX_ATTEMPTS):
        before = ours.due_at
        send_one(ours.pk)
        ours.refresh_from_db()
        pauses.append(ours.due_at - before)
    assert ours.state == MailState.FAILED
    assert pauses[1:8] == sorted(pauses[1:8])
    leg.refresh_from_db()
    assert leg.mail_failed


def _refuse(*_: object, **__: object) -> None:
    raise ConnectionRefusedError
