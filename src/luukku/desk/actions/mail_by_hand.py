"""A mail that was set aside was a person's after all: somebody of the desk makes a case of it."""

from django.db import transaction
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.mail.letter import read_letter
from luukku.desk.access import can_log
from luukku.desk.actions.mail_intake import make_case
from luukku.desk.models import Case, IncomingMail
from luukku.desk.queries.mailed import bytes_of, get_mail


def make_case_of(*, by: Actor, mail_id: int) -> Case:
    """The case is made as if the mail had made it, from the moment it came. Raises NotFound, NotAllowed, RuleBroken when there is a case already."""
    if not can_log(by):
        raise NotAllowed
    with transaction.atomic():
        get_mail(by, mail_id)
        incoming = IncomingMail.objects.select_for_update(of=("self",)).select_related("original", "mailbox__region").get(pk=mail_id)
        if incoming.case_id is not None:
            raise RuleBroken(_("A matter has been made of this mail already."))
        case = make_case(by=by, incoming=incoming, letter=read_letter(bytes_of(incoming)))
        incoming.save(update_fields=["fate", "case", "refused"])
        trail.record("mail.made_case", incoming, by=by, region_id=incoming.mailbox.region_id, case=case.pk)
        return case
