"""A situation is opened, its parties invited, its companies, measures and counts written down; it is closed with a summary."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import mail, trail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.submissions import once
from luukku.core.trail import Fact
from luukku.desk.actions.work import check_length, checked_words
from luukku.network.models import Organisation, Person, Region, Seat
from luukku.relations.access import acting_organisation
from luukku.vitality.access import led_regions, visible_situations
from luukku.vitality.actions.prospects import company_of
from luukku.vitality.enums import CountKind, SituationKind
from luukku.vitality.models import Situation, SituationCompany, SituationCount, SituationMeasure, SituationNote, SituationParty

MOST_PEOPLE = 1_000_000


@dataclass(frozen=True)
class SituationForm:
    """What has happened."""

    kind: str
    name: str
    words: str = ""


def open_situation(*, by: Actor, region: Region, form: SituationForm, submit_key: str | None = None, at: datetime | None = None) -> Situation:
    """By the region's coordinator or the contact of its area. The same `submit_key` opens one. Raises RuleBroken, NotAllowed."""
    if region.pk not in led_regions(by) or by.person_id is None:
        raise NotAllowed
    fields = _fields(form)
    with transaction.atomic():
        moment = at or timezone.now()
        made = once(submit_key, lambda: _open(by, region, fields, moment), "open_situation", region.pk, form.name)
        return Situation.objects.select_related("region", "opened_by").get(pk=made)


def _open(by: Actor, region: Region, fields: dict[str, str], at: datetime) -> int:
    made = Situation.objects.create(region=region, opened_by_id=by.person_id or 0, opened_at=at, **fields)
    _record(by, made, "opened", at)
    return made.pk


def change_situation(*, by: Actor, situation: Situation, form: SituationForm, at: datetime | None = None) -> Situation:
    """By whoever leads it. Raises RuleBroken, NotAllowed, NotFound."""
    fields = _fields(form)
    with transaction.atomic():
        found = _led(by, situation)
        for name, value in fields.items():
            setattr(found, name, value)
        found.save(update_fields=[*fields])
        _record(by, found, "changed", at or timezone.now())
    return found


def invite_party(
    *, by: Actor, situation: Situation, organisation: Organisation, person: Person | None = None, at: datetime | None = None
) -> SituationParty:
    """Its people who handle cases read the situation from now on, and `person`, who hears of it by mail. Raises RuleBroken, NotAllowed, NotFound."""
    moment = at or timezone.now()
    if person is not None and not Seat.objects.on(timezone.localdate()).filter(person=person, organisation=organisation).exists():
        raise RuleBroken(_("Choose somebody who works there."), field="person")
    with transaction.atomic():
        found = _led(by, situation)
        if organisation.deactivated_at is not None:
            raise RuleBroken(_("The organisation has ended. Choose another."), field="organisation")
        told = {"person": person, "invited_at": moment}
        made, _is_new = SituationParty.objects.update_or_create(situation=found, organisation=organisation, defaults=told)
        _record(by, found, "invited", moment, party=organisation.pk)
        if person is not None and person.pk != by.person_id:
            mail.queue("vitality.situation", found, person=person.pk, turn="invited")
    return made


def leave_out(*, by: Actor, situation: Situation, organisation: Organisation, at: datetime | None = None) -> None:
    """The organisation reads nothing of it any more; what it has done stays. Raises RuleBroken, NotAllowed, NotFound."""
    with transaction.atomic():
        found = _led(by, situation)
        if SituationMeasure.objects.filter(situation=found, organisation=organisation, done_at=None).exists():
            raise RuleBroken(_("It has measures that are not done. Give them to another first."))
        if not SituationParty.objects.filter(situation=found, organisation=organisation).delete()[0]:
            raise NotFound
        _record(by, found, "left_out", at or timezone.now(), party=organisation.pk)


def write_company(
    *, by: Actor, situation: Situation, business_id: str, affected: int, words: str = "", at: datetime | None = None
) -> SituationCompany:
    """A company that is touched, with how many jobs; written again, the number is a new one. By any party. Raises RuleBroken, NotFound."""
    company = company_of(business_id)
    if company is None:
        raise RuleBroken(_("Write the business ID of the company."), field="business_id")
    _check_people(affected, "affected")
    moment = at or timezone.now()
    with transaction.atomic():
        found = _seen(by, situation)
        told = {"affected": affected, "words": words.strip()[:200], "at": moment}
        made, _is_new = SituationCompany.objects.update_or_create(situation=found, company=company, defaults=told)
        _record(by, found, "company", moment, company=company.pk, affected=affected)
    return made


def take_company_out(*, by: Actor, situation: Situation, pk: int, at: datetime | None = None) -> None:
    """It was not of this. Raises RuleBroken, NotAllowed, NotFound."""
    with transaction.atomic():
        found = _led(by, situation)
        if not SituationCompany.objects.filter(situation=found, pk=pk).delete()[0]:
            raise NotFound
        _record(by, found, "company_out", at or timezone.now())


