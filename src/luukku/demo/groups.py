"""How Suupohja's groups meet: a year of the steering group with decisions and tasks, a working group, and the year to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from luukku.core.actor import PUBLIC, Actor, act_as, act_as_house
from luukku.core.moments import moment_at
from luukku.demo import clock
from luukku.demo.network import Built
from luukku.governance.access import link_actor, link_token
from luukku.governance.actions.agenda import add_item, remove_item
from luukku.governance.actions.approving import amend, approve, approve_silent, send_out
from luukku.governance.actions.clock import EntryForm, add_entry, plan_year
from luukku.governance.actions.groups import GroupForm, MemberForm, add_member, create_group
from luukku.governance.actions.meetings import MeetingForm, answer, invite, mark_present, plan_meeting
from luukku.governance.actions.minutes import begin, decide, give_task, write_section
from luukku.governance.actions.tasks import finish_task
from luukku.governance.enums import MemberRole, SeatMandate, Source
from luukku.governance.models import AgendaItem, Attendance, Group, GroupKind, Meeting, Membership
from luukku.governance.queries.year import propose
from luukku.network.access import actor_of_person
from luukku.network.models import Area, Person, Region

STARTS, ENDS = time(9), time(11)


@dataclass(frozen=True)
class Told:
    """What one meeting said, decided and gave somebody to do; `days` is the task's time."""

    matter: str
    said: str
    decision: str
    task: str = ""
    days: int = 30


YEAR = (
    Told(
        "Ensi vuoden painopisteet ja voimavarat", "Käytiin läpi osapuolten työpanokset. Viestintään varataan sama summa kuin tänä vuonna.",
        "Vuoden painopisteet ovat omistajanvaihdokset ja ensimmäisen työntekijän palkkaaminen.", "Vie painopisteet osapuolten omiin suunnitelmiin",
    ),
    Told(
        "Lupauksen pitäminen", "Luvattu aika on pidetty, mutta ruuhka näkyy. Kuntien asiat siirtyvät joskus päivän myöhässä.",
        "Jokainen tiski nimeää sijaisen ennen kesää.", "Kokoa tiskien sijaiset yhteen listaan", 45,
    ),
    Told(
        "Yhteinen yrittäjäpäivä", "Päivä sovittiin lokakuulle. Toivottiin, että kaikki osapuolet tulevat samaan tilaan.",
        "Yrittäjäpäivä pidetään Kauhajoella ja kustannukset jaetaan asukasluvun mukaan.", "Varaa tila yrittäjäpäivälle",
    ),
    Told(
        "Asiakaspalaute ja ensi vuosi", "Palaute on hyvää. Rahoituksen kysymyksiin toivotaan nopeampaa vastausta.",
        "Rahoitusneuvonnan aikoja avataan kaksi lisää viikossa.", "Sovi rahoitusneuvonnan uusista ajoista", 75,
    ),
)  # fmt: skip


def build_groups(built: Built) -> None:
    """Play the year as its people would."""
    region, coordinator = built.regions["suupohja"], actor_of_person(built.logins["coordinator"].pk)
    people = built.people["suupohja/sek"]
    with act_as(coordinator) as by:
        steering = _steering(by, region, built, people)
        working = _working(by, region, built, people)
    today = clock.today()
    for day, told in _held(today)[:-1]:
        _hold(coordinator, steering, day, told)
    with act_as_house("approve what the sample network has read in silence"):
        approve_silent(today)
    coming = next(day for year in (today.year, today.year + 1) for day in _days(year, (3, 6, 10, 12)) if day > today + timedelta(days=3))
    _call(coordinator, steering, coming, built)
    with act_as(coordinator) as by:
        next_year = [each.day for each in propose(today.year + 1, (3, 6, 10, 12), 2, 1, ())]
        plan_year(by=by, group=steering, days=[day for day in next_year if day != coming], starts=STARTS, ends=ENDS)
        monthly = [each.day for each in propose(today.year, range(today.month + 1, 13), 3, 2, ())]
        monthly += [each.day for each in propose(today.year + 1, (1, 2, 3, 4, 5, 8, 9, 10, 11), 3, 2, next_year)]
        plan_year(by=by, group=working, days=monthly, starts=time(13), ends=time(15))
        _year(by, region, today, built.logins["coordinator"])
    _area(actor_of_person(built.logins["area"].pk), today)


def hold_last_meeting(built: Built) -> None:
    """The steering group's latest one, when the year's plan is there and followed; its minutes are still being read."""
    group = Group.objects.select_related("region", "kind").get(kind__code="steering", region=built.regions["suupohja"])
    for day, told in _held(clock.today())[-1:]:
        _hold(actor_of_person(built.logins["coordinator"].pk), group, day, told, is_last=True)


