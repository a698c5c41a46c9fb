"""Handovers of the sample stories, in every state: told through the product's own actions, as the other turns of a story."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from luukku.core.actor import Actor, act_as
from luukku.core.errors import RuleBroken
from luukku.core.worktime import add_working_minutes
from luukku.customers.enums import ConsentWay
from luukku.demo import clock
from luukku.desk.access import get_case, get_handover
from luukku.desk.actions.appointments.marking import met
from luukku.desk.actions.appointments.plan import Plan
from luukku.desk.actions.appointments.three import book_three
from luukku.desk.actions.ending import OutcomeForm, settle
from luukku.desk.actions.handover import passing, receiving
from luukku.desk.actions.handover.finishing import finish
from luukku.desk.actions.handover.sending import Outside, Passing, hand_over
from luukku.desk.actions.legs import wait_for_leg
from luukku.desk.enums import MeetingPlace
from luukku.desk.models import Appointment, Case, Handover, Leg
from luukku.desk.models.handover import HandoverCause
from luukku.network.models import Desk, Person

if TYPE_CHECKING:
    from luukku.demo.telling import Telling

WARM = 0.4  # of accepted handovers: how often the three meet
SHARES = {"open": 0.6, "settled": 0.11}
# How far a handover comes, and how often; those in the second row leave the matter with the passer.
OPEN = (("done", 30), ("accepted", 14), ("beside", 16), ("sent", 16), ("asked", 8), ("declined", 10), ("proposed", 8), ("outside", 8))
ENDED = (("done", 60), ("beside", 25), ("declined", 15))
OUTSIDE = (("Etelä-Pohjanmaan Käsityöläiset", "neuvonta@kasityo.example"), ("Nylands Hantverk", "radgivning@hantverk.example"))


def hand_on(told: Telling, case: Case, leg: Leg, handler: Actor) -> tuple[Actor, Leg, bool]:
    """Perhaps hand the part over. Returns who goes on with which part, and whether the story goes on at all."""
    rng = Random(f"handover {told.story.number} {told.story.at:%Y%m%d}")  # noqa: S311 - sample data
    if rng.random() > SHARES.get(told.story.ending, 0):
        return handler, leg, True
    kinds = OPEN if told.story.ending == "open" else ENDED
    kind = rng.choices([name for name, _ in kinds], [weight for _, weight in kinds])[0]
    desk = _receiver(told, leg, rng)
    if desk is None or not told.on(30, 600):
        return handler, leg, True
    return _Handing(told, case, leg, handler, desk, rng).play(kind)


def _receiver(told: Telling, leg: Leg, rng: Random) -> Desk | None:
    built = told.teller.built
    region = told.story.region
    staffed = [desk for (code, name), desk in sorted(built.desks.items()) if code == region and built.people.get(f"{code}/{name}")]
    found = [desk for desk in staffed if desk.pk != leg.desk_id]
    known = [desk for desk in found if any(login.organisation_ids & {desk.organisation_id} for login in _logins(told))]
    return rng.choice(found + known * 4) if found else None  # oftener to those whom one can sign in as


def _logins(told: Telling) -> list[Actor]:
    return [told.teller.actor(person) for person in told.teller.built.logins.values()]


class _Handing:
    """One handover as it goes, from hand to hand."""

    def __init__(self, told: Telling, case: Case, leg: Leg, passer: Actor, desk: Desk, rng: Random) -> None:
        self.told, self.case, self.leg, self.passer, self.desk, self.rng = told, case, leg, passer, desk, rng
        people = told.teller.built.people[f"{told.story.region}/{desk.organisation.code}"]
        self.receiver = told.teller.actor(rng.choice(people))

    def play(self, kind: str) -> tuple[Actor, Leg, bool]:
        handover = self.send(kind)
        if kind in ("done", "accepted", "beside") and self.told.on(60, 700):
            return self.take(kind, handover)
        if kind == "declined" and self.told.on(60, 900):
            with act_as(self.receiver) as actor:
                reason, came = self.told.say("declined"), get_handover(actor, handover.pk)
                receiving.decline(by=actor, handover=came, reason=reason, next_words=OUTSIDE[0][0], at=self.told.now)
            return self.passer, self.leg, True
        if kind == "asked" and self.told.on(30, 300):
            with act_as(self.receiver) as actor:
                receiving.ask(by=actor, handover=get_handover(actor, handover.pk), words=self.told.say("asked"), at=self.told.now)
        elif kind == "outside" and self.rng.random() < 0.6 and self.told.on(60, 500):
            self.outside(handover)
        elif self.told.story.ending == "settled":
            passing.take_back(by=self.passer, handover=handover, at=self.told.now)
        return self.passer, self.leg, self.told.story.ending == "settled"

    def send(self, kind: str) -> Handover:
        say, rng = self.told.say, self.rng
        name, email = OUTSIDE[self.told.story.region != "suupohja"]
        with_mail = bool(self.told.story.email)
        consent = ConsentWay.PAGE if kind == "proposed" and with_mail else rng.choice((ConsentWay.PHONE, ConsentWay.PHONE, ConsentWay.IN_PERSON))
        given = Passing(
            reason=say("reason"), cause=rng.choice(HandoverCause.values), done=say("done"), consent=consent,
            beside=kind == "beside",
            need=say("part") if kind == "beside" else "", leave_out=["message"] if rng.random() < 0.2 else [],
            to_desk=None if kind == "outside" else self.desk, outside=Outside(name, email) if kind == "outside" else None,
        )  # fmt: skip
        return hand_over(by=self.passer, leg=self.leg, passing=given, at=self.told.now)

    def take(self, kind: str, handover: Handover) -> tuple[Actor, Leg, bool]:
        with act_as(self.receiver) as actor:
            receiving.accept(by=actor, handover=get_handover(actor, handover.pk), at=self.told.now)
        meeting = self.meet(handover)
        contacted = self.held(meeting) if meeting else kind != "accepted" and self.told.on(20, 900)
        received = Leg.objects.select_related("desk__region", "desk__organisation").get(came_by=handover)
        if contacted and not meeting:
            with act_as(self.receiver) as actor:
                self.told.speak(get_case(actor, self.case.pk), actor, self.told.say("hello"))
        if kind == "beside":
            waits = self.beside(received, settled=self.told.story.ending == "settled" and contacted)
            return self.passer, self.leg, not waits
        if not contacted:
            return self.passer, self.leg, False
        return self.receiver, received, True

    def meet(self, handover: Handover) -> Appointment | None:
        """Perhaps the three agree on a time at which both advisers are free."""
        if self.rng.random() >= WARM:
            return None
        begins = add_working_minutes(self.told.calendar, self.told.now, self.rng.randrange(600, 1500)).replace(minute=0, second=0, microsecond=0)
        people = Person.objects.filter(pk__in=[self.passer.person_id, self.receiver.person_id]).order_by("pk")
        ends = begins + timedelta(minutes=45)
        plan = Plan(handover.from_desk, tuple(people), begins, ends, ends, begins - timedelta(hours=4), MeetingPlace.PHONE)
        try:
            return book_three(by=self.passer, handover=handover, plan=plan, at=self.told.now)
        except RuleBroken:  # somebody has another meeting then
            return None

    def held(self, meeting: Appointment) -> bool:
        """The three have met, if the time has passed: the receiver has contacted the customer."""
        if meeting.ends_at >= clock.now():
            return False
        self.told.now = meeting.ends_at
        with act_as(self.receiver) as actor:
            met(by=actor, appointment=meeting, note=self.told.say("note"), at=self.told.now)
        return True

    def beside(self, received: Leg, *, settled: bool) -> bool:
        """The other part is ready first, or the passer's waits for it. Returns whether it waits."""
        if settled and self.told.on(200, 1500):
            with act_as(self.receiver) as actor:
                words = self.told.say("settled")
                spoken = not self.told.story.email  # who gets no mail is called before her part ends
                settle(by=actor, case=self.case, leg=received, outcomes=[OutcomeForm("advice")], words=words, told=spoken, at=self.told.now)
        elif self.rng.random() < 0.5:
            wait_for_leg(by=self.passer, leg=self.leg, other=received, at=self.told.now)
            return True
        return False

    def outside(self, handover: Handover) -> None:
        door = Actor("link", (handover.door_principal,))
        with act_as(door):
            receiving.accept(by=door, handover=get_handover(door, handover.pk), name="Kaija Kivinen", phone="040 555 0177", at=self.told.now)
            if self.rng.random() < 0.7 and self.told.on(60, 1500):
                passing.mark_contacted(by=door, handover=get_handover(door, handover.pk), at=self.told.now)
                if self.rng.random() < 0.5 and self.told.on(200, 2400):
                    came, words = [OutcomeForm("finance", 8_000, finance="loan")], self.told.say("settled")
                    finish(by=door, handover=get_handover(door, handover.pk), outcomes=came, words=words, at=self.told.now)