def add_measure(*, by: Actor, situation: Situation, words: str, who: str, by_day: date, at: datetime | None = None) -> SituationMeasure:
    """`who` as `organisation-person` of those in `responsible_keys`. It stands in her tasks. Raises RuleBroken, NotFound."""
    said = checked_words(words, field="words")[:200]
    moment = at or timezone.now()
    with transaction.atomic():
        found = _seen(by, situation)
        organisation, person = _whose(found, who, timezone.localdate())
        made = SituationMeasure.objects.create(
            situation=found, organisation_id=organisation, person_id=person, words=said, by_day=by_day, made_at=moment
        )
        _record(by, found, "measure", moment, measure=made.pk)
        if person != by.person_id:
            mail.queue("vitality.situation", found, person=person, turn="measure")
    return made


def finish_measure(*, by: Actor, situation: Situation, pk: int, outcome: str = "", at: datetime | None = None) -> SituationMeasure:
    """By whoever is responsible, a colleague of hers, or who leads the situation. Raises RuleBroken, NotAllowed, NotFound."""
    check_length(outcome, field="outcome")
    moment = at or timezone.now()
    with transaction.atomic():
        found = _seen(by, situation)
        measure = SituationMeasure.objects.filter(situation=found, pk=pk).select_for_update().first()
        if measure is None:
            raise NotFound
        if not (measure.person_id == by.person_id or measure.organisation_id in by.organisation_ids or found.region_id in led_regions(by)):
            raise NotAllowed
        if measure.done_at is None:
            measure.done_at, measure.outcome = moment, outcome.strip()
            measure.save(update_fields=["done_at", "outcome"])
            _record(by, found, "measure_done", moment, measure=measure.pk, in_time=timezone.localdate(moment) <= measure.by_day)
    return measure


def write_count(*, by: Actor, situation: Situation, kind: str, people: int, day: date, at: datetime | None = None) -> SituationCount:
    """How many people by a day: numbers, never who. Raises RuleBroken, NotFound."""
    moment = at or timezone.now()
    if kind not in CountKind.values:
        raise RuleBroken(_("Choose what is counted."), field="kind")
    if day > timezone.localdate(moment):
        raise RuleBroken(_("The day is still to come."), field="day")
    _check_people(people, "people")
    with transaction.atomic():
        found = _seen(by, situation)
        told = {"people": people, "person_id": by.person_id or 0}
        made, _is_new = SituationCount.objects.update_or_create(situation=found, kind=kind, day=day, defaults=told)
        _record(by, found, "count", moment, kind=kind, people=people)
    return made


def write_note(*, by: Actor, situation: Situation, words: str, at: datetime | None = None) -> SituationNote:
    """What happened, for all parties. Raises RuleBroken, NotFound."""
    said = checked_words(words, field="words")
    with transaction.atomic():
        found = _seen(by, situation)
        made = SituationNote.objects.create(situation=found, person_id=by.person_id or 0, words=said, at=at or timezone.now())
        _record(by, found, "note", made.at)
    return made


def close_situation(*, by: Actor, situation: Situation, summary: str, at: datetime | None = None) -> Situation:
    """With what was done and what came of it; it is read from then on, and nothing is written. Raises RuleBroken, NotAllowed, NotFound."""
    said = checked_words(summary, field="summary")
    with transaction.atomic():
        found = _led(by, situation)
        found.closed_at, found.summary = at or timezone.now(), said
        found.save(update_fields=["closed_at", "summary"])
        _record(by, found, "closed", found.closed_at)
    return found


def _whose(situation: Situation, who: str, today: date) -> tuple[int | None, int]:
    """Keys of organisation (None: she leads it) and person. Raises RuleBroken for nobody of a party."""
    organisation, _sign, person = who.partition("-")
    keys = (int(organisation) if organisation.isdigit() else 0, int(person) if person.isdigit() else 0)
    seats = Seat.objects.on(today).filter(person=keys[1], person__deactivated_at=None)
    if keys[0] == 0 and (keys[1] == situation.opened_by_id or seats.filter(role="coordinator", region=situation.region_id).exists()):
        return None, keys[1]
    invited = SituationParty.objects.filter(situation=situation, organisation=keys[0]).exists()
    if not invited or not seats.filter(organisation=keys[0]).exists():
        raise RuleBroken(_("Choose who sees to it, among the parties."), field="who")
    return keys


def _seen(by: Actor, situation: Situation) -> Situation:
    found = visible_situations(by).select_for_update(of=("self",)).filter(pk=situation.pk).first()
    if found is None:
        raise NotFound
    if found.closed_at is not None:
        raise RuleBroken(_("The situation is closed. What was written stands."))
    return found


def _led(by: Actor, situation: Situation) -> Situation:
    found = _seen(by, situation)
    if found.region_id not in led_regions(by):
        raise NotAllowed
    return found


def _fields(form: SituationForm) -> dict[str, str]:
    if form.kind not in SituationKind.values:
        raise RuleBroken(_("Choose what has happened."), field="kind")
    check_length(form.words, field="words")
    return {"kind": form.kind, "name": checked_words(form.name, field="name")[:160], "words": form.words.strip()}


def _check_people(people: int, field: str) -> None:
    if not 0 <= people <= MOST_PEOPLE:
        raise RuleBroken(_("Write a number from 0 to %(most)s.") % {"most": MOST_PEOPLE}, field=field)


def _record(by: Actor, situation: Situation, action: str, at: datetime, **facts: Fact) -> None:
    organisation = acting_organisation(by)
    trail.record(f"situation.{action}", situation, by=by, region_id=situation.region_id, organisation_id=organisation, at=at, **facts)
