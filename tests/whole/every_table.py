"""A row in every table behind the wall, of people and matters of one organisation: what an attack on the database must not get at.

A new table behind the wall gets its row here: through an action where one makes it, else by the model. The test that walks the catalogue
of the database (test_walls_of_every_table.py) names the table that has none.
"""

import hashlib
import uuid
from datetime import time, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from luukku.catalogue.models import ConfirmedAnswer, UnmetNeed
from luukku.complaints.models import Complaint, ComplaintTurn, ComplaintWarning, Correction
from luukku.core.actor import Actor, act_as
from luukku.core.models import StoredFile
from luukku.customers.actions.looking import looked
from luukku.customers.actions.segmenting import mark_company, say_segment
from luukku.customers.models import (
    AddressProof,
    ConsentText,
    Contact,
    Inquiry,
    InquiryTurn,
    KnownCheck,
    Shepherd,
    ShepherdContract,
    ShepherdHours,
    ShepherdMandate,
)
from luukku.customers.models import Consent as Agreed
from luukku.desk.access import get_handover
from luukku.desk.actions.appointments.booking import agree
from luukku.desk.actions.appointments.feeds import make_feed
from luukku.desk.actions.appointments.plan import Plan as Meeting
from luukku.desk.actions.case_meetings.series import SeriesForm, create_series
from luukku.desk.actions.guests import invite_guest
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.handover.receiving import ask
from luukku.desk.actions.handover.sending import Passing, hand_over
from luukku.desk.actions.joining.apart import say_not_same
from luukku.desk.actions.kiosks import set_up_kiosk
from luukku.desk.actions.partners import make_key
from luukku.desk.actions.talking import write
from luukku.desk.enums import MeetingPlace
from luukku.desk.models import (
    AskedKey,
    Attachment,
    Breach,
    Case,
    CaseMeeting,
    Chase,
    Clock,
    ClockWarning,
    CustomerMerging,
    EServiceHelp,
    FaceCount,
    FairCount,
    ItemCase,
    ItemMinutes,
    Joining,
    KioskAnswer,
    Leg,
    LegStay,
    MeetingConsent,
    MeetingItem,
    MeetingPoint,
    MeetingStep,
    NewsCall,
    PromiseCount,
    SentContact,
    Split,
    WalkIn,
)  # fmt: skip
from luukku.governance.models import NetworkTalk, TalkStep
from luukku.network.actions.presence import mark_presence
from luukku.network.models import Premises, Seat
from luukku.network.models.reforms import Reform, ReformMove, ReformStep
from luukku.privacy.models import Erasure
from luukku.statements.models import Consent, FormVersion, Plan, PlanFile, Reminder, Statement, StatementForm, StatementText
from tests.cast import Cast
from tests.factories.catalogue import ServiceFactory
from tests.factories.customers import CompanyFactory
from tests.whole.agreement_rows import make_an_agreement
from tests.whole.company_rows import meet_a_lay_off, sell_the_region, visit_a_company
from tests.whole.group_rows import meet_as_a_group
from tests.whole.need_rows import ask_what_is_needed
from tests.whole.plan_rows import plan_a_year
from tests.whole.survey_rows import ask_and_answer


