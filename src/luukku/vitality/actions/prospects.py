"""Prospects are written down, changed and taken from stage to stage; those who came, or did not, are closed with the reason."""

from collections.abc import Sequence
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
from luukku.customers.actions.registering import check_business_id
from luukku.customers.models import Company
from luukku.desk.actions.handover.turns import told_at
from luukku.desk.actions.work import check_length, checked_email, checked_words
from luukku.desk.models import Case
from luukku.network.models import Desk, Organisation, Person
from luukku.relations.actions.leads import company_case
from luukku.vitality.access import PROSPECT_RELATED, sells, sells_for, visible_offers, visible_prospects
from luukku.vitality.enums import LIKELY, OPEN_STAGES, OfferState, Reason, Stage, Wish
from luukku.vitality.models import Prospect, ProspectNote
from luukku.vitality.queries.prospects import sharable

MOST_JOBS = 100_000
MOST_PARTNERS = 10
MOST_EUROS = 100_000_000_000


@dataclass(frozen=True)
class ProspectForm:
    """What is known of a prospect. `business_id` names it in the register; `likely` in per cent, None: as its stage says."""

    name: str
    responsible: Person
    next_step: str
    next_on: date
    business_id: str = ""
    home: str = ""
    field: str = ""
    words: str = ""
    wish: str = Wish.NEITHER
    area: int | None = None
    jobs: int = 0
    investment: int | None = None
    likely: int | None = None
    contact_name: str = ""
    contact_role: str = ""
    contact_phone: str = ""
    contact_email: str = ""


def begin_prospect(*, by: Actor, desk: Desk, form: ProspectForm, submit_key: str | None = None, at: datetime | None = None) -> Prospect:
    """Of the desk's organisation and region. The same `submit_key` makes one. Raises RuleBroken with the field to mend, NotAllowed."""
    if not sells_for(by, desk.organisation_id) or by.person_id is None:
        raise NotAllowed
    fields = _fields(form)
    with transaction.atomic():
        moment = at or timezone.now()
        made = once(submit_key, lambda: _begin(by, desk, fields, moment), "begin_prospect", desk.pk, form.name)
        return Prospect.objects.select_related(*PROSPECT_RELATED).get(pk=made)


def _begin(by: Actor, desk: Desk, fields: dict[str, object], at: datetime) -> int:
    fields["likely"] = LIKELY[Stage.NEW] if fields["likely"] is None else fields["likely"]
    who = {"region_id": desk.region_id, "organisation_id": desk.organisation_id, "made_by_id": by.person_id, "made_at": at, "stage_at": at}
    prospect = Prospect.objects.create(**who, **fields)
    _record(by, prospect, "begun", at, jobs=prospect.jobs)
    return prospect.pk


def change_prospect(*, by: Actor, prospect: Prospect, form: ProspectForm, at: datetime | None = None) -> Prospect:
    """While it is open. Raises RuleBroken, NotAllowed, NotFound."""
    fields = _fields(form)
    with transaction.atomic():
        found = _locked(by, prospect)
        fields["likely"] = found.likely if fields["likely"] is None else fields["likely"]
        for name, value in fields.items():
            setattr(found, name, value)
        found.save(update_fields=[*fields])
        _record(by, found, "changed", at or timezone.now(), jobs=found.jobs, likely=found.likely)
    return found


def take_on(
    *,
    by: Actor,
    prospect: Prospect,
    stage: str,
    next_step: str,
    next_on: date,
    words: str = "",
    likely: int | None = None,
    at: datetime | None = None,
) -> Prospect:
    """What happened, and what comes next: the prospect stands at `stage` from now on. Raises RuleBroken, NotAllowed, NotFound."""
    if stage not in OPEN_STAGES:
        raise RuleBroken(_("Choose the stage."), field="stage")
    check_length(words, field="words")
    step = checked_words(next_step, field="next_step")[:200]
    moment = at or timezone.now()
    with transaction.atomic():
        found = _locked(by, prospect)
        moved = found.stage != stage
        if moved:
            found.stage, found.stage_at, found.likely = stage, moment, LIKELY[Stage(stage)]
        if likely is not None:
            found.likely = likely
        found.next_step, found.next_on = step, next_on
        found.save(update_fields=["stage", "stage_at", "likely", "next_step", "next_on"])
        _note(by, found, words, moment)
        _record(by, found, "moved" if moved else "noted", moment, stage=stage)
    return found


