"""A need that was found on a visit becomes a lead for an organisation, or a matter of one's own, in one click."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import NotFound, RuleBroken
from luukku.desk.models import Case
from luukku.network.models import Desk
from luukku.relations.actions.leads import LeadForm, company_case, give_lead
from luukku.relations.actions.visits import work_on_visit
from luukku.relations.enums import LeadSource
from luukku.relations.models import Lead, TalkAnswer, Visit, VisitNeed


def need_words(need: VisitNeed | TalkAnswer) -> str:
    """The need for somebody who was not there: the question that was asked, and the answer."""
    asked = str(need.question.text) if need.question is not None else ""
    return "\n".join(filter(None, (asked, need.words.strip()))) or asked


def _contact(need: VisitNeed) -> tuple[str, str, str]:
    report = need.report
    return (report.met_name, report.met_phone, report.met_email) if report.may_pass else ("", "", "")


def _found(visit: Visit, need: VisitNeed) -> VisitNeed:
    found = visit.needs.select_for_update(of=("self",)).select_related("report", "question__service").filter(pk=need.pk).first()
    if found is None:
        raise NotFound
    if found.case_id is not None or found.given_to_id is not None:
        raise RuleBroken(_("This need has been given on already."))
    return found


def give_need(*, by: Actor, need: VisitNeed, own_desk: Desk, to_desk: Desk, at: datetime | None = None) -> Lead:
    """To another desk of the region as a lead, with whom was met if she agreed. Raises RuleBroken when it has been given on, NotAllowed."""
    with work_on_visit(by, Visit(pk=need.visit_id), at) as work:
        found = _found(work.visit, need)
        name, phone, email = _contact(found)
        form = LeadForm(
            company=work.visit.company, own_desk=own_desk, to_desk=to_desk, words=need_words(found), source=LeadSource.VISIT,
            service=found.question.service if found.question else None, contact_name=name, contact_phone=phone, contact_email=email,
            agreed=True, need=found,
        )  # fmt: skip
        lead = give_lead(by=by, form=form, at=work.at)
        found.given_to_id = lead.to_organisation_id
        found.save(update_fields=["given_to"])
        return lead


def make_case_of_need(*, by: Actor, need: VisitNeed, own_desk: Desk, at: datetime | None = None) -> Case:
    """A matter at the actor's own desk, in her hands. Raises RuleBroken when the need has been given on, NotAllowed."""
    with work_on_visit(by, Visit(pk=need.visit_id), at or timezone.now()) as work:
        found = _found(work.visit, need)
        service = found.question.service if found.question else None
        case = company_case(by, work.visit.company, own_desk, need_words(found), service, _contact(found), at=work.at)
        found.case = case
        found.save(update_fields=["case"])
        work.record("need_became_case")
        return case
