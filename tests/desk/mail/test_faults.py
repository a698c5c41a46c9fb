"""What goes wrong with mailboxes: told in plain codes, tried again after growing pauses, nothing lost, nothing taken twice."""

import errno
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from luukku.core import files as file_store
from luukku.core.actor import HOUSE, act_as_house
from luukku.core.mail.imap import Box
from luukku.core.models import OutgoingMail
from luukku.desk.actions import mail_poll
from luukku.desk.actions.mail_poll import LONGEST_PAUSE, due_mailboxes, poll
from luukku.desk.actions.mailboxes import MailboxForm, set_mailbox
from luukku.desk.models import Case, Fate, IncomingMail, Mailbox
from luukku.network.models import Region
from tests.cast import Cast
from tests.desk.mail.conftest import ADDRESS, Write
from tests.harness.mailstore import PASSWORD, USER, MailStore
from tests.harness.processes import free_port


def setting(store: MailStore, box: Mailbox, **more: Any) -> Mailbox:
    given: dict[str, Any] = {"address": ADDRESS, "host": "127.0.0.1", "port": store.port, "security": "none", "user": USER, "password": PASSWORD}
    with act_as_house("change a mailbox"):
        return set_mailbox(by=HOUSE, region=box.region, form=MailboxForm(**given | more))


def _wrong_password(store: MailStore, box: Mailbox) -> None:
    store.set_password("another")


def _stopped(store: MailStore, box: Mailbox) -> None:
    store.stop()


def _no_folder(store: MailStore, box: Mailbox) -> None:
    setting(store, box, folder="Kadonnut")


def _no_tls(store: MailStore, box: Mailbox) -> None:
    setting(store, box, security="tls")


def _closed_port(store: MailStore, box: Mailbox) -> None:
    setting(store, box, port=free_port())


def _mend(store: MailStore, box: Mailbox) -> None:
    store.set_password(PASSWORD)
    if store.process is None:
        store.start()
    setting(store, box)


@pytest.mark.parametrize(
    ("breaking", "code"),
    [(_wrong_password, "login"), (_stopped, "unreachable"), (_no_folder, "folder"), (_no_tls, "tls"), (_closed_port, "unreachable")],
)
def test_fault_is_told_and_the_mail_comes_in_when_it_is_mended(
    store: MailStore, box: Mailbox, letter: Write, breaking: Callable[[MailStore, Mailbox], None], code: str
) -> None:
    store.deliver(letter())
    breaking(store, box)
    assert poll(box.pk) is False
    box.refresh_from_db()
    assert (box.trouble, box.failures, Case.objects.count()) == (code, 1, 0)
    _mend(store, box)
    poll(box.pk)
    box.refresh_from_db()
    assert (box.trouble, box.failures, Case.objects.count()) == ("", 0, 1)


def test_pauses_grow_up_to_an_hour_and_nothing_is_tried_meanwhile(store: MailStore, box: Mailbox) -> None:
    store.set_password("another")
    pauses: list[timedelta] = []
    with time_machine.travel("2026-11-16T08:00:00Z", tick=False) as clock:
        Mailbox.objects.update(next_at=timezone.now())
        for _ in range(9):
            assert due_mailboxes() == [box.pk]
            poll(box.pk)
            assert due_mailboxes() == []
            box.refresh_from_db()
            pauses.append(box.next_at - timezone.now())
            clock.move_to(box.next_at)
    assert pauses == sorted(pauses)
    assert pauses[0] == timedelta(minutes=2)
    assert pauses[-1] == LONGEST_PAUSE