def fill(cast: Cast, ended: Case, going: Case) -> None:
    """`ended` has a row in every table of the first walk (tests/desk/conftest.py: full); `going` is new and goes on from here."""
    now = timezone.now()
    _hand_over_and_meet(cast, going)
    _watch(cast, ended)
    _reform_and_talk(cast, ended)
    _list_in_a_meeting(cast, going)
    _ask_a_statement(cast, going)
    _keep(cast, going)
    _inquire(cast, ended, going)
    _complain(cast, going)
    _let_in_and_tell_apart(cast, ended, going)
    company = CompanyFactory.create()
    with act_as(cast.adviser.actor) as adviser:
        mark_company(by=adviser, company=company, mark="growth-track", reason="Profiloitu")
        say_segment(by=adviser, company=company, segment="large", reason="Konserni")
    visit_a_company(cast, company)
    meet_a_lay_off(cast, company)
    ask_what_is_needed(cast, going)
    with act_as(cast.desklead.actor) as lead:
        kiosk = set_up_kiosk(by=lead, desk=cast.here.desk, place="Aula")
    KioskAnswer.objects.create(kiosk=kiosk, key=uuid.uuid4(), face=1, given_at=now)
    _send_as_a_partner(cast, ended)
    with act_as(cast.adviser.actor) as adviser:
        mark_presence(by=adviser, state="in")
        make_feed(by=adviser, full=True)
    house = Premises.objects.create(organisation=cast.here.organisation, name="Yritystalo", municipality=cast.here.municipality)
    _join_and_split(cast, ended, going)
    EServiceHelp.objects.create(case=going, name="Asiointi", how="with", went="well", person=cast.adviser.someone)
    WalkIn.objects.create(case=going, premises=house, host=cast.adviser.someone, way="walk")
    ConfirmedAnswer.objects.create(
        service=ServiceFactory.create(), language="fi", text="sanat", source_kind="desk.leg", source_id=1, was_proposed=True
    )
    UnmetNeed.objects.create(text="mitä vain", language="fi", region=cast.here.region, day=now.date())
    for contact in Contact.objects.filter(customer=ended.customer):
        contact.phone = "040 555 0123"
        contact.save()  # its history


def _send_as_a_partner(cast: Cast, ended: Case) -> None:
    with act_as(cast.admin.actor) as admin:
        key, _secret = make_key(by=admin, organisation=cast.here.organisation, name="Customer register")
    digest = hashlib.sha256(b"x").digest()
    SentContact.objects.create(
        key=key, organisation=cast.here.organisation, case=ended, idempotency_digest=digest, body_digest=digest, gave_link=False
    )


def _let_in_and_tell_apart(cast: Cast, ended: Case, going: Case) -> None:
    with act_as(Actor("link", (going.door_principal,))) as her:
        invite_guest(by=her, case=going, name="Kalle Kollega", email="kalle@firm.example", agreed=True)
    with act_as(cast.adviser.actor) as adviser:
        say_not_same(by=adviser, case=going, other=ended)


def _join_and_split(cast: Cast, ended: Case, going: Case) -> None:
    """As it is kept after both were undone."""
    person, now = cast.adviser.someone, timezone.now()
    who = {"gone_id": ended.customer_id, "stays_id": going.customer_id}
    CustomerMerging.objects.create(organisation=cast.here.organisation, merged_by=person, undone_at=now, undone_by=person, **who)
    Joining.objects.create(case=ended, into=going, joined_by=person, undone_at=now, undone_by=person)
    Split.objects.create(case=going, source=ended, split_by=person, undone_at=now)


def _inquire(cast: Cast, ended: Case, going: Case) -> None:
    """As it is kept when others have been asked whether they know her."""
    asked: dict[str, Any] = {"region": cast.here.region, "asked_at": timezone.now()}
    one, other = ({"customer_id": each.customer_id} for each in (ended, going))
    inquiry = Inquiry.objects.create(organisation=cast.here.organisation, person=cast.adviser.someone, way="phone", **one, **asked)
    InquiryTurn.objects.create(
        inquiry=inquiry, organisation=cast.partners, **other, asker=cast.adviser.someone, asker_organisation=cast.here.organisation,
        **asked,
    )  # fmt: skip
    KnownCheck.objects.create(person=cast.adviser.someone, organisation=cast.here.organisation, region=cast.here.region, answer="yes")


