"""Whether others know a customer: one word for those who may learn it, a question that reaches only those who know her."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from luukku.core.actor import act_as, act_as_house
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.models import OutgoingMail
from luukku.customers.access import visible_contacts
from luukku.customers.actions.inquiring import Identifiers, answer_inquiry, ask_known, inquire, tell_asked
from luukku.customers.enums import Known
from luukku.customers.models import Consent, Customer, Inquiry, InquiryTurn, KnownCheck, LegalGround, Look
from luukku.desk.actions.intake import NeedForm, send_need
from luukku.desk.models import Case
from tests.cast import Cast, Member
from tests.desk.conftest import case, full, holder, leg, need, send
from tests.desk.consents.conftest import Ground, ground
from tests.factories.customers import business_id
from tests.factories.network import OrganisationFactory, ParticipationFactory
from tests.harness.client import Client
from tests.network.test_actions import last_event

__all__ = ("case", "full", "ground", "holder", "leg", "need", "send")
FIRM = business_id(7)
KAISA = Identifiers("kaisa@customer.example", "040 555 0199")


@pytest.fixture
def enough(cast: Cast, ground: Ground) -> None:
    """Others enough for a yes to name none of them, and types that may learn it by law."""
    ground("law", "relation")
    for _ in range(2):
        ParticipationFactory.create(organisation=OrganisationFactory.create(type=cast.partners.type), region=cast.here.region)


@pytest.fixture
def hers(send: Callable[..., Case]) -> Case:
    """A matter of Kaisa's firm at the front organisation."""
    return send(business_id=FIRM)


@pytest.fixture
def ours(need: Callable[..., NeedForm], cast: Cast) -> Case:
    """Kaisa again, as the partners log her call."""
    with act_as(cast.partner.actor) as partner:
        return send_need(by=partner, need=need(desk=cast.partner_desk, phone=""))


def known(cast: Cast, who: Member, identifiers: Identifiers = KAISA) -> Known:
    with act_as(who.actor):
        return ask_known(by=who.actor, region=cast.here.region, known_by=identifiers)


def straight(cast: Cast) -> str:
    """Past the application, as injected SQL would ask."""
    with transaction.atomic(), connection.cursor() as cursor:
        values: list[Any] = ["kaisa@customer.example", "", "", cast.partners.pk, cast.here.region.pk, timezone.localdate()]
        cursor.execute("select wall.customers_known(%s, %s, %s, %s, %s, %s)", values)
        return str(cursor.fetchone()[0])


@pytest.mark.usefixtures("enough", "hers")
def test_partner_is_told_yes_by_whole_phone_mail_or_business_id_and_nothing_else(cast: Cast) -> None:
    for identifiers in (Identifiers(phone="+358 40 5550199"), Identifiers(email="KAISA@customer.example"), Identifiers(business_id=FIRM)):
        assert known(cast, cast.partner, identifiers) is Known.YES
    for identifiers in (Identifiers(phone="040 555"), Identifiers(email="kaisa@"), Identifiers()):
        assert known(cast, cast.partner, identifiers) is Known.NO
    with act_as(cast.partner.actor) as partner:
        assert not visible_contacts(partner).exists()


@pytest.mark.usefixtures("enough", "hers")
def test_every_asking_leaves_an_event_a_row_and_a_look_that_she_sees(cast: Cast, hers: Case) -> None:
    known(cast, cast.partner)
    assert (last_event().action, last_event().facts) == ("customer.known_asked", {"answer": "yes"})
    assert KnownCheck.objects.get().person == cast.partner.someone
    assert (look := Look.objects.get()).customer_id == hers.customer_id
    assert (look.what, look.person) == ("known", cast.partner.someone)
    assert Customer.objects.get(pk=hers.customer_id).principal in look.readers


@pytest.mark.usefixtures("enough")
def test_no_is_told_of_own_customers_and_of_who_gave_no_business_id(cast: Cast, send: Callable[..., Case], hers: Case) -> None:
    assert known(cast, cast.adviser) is Known.NO
    send(email="toinen@customer.example", phone="")
    assert known(cast, cast.partner, Identifiers(email="toinen@customer.example")) is Known.NO
    assert hers.business_id == FIRM


@pytest.mark.usefixtures("hers")
def test_it_is_not_told_where_a_yes_would_name_the_other_or_the_law_is_no_ground(cast: Cast, ground: Ground) -> None:
    ground("law", "relation")
    assert known(cast, cast.partner) is Known.HIDDEN
    for _ in range(2):
        ParticipationFactory.create(organisation=OrganisationFactory.create(type=cast.partners.type), region=cast.here.region)
    ground("consent", "relation")
    assert known(cast, cast.partner) is Known.HIDDEN
    assert not Look.objects.exists()


@pytest.mark.usefixtures("enough", "hers")
def test_whoever_serves_nobody_here_may_not_ask_not_even_in_the_database(cast: Cast) -> None:
    for who in (cast.outsider, cast.coordinator, cast.national, cast.editor, cast.admin):
        with pytest.raises(NotAllowed):
            known(cast, who)
        with act_as(who.actor), pytest.raises(DatabaseError):
            straight(cast)


@pytest.mark.usefixtures("enough", "hers")
def test_probing_ends_after_sixty_a_day_whichever_way_it_is_asked(cast: Cast) -> None:
    person = cast.partner.someone
    KnownCheck.objects.bulk_create(KnownCheck(person=person, organisation=cast.partners, region=cast.here.region, answer="no") for _ in range(59))
    assert known(cast, cast.partner) is Known.YES
    assert known(cast, cast.partner) is Known.MOST
    with act_as(cast.partner.actor):
        assert straight(cast) == "most"