def share_prospect(*, by: Actor, prospect: Prospect, organisations: Sequence[Organisation], at: datetime | None = None) -> Prospect:
    """These read it from now on and write what they have heard, others no more; new ones are told. Raises RuleBroken, NotAllowed, NotFound."""
    with transaction.atomic():
        found = _locked(by, prospect, is_open=None)
        wanted = {each.pk for each in organisations if each.pk != found.organisation_id}
        if any(each.deactivated_at is not None for each in organisations):
            raise RuleBroken(_("An organisation that you chose has ended. Choose again."), field="organisations")
        if wanted - set(sharable(found).values_list("pk", flat=True)):
            raise RuleBroken(_("Choose organisations of this region's network."), field="organisations")
        if len(wanted) > MOST_PARTNERS:
            raise RuleBroken(_("At most %(most)s organisations.") % {"most": MOST_PARTNERS}, field="organisations")
        new = wanted - set(found.shared_with)
        found.shared_with = sorted(wanted)
        found.save(update_fields=["shared_with"])
        _record(by, found, "shared", at or timezone.now(), organisations=len(wanted))
        desks = Desk.objects.filter(organisation__in=new, region=found.region_id, deactivated_at=None).order_by("organisation_id", "pk")
        for person in sorted({pk for desk in desks.distinct("organisation_id") for pk in told_at(desk, None)}):
            mail.queue("vitality.prospect", found, person=person, turn="shared")
    return found


def note_prospect(*, by: Actor, prospect: Prospect, words: str, at: datetime | None = None) -> ProspectNote:
    """What somebody who reads it has heard, into its history. Raises RuleBroken, NotAllowed, NotFound."""
    said, moment = checked_words(words, field="words"), at or timezone.now()
    if not sells(by) or by.person_id is None:
        raise NotAllowed
    with transaction.atomic():
        found = visible_prospects(by).filter(pk=prospect.pk, ended_at=None).first()
        if found is None:
            raise NotFound
        made = _note(by, found, said, moment)
        _record(by, found, "noted", moment, stage=found.stage)
        if found.responsible_id != by.person_id:
            mail.queue("vitality.prospect", found, person=found.responsible_id, turn="noted")
    return made


def win_prospect(
    *, by: Actor, prospect: Prospect, came_on: date, jobs: int, reason: str, business_id: str = "", words: str = "", at: datetime | None = None
) -> Prospect:
    """It is located in the region from a day on, with so many jobs. Raises RuleBroken, NotAllowed, NotFound."""
    moment = at or timezone.now()
    _check_reason(reason, words)
    if came_on > timezone.localdate(moment):
        raise RuleBroken(_("The day is still to come. Mark it when they are here."), field="came_on")
    _check_number(jobs, MOST_JOBS, "jobs")
    company = company_of(business_id)
    with transaction.atomic():
        found = _locked(by, prospect)
        found.company, found.came_on, found.jobs_came = company or found.company, came_on, jobs
        _end(by, found, Stage.WON, reason, words, moment)
        _record(by, found, "won", moment, jobs=jobs, reason=reason)
    return found


def lose_prospect(*, by: Actor, prospect: Prospect, reason: str, words: str = "", at: datetime | None = None) -> Prospect:
    """It does not come, and why; what was reserved for it is free again. Raises RuleBroken, NotAllowed, NotFound."""
    moment = at or timezone.now()
    _check_reason(reason, words)
    with transaction.atomic():
        found = _locked(by, prospect)
        if visible_offers(by).filter(prospect=found, state=OfferState.HANDED).exists():
            raise RuleBroken(_("A plot has been handed over to it. Take that back first."))
        visible_offers(by).filter(prospect=found, state=OfferState.RESERVED).update(state=OfferState.RELEASED, last_day=None, first_day=None)
        _end(by, found, Stage.LOST, reason, words, moment)
        _record(by, found, "lost", moment, reason=reason)
    return found


def _end(by: Actor, prospect: Prospect, stage: Stage, reason: str, words: str, at: datetime) -> None:
    prospect.stage, prospect.stage_at, prospect.ended_at = stage, at, at
    prospect.reason, prospect.reason_words, prospect.likely = reason, words.strip(), 100 if stage == Stage.WON else 0
    prospect.next_step, prospect.next_on = "", timezone.localdate(at)
    prospect.save()
    _note(by, prospect, words, at)


