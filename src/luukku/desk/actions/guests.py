"""The customer lets a colleague of her firm into one matter, and out of it again."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import mail
from luukku.core.actor import Actor
from luukku.core.errors import NotFound, RuleBroken
from luukku.core.secret_links import digest_of
from luukku.desk.access.links import guest_token, require_customer
from luukku.desk.actions.work import work_on
from luukku.desk.enums import ENDED_STATES
from luukku.desk.models import Case, CaseGuest
from luukku.desk.queries.guests import GUEST_CONSENT

MOST_GUESTS = 10


def invite_guest(*, by: Actor, case: Case, name: str, email: str, agreed: bool, at: datetime | None = None) -> CaseGuest:
    """He gets a link of his own by mail. Only she invites, and only in an open matter. Raises RuleBroken with the field to mend, NotAllowed."""
    given, address = " ".join(name.split())[:120], email.strip().lower()
    if not given:
        raise RuleBroken(_("Write your colleague's name: those who handle the matter see it."), field="name")
    try:
        validate_email(address)
    except ValidationError:
        raise RuleBroken(_("Write the address like name@example.fi."), field="email") from None
    if not agreed:
        raise RuleBroken(_("Tick that you agree: without it nothing is shown."), field="agreed")
    with work_on(case.pk, by=by, at=at) as work:
        require_customer(by, work.case)
        if work.case.state in ENDED_STATES:
            raise RuleBroken(_("This matter has ended. Reopen it first."))
        there = CaseGuest.objects.filter(case=work.case, ended_at=None)
        if there.filter(email=address).exists():
            raise RuleBroken(_("This address has a link already. End it first, if a new one is needed."), field="email")
        if there.count() >= MOST_GUESTS:
            raise RuleBroken(_("At most %(most)s people can follow a matter. End one of the links first.") % {"most": MOST_GUESTS})
        made = timezone.now()  # the token stands on it, so it must differ from every earlier one
        guest = CaseGuest.objects.create(
            case=work.case, name=given, email=address, digest=digest_of(guest_token(work.case, made)), invited_at=made, consent_version=GUEST_CONSENT
        )
        work.record("case.guest_invited", guest=guest.pk, version=GUEST_CONSENT)
        mail.queue("desk.guest", work.case, guest=guest.pk)
        return guest


def end_guest(*, by: Actor, guest: CaseGuest, at: datetime | None = None) -> CaseGuest:
    """His link opens nothing from this moment: by her, or by those who handle the matter when she has told them so. Raises NotAllowed."""
    with work_on(guest.case_id, by=by, at=at) as work:
        if by.is_staff:
            work.leg()
        else:
            require_customer(by, work.case)
        locked = CaseGuest.objects.select_for_update().filter(pk=guest.pk, case=work.case).first()
        if locked is None:
            raise NotFound
        if locked.ended_at is None:
            locked.ended_at = work.at
            locked.save(update_fields=["ended_at"])
            work.record("case.guest_ended", guest=locked.pk)
        return locked
