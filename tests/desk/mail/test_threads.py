"""Which mails join a case, and which never do."""

import re
from collections.abc import Callable

import pytest
from django.core import mail as outbox

from luukku.core.actor import PUBLIC, act_as
from luukku.core.models import OutgoingMail
from luukku.desk.access.links import first_token, reply_tag
from luukku.desk.actions.ending import OutcomeForm, settle
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.mail_poll import poll
from luukku.desk.actions.waiting import wait
from luukku.desk.enums import CUSTOMER_MAILS, CaseState, Channel
from luukku.desk.models import Case, Fate, IncomingMail, Leg, Mailbox, Message
from luukku.network.models import Region
from tests.cast import Cast
from tests.desk.mail.conftest import ADDRESS, Write
from tests.harness.mailstore import MailStore

Send = Callable[..., Case]


def address_of(case: Case) -> str:
    return ADDRESS.replace("@", f"+{reply_tag(case)}@")


@pytest.fixture
def take(store: MailStore, box: Mailbox) -> Callable[..., IncomingMail]:
    """Deliver a mail and take it in."""

    def taking(mail: object) -> IncomingMail:
        store.deliver(mail)  # type: ignore[arg-type]
        poll(box.pk)
        return IncomingMail.objects.order_by("-id")[0]

    return taking


Take = Callable[..., IncomingMail]


def test_customer_who_names_the_number_joins_and_a_stranger_makes_a_new_case(case: Case, take: Take, letter: Write) -> None:
    subject = f"Re: asiani {case.number}"
    joined = take(letter("Tässä lisää tietoa.", subject=subject, sender="KAISA@customer.example"))
    assert (joined.fate, joined.case_id) == (Fate.JOINED, case.pk)
    stranger = take(letter("Kertokaa, missä mennään.", subject=subject, sender="utelias@other.example"))
    assert stranger.fate == Fate.CASE
    assert stranger.case_id != case.pk
    assert Message.objects.filter(case=case).count() == 1


def test_stranger_hears_the_same_whether_the_number_exists_or_not(case: Case, take: Take, letter: Write, run_jobs: Callable[..., int]) -> None:
    run_jobs("luukku.core.tasks.send_mail")
    answers: list[str] = []
    for number in (case.number, "KO-26-9999"):
        outbox.outbox.clear()
        take(letter("Kertokaa, missä mennään.", subject=number, sender=f"utelias@{len(answers)}.example"))
        run_jobs("luukku.core.tasks.send_mail")
        (answer,) = outbox.outbox
        answers.append(re.sub(r"KO-26-\d+|/s/[\w-]+", "*", str(answer.subject) + str(answer.body)))
        assert case.number not in answers[-1]
    assert answers[0] == answers[1]


@pytest.mark.parametrize("wrong", ["ko-26-0001", "ko-26-0001.", "ko-26-0001.aaaaaaaaaaaaaaaaaaaa", "", "x", "ko-26-0001.ä", "%s "])
def test_wrong_tag_joins_nothing(case: Case, take: Take, letter: Write, wrong: str) -> None:
    tag = wrong.replace("%s", reply_tag(case)[:-1])
    made = take(
        letter(
            "Hei, kuka te olette?", sender="utelias@other.example", Delivered_To=ADDRESS.replace("@", f"+{tag}@").encode("ascii", "replace").decode()
        )
    )
    assert made.case_id != case.pk


def test_tag_is_neither_the_links_secret_nor_the_same_for_two_cases(case: Case, send: Send) -> None:
    tag = reply_tag(case).partition(".")[2]
    assert len(tag) == 20
    assert tag not in first_token(case).lower()
    assert tag != reply_tag(send()).partition(".")[2]


def test_tag_is_found_wherever_the_server_writes_the_receiver(case: Case, take: Take, letter: Write) -> None:
    for header in ("Delivered_To", "X_Original_To", "Cc"):
        joined = take(letter(f"Lisää {header}", sender="muu@other.example", **{header: address_of(case).upper()}))
        assert (joined.fate, joined.case_id, joined.is_known) == (Fate.JOINED, case.pk, False), header


def test_answer_to_a_mail_between_ourselves_is_not_the_customers(case: Case, take: Take, letter: Write, cast: Cast) -> None:
    ours = OutgoingMail.objects.create(
        kind="desk.nobody_contacted_lead", subject_kind="desk.case", subject_id=case.pk, facts={"person": 1}, message_id="<inside@luukku.example>"
    )
    made = take(letter("Hoidan tämän.", sender="lead@other.example", In_Reply_To=ours.message_id))
    assert made.case_id != case.pk


