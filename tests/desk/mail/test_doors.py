"""Each door has an address and a mailbox of its own: a region's, an organisation's, and the whole nation's, whose mail an operator routes."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as outbox
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from django.urls import reverse

from luukku.core.actor import HOUSE, act_as, act_as_house
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.models import StoredFile
from luukku.desk.access.links import reply_tag
from luukku.desk.actions.mail_by_hand import drop_mail, make_case_of, route_mail
from luukku.desk.actions.mail_poll import poll
from luukku.desk.actions.mailboxes import MailboxForm, set_mailbox
from luukku.desk.actions.unrouted import warn_of_unrouted
from luukku.desk.models import NATION, Case, Fate, IncomingMail, Leg, Mailbox, Message
from luukku.desk.queries.reply_address import reply_address
from luukku.desk.queries.unrouted import waiting
from luukku.network.actions.nation import NationDetails, edit_nation
from luukku.network.enums import Role
from tests.cast import Cast, Member, member
from tests.desk.mail.conftest import Write
from tests.harness import mailstore
from tests.harness.client import Client
from tests.harness.counting import sql_count
from tests.harness.jobs import run_jobs
from tests.harness.mailstore import PASSWORD, USER, MailStore

OWN, ALL = "neuvonta@kumppani.example", "yritys@maa.example"
ClientOf = Callable[[Member], Client]


@pytest.fixture(scope="session")
def _second_store() -> Iterator[MailStore]:
    with mailstore.mail_store() as store:
        yield store


@pytest.fixture
def second(_second_store: MailStore) -> Iterator[MailStore]:
    """Another server than that of the region's door, with an account of its own."""
    yield _second_store
    _second_store.clear()


@pytest.fixture
def operator(cast: Cast) -> Member:
    return member("operator", "Outi Operator", Role.OPERATOR)


@pytest.fixture
def own_box(store: MailStore, second: MailStore, box: Mailbox, cast: Cast) -> Mailbox:
    cast.partner_desk.has_door = True
    cast.partner_desk.save()
    return _mailbox(OWN, second, desk=cast.partner_desk)


@pytest.fixture
def nation_box(store: MailStore, second: MailStore, box: Mailbox) -> Mailbox:
    return _mailbox(ALL, second)


def _mailbox(address: str, store: MailStore, **door: Any) -> Mailbox:
    with act_as_house("set up a mailbox"):
        return set_mailbox(by=HOUSE, form=MailboxForm(address, "127.0.0.1", store.port, "none", USER, password=PASSWORD), **door)


def _original(mail: IncomingMail) -> QuerySet[StoredFile]:
    assert mail.original_id is not None
    return StoredFile.objects.filter(pk=mail.original_id)


def take(box: Mailbox, store: MailStore, *mails: Any) -> IncomingMail:
    store.deliver(*mails)
    poll(box.pk)
    box.refresh_from_db()
    assert (box.trouble, box.left) == ("", 0)
    return IncomingMail.objects.order_by("-id")[0]


def test_mail_to_an_organisations_own_door_becomes_its_case_and_answers_come_back_there(
    own_box: Mailbox, box: Mailbox, second: MailStore, store: MailStore, letter: Write, cast: Cast
) -> None:
    case = take(own_box, second, letter(to=OWN)).case
    assert case is not None
    leg = Leg.objects.get(case=case)
    assert (case.region, leg.desk, leg.routed["by"]) == (cast.here.region, cast.partner_desk, "door")
    assert reply_address(case) == OWN.replace("@", f"+{reply_tag(case)}@")
    run_jobs("luukku.core.tasks.send_mail")
    assert outbox.outbox[-1].reply_to == [reply_address(case)]
    answer = take(own_box, second, letter("Tässä lisää.", to=reply_address(case), sender="koti@other.example"))
    assert (answer.fate, answer.case_id) == (Fate.JOINED, case.pk)
    assert take(box, store, letter("Toinen asia.", sender="pekka@other.example")).case != case