def _held(today: date) -> list[tuple[date, Told]]:
    """Days of the last twelve months on which it met, and what was said."""
    days = [day for year in (today.year - 1, today.year) for day in _days(year, (3, 6, 10, 12)) if timedelta(0) < today - day < timedelta(days=365)]
    return list(zip(days, YEAR, strict=False))


def _area(contact: Actor, today: date) -> None:
    """The area's contact meets its coordinators, and has two days for all parties; so far for the months ahead and the next year."""
    area = Area.objects.get(pk=next(seat.area_id for seat in contact.seats if seat.area_id is not None))
    names = {"fi": "Koordinaattorien aluetapaaminen", "sv": "Koordinatorernas områdesmöte", "en": "Coordinators of the area"}
    with act_as(contact) as by:
        kind = GroupKind.objects.get(code="area-contact", region=None)
        form = GroupForm(names, "Tieto kulkee seuduilta ja seuduille; apua sinne, missä jokin takkuaa.", "", "https://video.example/alue")
        group = create_group(by=by, area=area, kind=kind, form=form)
        days = [each.day for year in (today.year, today.year + 1) for each in propose(year, kind.months, 1, 2, ())]
        plan_year(by=by, group=group, days=[day for day in days if day > today], starts=time(13), ends=time(15))
        for month, title in ((3, "Alueen teemapäivä: rahoitus"), (9, "Alueen teemapäivä: työvoima")):
            add_entry(by=by, area=area, form=EntryForm("theme", title, date(today.year + 1, month, 17)))


def _days(year: int, months: Sequence[int]) -> list[date]:
    return [each.day for each in propose(year, months, 2, 1, ())]


def _steering(by: Actor, region: Region, built: Built, people: list[Person]) -> Group:
    names = {
        "fi": "Suupohjan yrityspalvelujen ohjausryhmä",
        "sv": "Styrgruppen för företagstjänsterna i Suupohja",
        "en": "Steering group of Suupohja",
    }
    purpose = "Seuraa palvelun laatua, päättää painopisteistä ja sopii voimavaroista."
    kind = GroupKind.objects.get(code="steering", region=None)
    form = GroupForm(names, purpose, "Seututalo, Kauhajoki", "https://video.example/ohjausryhma", 35)
    group = create_group(by=by, region=region, kind=kind, form=form)
    add_member(by=by, group=group, form=MemberForm(person=built.logins["coordinator"], role=MemberRole.SECRETARY))
    add_member(
        by=by, group=group,
        form=MemberForm(
            person=people[0], deputy=people[1], organisation=built.desks["suupohja", "sek"].organisation, role=MemberRole.VICE, time_share=5,
            mandate=SeatMandate.LIMITS, mandate_limits="Enintään 5 000 euroa vuodessa",
        ),
    )  # fmt: skip
    for code in ("finnvera", "kurikka"):
        found = built.people.get(f"suupohja/{code}")
        if found:
            add_member(
                by=by,
                group=group,
                form=MemberForm(person=found[0], organisation=built.desks["suupohja", code].organisation, mandate=SeatMandate.DECIDES),
            )
    outside = MemberForm(outside_name="Tauno Sahanen", outside_email="tauno.sahanen@sahanen.example", outside_of="Sahanen Oy")
    add_member(by=by, group=group, form=outside)
    return group


def _working(by: Actor, region: Region, built: Built, people: list[Person]) -> Group:
    names = {"fi": "Neuvojien työryhmä", "sv": "Rådgivarnas arbetsgrupp", "en": "Advisers' working group"}
    kind = GroupKind.objects.get(code="working", region=None)
    group = create_group(
        by=by, region=region, kind=kind, form=GroupForm(names, "Kehittää yhteistä palvelua.", "Etänä", "https://video.example/neuvojat")
    )
    add_member(by=by, group=group, form=MemberForm(person=built.logins["coordinator"], role=MemberRole.CHAIR))
    organisation = built.desks["suupohja", "sek"].organisation
    for person in dict.fromkeys([built.logins["adviser"], *people[:3]]):
        add_member(by=by, group=group, form=MemberForm(person=person, organisation=organisation))
    return group


