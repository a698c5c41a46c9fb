"""How the sample regions plan: last year's action plan closed, this year's followed, next year's draft out for comments, and what stands beside."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from luukku.core.actor import Actor, act_as, act_as_house
from luukku.core.moments import moment_at
from luukku.demo import clock
from luukku.demo.groups import hold_last_meeting
from luukku.demo.network import Built
from luukku.demo.planned_rows import SUUPOHJA, WEST, Row
from luukku.governance.actions.approving import approve_silent, send_out
from luukku.governance.actions.groups import GroupForm, MemberForm, add_member, create_group
from luukku.governance.actions.meetings import MeetingForm, mark_present, plan_meeting
from luukku.governance.actions.minutes import begin
from luukku.governance.enums import MemberRole
from luukku.governance.models import Attendance, Decision, Group, GroupKind
from luukku.network.access import actor_of_person
from luukku.network.enums import Role
from luukku.network.models import Organisation, Person, Region, Seat
from luukku.network.queries.inhabitants import inhabitants
from luukku.plans.actions.boxes import answer_idea, give_idea, send_proposal
from luukku.plans.actions.deciding import Approval, Ending, approve_plan, close_plan
from luukku.plans.actions.following import Report, comment, report, say_light
from luukku.plans.actions.matrix import CellForm, write_cell
from luukku.plans.actions.measures import MeasureForm, add_measure
from luukku.plans.actions.plans import BasicForm, BeginForm, begin_plan, edit_plan, fetched, send_for_comments
from luukku.plans.actions.sharing import BudgetForm, Part, set_budget
from luukku.plans.actions.strategies import LineForm, tell_strategy
from luukku.plans.models import Measure, Plan, PlanKind
from luukku.plans.queries.seats import Key

COORDINATOR: Key = (Role.COORDINATOR.value, None, None)


def build_plans(built: Built) -> None:
    """Play the years as their people would."""
    today = clock.today()
    for region_code, rows, login in (("suupohja", SUUPOHJA, "coordinator"), ("lansi-uusimaa", WEST, "")):
        region = built.regions[region_code]
        person = built.logins[login].pk if login else _coordinator(region)
        if person is None:
            continue
        _region(built, region, actor_of_person(person), rows, today)
    with act_as_house("approve what the sample network has read in silence"):
        approve_silent(today)


def _coordinator(region: Region) -> int | None:
    return Seat.objects.on(clock.today()).filter(role=Role.COORDINATOR, region=region).order_by("id").values_list("person_id", flat=True).first()


def _region(built: Built, region: Region, coordinator: Actor, rows: Sequence[Row], today: date) -> None:
    kind = PlanKind.objects.get(code="action")
    with act_as(coordinator) as by:
        group = _group(by, region)
        strategy = built.desks.get((region.code, "kurikka"))
        if strategy is not None:
            line = LineForm("Yritysten kasvu ja uudistuminen", today.year - 1, today.year + 3)
            tell_strategy(by=by, organisation=strategy.organisation, form=line)
        before = _begun(by, region, kind, today.year - 1)
        for row in rows:
            add_measure(by=by, plan=before, form=_form(built, before, row))
        _approve(by, group, before)
        _close(by, before, rows, _at(date(today.year, 1, 15)))
        plan = Plan.objects.select_related("kind", "region").filter(kind=kind, region=region, year=today.year).first()
        now = plan or _begun(by, region, kind, today.year)
        there = set(Measure.objects.filter(plan=now).values_list("words", flat=True))
        for row in rows:
            if row.words not in there:
                add_measure(by=by, plan=now, form=_form(built, now, row))
        _basic(by, now)
        _share(by, region, now)
        _approve(by, group, now)
        _follow(by, now, rows, today)
        draft = _begun(by, region, kind, today.year + 1)
        for row in rows[:3]:
            add_measure(by=by, plan=draft, form=_form(built, draft, row))
        _basic(by, draft)
        send_for_comments(by=by, plan=draft, until=today + timedelta(days=12), at=_at(today - timedelta(days=2)))
    if region.code == "suupohja":
        hold_last_meeting(built)
        with act_as(coordinator) as by:
            _beside(by, region, draft, now, today)
        _comments(built, draft, today)
        _own(built, region, today)


def _at(day: date, hour: int = 10) -> datetime:
    return moment_at(day, time(hour))


def _begun(by: Actor, region: Region, kind: PlanKind, year: int) -> Plan:
    return begin_plan(by=by, region=region, form=BeginForm(kind, year), at=_at(date(year - 1, 10, 15)))


def _form(built: Built, plan: Plan, row: Row) -> MeasureForm:
    desk = built.desks.get((plan.region.code, row.seat))
    lead: Key = (Role.ADVISER.value, desk.organisation_id, None) if desk is not None else COORDINATOR
    counted = bool(row.target)
    return MeasureForm(
        part=plan.kind.parts.order_by("position")[row.part],
        goal=row.goal,
        words=row.words,
        indicator=row.indicator.removesuffix(", %"),
        indicator_kind="share" if row.indicator.endswith("%") else "number" if counted else "done",
        target_value=Decimal(row.target) if counted else None,
        starts_on=date(plan.year, 1, 1),
        due_on=date(plan.year, *row.due),
        seats=list(dict.fromkeys([lead, COORDINATOR])),
        check_points=[(date(plan.year, month, day), words) for month, day, words in row.points],
        resources="40 h" if row.seat else "",
    )


def _group(by: Actor, region: Region) -> Group:
    """The region's steering group; where the sample has none yet, one of whoever holds its seats."""
    found = Group.objects.filter(region=region, kind__code="steering").select_related("kind", "region").first()
    if found is not None:
        return found
    names = {"fi": "Yrityspalvelujen ohjausryhmä", "sv": "Styrgruppen för företagstjänsterna", "en": "Steering group of the business services"}
    group = create_group(by=by, region=region, kind=GroupKind.objects.get(code="steering", region=None), form=GroupForm(names))
    if by.person_id is not None:
        add_member(by=by, group=group, form=MemberForm(person=Person.objects.get(pk=by.person_id), role=MemberRole.SECRETARY))
    return group