def test_answers_go_to_the_regions_address_once_the_own_doors_desk_has_handed_the_matter_over(
    own_box: Mailbox, box: Mailbox, second: MailStore, letter: Write, cast: Cast
) -> None:
    case = take(own_box, second, letter(to=OWN)).case
    assert case is not None
    Leg.objects.filter(case=case).update(state="not-for-us")
    Leg.objects.create(case=case, position=2, desk=cast.here.desk)
    assert reply_address(case).endswith(f"@{box.address.partition('@')[2]}")
    Mailbox.objects.filter(pk=box.pk).update(is_active=False)
    assert reply_address(case) == ""


def test_mail_to_an_own_door_that_has_closed_goes_to_its_region(own_box: Mailbox, second: MailStore, letter: Write, cast: Cast) -> None:
    cast.partner_desk.has_door = False
    cast.partner_desk.save()
    case = take(own_box, second, letter(to=OWN)).case
    assert case is not None
    assert Leg.objects.get(case=case).desk == cast.here.desk


def test_mail_set_aside_at_an_own_door_is_read_by_its_organisation_alone(own_box: Mailbox, second: MailStore, letter: Write, cast: Cast) -> None:
    assert take(own_box, second, letter(to=OWN, Precedence="bulk")).fate == Fate.LIST
    for name, count in (("partner", 1), ("adviser", 0), ("outsider", 0), ("admin", 0)):
        with act_as(getattr(cast, name).actor):
            assert IncomingMail.objects.count() == count, name


def test_mail_to_the_nations_door_waits_for_an_operator_and_its_sender_hears_at_once(
    nation_box: Mailbox, second: MailStore, letter: Write, operator: Member, cast: Cast
) -> None:
    mail = take(nation_box, second, letter(to=ALL))
    assert (mail.fate, mail.case_id, mail.readers) == (Fate.UNROUTED, None, [-9000000000000000000])
    run_jobs("luukku.core.tasks.send_mail")
    told = outbox.outbox[-1]
    assert (told.to, told.reply_to) == (["kaisa@customer.example"], [ALL])
    assert "kahvila" not in f"{told.subject}{told.body}".lower()
    with act_as(operator.actor):
        assert IncomingMail.objects.count() == _original(mail).count() == 1
    for each in cast.everybody:
        with act_as(each.actor), connection.cursor() as cursor:
            cursor.execute("select count(*) from desk_incomingmail")
            assert cursor.fetchone()[0] == 0, each.name


def test_operator_routes_a_mail_and_its_promise_counts_from_when_it_came(
    nation_box: Mailbox, second: MailStore, letter: Write, operator: Member, cast: Cast, client_of: ClientOf
) -> None:
    mail = take(nation_box, second, letter(to=ALL))
    browser = client_of(operator)
    assert "1 sähköposti odottaa" in browser.get("/kirjaa/").content.decode()
    page = browser.get(reverse("desk:unrouted")).content.decode()
    assert "Kahvila Koskimaalle" in page
    url = reverse("desk:route_mail", args=[mail.pk])
    form = browser.get(url)
    assert "haluan avata kahvilan" in form.content.decode()
    assert browser.submit(form, {}).status_code == 422
    done = browser.submit(form, {"municipality": cast.there.municipality.code})
    assert done.status_code == 302
    case = Case.objects.get()
    mail.refresh_from_db()
    assert (case.region, case.municipality, case.channel, case.contacted_at) == (cast.there.region, cast.there.municipality, "email", mail.arrived_at)
    assert (mail.case, mail.fate, case.logged_by_id) == (case, Fate.CASE, None)
    assert case.number in browser.get(done["Location"]).content.decode()
    assert browser.get(url).status_code == 404
    assert browser.get(reverse("desk:original_mail", args=[mail.pk])).status_code in (403, 404)
    with act_as(operator.actor):
        assert not IncomingMail.objects.exists()
        assert not Case.objects.exists()
        assert not _original(mail).exists()
    with act_as(cast.outsider.actor):
        assert Case.objects.get().own_words.startswith("Hei")
        assert _original(mail).exists()
    assert reply_address(case) == ALL.replace("@", f"+{reply_tag(case)}@")  # its region has no mailbox


