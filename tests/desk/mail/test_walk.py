"""The whole way: a mail in a real mailbox becomes a case with a receipt, and her answer joins it."""

from collections.abc import Callable

from django.core import mail as outbox

from luukku.core.models import OutgoingMail
from luukku.desk.actions.mail_poll import poll
from luukku.desk.enums import Channel
from luukku.desk.models import Case, Fate, IncomingMail, Mailbox, Message
from tests.desk.mail.conftest import ADDRESS, Write
from tests.harness.mailstore import MailStore


def test_mail_becomes_a_case_with_receipt_and_the_answer_joins_it(
    store: MailStore, box: Mailbox, letter: Write, run_jobs: Callable[..., int]
) -> None:
    store.deliver(letter())
    assert poll(box.pk) is False
    case = Case.objects.select_related("customer__contact", "region").get()
    assert (case.channel, case.language, case.subject) == (Channel.EMAIL, "fi", "Kahvila Koskimaalle")
    assert case.own_words.startswith("Hei,\n\nhaluan avata kahvilan")
    assert case.customer is not None
    assert (case.customer.contact.name, case.customer.contact.email) == ("Kaisa Kahvila", "kaisa@customer.example")
    assert store.count("UNSEEN") == 0

    run_jobs("luukku.core.tasks.send_mail")
    (receipt,) = outbox.outbox
    assert receipt.to == ["kaisa@customer.example"]
    (answer_to,) = receipt.reply_to
    local, _, domain = ADDRESS.partition("@")
    assert answer_to.startswith(f"{local}+{case.number.lower()}.")
    assert answer_to.endswith(f"@{domain}")
    assert receipt.from_email == answer_to

    body = "Unohdin sanoa: aloitan maaliskuussa.\n\nTi 17.11.2026 klo 9.00 Koskimaa <palvelut@luukku.example> kirjoitti:\n> Asiasi on saapunut"
    store.deliver(letter(body, subject="Vs: jotain aivan muuta", to=answer_to, sender="kaisa.kotona@other.example"))
    poll(box.pk)
    assert Case.objects.count() == 1
    message = Message.objects.get(case=case)
    assert (message.direction, message.channel, message.body) == ("in", Channel.EMAIL, "Unohdin sanoa: aloitan maaliskuussa.")
    joined = IncomingMail.objects.get(message=message)
    assert (joined.fate, joined.is_known) == (Fate.JOINED, False)
    assert "Asiasi on saapunut" in joined.quoted


def test_answer_to_our_message_joins_without_the_tag(store: MailStore, box: Mailbox, letter: Write) -> None:
    store.deliver(letter())
    poll(box.pk)
    ours = OutgoingMail.objects.get(kind="desk.receipt")
    store.deliver(letter("Kiitos, odotan yhteydenottoa. Saanko tuoda hakemuksen?", In_Reply_To=ours.message_id))
    poll(box.pk)
    assert Case.objects.count() == Message.objects.count() == 1