def _list_in_a_meeting(cast: Cast, going: Case) -> None:
    """As it stands in a meeting of two organisations that the customer has allowed nothing yet."""
    adviser, form = cast.adviser.someone, SeriesForm(names={"fi": "Neuvottelu"}, starts=time(9), place="Seututalo")
    with act_as(cast.coordinator.actor) as by:
        organisations = [cast.here.organisation, cast.partners]
        series = create_series(by=by, region=cast.here.region, template="cases", form=form, organisations=organisations)
    meeting = CaseMeeting.objects.get(series=series)
    MeetingPoint.objects.create(meeting=meeting, position=9, kind="other", title_fi="Muut asiat", minutes="Sanottua")
    item = MeetingItem.objects.create(meeting=meeting, position=1, organisation=cast.here.organisation, proposer=adviser, nameless="Eräs yritys")
    ItemCase.objects.create(item=item, case=going, leg=Leg.objects.filter(case=going)[0], question="Kuka auttaa?")
    ItemMinutes.objects.create(item=item, minutes="Puhuttua")
    MeetingStep.objects.create(item=item, words="Soitetaan", person=adviser)
    MeetingConsent.objects.create(item=item, series=series, case=going, organisations=[cast.partners.pk], version="1")


def _ask_a_statement(cast: Cast, going: Case) -> None:
    now, leg, adviser = timezone.now(), Leg.objects.filter(case=going)[0], cast.adviser.someone
    with act_as(cast.adviser.actor) as by:
        write(by=by, case=going, body="Suunnitelma liitteenä", files=[SimpleUploadedFile("suunnitelma.txt", b"Kahvila")])
    form = FormVersion.objects.create(form=StatementForm.objects.create(region=cast.here.region), number=1, title_fi="Lausunto")
    plan = Plan.objects.create(case=going, form=form, desk=cast.here.desk, title="Kahvila", basics="Kahvila torille")
    own = Attachment.objects.select_related("file").filter(case=going, note=None)[0]
    copy = StoredFile.objects.create(name="suunnitelma.txt", content_type="text/plain", size=1, sha256=own.file.sha256)
    PlanFile.objects.create(plan=plan, attachment=own, file=copy)
    consent = Consent.objects.create(plan=plan, way="phone", version="1", receivers=["Kauppakamari"], given_at=now)
    statement = Statement.objects.create(
        case=going, leg=leg, plan=plan, form=form, number=going.number, region=cast.here.region, language="fi", from_desk=cast.here.desk,
        from_person=adviser, to_desk=cast.partner_desk, asks="Puollatteko?", working_days=5, consent=consent,
        state="accepted", sent_at=now, due_at=now, accepted_at=now, accepted_by=cast.partner.someone,
    )  # fmt: skip
    StatementText.objects.create(statement=statement, grounds="Luonnos")
    Reminder.objects.create(statement=statement, person=adviser, of="asker", due_at=now, at=now)


def _keep(cast: Cast, going: Case) -> None:
    """Her own adviser by a bought service, his hours, a chase and a call with news."""
    meet_as_a_group(cast)
    sell_the_region(cast)
    plan_a_year(cast)
    ask_and_answer(cast)
    make_an_agreement(cast)
    now, today, adviser = timezone.now(), timezone.localdate(), cast.adviser.someone
    assert going.customer is not None
    text = ConsentText.objects.filter(kind="statistics")[0]  # it opens nothing, so that whoever reads it reads by the row alone
    Agreed.objects.create(customer=going.customer, kind="statistics", region=going.region, text=text, language="fi", way="phone")
    Erasure.objects.create(customer=going.customer, matter=going.pk)
    with act_as(cast.partner.actor) as by:
        looked(by=by, customer_id=going.customer.pk, matter=going.pk)
    contract = ShepherdContract.objects.create(
        region=cast.here.region, buyer=cast.partners, provider=cast.here.organisation, reference="1", first_day=today, last_day=today, minutes=60,
        price=10, price_for="hour",
    )  # fmt: skip
    shepherd = Shepherd.objects.create(
        customer=going.customer, person=adviser, seat=Seat.objects.filter(person=adviser)[0], organisation=cast.here.organisation, contract=contract,
        starts_at=now, decided_by=adviser,
    )  # fmt: skip
    ShepherdMandate.objects.create(shepherd=shepherd, kind="see", agreed_at=now, way="phone")
    ShepherdHours.objects.create(shepherd=shepherd, day=today, minutes=30, words="Tapaaminen")
    Chase.objects.create(case=going, shepherd=shepherd, day=today)
    NewsCall.objects.create(case=going, news="taken_up", call_at=now)
    AddressProof.objects.create(digest=b"d" * 32, code="12345678", email="a@b.example", email_key="a@b.example", language="fi")
    Case.objects.filter(pk=going.pk).update(company_name="Toinen nimi Oy")  # its history