def test_list_of_mails_to_route_costs_the_same_however_many_wait(
    nation_box: Mailbox, second: MailStore, letter: Write, operator: Member, client_of: ClientOf
) -> None:
    browser = client_of(operator)
    take(nation_box, second, letter(to=ALL))
    with sql_count() as one:
        browser.get(reverse("desk:unrouted"))
    take(nation_box, second, *(letter(f"Asia {n}", to=ALL, sender=f"k{n}@customer.example") for n in range(5)))
    with sql_count(at_most=one.number):
        browser.get(reverse("desk:unrouted"))


def test_mail_to_the_nations_door_is_due_by_the_doors_own_hours(
    nation_box: Mailbox, second: MailStore, letter: Write, operator: Member, cast: Cast
) -> None:
    take(nation_box, second, letter(to=ALL))
    evening = datetime(2026, 11, 20, 18, tzinfo=ZoneInfo("Europe/Helsinki"))  # a Friday
    IncomingMail.objects.update(arrived_at=evening)
    with act_as(operator.actor) as by:
        assert waiting(by).due_at == datetime(2026, 11, 25, 8, tzinfo=evening.tzinfo)  # closed: counts from Monday's opening
    edit_nation(by=cast.national.actor, details=NationDetails(hours="8–20", saturday_hours="10–14"))
    with act_as(operator.actor) as by:
        assert waiting(by).due_at == datetime(2026, 11, 23, 18, tzinfo=evening.tzinfo)  # open: Saturday is a working day too


def test_operators_are_warned_once_before_a_mails_promise_runs_out(
    nation_box: Mailbox, second: MailStore, letter: Write, operator: Member, cast: Cast, client_of: ClientOf
) -> None:
    take(nation_box, second, letter(to=ALL))
    with act_as_house("test") as house:
        monday = datetime(2026, 11, 16, 10, tzinfo=ZoneInfo("Europe/Helsinki"))
        IncomingMail.objects.update(arrived_at=monday)
        warned = [warn_of_unrouted(by=house, at=monday + timedelta(hours=hours)) for hours in (3, 19, 25, 26)]
    assert warned == [0, 0, 1, 0]  # in two hours; at five in the morning; a working day before the limit; told already
    page = client_of(operator).get(reverse("desk:unrouted")).content.decode()
    assert "myöhässä" in page.lower()
    assert "myöhässä" in client_of(operator).get("/kirjaa/").content.decode().lower()
    run_jobs("luukku.core.tasks.send_mail")
    told = next(each for each in outbox.outbox if each.to == [operator.someone.mail_address])
    assert "18.11.\xa0klo\xa010" in told.body
    assert "kahvila" not in f"{told.subject}{told.body}".lower()
    with act_as(cast.adviser.actor) as by, pytest.raises(NotAllowed):
        warn_of_unrouted(by=by)


def test_what_she_adds_before_and_after_routing_is_the_same_matter(
    nation_box: Mailbox, second: MailStore, letter: Write, operator: Member, cast: Cast
) -> None:
    first = take(nation_box, second, letter(to=ALL))
    run_jobs("luukku.core.tasks.send_mail")
    ours = {"In-Reply-To": outbox.outbox[-1].extra_headers["Message-ID"]}
    waits = take(nation_box, second, letter("Kuntani on Koskimaa.", to=ALL, **ours))
    other = take(nation_box, second, letter("Aivan muuta.", to=ALL))
    with act_as(operator.actor) as actor:
        case = route_mail(by=actor, mail_id=first.pk, region=cast.here.region)
    after = take(nation_box, second, letter("Ja puhelin 040.", to=ALL, **ours))
    for mail, fate in ((waits, Fate.JOINED), (after, Fate.JOINED), (other, Fate.UNROUTED)):
        mail.refresh_from_db()
        assert (mail.fate, mail.case) == (fate, case if fate == Fate.JOINED else None)
    assert [each.body for each in Message.objects.filter(case=case).order_by("id")] == ["Kuntani on Koskimaa.", "Ja puhelin 040."]


