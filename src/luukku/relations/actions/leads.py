"""A lead is given, taken or declined, and becomes a matter or is seen to without one. Whoever gave it is told at each turn."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.catalogue.models import Service
from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.submissions import once
from luukku.core.trail import Fact
from luukku.core.worktime import due
from luukku.customers.models import Company
from luukku.desk.actions.handover.turns import told_at
from luukku.desk.actions.intake import NeedForm, send_need
from luukku.desk.actions.work import check_length, checked_email, checked_words
from luukku.desk.enums import Channel
from luukku.desk.models import Case
from luukku.desk.queries.doors import work_calendar
from luukku.network.access import may
from luukku.network.enums import Right
from luukku.network.models import Desk, Person
from luukku.relations.access import LEAD_RELATED, acting_organisation, can_answer_lead, visible_leads, writer
from luukku.relations.actions.placing import check_profile, checked_placed
from luukku.relations.actions.telling import tell_of_lead
from luukku.relations.enums import Decline, LeadResult, LeadSource, LeadState
from luukku.relations.models import Lead, VisitNeed

ANSWER_DAYS = 5  # working days in which a lead is taken or declined


@dataclass(frozen=True)
class LeadForm:
    """What a company might need, and to whom it is told. Contact data go along only when that person has agreed (`agreed`)."""

    company: Company
    own_desk: Desk
    to_desk: Desk
    words: str
    source: str
    to_person: Person | None = None
    service: Service | None = None
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    agreed: bool = False
    need: VisitNeed | None = None
    before: Lead | None = None


def give_lead(*, by: Actor, form: LeadForm, submit_key: str | None = None, at: datetime | None = None) -> Lead:
    """The desk's person or leads are told. The same `submit_key` gives one. Raises RuleBroken with the field to mend, NotAllowed."""
    if not may(by, Right.HANDLE_CASES, organisation_id=form.own_desk.organisation_id):
        raise NotAllowed
    _check(form)
    with transaction.atomic():
        said = ("give_lead", form.company.pk, form.to_desk.pk, form.words, form.need and form.need.pk)
        return Lead.objects.select_related(*LEAD_RELATED).get(pk=once(submit_key, lambda: _give(by, form, at or timezone.now()), *said))


def _give(by: Actor, form: LeadForm, at: datetime) -> int:
    contact = {"name": form.contact_name.strip()[:120], "phone": form.contact_phone.strip()[:40], "email": form.contact_email.strip()}
    lead = Lead.objects.create(
        company=form.company, region_id=form.own_desk.region_id, from_organisation_id=form.own_desk.organisation_id, from_person_id=writer(by),
        to_desk=form.to_desk, to_organisation_id=form.to_desk.organisation_id, to_person=form.to_person, service=form.service,
        words=form.words.strip(), source=form.source, need=form.need, before=form.before, given_at=at,
        due_at=due(work_calendar(form.to_desk), at, working_days=ANSWER_DAYS), **{f"contact_{name}": value for name, value in contact.items()},
    )  # fmt: skip
    _record(by, lead, "given", at, source=form.source, to_org=form.to_desk.organisation_id, again=form.before is not None)
    tell_of_lead(lead, "new", told_at(form.to_desk, form.to_person.pk if form.to_person else None), by=by)
    return lead.pk


def _check(form: LeadForm) -> None:
    checked_words(form.words, field="words")
    if form.source not in LeadSource.values:
        raise RuleBroken(_("Choose where you learnt of it."), field="source")
    if form.source == LeadSource.PLACING:
        check_profile(form.words)
    if form.to_desk.region_id != form.own_desk.region_id or form.to_desk.deactivated_at is not None:
        raise RuleBroken(_("Choose a desk of this region."), field="to_desk")
    if form.contact_email.strip():
        checked_email(form.contact_email, field="contact_email")
    if (form.contact_name.strip() or form.contact_phone.strip() or form.contact_email.strip()) and not form.agreed:
        raise RuleBroken(_("Ask first whether the contact data may be passed on, and tick it; or leave them empty."), field="agreed")


def _record(by: Actor, lead: Lead, action: str, at: datetime, **facts: Fact | date) -> None:
    trail.record(
        f"lead.{action}", lead, by=by, region_id=lead.region_id, organisation_id=acting_organisation(by), at=at, company=lead.company_id, **facts
    )