def _approve(by: Actor, group: Group, plan: Plan) -> None:
    """In the December before, in the minutes of a meeting that was held for it."""
    starts = _at(date(plan.year - 1, 12, 16))
    over = starts + timedelta(hours=2)
    meeting = plan_meeting(by=by, group=group, form=MeetingForm(starts, over, place=group.place), at=starts - timedelta(days=21))
    mark_present(by=by, meeting=meeting, marks={}, at=over)
    marks = dict.fromkeys(Attendance.objects.filter(meeting=meeting).values_list("pk", flat=True), "room")
    mark_present(by=by, meeting=meeting, marks=marks, at=over)
    begin(by=by, meeting=meeting, at=over)
    item = meeting.agendaitems.order_by("position")[3]
    approve_plan(by=by, plan=plan, approval=Approval(meeting=meeting, item=item), at=over)
    send_out(by=by, meeting=meeting, at=over + timedelta(days=2))


def _close(by: Actor, plan: Plan, rows: Sequence[Row], at: datetime) -> None:
    plan = fetched(plan.pk)
    if plan.state != "followed":
        return
    known = {row.words: row for row in rows}
    endings = {}
    for measure in Measure.objects.filter(plan=plan).order_by("number"):
        row = known[measure.words]
        if row.target:
            report(by=by, measure=measure, said=Report(words="Vuoden lopun tilanne.", value=Decimal(row.before)), at=at - timedelta(days=20))
        done = not row.target or row.before >= row.target * 0.9
        endings[measure.pk] = Ending("done" if done else "not-done", "Saatiin valmiiksi." if done else "Jatketaan, kiire vei syksyn.", carry=not done)
    close_plan(
        by=by,
        plan=plan,
        endings=endings,
        words="Käynnit ja seminaarit toteutuivat lähes sovitusti. Vihjeitä annettiin enemmän kuin tavoiteltiin.",
        at=at,
    )


def _basic(by: Actor, plan: Plan) -> None:
    found = fetched(plan.pk)
    form = BasicForm(
        mission="Yritys saa yhdestä luukusta sen avun, jota se tarvitsee, ja tietää, kuka sen asiaa hoitaa.",
        vision="Seudun yritykset kasvavat ja vaihtavat omistajaa hallitusti, ja jokainen yrittäjä tuntee palvelun.",
        priorities="Omistajanvaihdokset\nEnsimmäisen työntekijän palkkaaminen\nYhteiset yrityskäynnit",
        budget_words="",
        is_public=True,
    )
    edit_plan(by=by, plan=found, form=form, based_on=found.version)


def _share(by: Actor, region: Region, plan: Plan) -> None:
    municipalities = {"kauhajoki": "232", "kurikka": "301", "teuva": "846", "isojoki": "151", "karijoki": "218"}
    found = {each.code: each for each in Organisation.objects.active().in_region(region.pk).distinct()}
    parts = [Part(found[code], Decimal(inhabitants()[number]), 40) for code, number in municipalities.items() if code in found]
    if len(parts) > 1:
        lines = [
            ("Teemaseminaarit", Decimal(3000), Decimal(2650)),
            ("Yhteinen viestintä", Decimal(4500), Decimal(3120)),
            ("Osaaminen", Decimal(1500), Decimal(900)),
        ]
        set_budget(by=by, plan=plan, form=BudgetForm(Decimal(9000), "population", parts, lines))