def test_mail_is_routed_once_and_by_operators_only(nation_box: Mailbox, second: MailStore, letter: Write, operator: Member, cast: Cast) -> None:
    mail = take(nation_box, second, letter(to=ALL))
    for name in ("adviser", "admin", "national"):
        with act_as(getattr(cast, name).actor) as actor, pytest.raises((NotAllowed, NotFound)):
            route_mail(by=actor, mail_id=mail.pk, region=cast.here.region)
    with act_as(cast.adviser.actor) as actor, pytest.raises(NotFound):
        make_case_of(by=actor, mail_id=mail.pk)
    with act_as(operator.actor) as actor:
        route_mail(by=actor, mail_id=mail.pk, region=cast.here.region)
    with act_as(operator.actor) as actor, pytest.raises((NotFound, RuleBroken)):
        route_mail(by=actor, mail_id=mail.pk, region=cast.there.region)
    assert Case.objects.count() == 1


def test_operator_puts_an_advertisement_aside_and_can_route_it_after_all(
    nation_box: Mailbox, second: MailStore, letter: Write, operator: Member, client_of: ClientOf, cast: Cast
) -> None:
    mail = take(nation_box, second, letter("Osta meiltä!", to=ALL))
    with act_as(operator.actor) as actor:
        drop_mail(by=actor, mail_id=mail.pk)
    browser = client_of(operator)
    assert "Kahvila" not in browser.get(reverse("desk:unrouted")).content.decode()
    page = browser.get(reverse("desk:set_aside"))
    assert reverse("desk:route_mail", args=[mail.pk]) in page.content.decode()
    browser.submit(browser.get(reverse("desk:route_mail", args=[mail.pk])), {"region": cast.there.region.code})
    assert Case.objects.get().region == cast.there.region


def test_operator_hangs_no_foreign_case_or_file_on_a_mail(
    nation_box: Mailbox, second: MailStore, letter: Write, operator: Member, case: Case
) -> None:
    mail = take(nation_box, second, letter(to=ALL))
    for change in (f"case_id = {case.pk}", f"original_id = original_id + 1 where id = {mail.pk}"):
        with act_as(operator.actor), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"update desk_incomingmail set {change}")


def test_administrator_gives_each_door_its_mailbox(own_box: Mailbox, second: MailStore, client_of: ClientOf, cast: Cast) -> None:
    browser = client_of(cast.admin)
    page = browser.get(reverse("desk:mailboxes")).content.decode()
    for door in ("Koko maa", f"{cast.partners.name}, Koskimaa", "Ei postilaatikkoa"):
        assert door in page
    given = {"address": ALL, "host": "127.0.0.1", "port": str(second.port), "security": "none", "user": USER, "password": PASSWORD, "is_active": "on"}
    form = browser.get(reverse("desk:set_mailbox", args=[NATION]))
    assert browser.submit(form, given | {"address": OWN}).status_code == 422
    assert browser.submit(form, given).status_code == 302
    assert Mailbox.objects.get(address=ALL).key == NATION
    own = f"koskimaa:{cast.partners.code}"
    assert own_box.key == own
    assert OWN in browser.get(reverse("desk:mailbox", args=[own])).content.decode()
    assert browser.get(reverse("desk:mailbox", args=["koskimaa:tuntematon"])).status_code == 404
