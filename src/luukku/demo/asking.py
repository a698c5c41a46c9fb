"""What the sample network asks itself: two years' self-assessments of both regions' steering groups, and how the network works together."""

from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from luukku.core.actor import HOUSE, PUBLIC, Actor, act_as, act_as_house
from luukku.core.moments import moment_at
from luukku.core.worktime.finland import days_off
from luukku.demo import clock
from luukku.demo.network import Built
from luukku.governance.actions.approving import approve_silent, send_out
from luukku.governance.actions.assessing import open_at_meeting, start_assessment
from luukku.governance.actions.clock import EntryForm, edit_entry
from luukku.governance.actions.groups import GroupForm, MemberForm, add_member, create_group
from luukku.governance.actions.meetings import MeetingForm, invite, mark_present, plan_meeting
from luukku.governance.actions.minutes import begin, decide, give_task
from luukku.governance.models import Attendance, ClockEntry, Group, GroupKind, Meeting, Membership, SelfAssessment
from luukku.network.access import actor_of_person
from luukku.network.actions.people import PersonDetails, add_person
from luukku.network.enums import Role
from luukku.network.models import Region
from luukku.surveys.access import door_of, open_token, token_of
from luukku.surveys.actions.answering import Said, answer
from luukku.surveys.actions.needs import NeedTold
from luukku.surveys.actions.settling import settle
from luukku.surveys.actions.surveys import SurveyForm, close_survey, create_survey, make_open_link, open_survey, share_results
from luukku.surveys.models import Invitation, Questionnaire, Survey
from luukku.surveys.models.questions import Content

EXPECTED = (
    "Lyhyempiä kokousaineistoja ja selvät päätösesitykset.", "Yksi sivu siitä, missä mennään, ennen jokaista kokousta.",
    "Että kuntien erilaisuus näkyy myös luvuissa.", "Tukea painopisteiden valintaan.",
)  # fmt: skip
BETTER = (
    "Kuukausikirje riittäisi.", "Luvut samaan paikkaan, josta ne näkee itse.", "Hankkeista kerrotaan vasta kun ne alkavat.",
    "Jag önskar att sammandraget också kommer på svenska.",
)  # fmt: skip
IDEAS = ("Yksi kokous vuodessa yrityksessä.", "Varapuheenjohtaja joka kunnasta vuorollaan.", "Enemmän keskustelua, vähemmän esittelyä.")
LAST, NOW = (5, 4, 5, 4, 3, 6, 3, 4, 3, 3), (6, 5, 6, 5, 5, 6, 4, 5, 5, 4)  # around which the answers of a year lie
WORDS = ("Ideat jäävät kunnanrajoille.", "Yhteinen luukku on tuonut meidät lähemmäs toisiamme.", "Yritykset eivät enää kierrä tiskiltä toiselle.")
COMPANIES: tuple[tuple[str, str, Content, str], ...] = (
    ("Minna Ylinen", "minna.ylinen@ylinen.example", {"q1": "steady", "q2": ["people"], "q3": 4}, ""),
    ("Pekka Harju", "pekka.harju@harju.example", {"q1": "new", "q2": ["money", "sales"], "q3": 3, "q4": "Yhteinen myymälä pientuottajille."}, ""),
    (
        "Sanna Koivumäki", "sanna.koivumaki@leipa.example", {"q1": "growth", "q2": ["place", "money"], "q3": 2},
        "Leipomon uuni on tiensä päässä ja tilat käyvät ahtaiksi. Mistä isommat tilat ja rahoitus uuteen linjaan?",
    ),
)  # fmt: skip
MEETINGS = {"suupohja": "Seututalo, Kauhajoki", "lansi-uusimaa": "Ekåsen, Raasepori"}


def build_surveys(built: Built) -> None:
    """Play it as its people would."""
    steering = Group.objects.get(region=built.regions["suupohja"], kind__code="steering")
    _assess(actor_of_person(built.logins["coordinator"].pk), steering, Random(1))  # noqa: S311 (invented answers)
    region = built.regions["lansi-uusimaa"]
    coordinator = _second_coordinator(region)
    _assess(coordinator, _second_group(coordinator, region, built), Random(2))  # noqa: S311
    _ask_the_network(actor_of_person(built.logins["coordinator"].pk), built, Random(3))  # noqa: S311
    _ask_companies(actor_of_person(built.logins["coordinator"].pk), built.regions["suupohja"])