def ask(cast: Cast, ours: Case) -> Inquiry:
    assert ours.customer_id is not None
    with act_as(cast.partner.actor) as partner:
        return inquire(by=partner, customer_id=ours.customer_id, region=cast.here.region, way="phone")


@pytest.mark.usefixtures("enough")
def test_question_reaches_who_knows_her_and_the_asker_sees_not_whom(cast: Cast, hers: Case, ours: Case) -> None:
    made = ask(cast, ours)
    turn = InquiryTurn.objects.get()
    assert (turn.organisation, turn.customer_id) == (cast.here.organisation, hers.customer_id)
    with act_as(cast.partner.actor):
        assert Inquiry.objects.get() == made
        assert not InquiryTurn.objects.exists()
    with act_as(cast.adviser.actor):
        assert InquiryTurn.objects.get() == turn
        assert not Inquiry.objects.exists()
    with act_as_house("mails"):
        assert tell_asked(made.pk) == 1
    mail = OutgoingMail.objects.filter(kind="customers.inquiry").get()
    assert mail.facts == {"person": cast.desklead.someone.pk}


@pytest.mark.usefixtures("enough")
def test_no_tells_the_asker_nothing_and_yes_opens_by_her_consent(cast: Cast, ground: Ground, hers: Case, ours: Case) -> None:
    ground("consent", "contact")
    ask(cast, ours)
    turn = InquiryTurn.objects.get()
    with act_as(cast.adviser.actor) as adviser:
        with pytest.raises(RuleBroken):
            answer_inquiry(by=adviser, turn=turn, answer="yes")
        answer_inquiry(by=adviser, turn=turn, answer="no")
    with act_as(cast.partner.actor):
        assert not InquiryTurn.objects.exists()
    assert not OutgoingMail.objects.filter(kind="customers.inquiry_answered").exists()
    ask(cast, ours)
    with act_as(cast.adviser.actor) as adviser:
        answer_inquiry(by=adviser, turn=InquiryTurn.objects.filter(answer="").get(), answer="yes", way="phone")
    consent = Consent.objects.get()
    assert (consent.customer_id, consent.organisations, consent.scope) == (hers.customer_id, [cast.partners.pk], "named")
    with act_as(cast.partner.actor) as partner:
        assert InquiryTurn.objects.get().answered_by == cast.adviser.someone
        assert visible_contacts(partner).filter(customer=hers.customer_id).exists()


@pytest.mark.usefixtures("enough")
def test_answer_is_given_once_and_by_those_who_are_asked(cast: Cast, hers: Case, ours: Case) -> None:
    ask(cast, ours)
    turn = InquiryTurn.objects.get()
    with act_as(cast.partner.actor) as partner, pytest.raises(NotAllowed):
        answer_inquiry(by=partner, turn=turn, answer="no")
    with act_as(cast.adviser.actor) as adviser:
        answer_inquiry(by=adviser, turn=turn, answer="no")
        with pytest.raises(RuleBroken):
            answer_inquiry(by=adviser, turn=turn, answer="no")
        InquiryTurn.objects.filter(pk=turn.pk).update(answer="yes", asker_organisation=cast.there.organisation)
    turn.refresh_from_db()
    assert (turn.answer, turn.asker_organisation) == ("no", cast.partners)
    assert hers.customer_id == turn.customer_id


@pytest.mark.usefixtures("enough")
def test_nobody_asks_about_a_customer_of_others_nor_twenty_one_times(cast: Cast, hers: Case, ours: Case) -> None:
    assert hers.customer_id is not None
    with act_as(cast.partner.actor) as partner, pytest.raises(NotAllowed):
        inquire(by=partner, customer_id=hers.customer_id, region=cast.here.region, way="phone")
    with act_as(cast.partner.actor), pytest.raises(DatabaseError), transaction.atomic():
        Inquiry.objects.create(
            customer_id=hers.customer_id, organisation=cast.partners, person=cast.partner.someone, region=cast.here.region, way="phone"
        )
    for _ in range(20):
        ask(cast, ours)
    with pytest.raises(RuleBroken):
        ask(cast, ours)


@pytest.mark.usefixtures("enough")
def test_walk_on_screen_from_the_matter_to_the_answer(cast: Cast, client_of: Callable[[Member], Client], hers: Case, ours: Case) -> None:
    partner = client_of(cast.partner)
    page = partner.get(f"/asia/{ours.number}/").content.decode()
    address = f"/asiakkaat/{ours.customer_id}/tunteeko-verkosto?region={cast.here.region.pk}"
    assert address in page.replace("&amp;", "&")
    answered = partner.submit(partner.get(address), {})
    assert "Verkoston toinen organisaatio tuntee" in answered.content.decode()
    assert partner.submit(answered, {}).status_code == 422
    assert partner.submit(answered, {"way": "phone"}).status_code == 302
    assert partner.submit(answered, {}).status_code == 422
    ask(cast, ours)
    adviser = client_of(cast.adviser)
    turn = InquiryTurn.objects.order_by("-pk")[0]
    assert f"/tiedustelut/{turn.pk}/" in adviser.get(f"/asiakkaat/{hers.customer_id}/tunteeko-verkosto").content.decode()
    form = adviser.get(f"/tiedustelut/{turn.pk}/")
    assert adviser.submit(form, {"answer": "yes"}).status_code == 422
    assert adviser.submit(form, {"answer": "yes", "way": "phone"}).status_code == 302
    assert cast.here.organisation.name_fi in partner.get("/tiedustelut/").content.decode()
    assert client_of(cast.partner).get(f"/tiedustelut/{turn.pk}/").status_code == 404
    assert LegalGround.objects.exists()
