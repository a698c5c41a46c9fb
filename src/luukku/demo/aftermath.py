"""What comes after the sample stories: low marks are followed up, customers say months later what came of it, visitors touch the tablets."""

import uuid
from datetime import datetime, timedelta
from random import Random

from luukku.core.actor import Actor, act_as, act_as_house
from luukku.demo import clock
from luukku.demo.network import Built
from luukku.demo.stories import words
from luukku.desk.actions.claims import Said, answer_claims
from luukku.desk.actions.follow_ups import finish_follow_up, open_follow_up
from luukku.desk.actions.kiosks import answer_kiosk, set_up_kiosk
from luukku.desk.actions.outcome_checks import Answer, answer_outcome, ask_all
from luukku.desk.enums import CLAIMS, LOW_FACES, ClaimWord, Held, WithoutHelp
from luukku.desk.models import Case, Feedback, FollowUp, Kiosk, Outcome, OutcomeCheck
from luukku.desk.queries.after import figures_of, outcomes_of
from luukku.desk.queries.claims import claims_of
from luukku.network.access import actor_of_person
from luukku.network.enums import Role
from luukku.network.models import Seat

TABLETS = {("suupohja", "sek"): "Aula", ("lansi-uusimaa", "novago"): "Yrityspalvelupiste"}
TOUCHES = 180  # on a tablet in a year
STILL_OPEN_DAYS = 3  # marks younger than this wait for somebody


def follow_up_low_marks() -> None:
    """Each low mark has been taken up and answered in a day or two; the youngest wait."""
    now = clock.now()
    with act_as_house("follow up the sample's low marks") as house:
        marks = list(Feedback.objects.filter(face__in=LOW_FACES).select_related("case").order_by("id"))
        for mark in marks:
            open_follow_up(by=house, case_id=mark.case_id, at=mark.created_at)
        waiting = list(FollowUp.objects.filter(done_at=None, created_at__lt=now - timedelta(days=STILL_OPEN_DAYS)).select_related("case"))
    for follow_up in waiting:
        rng = Random(f"follow-up {follow_up.case.number}")  # noqa: S311
        person_id = follow_up.case.sponsor_id
        if person_id is None or rng.random() < 0.1:
            continue
        with act_as(actor_of_person(person_id)) as handler:
            done_at = min(now, follow_up.created_at + timedelta(hours=rng.randrange(3, 60)))
            finish_follow_up(
                by=handler, follow_up=follow_up, words=words(rng, "mended", "fi"), answer=words(rng, "answered", follow_up.case.language), at=done_at
            )


def ask_about_outcomes() -> None:
    """Every fortnight of the last half-year those whose time had come were asked; about half have answered."""
    now = clock.now()
    for days in range(182, -1, -14):
        ask_all(at=now - timedelta(days=days))
    with act_as_house("see who was asked"):
        checks = list(OutcomeCheck.objects.filter(asked_at__lt=now - timedelta(days=3)).select_related("case").order_by("id"))
    for check in checks:
        rng = Random(f"check {check.case.number}")  # noqa: S311
        if rng.random() < 0.5:
            continue
        held = rng.choices(list(Held.values), [5, 2, 2, 1])[0]
        without = rng.choice(list(WithoutHelp.values))
        with act_as(Actor("link", (check.case.door_principal,))) as customer:
            told = figures_of(outcomes_of(check.case_id))
            figures = {key: number for key, (_outcome, number) in told.items() if number}
            said = Answer(held, without, figures)
            answer_outcome(by=customer, check=check, answer=said, at=check.asked_at + timedelta(hours=rng.randrange(2, 70)))


def confirm_claims() -> None:
    """Two customers of three have said whether what was written down is right, a day or two after the end; most say yes."""
    now = clock.now()
    with act_as_house("see whose outcomes were told"):
        cases = list(Case.objects.filter(pk__in=Outcome.objects.filter(kind__in=CLAIMS).values("case"), settled_at__isnull=False).order_by("id"))
    for case in cases:
        rng = Random(f"claims {case.number}")  # noqa: S311
        if case.settled_at is None or case.customer_id is None or rng.random() > 0.66:
            continue
        with act_as(Actor("link", (case.door_principal,))) as customer:
            said = [_said(rng, each) for each in claims_of(case.pk)]
            without, at = rng.choice(list(WithoutHelp.values)), min(now, case.settled_at + timedelta(hours=rng.randrange(2, 60)))
            if said:
                answer_claims(by=customer, case=case, said=said, without_help=without, at=at)


def _said(rng: Random, claim: Outcome) -> Said:
    if claim.figure and rng.random() < 0.15:
        return Said(claim.pk, ClaimWord.CORRECTED, max(1, claim.figure * 4 // 5))
    return Said(claim.pk, ClaimWord.REJECTED if rng.random() < 0.05 else ClaimWord.CONFIRMED)


def touch_tablets(built: Built) -> None:
    """A year of touches at two service points, more good than bad."""
    for (region, organisation), place in TABLETS.items():
        desk = built.desks[region, organisation]
        lead = Seat.objects.filter(role=Role.DESK_LEAD, organisation=desk.organisation).order_by("id").values_list("person_id", flat=True).first()
        if lead is None:
            continue
        rng, now = Random(f"tablet {region}"), clock.now()  # noqa: S311
        with act_as(actor_of_person(lead)) as leader:
            kiosk = set_up_kiosk(by=leader, desk=desk, place=place, at=now - timedelta(days=365))
        with act_as(Actor("link", (kiosk.principal,))) as visitor:
            _touch(visitor, kiosk, rng, now)


def _touch(visitor: Actor, kiosk: Kiosk, rng: Random, now: datetime) -> None:
    for number in range(TOUCHES):
        at = (now - timedelta(days=rng.randrange(1, 365))).replace(hour=rng.randrange(6, 14))
        face = rng.choices((1, 2, 3, 4), (1, 2, 6, 11))[0]
        answer_kiosk(by=visitor, kiosk=kiosk, face=face, key=uuid.uuid5(uuid.NAMESPACE_OID, f"{kiosk.pk} {number}"), at=at)