def _second_coordinator(region: Region) -> Actor:
    details = PersonDetails(
        name="Maria Lindqvist", title_fi="seutukoordinaattori", title_sv="regionkoordinator", title_en="regional coordinator", languages=("sv", "fi"),
        phone="019 555 0279", email="coordinator-lu@demo.example",
    )  # fmt: skip
    with act_as_house("give the sample's second region a coordinator"):
        person = add_person(by=HOUSE, details=details, role=Role.COORDINATOR, region=region, is_sample=True)
    return actor_of_person(person.pk)


def _second_group(coordinator: Actor, region: Region, built: Built) -> Group:
    names = {"fi": "Länsi-Uudenmaan ohjausryhmä", "sv": "Västra Nylands styrgrupp", "en": "Steering group of Western Uusimaa"}
    people = [each[0] for key, each in sorted(built.people.items()) if key.startswith("lansi-uusimaa/")]
    with act_as(coordinator) as by:
        kind = GroupKind.objects.get(code="steering", region=None)
        form = GroupForm(names, "Seuraa yhteistä palvelua.", MEETINGS["lansi-uusimaa"])
        group = create_group(by=by, region=region, kind=kind, form=form)
        for number, person in enumerate(people[:4]):
            add_member(by=by, group=group, form=MemberForm(person=person, role="chair" if number == 0 else "member"))
        outside = MemberForm(outside_name="Kaj Strand", outside_email="kaj.strand@strand.example", outside_of="Strand Ab", language="sv")
        add_member(by=by, group=group, form=outside)
    return group


def _assess(coordinator: Actor, group: Group, lot: Random) -> None:
    """Last year's is talked over, and something was decided of it; this year's is a point of the coming meeting, where there is one."""
    today = clock.today()
    before = _asked(coordinator, group, today.year - 1, LAST, today - timedelta(days=340), lot)
    _talk_over(coordinator, group, before, _working_day(today - timedelta(days=325)))
    now = _asked(coordinator, group, today.year, NOW, today - timedelta(days=9), lot)
    with act_as(coordinator) as by:
        coming = Meeting.objects.filter(group=group, starts_at__gt=clock.now(), state="invited").order_by("starts_at").first()
        if coming is not None:
            open_at_meeting(by=by, assessment=now, meeting=coming, at=clock.now() - timedelta(days=4))


def _working_day(day: date) -> date:
    """The day, or the next on which a group meets."""
    while day.weekday() > 4 or day in days_off(day.year):
        day += timedelta(days=1)
    return day


def _asked(coordinator: Actor, group: Group, year: int, marks: tuple[int, ...], day: date, lot: Random) -> SelfAssessment:
    """One year's, closed on the day."""
    with act_as(coordinator) as by:
        made = start_assessment(by=by, group=group, closes_on=timezone.localdate() + timedelta(days=1), year=year)
        entry = ClockEntry.objects.filter(region=group.region).order_by("-id")[0]
        edit_entry(by=by, entry=entry, form=EntryForm("due", entry.title, day))
    waiting = list(Invitation.objects.filter(survey=made.survey).order_by("id"))
    for number, invitation in enumerate(waiting[: max(4, len(waiting) - 1)]):
        _answer(made.survey, token_of(invitation), _said(marks, number, lot))
    _end(coordinator, made.survey, _moment(day, 23))
    return SelfAssessment.objects.select_related("group__region", "survey__version").get(pk=made.pk)


def _said(marks: tuple[int, ...], number: int, lot: Random) -> Content:
    found: Content = {}
    found |= {f"q{place}": max(1, min(7, mark + lot.choice((-1, 0, 0, 1)))) for place, mark in enumerate(marks, start=1)}
    if number < 4:
        found |= {"q11": EXPECTED[number], "q12": BETTER[number]}
    return found | {"q13": IDEAS[number % 3]}


def _answer(survey: Survey, token: str, content: Content, organisation_id: int | None = None) -> None:
    with act_as(PUBLIC) as by:
        door = door_of(token)
        if door is not None:
            answer(by=by, survey=survey, door=door, said=Said(content, organisation_id=organisation_id))


