"""A complaint is made: on the public form, on the status page of a matter, or logged by staff who took it down."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.catalogue.models import Service
from luukku.complaints.access import can_log, complaint_token
from luukku.complaints.actions.telling import tell_hers, tell_owner
from luukku.complaints.enums import About, Came
from luukku.complaints.models import Complaint
from luukku.complaints.queries.rules import causes_of, ruled
from luukku.core import trail
from luukku.core.actor import Actor, act_as
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.secret_links import digest_of
from luukku.core.submissions import once
from luukku.core.worktime import due
from luukku.desk.actions.work import check_length, checked_words
from luukku.desk.models import Case
from luukku.desk.queries.doors import desk_for, work_calendar
from luukku.network.enums import LanguageCode
from luukku.network.models import Desk, Person, Region


@dataclass(frozen=True)
class ComplaintForm:
    """What somebody complains of. `case` is one that the actor reads; `desk` and `about_person` are known to staff who log it."""

    region: Region
    about: str
    cause: str
    words: str
    wish: str = ""
    language: str = LanguageCode.FI
    name: str = ""
    email: str = ""
    phone: str = ""
    case: Case | None = None
    service: Service | None = None
    desk: Desk | None = None
    about_person: Person | None = None


def complain(*, by: Actor, form: ComplaintForm, came: str, submit_key: str | None = None, at: datetime | None = None) -> int:
    """A complaint with its owner and its clock. Returns the principal of its door, from which its link is made.

    The same `submit_key` makes it once. Raises RuleBroken with the field to mend, NotAllowed.
    """
    if came == Came.LOGGED and not can_log(by):
        raise NotAllowed
    _check(form)
    moment = at or timezone.now()
    with transaction.atomic():
        said = (came, form.about, form.cause, form.words, form.email, form.case and form.case.pk)
        return once(submit_key, lambda: _make(by, form, came, moment), "complain", *said)


def _check(form: ComplaintForm) -> None:
    checked_words(form.words, field="words")
    check_length(form.wish, field="wish")
    if form.about not in About.values:
        raise RuleBroken(_("Choose what it is about."), field="about")
    if form.cause not in dict(causes_of(form.region)):
        raise RuleBroken(_("Choose what was wrong."), field="cause")
    if form.case is not None and form.case.region_id != form.region.pk:
        raise NotAllowed
    if form.email.strip():
        try:
            validate_email(form.email.strip())
        except ValidationError:
            raise RuleBroken(_("Write the address like name@example.fi."), field="email") from None


def _make(by: Actor, form: ComplaintForm, came: str, at: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute("select nextval('wall.principal')")
        door = int(cursor.fetchone()[0])
    acting = Actor("link", (door,)) if by.kind == "public" else replace(by, principals=(*by.principals, door))
    with act_as(acting):
        desk, person_id = _whose(form)
        rule = ruled(form.region, desk.organisation_id, form.cause, person_id)
        limit = due(work_calendar(desk), at, working_days=rule.working_days)
        complaint = Complaint.objects.create(
            door_principal=door, link_digest=digest_of(complaint_token(door)), region=form.region, desk=desk, organisation_id=desk.organisation_id,
            case=form.case, case_number=form.case.number if form.case else "", by_case_page=came == Came.STATUS, service=form.service,
            about=form.about, about_person_id=person_id, cause=form.cause, words=form.words.strip(), wish=form.wish.strip(), language=form.language,
            name=form.name.strip()[:120], email=form.email.strip(), phone=form.phone.strip()[:40], came=came,
            logged_by_id=by.person_id if came == Came.LOGGED else None, owner=rule.owner, received_at=at, started_at=at, first_due_at=limit,
            working_days=rule.working_days, due_at=limit,
        )  # fmt: skip
        trail.record(
            "complaint.received", complaint, by=by, region_id=form.region.pk, organisation_id=desk.organisation_id, at=at, cause=form.cause,
            about=form.about, came=came,
        )  # fmt: skip
        tell_hers(complaint, "received")
        tell_owner(complaint, "new", by=by)
    return door


def _whose(form: ComplaintForm) -> tuple[Desk, int | None]:
    """The desk complained of, and who handled the matter."""
    person_id = form.about_person.pk if form.about_person is not None else None
    if form.case is not None:
        with connection.cursor() as cursor:
            cursor.execute("select desk_id, person_id from wall.complaints_handler(%s)", [form.case.pk])
            row = cursor.fetchone()
        if row is None:
            raise NotAllowed
        desk = Desk.objects.select_related("organisation").get(pk=row[0])
        return form.desk or desk, person_id or row[1]
    found = form.desk or desk_for(form.region.pk, form.service.pk if form.service is not None else None)
    if found is None:
        raise RuleBroken(_("This region has no desk yet. Call us instead."))
    return found, person_id