@contextmanager
def _lock(by: Actor, lead: Lead, *states: LeadState) -> Iterator[Lead]:
    """The lead for its receiver. Raises NotFound, NotAllowed, RuleBroken when it is not in one of the states any more."""
    with transaction.atomic():
        found = visible_leads(by).select_for_update(of=("self",)).select_related(*LEAD_RELATED).filter(pk=lead.pk).first()
        if found is None:
            raise NotFound
        if not can_answer_lead(by, found):
            raise NotAllowed
        if found.state not in states:
            raise RuleBroken(_("Somebody has answered this lead already. Open the page again."))
        yield found


def take_lead(*, by: Actor, lead: Lead, at: datetime | None = None) -> Lead:
    """The actor sees to it. Raises RuleBroken when somebody else has it, NotAllowed."""
    moment = at or timezone.now()
    with _lock(by, lead, LeadState.NEW) as found:
        found.state, found.answered_at, found.taken_by_id = LeadState.TAKEN, moment, by.person_id
        found.save(update_fields=["state", "answered_at", "taken_by"])
        _record(by, found, "taken", moment, in_time=moment <= found.due_at)
        tell_of_lead(found, "taken", [found.from_person_id], by=by)
        return found


def decline_lead(*, by: Actor, lead: Lead, reason: str, words: str = "", at: datetime | None = None) -> Lead:
    """Not theirs, with the reason; whoever gave it may give it to another. Raises RuleBroken, NotAllowed."""
    if reason not in Decline.values:
        raise RuleBroken(_("Choose why."), field="reason")
    if reason == Decline.OTHER:
        checked_words(words, field="words")
    check_length(words, field="words")
    moment = at or timezone.now()
    with _lock(by, lead, LeadState.NEW, LeadState.TAKEN) as found:
        found.state, found.decline, found.answer, found.ended_at = LeadState.DECLINED, reason, words.strip(), moment
        found.answered_at = found.answered_at or moment
        found.save(update_fields=["state", "decline", "answer", "ended_at", "answered_at"])
        _record(by, found, "declined", moment, reason=reason)
        tell_of_lead(found, "declined", [found.from_person_id], by=by)
        return found


def finish_lead(*, by: Actor, lead: Lead, result: str, words: str = "", placed: int | None = None, at: datetime | None = None) -> Lead:
    """What came of it, without a matter; of one that looks for an employer, how many people were `placed`. Raises RuleBroken, NotAllowed."""
    if result not in LeadResult.values:
        raise RuleBroken(_("Choose what came of it."), field="result")
    check_length(words, field="words")
    moment = at or timezone.now()
    with _lock(by, lead, LeadState.TAKEN) as found:
        found.placed = checked_placed(found, result, placed)
        found.state, found.result, found.answer, found.ended_at = LeadState.DONE, result, words.strip(), moment
        found.save(update_fields=["state", "result", "answer", "ended_at", "placed"])
        _record(by, found, "finished", moment, result=result, placed=found.placed)
        tell_of_lead(found, "done", [found.from_person_id], by=by)
        return found


def make_case_of_lead(*, by: Actor, lead: Lead, at: datetime | None = None) -> Case:
    """A matter at the desk that got the lead, in the actor's hands; the giver hears that there is one, and reads nothing of it."""
    moment = at or timezone.now()
    with _lock(by, lead, LeadState.NEW, LeadState.TAKEN) as found:
        case = company_case(by, found.company, found.to_desk, found.words, found.service, found.contact, at=moment)
        found.state, found.case, found.ended_at = LeadState.CASE, case, moment
        found.answered_at, found.taken_by_id = found.answered_at or moment, found.taken_by_id or by.person_id
        found.save(update_fields=["state", "case", "ended_at", "answered_at", "taken_by"])
        _record(by, found, "became_case", moment)
        tell_of_lead(found, "case", [found.from_person_id], by=by)
        return case


def company_case(
    by: Actor, company: Company, desk: Desk, words: str, service: Service | None, contact: tuple[str, str, str], *, at: datetime
) -> Case:
    """A matter of the company at the desk, taken by the actor. `contact`: name, phone, e-mail, of which all may be empty."""
    name, phone, email = contact
    need = NeedForm(
        region=desk.region, words=words, language="fi", municipality=company.municipality, name=name, phone=phone, email=email,
        company_name=company.name, business_id=company.business_id, channel=Channel.APPOINTMENT, service=service, desk=desk,
        anonymous=not (phone or email), take_it=True,
    )  # fmt: skip
    return send_need(by=by, need=need, at=at)