def _end(coordinator: Actor, survey: Survey, at: datetime) -> None:
    with act_as(coordinator) as by:
        close_survey(by=by, survey=survey, at=at)
    with act_as_house("take the sample's answers out of their box"):
        settle(survey.pk, at=at)


def _moment(day: date, hour: int) -> datetime:
    return moment_at(day, time(hour))


def _talk_over(coordinator: Actor, group: Group, assessment: SelfAssessment, day: date) -> None:
    """A meeting of its own, from the invitation to the minutes."""
    over = _moment(day, 16)
    with act_as(coordinator) as by:
        form = MeetingForm(_moment(day, 14), over, title="Itsearviointi", place=group.place)
        meeting = plan_meeting(by=by, group=group, form=form, at=over - timedelta(days=12))
        opened = open_at_meeting(by=by, assessment=assessment, meeting=meeting, at=over - timedelta(days=10))
        invite(by=by, meeting=meeting, at=over - timedelta(days=10))
        begin(by=by, meeting=meeting, at=over)
        mark_present(
            by=by, meeting=meeting, marks=dict.fromkeys(Attendance.objects.filter(meeting=meeting).values_list("pk", flat=True), "room"), at=over
        )
        decision = decide(
            by=by, meeting=meeting, words="Kokousaineisto lähtee viikkoa ennen, enintään kaksi sivua asiaa kohti.", item=opened.item, at=over
        )
        who = Membership.objects.filter(group=group).exclude(person=None).order_by("id")[0]
        give_task(
            by=by, meeting=meeting, words="Tee yhden sivun tilannekatsaus jokaiseen kokoukseen", membership=who, due_day=day + timedelta(days=60),
            item=opened.item, decision=decision, at=over,
        )  # fmt: skip
        send_out(by=by, meeting=meeting, at=over + timedelta(days=2))
    with act_as_house("approve what the sample network has read in silence"):
        approve_silent(clock.today())


def _ask_the_network(coordinator: Actor, built: Built, lot: Random) -> None:
    """Last year's results are shared with the network; this year's survey is open by link."""
    region = built.regions["suupohja"]
    desks = {code: desk.organisation_id for (place, code), desk in built.desks.items() if place == "suupohja"}
    before = _open_for_all(coordinator, region)
    for number in range(16):
        _answer(before, open_token(before), _of_network(number, lot, 3), desks["sek"] if number < 6 else desks["kauhajoki"] if number < 11 else None)
    _end(coordinator, before, _moment(clock.today() - timedelta(days=330), 23))
    with act_as(coordinator) as by:
        share_results(by=by, survey=before)
    now = _open_for_all(coordinator, region)
    for number in range(7):
        _answer(now, open_token(now), _of_network(number, lot, 4), desks["sek"])


def _ask_companies(coordinator: Actor, region: Region) -> None:
    """What companies need: open by link; one of those who have answered needs something now, and it is a matter at the door."""
    survey = _open_for_all(coordinator, region, "needs")
    with act_as(PUBLIC) as by:
        door = door_of(open_token(survey))
        assert door is not None
        for name, email, content, need in COMPANIES:
            told = NeedTold(need, name, email, company="Lakeuden Leipä Oy", along=True) if need else None
            answer(by=by, survey=survey, door=door, said=Said(content, name=name, email=email, need=told))


def _open_for_all(coordinator: Actor, region: Region, code: str = "network") -> Survey:
    with act_as(coordinator) as by:
        form = SurveyForm(timezone.localdate() + timedelta(days=18))
        made = create_survey(by=by, questionnaire=Questionnaire.objects.get(code=code, region=None), region=region, form=form)
        open_survey(by=by, survey=made)
        make_open_link(by=by, survey=made)
    return Survey.objects.select_related("version", "region").get(pk=made.pk)


def _of_network(number: int, lot: Random, level: int) -> Content:
    often = lot.choice(("weekly", "weekly", "monthly", "monthly", "seldom"))
    found: Content = {"q7": often, "q9": lot.sample(["meet", "learn", "tools", "tell"], 3)}
    found |= {f"q{place}": max(1, min(5, level + lot.choice((-1, 0, 0, 1)))) for place in range(1, 7)}
    if often == "seldom":
        found["q8"] = "Aika ei riitä."
    return found | ({"q10": WORDS[number % 3]} if number % 2 else {})