def _complain(cast: Cast, going: Case) -> None:
    now, today = timezone.now(), timezone.localdate()
    complaint = Complaint.objects.create(
        link_digest=b"c" * 32, region=cast.here.region, desk=cast.here.desk, organisation=cast.here.organisation, about="matter", cause="slow",
        words="Kukaan ei vastannut", language="fi", came="form", owner=cast.desklead.someone, working_days=5, due_at=now, first_due_at=now,
    )  # fmt: skip
    ComplaintTurn.objects.create(complaint=complaint, kind="answer", body="Pahoittelemme")
    Correction.objects.create(complaint=complaint, what="Soitetaan", person=cast.desklead.someone, by_day=today)
    ComplaintWarning.objects.create(complaint=complaint, step="owner", due_at=now, person=cast.desklead.someone, at=now)


def _hand_over_and_meet(cast: Cast, going: Case) -> None:
    start = timezone.now() + timedelta(days=3)
    plan = Meeting(
        cast.here.desk,
        (cast.adviser.someone,),
        start,
        start + timedelta(hours=1),
        start + timedelta(hours=1),
        start,
        MeetingPlace.PHONE,
    )
    with act_as(cast.adviser.actor) as adviser:
        leg = take_up(by=adviser, leg=Leg.objects.get(case=going))
        agree(by=adviser, case=going, plan=plan)
        passing = Passing(reason="Asia kuuluu muualle.", to_desk=cast.partner_desk, consent="phone")
        handover = hand_over(by=adviser, leg=leg, passing=passing)
    with act_as(cast.partner.actor) as partner:
        ask(by=partner, handover=get_handover(partner, handover.pk), words="Mitä on tehty?")


def _watch(cast: Cast, ended: Case) -> None:
    clock, now = Clock.objects.filter(leg__case=ended)[0], timezone.now()
    ClockWarning.objects.create(clock=clock, step="handler", due_at=now, person=cast.adviser.someone, at=now)
    AskedKey.objects.create(key=uuid.uuid4(), asked_at=now)
    PromiseCount.objects.create(desk=cast.here.desk, kind="informed", month=now.date().replace(day=1), kept=1, broken=0)
    FaceCount.objects.create(source="kiosk", region=cast.here.region, key="1", month=now.date().replace(day=1), face=4, n=1)
    FairCount.objects.create(region=cast.here.region, alike_by="language", value="fi", kept=1)
    Breach.objects.create(clock=clock, kind=clock.kind, desk=cast.here.desk, due_at=now, noticed_at=now)


def _reform_and_talk(cast: Cast, ended: Case) -> None:
    """An organisation's matter once lay at another desk; a reform that took a step; a talk with the region and what was agreed."""
    today, home = timezone.localdate(), cast.here.organisation
    LegStay.objects.create(leg=Leg.objects.filter(case=ended)[0], desk=cast.here.desk)
    move = ReformMove.objects.create(reform=Reform.objects.create(kind="rename", day=today), source=home, names={"fi": "Toinen nimi"})
    ReformStep.objects.create(move=move, position=1, table="network_organisation", rows={str(home.pk): {"name_fi": str(home.name)}})
    talk = NetworkTalk.objects.create(region=cast.here.region, kind="talk", day=today, person=cast.area.someone, summary="Puhuttiin alusta")
    TalkStep.objects.create(talk=talk, words="Kutsutaan ohjausryhmä koolle")
