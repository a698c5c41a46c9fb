"""Mail on screens: the case page, mails set aside, the administrator's mailboxes, and the customer's own page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from luukku.core.actor import act_as
from luukku.core.models import MailState, OutgoingMail, StoredFile
from luukku.desk.access.links import first_token, link_actor, reply_tag
from luukku.desk.actions.mail_poll import poll
from luukku.desk.models import Case, Fate, IncomingMail, Leg, Mailbox
from tests.cast import Cast, Member
from tests.desk.mail.conftest import ADDRESS, Write
from tests.harness.client import Client, forms_of
from tests.harness.mailstore import PASSWORD, USER, MailStore

ClientOf = Callable[[Member], Client]


@pytest.fixture
def mailed(store: MailStore, box: Mailbox, letter: Write) -> Case:
    """A case that came by mail with a refused file, and an answer from another address that quotes ours."""
    first = letter()
    first.add_attachment(b"MZ\x90", maintype="application", subtype="octet-stream", filename="ohjelma.exe")
    store.deliver(first)
    poll(box.pk)
    case = Case.objects.get()
    answer = "Maanantai sopii.\n\nTi 17.11.2026 klo 9.00 Koskimaa <asia@koskimaa.example> kirjoitti:\n> Mikä päivä sopii?"
    store.deliver(letter(answer, to=ADDRESS.replace("@", f"+{reply_tag(case)}@"), sender="koti@other.example"))
    poll(box.pk)
    return case


def page_of(browser: Client, url: str) -> str:
    answer = browser.get(url)
    assert answer.status_code == 200
    return str(answer.content.decode())


def press(browser: Client, page: Any, part: str, data: dict[str, Any] | None = None) -> Any:
    """Send the form whose address has this part; one without an address goes to the page's own."""
    posts = [each for each in forms_of(page) if each.method == "post"]
    number = next(n for n, each in enumerate(posts) if part in (each.action or page.request["PATH_INFO"]))
    return browser.submit(page, data, form=number)


def test_case_page_shows_mail_as_mail_with_its_original(mailed: Case, client_of: ClientOf, cast: Cast) -> None:
    browser = client_of(cast.adviser)
    page = page_of(browser, _case_url(mailed))
    for words in ("sähköpostilla", "Näytä koko viesti", "Mikä päivä sopii?", "koti@other.example", "ohjelma.exe", "tiedostotyyppi"):
        assert words in page
    for mail in IncomingMail.objects.all():
        answer = browser.get(_original_url(mail))
        assert answer.status_code == 200
        assert "attachment" in answer["Content-Disposition"]
        assert b"From: " in b"".join(answer.streaming_content)


def _case_url(case: Case) -> str:
    return reverse("desk:case", args=[case.number])


def _original_url(mail: IncomingMail) -> str:
    return reverse("desk:original_mail", args=[mail.pk])


@pytest.mark.parametrize("name", ["outsider", "partner", "coordinator", "national", "admin", "steering", "editor", "area", "founder"])
def test_original_is_for_those_who_handle_the_case(mailed: Case, client_of: ClientOf, cast: Cast, name: str) -> None:
    browser = client_of(getattr(cast, name))
    for mail in IncomingMail.objects.all():
        assert browser.get(_original_url(mail)).status_code in (302, 403, 404)


def test_wall_hides_mails_and_originals_from_others_and_originals_from_the_customer(mailed: Case, cast: Cast) -> None:
    originals = set(IncomingMail.objects.values_list("original_id", flat=True))
    assert len(originals) == 2
    for name in ("outsider", "partner", "coordinator", "national", "admin", "steering", "editor", "area"):
        with act_as(getattr(cast, name).actor), connection.cursor() as cursor:
            cursor.execute("select count(*) from desk_incomingmail")
            assert cursor.fetchone()[0] == 0, name
            assert not StoredFile.objects.filter(pk__in=originals).exists(), name
            cursor.execute("update desk_incomingmail set quoted = 'x'")
            assert cursor.rowcount == 0
    holder = link_actor(first_token(mailed))
    assert holder is not None
    with act_as(holder):
        assert IncomingMail.objects.count() == 2
        assert not StoredFile.objects.filter(pk__in=originals).exists()
    with act_as(cast.adviser.actor):
        assert StoredFile.objects.filter(pk__in=originals).count() == 2


@pytest.mark.parametrize(
    "statement",
    [
        (
            "insert into desk_incomingmail (mailbox_id, uidvalidity, uid, fate, is_whole, is_known, case_id, quoted, refused, arrived_at, taken_at,"
            " sender_digest, original_id, readers) select %(box)s, 1, 999, 'case', true, true, %(case)s, '', '[]', now(), now(), '', %(file)s, '{}'"
        ),
        "update desk_incomingmail set original_id = %(file)s where id = %(own)s",
        "update desk_incomingmail set case_id = %(case)s where id = %(own)s",
    ],
)
def test_nobody_hangs_a_foreign_file_or_case_on_a_mail(
    mailed: Case, send: Callable[..., Case], store: MailStore, box: Mailbox, letter: Write, cast: Cast, statement: str
) -> None:
    """The adviser's own mail must not open another organisation's file or be put on a case that she does not see."""
    foreign = send(region=cast.there.region)
    own = IncomingMail.objects.filter(case=mailed).order_by("id")[0]
    file = StoredFile.objects.create(name="salainen.pdf", content_type="application/pdf", size=1, sha256="0" * 64)
    with act_as(cast.adviser.actor):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, {"box": box.pk, "case": foreign.pk, "file": file.pk, "own": own.pk})
        assert not StoredFile.objects.filter(pk=file.pk).exists()