def _follow(by: Actor, plan: Plan, rows: Sequence[Row], today: date) -> None:
    plan = fetched(plan.pk)
    if plan.state != "followed":
        return
    for place, row in enumerate(rows):
        measure = Measure.objects.filter(plan=plan, words=row.words).order_by("number").first()
        if measure is None:
            continue
        points = list(measure.check_points.filter(day__lt=date(plan.year, 9, 1)).values_list("pk", flat=True))
        for part, ago in ((0.5, 120), (1.0, 6 + 9 * place)):
            value = Decimal(round(row.now * part)) if row.target else None
            said = Report(
                row.said if part == 1 else "Puolivälin tilanne.", "done" if row.target and row.now >= row.target else "", value, points=points
            )
            report(by=by, measure=measure, said=said, at=_at(max(today - timedelta(days=ago), date(plan.year, 1, 10)), 14))
        if row.indicator == "Uutta asiakasta":
            say_light(
                by=by,
                measure=Measure.objects.select_related("plan").get(pk=measure.pk),
                light="late",
                reason="Uusia asiakkaita ei ehditä enää hakea tänä vuonna.",
            )


def _beside(by: Actor, region: Region, draft: Plan, plan: Plan, today: date) -> None:
    """The state of the cooperation, ideas, a proposal."""
    decision = Decision.objects.filter(group__region=region).order_by("meeting__starts_at").last()
    cells = (
        (
            "phone",
            CellForm(
                "Yksi numero, kaksi vastaajaa. Lounasaikaan jää puheluja.", 3, "Sijaisvuoro kunnille lounasaikaan", None, "Koordinaattori", True
            ),
        ),
        (
            "succession",
            CellForm("Myyjiä tavataan käynneillä, rekisteriä ei ole.", 2, "Luovuttajien kartoitus 200 yritykseen", None, "SEK ja Finnvera", True),
        ),
        ("site", CellForm("Sivu on koottu, kortit ajan tasalla.", 4)),
    )
    for matter, form in cells:
        write_cell(by=by, plan=draft, matter=matter, form=form, based_on=0)
    _boxes(by, region, plan, decision, today)


def _boxes(by: Actor, region: Region, plan: Plan, decision: Decision | None, today: date) -> None:
    idea = give_idea(
        by=by, region=region, words="Voisiko neuvontaa saada kerran kuussa illalla?", came="customer", at=_at(today - timedelta(days=40))
    )
    measure = Measure.objects.filter(plan=plan).order_by("number").first()
    answer_idea(
        by=by,
        idea=idea,
        state="taken",
        answer="Ilta-aikaa kokeillaan torstaisin.",
        decision=decision,
        measure=measure,
        at=_at(today - timedelta(days=20)),
    )
    give_idea(
        by=by,
        region=region,
        words="Yrityskäynneille mukaan oppilaitos, kun puhutaan rekrytoinnista.",
        came="staff",
        at=_at(today - timedelta(days=5)),
    )
    send_proposal(
        by=by,
        region=region,
        to_body="Kauhajoen kaupunginhallitus",
        words="Yritystonttien varaaminen verkossa otetaan käyttöön.",
        sent_on=today - timedelta(days=30),
        answer_by=today + timedelta(days=30),
        decision=decision,
    )


def _comments(built: Built, draft: Plan, today: date) -> None:
    people = [*built.people.get("suupohja/finnvera", []), *built.people.get("suupohja/kurikka", [])][:2]
    for person, words in zip(people, ("Lisätään omistajanvaihdoksiin selkeä määrä.", "Kuntien osuus käynneistä pitäisi sanoa."), strict=False):
        with act_as(actor_of_person(person.pk)) as by:
            comment(by=by, plan=fetched(draft.pk), words=words, at=_at(today - timedelta(days=1)))


def _own(built: Built, region: Region, today: date) -> None:
    """An adviser's own year."""
    person = built.logins["adviser"]
    with act_as(actor_of_person(person.pk)) as by:
        kind = PlanKind.objects.get(code="personal")
        plan = begin_plan(by=by, region=region, form=BeginForm(kind, today.year, person=person), at=_at(date(today.year, 1, 8)))
        for words, target in (("Yrityskäynnit yksin ja yhdessä", 24), ("Omistajanvaihdoskoulutus", 0)):
            form = MeasureForm(
                part=plan.kind.parts.order_by("position")[0 if target else 1],
                words=words,
                starts_on=date(today.year, 1, 8),
                due_on=date(today.year, 12, 20),
                indicator="Käyntiä" if target else "",
                indicator_kind="number" if target else "done",
                target_value=Decimal(target) if target else None,
            )
            add_measure(by=by, plan=plan, form=form)
        approve_plan(by=by, plan=plan, approval=Approval(), at=_at(date(today.year, 1, 12)))
        measure = Measure.objects.select_related("plan").filter(plan=plan).order_by("number")[0]
        report(by=by, measure=measure, said=Report("Kaksikymmentä käyntiä.", value=Decimal(20)), at=_at(today - timedelta(days=8)))