def test_her_second_mail_on_her_own_first_joins_and_another_persons_does_not(take: Take, letter: Write) -> None:
    first = take(letter(message_id="<first@customer.example>"))
    more = take(letter("Unohdin liitteen.", References="<first@customer.example>"))
    assert (more.fate, more.case_id, more.is_known) == (Fate.JOINED, first.case_id, True)
    other = take(letter("Minäkin haluan kahvilan.", References="<first@customer.example>", sender="muu@other.example"))
    assert other.case_id != first.case_id


def test_mail_joins_across_regions_by_its_tag_only(case: Case, take: Take, letter: Write) -> None:
    Region.objects.filter(pk=case.region_id).update(email="muu@koskimaa.example")
    assert take(letter("x y z", to="asia+zz@elsewhere.example", sender="muu@other.example")).fate == Fate.CASE


def test_answer_continues_what_waited_for_her(case: Case, leg: Leg, take: Take, letter: Write, cast: Cast) -> None:
    from datetime import timedelta

    from django.utils import timezone

    with act_as(cast.adviser.actor) as actor:
        take_up(by=actor, leg=leg)
        wait(by=actor, leg=leg, waiting_for="customer", until=timezone.localdate() + timedelta(days=5), words_to_customer="Lähetä laskelma")
    take(letter("Tässä laskelma.", to=address_of(case)))
    leg.refresh_from_db()
    assert (leg.state, leg.answer_awaited) == (CaseState.IN_PROGRESS, True)


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("Kiitos paljon avusta!\n\nT. Kaisa", CaseState.SETTLED),
        ("Tack så mycket för hjälpen!", CaseState.SETTLED),
        ("Kiitos, mutta pankki sanoikin ei. Mitä nyt teen?", CaseState.IN_PROGRESS),
        ("Kiitos. Tarvitsen vielä apua verotuksessa, koska tilanne muuttui viime viikolla kokonaan.", CaseState.IN_PROGRESS),
    ],
)
def test_ended_case_is_opened_by_an_answer_but_not_by_thanks(
    case: Case, leg: Leg, take: Take, letter: Write, cast: Cast, words: str, state: str
) -> None:
    with act_as(cast.adviser.actor) as actor:
        take_up(by=actor, leg=leg)
        settle(by=actor, case=case, outcomes=[OutcomeForm("advice")], words="Valmis")
    joined = take(letter(words, to=address_of(case)))
    case.refresh_from_db()
    assert (joined.fate, case.state) == (Fate.JOINED, state)
    assert Message.objects.filter(case=case, direction="in", channel=Channel.EMAIL).count() == 1


def test_ended_case_of_long_ago_is_left_in_peace(case: Case, leg: Leg, take: Take, letter: Write, cast: Cast) -> None:
    from datetime import timedelta

    with act_as(cast.adviser.actor) as actor:
        settle(by=actor, case=case, outcomes=[OutcomeForm("advice")], words="Valmis")
    case.refresh_from_db()
    assert case.settled_at is not None
    Case.objects.filter(pk=case.pk).update(settled_at=case.settled_at - timedelta(days=100))
    assert take(letter("Uusi kysymys samasta asiasta?", to=address_of(case))).fate == Fate.CASE


def test_public_reads_no_mail(case: Case, take: Take, letter: Write) -> None:
    take(letter())
    with act_as(PUBLIC):
        assert not IncomingMail.objects.exists()


def test_every_mail_to_the_customer_is_known_as_hers(case: Case, leg: Leg, cast: Cast) -> None:
    """A new kind of mail to the customer must be named, or her answers to it would not join her case."""
    from luukku.core.mail import mail_kinds

    kinds = {key for key, _kind in mail_kinds.items() if key.startswith("desk.")}
    assert set(CUSTOMER_MAILS) <= {*kinds, "statements.news"}
    assert {each.removeprefix("desk.") for each in kinds - set(CUSTOMER_MAILS)} == {
        "nobody_contacted_lead", "nobody_contacted_coordinator", "warning", "appointment_staff", "low_mark", "handover_turn", "handover_outside",
        "case_meeting", "meeting_answer", "chased", "shepherd_yours", "shepherd_new_case", "shepherd_ended", "contract_ends", "e_service_report",
        "still_told", "guest", "claim_doubted", "handover_meeting", "half_year", "e_service_outside",
        "mail_awaits", "unrouted_due",
    }  # fmt: skip