def test_mail_follows_its_case_to_a_new_organisation(mailed: Case, cast: Cast) -> None:
    Leg.objects.create(case=mailed, position=2, desk=cast.partner_desk)
    with act_as(cast.partner.actor):
        assert IncomingMail.objects.count() == 2
        assert StoredFile.objects.filter(pk__in=IncomingMail.objects.values("original_id")).count() == 2


def test_customer_reads_which_files_were_not_kept_and_never_the_other_sender(mailed: Case, client: Client) -> None:
    page = page_of(client, f"/s/{first_token(mailed)}/")
    assert "ohjelma.exe" in page
    assert "Asiaasi tuli sähköposti" in page
    assert "koti@other.example" not in page
    assert "Alkuperäinen" not in page


def test_handler_sees_why_mail_does_not_get_through_and_sends_it_again(mailed: Case, client_of: ClientOf, cast: Cast) -> None:
    OutgoingMail.objects.filter(kind="desk.receipt").update(state=MailState.BOUNCED, error="5.1.1")
    Leg.objects.update(mail_failed=True, answer_awaited=False)
    browser = client_of(cast.adviser)
    page = browser.get(_case_url(mailed))
    assert "osoitetta ei ole" in page.content.decode()
    assert "Viesti ei mene perille" in browser.get(reverse("desk:queue") + "?scope=desk").content.decode()
    assert press(browser, page, "posti-uudestaan").status_code == 302
    assert OutgoingMail.objects.get(kind="desk.receipt").state == MailState.QUEUED
    assert "osoitetta ei ole" not in browser.get(_case_url(mailed)).content.decode()


def test_set_aside_mail_is_made_a_case_by_the_front_desk(store: MailStore, box: Mailbox, letter: Write, client_of: ClientOf, cast: Cast) -> None:
    store.deliver(letter(Precedence="bulk"))
    poll(box.pk)
    mail = IncomingMail.objects.get()
    assert (mail.fate, mail.case_id) == (Fate.LIST, None)
    for name in ("outsider", "partner", "coordinator", "founder"):
        answer = client_of(getattr(cast, name)).get(reverse("desk:set_aside"))
        assert "kaisa@customer.example" not in answer.content.decode()
        assert client_of(getattr(cast, name)).get(_original_url(mail)).status_code in (302, 403, 404)
    browser = client_of(cast.adviser)
    page = browser.get(reverse("desk:set_aside"))
    assert "kaisa@customer.example" in page.content.decode()
    assert press(browser, page, "asiaksi").status_code == 302
    case = Case.objects.get()
    mail.refresh_from_db()
    assert (mail.case_id, mail.fate, case.channel) == (case.pk, Fate.CASE, "email")
    assert "kaisa@customer.example" not in browser.get(reverse("desk:set_aside")).content.decode()


def test_administrator_sets_up_and_tests_a_mailbox(store: MailStore, client_of: ClientOf, cast: Cast) -> None:
    browser = client_of(cast.admin)
    assert "Ei postilaatikkoa" in page_of(browser, reverse("desk:mailboxes"))
    form = browser.get(reverse("desk:set_mailbox", args=["koskimaa"]))
    given = {"address": ADDRESS, "host": "127.0.0.1", "port": str(store.port), "security": "none", "user": USER, "password": "wrong", "folder": "INBOX", "is_active": "on"}  # fmt: skip
    assert press(browser, form, "muuta", given | {"host": "mail.example"}).status_code == 422
    assert press(browser, form, "muuta", given).status_code == 302
    url = reverse("desk:mailbox", args=["koskimaa"])
    tested = press(browser, browser.get(url), "kokeile")
    assert "ei hyväksy käyttäjätunnusta" in browser.get(tested["Location"]).content.decode()
    form = browser.get(reverse("desk:set_mailbox", args=["koskimaa"]))
    assert "wrong" not in form.content.decode()
    press(browser, form, "muuta", {"password": PASSWORD})
    tested = press(browser, browser.get(url), "kokeile")
    assert "Yhteys toimii" in browser.get(tested["Location"]).content.decode()
    assert PASSWORD not in page_of(browser, url)


@pytest.mark.parametrize("name", ["adviser", "desklead", "coordinator", "national", "founder"])
def test_mailboxes_are_the_administrators(box: Mailbox, client_of: ClientOf, cast: Cast, name: str) -> None:
    browser = client_of(getattr(cast, name))
    for url in (reverse("desk:mailboxes"), reverse("desk:mailbox", args=["koskimaa"]), reverse("desk:set_mailbox", args=["koskimaa"])):
        assert browser.get(url).status_code in (302, 403, 404)


def test_words_that_the_customer_left_out_of_a_handover_do_not_come_by_her_mail(
    mailed: Case, client_of: ClientOf, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("luukku.desk.queries.case_page.words_hidden", lambda *_: True)
    browser = client_of(cast.adviser)
    page = page_of(browser, _case_url(mailed))
    assert "haluan avata kahvilan" not in page
    assert "Näytä koko viesti" not in page
    assert "Alkuperäinen sähköposti" not in page
    for mail in IncomingMail.objects.all():
        assert browser.get(_original_url(mail)).status_code == 403
