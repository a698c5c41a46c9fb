"""The customer is helped with an e-service; an unclear or broken one is reported to its owner, who says when it is mended."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luukku.catalogue.actions.scrubbing import impersonal
from luukku.catalogue.models import Service
from luukku.core import mail, trail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.submissions import once
from luukku.desk.actions.work import Work, work_on
from luukku.desk.enums import HelpHow, HelpWent, ReportState
from luukku.desk.models import Case, EServiceHelp, EServiceReport, Note
from luukku.desk.queries.e_services import can_answer, owner_of
from luukku.network.enums import Right, roles_with
from luukku.network.models import Organisation, Person, Seat

LONGEST = 2000


@dataclass(frozen=True)
class HelpForm:
    """Which e-service (of a card, or by name and address), how it was used, how it went; `words` say what was unclear or broken.

    `owner`: whose it is, where no card tells. `owner_email`: where to tell an owner of whom nobody is in the network.
    """

    how: str
    went: str
    service: Service | None = None
    name: str = ""
    url: str = ""
    words: str = ""
    owner: Organisation | None = None
    owner_email: str = ""


def log_help(*, by: Actor, case: Case, form: HelpForm, submit_key: str | None = None, at: datetime | None = None) -> EServiceHelp:
    """Write the help on the case, and report what was unclear or broken to the owner, without anybody's data.

    An owner of whom nobody is in the network is told by mail. Words that no owner is told, because it went well or no owner can be reached,
    stay as a note on the case.
    Raises RuleBroken with the field to mend, NotAllowed. The same `submit_key` does it once.
    """
    check_help(form)
    person_id = by.person_id
    if person_id is None:
        raise NotAllowed

    def work_once() -> int:
        with work_on(case.pk, by=by, at=at) as work:
            leg = work.leg()
            name, url = _names(form)
            report = _report(work, form, name, url, leg.desk.organisation_id)
            made = EServiceHelp.objects.create(
                case=work.case, service=form.service, name=name, url=url, how=form.how, went=form.went, person_id=person_id, report=report,
                created_at=work.at,
            )  # fmt: skip
            if form.words.strip() and report is None:
                body = f"{name}. {HelpWent(form.went).label}: {form.words.strip()[:LONGEST]}"
                Note.objects.create(case=work.case, leg=leg, author_id=person_id, body=body, created_at=work.at)
            service = form.service.code if form.service else None
            work.record("case.e_service", leg=leg, service=service, how=form.how, went=form.went, report=report.pk if report else None)
            return made.pk

    with transaction.atomic():
        return EServiceHelp.objects.select_related("report__owner").get(pk=once(submit_key, work_once, "e_service", case.pk, form.name, form.went))


def check_help(form: HelpForm) -> None:
    """Everything that can be wrong with it. Raises RuleBroken."""
    if form.service is None and not form.name.strip():
        raise RuleBroken(_("Choose the service, or write which e-service it was."), field="e_name")
    if form.how not in HelpHow.values:
        raise RuleBroken(_("Choose whether you did it with the customer or for the customer."), field="e_how")
    if form.went not in HelpWent.values:
        raise RuleBroken(_("Choose how it went."), field="e_went")
    if form.went != HelpWent.WELL and not form.words.strip():
        raise RuleBroken(_("Tell its owner what was unclear or did not work."), field="e_words")
    if form.url.strip():
        try:
            URLValidator(schemes=["https", "http"])(form.url.strip())
        except ValidationError:
            raise RuleBroken(_("Write the whole address of the e-service. It begins with https://"), field="e_url") from None
    if form.owner_email.strip():
        try:
            validate_email(form.owner_email.strip())
        except ValidationError:
            raise RuleBroken(_("Write the address like name@example.fi."), field="e_email") from None


def _names(form: HelpForm) -> tuple[str, str]:
    name = " ".join(form.name.split()) or (str(form.service.name) if form.service else "")
    return name[:160], (form.url.strip() or (form.service.link if form.service else ""))[:300]


def _report(work: Work, form: HelpForm, name: str, url: str, organisation_id: int) -> EServiceReport | None:
    owner = form.owner or owner_of(form.service, work.case.region)
    keepers = _keepers(owner) if owner is not None else []
    email = "" if keepers else form.owner_email.strip() or (owner.email if owner is not None else "")
    if form.went == HelpWent.WELL or not (keepers or email):
        return None
    report = EServiceReport.objects.create(
        owner=owner, owner_email=email, region=work.case.region, service=form.service,
        name=impersonal(name)[:160] if form.service is None else name, url=url, went=form.went, words=impersonal(form.words)[:LONGEST],
        reported_by_id=organisation_id, created_at=work.at,
    )  # fmt: skip
    trail.record("e_service.reported", report, by=work.by, region_id=report.region_id, organisation_id=report.owner_id, at=work.at, went=form.went)
    if email:
        mail.queue("desk.e_service_outside", report, language=get_language())
    for person in keepers:
        if person.pk != work.by.person_id:
            mail.queue("desk.e_service_report", report, person=person.pk)
    return report


def _keepers(owner: Organisation) -> list[Person]:
    """Who keeps the owner's cards, for they have the e-service in hand; where nobody does, those who serve its customers."""
    seats = Seat.objects.on(timezone.localdate()).filter(organisation=owner)
    by_right = (seats.filter(role__in=roles_with(right)).values("person_id") for right in (Right.EDIT_CARDS, Right.HANDLE_CASES))
    return next((people for ids in by_right if (people := list(Person.objects.active().filter(pk__in=ids).order_by("pk")))), [])


def answer_report(*, by: Actor, report: EServiceReport, state: str, answer: str = "", at: datetime | None = None) -> EServiceReport:
    """The owner has seen it, or has mended it, and says what was done; for an owner outside who reported it. Raises RuleBroken, NotAllowed."""
    if by.person_id is None or not can_answer(by, report):
        raise NotAllowed
    if state not in ReportState.values:
        raise RuleBroken(_("Choose how it stands."), field="state")
    if state == ReportState.MENDED and not answer.strip():
        raise RuleBroken(_("Say in a sentence what was mended: those who reported it read it."), field="answer")
    with transaction.atomic():
        locked = EServiceReport.objects.select_for_update().get(pk=report.pk)
        locked.state, locked.answer, locked.answered_by_id = state, answer.strip()[:LONGEST], by.person_id
        locked.changed_at = at or timezone.now()
        locked.save(update_fields=["state", "answer", "answered_by", "changed_at"])
        trail.record("e_service.answered", locked, by=by, region_id=locked.region_id, organisation_id=locked.owner_id, at=at, state=state)
    return locked