def _hold(coordinator: Actor, group: Group, day: date, told: Told, *, is_last: bool = False) -> None:
    """One meeting, from its invitation to approved minutes; those of the last one are still being read.

    What the plans say is as of the day on which the network is built, so it stands only on the last one's agenda.
    """
    early = moment_at(day - timedelta(days=20), time(10))
    over = moment_at(day, ENDS)
    with act_as(coordinator) as by:
        form = MeetingForm(moment_at(day, STARTS), over, place=group.place, video_link=group.video_link)
        meeting = plan_meeting(by=by, group=group, form=form, at=early)
        for point in () if is_last else AgendaItem.objects.filter(meeting=meeting, source=Source.PLANS):
            remove_item(by=by, item=point)
        matter = add_item(by=by, meeting=meeting, title=told.matter, at=early)
        invite(by=by, meeting=meeting, at=early)
        begin(by=by, meeting=meeting, at=over)
        rows = list(Attendance.objects.filter(meeting=meeting).order_by("id"))
        parts = ("room", "room", "remote", "room", "absent" if day.month == 6 else "room", "room")
        mark_present(by=by, meeting=meeting, marks={row.pk: parts[place % len(parts)] for place, row in enumerate(rows)}, at=over)
        opening = AgendaItem.objects.filter(meeting=meeting).order_by("position")[0]
        write_section(by=by, item=opening, body="Puheenjohtaja avasi kokouksen. Kokous todettiin päätösvaltaiseksi.", based_on=0, at=over)
        write_section(by=by, item=matter, body=told.said, based_on=0, at=over)
        decision = decide(by=by, meeting=meeting, words=told.decision, item=matter, at=over)
        secretary = Membership.objects.get(group=group, role=MemberRole.SECRETARY)
        task = give_task(
            by=by, meeting=meeting, words=told.task, membership=secretary, due_day=day + timedelta(days=told.days), item=matter, decision=decision,
            at=over,
        )  # fmt: skip
        sent = send_out(by=by, meeting=meeting, at=over + timedelta(days=2))
    _read(sent, over + timedelta(days=4), is_last)
    if task.due_day < clock.today():
        with act_as(coordinator) as by:
            finish_task(by=by, task=task, outcome="Tehty sovitusti.", at=moment_at(task.due_day - timedelta(days=3), time(14)))


def _reader(attendance: Attendance) -> Actor | None:
    """Who holds it: by her seat, or by her link."""
    person = attendance.membership.person
    if attendance.link_digest is None:
        return actor_of_person(person.pk) if person is not None else None
    with act_as(PUBLIC):
        return link_actor(link_token(attendance))


def _read(meeting: Meeting, at: datetime, is_last: bool) -> None:
    rows = list(Attendance.objects.filter(meeting=meeting).exclude(took_part="absent").select_related("membership__person").order_by("id"))
    for place, row in enumerate(rows):
        actor = _reader(row)
        if actor is None or (is_last and place not in (0, 2)):
            continue
        with act_as(actor):
            found = Meeting.objects.select_related("group").get(pk=meeting.pk)
            approve(by=actor, meeting=found, digest=found.digest, at=at)
    if is_last and (actor := _reader(rows[-1])) is not None:
        with act_as(actor):
            item = AgendaItem.objects.filter(meeting=meeting).order_by("-position")[1]
            found = Meeting.objects.select_related("group").get(pk=meeting.pk)
            amend(by=actor, meeting=found, words="Lisätään, että uudet ajat koskevat myös iltoja.", item=item, at=at)


def _call(coordinator: Actor, group: Group, day: date, built: Built) -> None:
    """The meeting to come, to which some have answered."""
    with act_as(coordinator) as by:
        form = MeetingForm(moment_at(day, STARTS), moment_at(day, ENDS), place=group.place, video_link=group.video_link)
        meeting = plan_meeting(by=by, group=group, form=form, at=clock.now() - timedelta(days=6))
        add_item(by=by, meeting=meeting, title="Ensi vuoden toimintasuunnitelma", brief="Luonnos tulee viikkoa ennen kokousta.")
        invite(by=by, meeting=meeting, at=clock.now() - timedelta(days=5))
    silent = [built.logins["steering"], built.logins["member"]]
    coming = Attendance.objects.filter(meeting=meeting).exclude(membership__person__in=silent).select_related("membership__person")
    for place, row in enumerate(coming.order_by("id")[:3]):
        actor = _reader(row)
        if actor is not None:
            with act_as(actor):
                own = Attendance.objects.select_related("meeting__group").get(pk=row.pk)
                answer(by=actor, attendance=own, answer=("coming", "remote", "no")[place], at=clock.now() - timedelta(days=4))


def _year(by: Actor, region: Region, today: date, person: Person) -> None:
    """What else stands in this year and the next."""
    for year in (today.year, today.year + 1):
        days = (
            ("theme", "Teemapäivä: omistajanvaihdokset", date(year, 4, 15), None), ("event", "Yrittäjäpäivä", date(year, 10, 7), None),
            ("national", "Koordinaattorien valtakunnallinen kokous", date(year, 9, 16), None),
            ("campaign", "Kesätyöseteli-kampanja", date(year, 4, 20), date(year, 5, 20)),
            ("due", "Toimintasuunnitelman luonnos", date(year, 11, 27), None),
        )  # fmt: skip
        for kind, title, first, last in days:
            add_entry(by=by, region=region, form=EntryForm(kind, title, first, last, person if kind == "due" else None))
