"""Plays the stories through the product's own actions, each by the person who would do it, at the time it would happen."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from django.utils import timezone, translation

from luukku.catalogue.models import Service
from luukku.core.actor import PUBLIC, Actor, act_as
from luukku.core.errors import RuleBroken
from luukku.core.ui.times import day_text
from luukku.core.worktime import add_working_minutes
from luukku.demo import clock
from luukku.demo.handing import hand_on
from luukku.demo.mailing import tell_by_mail
from luukku.demo.network import Built
from luukku.demo.stories import Story, data, words
from luukku.desk.actions.customer import customer_writes, nobody_contacted, withdraw
from luukku.desk.actions.ending import OutcomeForm, not_for_us, settle
from luukku.desk.actions.handling import set_next_step, take_up
from luukku.desk.actions.intake import NeedForm, send_need
from luukku.desk.actions.marks import feedback_spoken, give_feedback
from luukku.desk.actions.services import choose_service
from luukku.desk.actions.talking import add_note, log_call, write
from luukku.desk.actions.waiting import wait
from luukku.desk.enums import ENDED_STATES, FinanceKind
from luukku.desk.models import Case, Leg
from luukku.network.access import actor_of_person
from luukku.network.models import Municipality, Person
from luukku.network.queries.calendars import region_calendar

STAFF_CHANNELS = ("phone", "walk-in", "email", "missed-call")


@dataclass
class Teller:
    """Tells stories one after another; keeps what they share."""

    built: Built
    services: dict[str, Service]
    places: dict[str, list[Municipality]]
    actors: dict[int, Actor] = field(default_factory=dict)

    def actor(self, person: Person) -> Actor:
        if person.pk not in self.actors:
            self.actors[person.pk] = actor_of_person(person.pk)
        return self.actors[person.pk]

    def tell(self, story: Story) -> Case:
        """Play one story to its end, or as far as it has come by now."""
        return Telling(self, story, Random(f"story {story.number} {story.at:%Y%m%d}")).play()  # noqa: S311

    def advisers(self, leg: Leg) -> list[Person]:
        """Who works at the leg's desk; where it has nobody of its own, the story stays new."""
        return self.built.people.get(f"{leg.desk.region.code}/{leg.desk.organisation.code}", [])