@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, "disk"), (errno.EACCES, "store")])
def test_full_disk_keeps_the_mail_in_the_mailbox_unread(
    store: MailStore, box: Mailbox, letter: Write, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    store.deliver(letter(), letter("toinen viesti", sender="toinen@other.example"))

    def full(*_: object) -> None:
        raise OSError(number, "no")

    with monkeypatch.context() as patch:
        patch.setattr("luukku.core.files.write", full)
        poll(box.pk)
    box.refresh_from_db()
    assert (box.trouble, box.left, Case.objects.count(), store.count("UNSEEN")) == (code, 2, 0, 2)
    poll(box.pk)
    assert (Case.objects.count(), store.count("UNSEEN")) == (2, 0)


def test_closed_door_keeps_the_mail_waiting(store: MailStore, box: Mailbox, letter: Write) -> None:
    store.deliver(letter())
    Region.objects.filter(mailbox=box).update(is_live=False)
    poll(box.pk)
    box.refresh_from_db()
    assert (box.trouble, store.count("UNSEEN")) == ("rule", 1)
    Region.objects.filter(mailbox=box).update(is_live=True)
    poll(box.pk)
    assert Case.objects.count() == 1


def test_lost_connection_in_the_middle_repeats_nothing(store: MailStore, box: Mailbox, letter: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    store.deliver_all(letter(f"viesti {n}", sender=f"a{n}@other.example") for n in range(6))
    real, asked = Box.raw, 0

    def dying(self: Any, mail: Any) -> Any:
        nonlocal asked
        asked += 1
        if asked == 4:
            store.stop()
        return real(self, mail)

    with monkeypatch.context() as patch:
        patch.setattr(Box, "raw", dying)
        poll(box.pk)
    box.refresh_from_db()
    assert (box.trouble, Case.objects.count()) == ("unreachable", 3)
    store.start()
    assert store.count("UNSEEN") == 6
    poll(box.pk)
    assert (Case.objects.count(), store.count("UNSEEN")) == (6, 0)


def test_mail_that_somebody_has_read_is_taken_in_all_the_same(store: MailStore, box: Mailbox, letter: Write) -> None:
    poll(box.pk)
    store.deliver(letter())
    with store.opened() as client:
        client.store("1:*", "+FLAGS", r"\Seen")
    poll(box.pk)
    assert Case.objects.count() == 1


def test_old_mail_that_was_read_before_we_came_is_left_alone(store: MailStore, box: Mailbox, letter: Write) -> None:
    store.deliver(letter("vanha", sender="vanha@other.example"), letter("lukematon", sender="uusi@other.example"))
    with store.opened() as client:
        client.store("1", "+FLAGS", r"\Seen")
    poll(box.pk, seconds=-1)
    poll(box.pk)
    assert [case.own_words for case in Case.objects.all()] == ["lukematon"]


def test_numbers_given_anew_repeat_nothing_and_lose_nothing(store: MailStore, box: Mailbox, letter: Write) -> None:
    store.deliver(letter("ensimmäinen"))
    poll(box.pk)
    store.deliver(letter("toinen", sender="toinen@other.example"))
    with store.opened() as client:
        client.store("1:*", "-FLAGS", r"\Seen")
        client.store("2", "+FLAGS", r"\Seen")
    before = box.uidvalidity
    store.renew_uids()
    poll(box.pk)
    box.refresh_from_db()
    assert box.uidvalidity != before
    assert sorted(case.own_words for case in Case.objects.all()) == ["ensimmäinen", "toinen"]
    assert IncomingMail.objects.filter(fate="repeated").count() == 1


def test_mails_are_moved_where_they_are_to_go(store: MailStore, box: Mailbox, letter: Write) -> None:
    setting(store, box, done_folder="Otettu")
    store.deliver(letter(), letter("toinen", sender="toinen@other.example"))
    poll(box.pk)
    assert (store.count(), store.count(folder="Otettu"), Case.objects.count()) == (0, 2, 2)


def test_two_at_once_take_nothing_twice(store: MailStore, box: Mailbox, letter: Write, cast: Cast) -> None:
    with mail_poll._alone(box.pk) as mine:
        assert mine
    store.deliver(letter())
    poll(box.pk)
    Mailbox.objects.update(uid_taken=0, uid_marked=0)  # as if another process had not heard of it
    poll(box.pk)
    assert (Case.objects.count(), IncomingMail.objects.count()) == (1, 1)


def test_switched_off_mailbox_is_left_alone(store: MailStore, box: Mailbox, letter: Write) -> None:
    setting(store, box, is_active=False)
    store.deliver(letter())
    assert due_mailboxes() == []
    poll(box.pk)
    assert (Case.objects.count(), store.count("UNSEEN")) == (0, 1)


def test_password_is_sealed_or_in_the_environment(store: MailStore, box: Mailbox, letter: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    assert PASSWORD not in str(Mailbox.objects.values().get())
    setting(store, box, password="")
    monkeypatch.setenv("LUUKKU_MAILBOX_PASSWORD_KOSKIMAA", PASSWORD)
    store.deliver(letter())
    poll(box.pk)
    assert Case.objects.count() == 1


def test_logs_tell_nobodys_address_or_words(store: MailStore, box: Mailbox, letter: Write, capsys: pytest.CaptureFixture[str]) -> None:
    store.deliver(letter(), b"garbage")
    poll(box.pk)
    store.set_password("another")
    poll(box.pk)
    said = capsys.readouterr()
    for word in ("kaisa", "customer.example", "Kahvila", "kahvila", ADDRESS, PASSWORD):
        assert word not in said.out + said.err


def test_mail_that_nobody_can_read_comes_whole_from_the_mailbox_as_a_case(store: MailStore, box: Mailbox) -> None:
    raw = b"From: Kaisa <kaisa@customer.example>\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n\xff\xfe never begins\r\n"
    store.deliver(raw)
    poll(box.pk)
    incoming = IncomingMail.objects.get()
    assert (incoming.fate, incoming.is_whole, Case.objects.count(), store.count("UNSEEN")) == (Fate.CASE, False, 1, 0)
    assert incoming.original is not None
    assert file_store.path_of(incoming.original).read_bytes().replace(b"\r\n", b"\n") == raw.replace(b"\r\n", b"\n")


def test_automatic_answer_in_the_mailbox_makes_no_case_and_is_answered_by_nobody(store: MailStore, box: Mailbox, letter: Write) -> None:
    store.deliver(letter(Auto_Submitted="auto-replied"), letter("ihmisen viesti", sender="ihminen@other.example"))
    poll(box.pk)
    assert (Case.objects.count(), store.count("UNSEEN")) == (1, 0)
    assert sorted(IncomingMail.objects.values_list("fate", flat=True)) == sorted([Fate.AWAY, Fate.CASE])
    assert OutgoingMail.objects.count() == 1