def open_again(*, by: Actor, prospect: Prospect, next_step: str, next_on: date, at: datetime | None = None) -> Prospect:
    """What was closed goes on, as interested. Raises RuleBroken, NotAllowed, NotFound."""
    step, moment = checked_words(next_step, field="next_step")[:200], at or timezone.now()
    with transaction.atomic():
        found = _locked(by, prospect, is_open=False)
        if found.forgotten_at is not None:
            raise RuleBroken(_("Its time is over and its words are gone. Write it down anew."))
        found.stage, found.stage_at, found.likely = Stage.INTERESTED, moment, LIKELY[Stage.INTERESTED]
        found.ended_at, found.reason, found.reason_words, found.came_on, found.jobs_came = None, "", "", None, None
        found.next_step, found.next_on = step, next_on
        found.save()
        _note(by, found, "", moment)
        _record(by, found, "reopened", moment)
    return found


def make_case_of_prospect(*, by: Actor, prospect: Prospect, desk: Desk, words: str, at: datetime | None = None) -> Case:
    """Services that it needs, as a matter at a desk of the seller, in the actor's hands. Raises RuleBroken, NotAllowed, NotFound."""
    checked_words(words, field="words")
    moment = at or timezone.now()
    with transaction.atomic():
        found = _locked(by, prospect, is_open=None)
        if desk.organisation_id != found.organisation_id:
            raise NotAllowed
        if found.company is None:
            raise RuleBroken(_("Say first which company of the register it is."))
        if found.case_id is not None:
            raise RuleBroken(_("It has a matter already. Go on there."))
        found.case = company_case(by, found.company, desk, words.strip(), None, found.contact, at=moment)
        found.save(update_fields=["case"])
        _record(by, found, "became_case", moment)
        return found.case


def company_of(business_id: str) -> Company | None:
    """The company of the register; None when nothing is written. Raises RuleBroken."""
    if not business_id.strip():
        return None
    found = Company.objects.filter(business_id=check_business_id(business_id) or "").first()
    if found is None:
        raise RuleBroken(_("No company has this business ID."), field="business_id")
    return found


def _locked(by: Actor, prospect: Prospect, *, is_open: bool | None = True) -> Prospect:
    found = visible_prospects(by).select_for_update(of=("self",)).select_related(*PROSPECT_RELATED).filter(pk=prospect.pk).first()
    if found is None:
        raise NotFound
    if not sells_for(by, found.organisation_id):
        raise NotAllowed
    if is_open is not None and found.is_open != is_open:
        raise RuleBroken(_("Somebody has closed or opened it meanwhile. Open the page again."))
    return found


def _fields(form: ProspectForm) -> dict[str, object]:
    told = {name: getattr(form, name) for name in form.__dataclass_fields__ if name != "business_id"}
    fields = {name: value.strip() if isinstance(value, str) else value for name, value in told.items()}
    for field in ("name", "next_step"):
        checked_words(getattr(form, field), field=field)
    check_length(form.words, field="words")
    if form.contact_email.strip():
        checked_email(form.contact_email, field="contact_email")
    if form.wish not in Wish.values:
        raise RuleBroken(_("Choose what it looks for."), field="wish")
    for field, most in (("jobs", MOST_JOBS), ("area", 1_000_000_000), ("investment", MOST_EUROS), ("likely", 100)):
        _check_number(getattr(form, field), most, field)
    return {**fields, "company": company_of(form.business_id)}


def _check_number(value: int | None, most: int, field: str) -> None:
    if value is not None and not 0 <= value <= most:
        raise RuleBroken(_("Write a number from 0 to %(most)s.") % {"most": most}, field=field)


def _check_reason(reason: str, words: str) -> None:
    if reason not in Reason.values:
        raise RuleBroken(_("Choose why."), field="reason")
    if reason == Reason.OTHER:
        checked_words(words, field="words")
    check_length(words, field="words")


def _note(by: Actor, prospect: Prospect, words: str, at: datetime) -> ProspectNote:
    return ProspectNote.objects.create(prospect=prospect, person_id=by.person_id or 0, stage=prospect.stage, words=words.strip(), at=at)


def _record(by: Actor, prospect: Prospect, action: str, at: datetime, **facts: Fact) -> None:
    trail.record(f"prospect.{action}", prospect, by=by, region_id=prospect.region_id, organisation_id=prospect.organisation_id, at=at, **facts)