class Telling:
    """One story being told: `now` moves on with every act and never passes the real now."""

    def __init__(self, teller: Teller, story: Story, rng: Random) -> None:
        self.teller, self.story, self.rng, self.now = teller, story, rng, story.at
        self.calendar = region_calendar(teller.built.regions[story.region].pk)

    def on(self, low: int, high: int) -> bool:
        """Move on by some working minutes; False when that would be in the future."""
        then = add_working_minutes(self.calendar, self.now, self.rng.randrange(low, high))
        if then >= clock.now():
            return False
        self.now = then
        return True

    def say(self, kind: str) -> str:
        text = words(self.rng, kind, self.story.language)
        day = add_working_minutes(self.calendar, self.now, 2 * 8 * 60).date()
        with translation.override(self.story.language):
            return text.format(n=self.story.name.split()[0], d=day_text(day)).replace("..", ".")

    def play(self) -> Case:
        case = self.ask()
        leg = Leg.objects.select_related("desk__region", "desk__organisation").filter(case=case).get()
        team = self.teller.advisers(leg)
        if self.story.nobody and self.story.ending != "settled":
            self.complain(case)
        if not team or self.story.ending == "new":
            return case
        handler = self.teller.actor(self.rng.choice(team))
        minutes = (1000, 2200) if self.story.late else (15, 800)
        if self.on(*minutes):
            with act_as(handler):
                self.handle(case, leg, handler)
        return case

    def ask(self) -> Case:
        story, teller = self.story, self.teller
        region = teller.built.regions[story.region]
        need = NeedForm(
            region=region, words=story.words, language=story.language, municipality=teller.places[story.region][story.municipality],
            name=story.name, email=story.email, phone=story.phone, company_name=story.company, channel=story.channel,
            service=teller.services[story.service] if self.rng.random() < 0.8 else None,
        )  # fmt: skip
        by_mail = tell_by_mail(story, region, self.now) if story.channel == "email" and story.email else None
        if by_mail is not None:
            return by_mail
        if story.channel not in STAFF_CHANNELS:
            with act_as(PUBLIC):
                return send_need(by=PUBLIC, need=need, at=self.now)
        front = {"suupohja": "sek", "lansi-uusimaa": "novago"}[story.region]
        logger = teller.actor(self.rng.choice(teller.built.people[f"{story.region}/{front}"]))
        with act_as(logger):
            return send_need(by=logger, need=need, at=self.now)

    def handle(self, case: Case, leg: Leg, handler: Actor) -> None:
        take_up(by=handler, leg=leg, at=self.now)
        if leg.service_id is None:
            choose_service(by=handler, leg=leg, service=self.teller.services[self.story.service], at=self.now)
        if self.on(5, 240):
            self.speak(case, handler, self.say("first"))
        handler, leg, goes_on = hand_on(self, case, leg, handler)
        if goes_on:
            with act_as(handler):
                for _ in range(self.story.rounds):
                    self.round(case, handler)
                self.end(case, leg, handler)

    def speak(self, case: Case, handler: Actor, words: str) -> None:
        """Whoever has no e-mail is called."""
        if self.story.email:
            write(by=handler, case=case, body=words, at=self.now)
        else:
            log_call(by=handler, case=case, body=words, at=self.now)

    def round(self, case: Case, handler: Actor) -> None:
        if self.rng.random() < 0.5 and self.on(30, 900):
            add_note(by=handler, case=case, body=self.say("note"), at=self.now)
        if self.on(200, 2400):
            self.speak(case, handler, self.say("news"))
        if self.rng.random() < 0.6 and self.on(60, 900):
            self.customer(lambda door: customer_writes(by=door, case=case, body=self.say("reply"), at=self.now), case)

    def end(self, case: Case, leg: Leg, handler: Actor) -> None:
        match self.story.ending:
            case "settled" if self.on(60, 3000):
                settle(by=handler, case=case, outcomes=self.outcomes(), words=self.say("settled"), told=not self.story.email, at=self.now)
                self.feedback(case, handler)
            case "withdrawn" if self.on(100, 900):
                self.customer(lambda door: withdraw(by=door, case=case, at=self.now), case)
            case "not-for-us" if self.on(10, 300):
                not_for_us(by=handler, case=case, guidance=self.say("guide"), told=not self.story.email, at=self.now)
            case _:
                self.leave_open(leg, handler)

    def leave_open(self, leg: Leg, handler: Actor) -> None:
        """Still going on: waiting for somebody, or with a next step."""
        draw = self.rng.random()
        if draw < 0.22 and self.on(10, 200):
            until = (clock.now() + timedelta(days=self.rng.randrange(3, 20))).date()
            wait(by=handler, leg=leg, waiting_for="customer", until=until, words_to_customer=self.say("ask"), at=self.now)
        elif draw < 0.34 and self.on(10, 200):
            until = (clock.now() + timedelta(days=self.rng.randrange(5, 40))).date()
            wait(by=handler, leg=leg, waiting_for="authority", until=until, words_to_customer=self.say("wait"), at=self.now)
        elif draw < 0.9:
            when = self._next_hour(clock.now() + timedelta(days=self.rng.randrange(0, 8)))
            set_next_step(by=handler, leg=leg, text=self.say("step"), when=when, at=self.now)

    def _next_hour(self, day: datetime) -> datetime:
        local = timezone.localtime(day)
        return add_working_minutes(self.calendar, local.replace(hour=9, minute=0, second=0, microsecond=0), self.rng.randrange(0, 360, 30))

    def outcomes(self) -> list[OutcomeForm]:
        kinds = data()["outcomes"]
        kind = self.rng.choices([k for k, _ in kinds], [w for _, w in kinds])[0]
        amount = self.rng.randrange(5, 180) * 1000 if kind in ("finance", "investment") else None
        count = self.rng.randrange(1, 5) if kind in ("jobs", "recruited") else None
        finance = self.rng.choices(FinanceKind.values, [6, 4, 2, 1, 1])[0] if kind == "finance" else ""
        return [OutcomeForm(kind, amount, count, finance=finance)]

    def feedback(self, case: Case, handler: Actor) -> None:
        """On her page, or on the phone, where that is how she is reached."""
        face = self.story.face
        if face is None or not self.on(10, 900):
            return
        comment = self.say("praise" if face >= 3 else "blame") if self.rng.random() < 0.5 else ""
        if not self.story.email:
            case.refresh_from_db()
            if case.state not in ENDED_STATES:  # another organisation's part goes on
                return
            feedback_spoken(by=handler, case=case, face=face, comment=comment, may_contact=face < 3, at=self.now)
            return
        self.customer(lambda door: give_feedback(by=door, case=case, face=face, comment=comment, may_contact=face < 3, at=self.now), case)

    def complain(self, case: Case) -> None:
        if self.on(900, 1600):
            self.customer(lambda door: nobody_contacted(by=door, case=case, at=self.now), case)

    def customer(self, act: Callable[[Actor], object], case: Case) -> None:
        """The customer does something through her status link."""
        door = Actor("link", (case.door_principal,))
        with act_as(door):
            try:
                act(door)
            except RuleBroken:
                return  # she was too late: the matter had ended already
