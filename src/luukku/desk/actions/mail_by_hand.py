"""What people do with a mail that made no case: the desk makes one of it, an operator finds its region or puts it aside."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor, act_as
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.mail.letter import Letter, read_letter
from luukku.core.models import OutgoingMail
from luukku.desk.access import BOX_RELATED, can_log, can_route
from luukku.desk.actions.mail_intake import Way, add_to, make_case
from luukku.desk.actions.new_doors import acting_at
from luukku.desk.models import Case, Fate, IncomingMail
from luukku.desk.queries.mailed import NATION_MAIL, bytes_of, get_mail, head_of
from luukku.network.models import Municipality, Region

_RELATED = ("original", *(f"mailbox__{each}" for each in BOX_RELATED))


def make_case_of(*, by: Actor, mail_id: int) -> Case:
    """The case is made as if the mail had made it, from the moment it came. Raises NotFound, NotAllowed, RuleBroken when there is a case already."""
    if not can_log(by):
        raise NotAllowed
    return _make(by, mail_id, None)


def route_mail(*, by: Actor, mail_id: int, region: Region, municipality: Municipality | None = None) -> Case:
    """A mail to the nation's door becomes a case of the region, from the moment it came; the operator keeps no part of it.

    Raises NotFound, NotAllowed, RuleBroken when somebody has routed it already.
    """
    if not can_route(by):
        raise NotAllowed
    case = _make(by, mail_id, Way(region, municipality=municipality, routed=True))
    for later in _answers_to(mail_id):
        with _held(by, later) as incoming, act_as(acting_at(by, case.door_principal)):
            add_to(case, incoming=incoming, letter=_letter(incoming))
            incoming.save()
    return case


def _answers_to(mail_id: int) -> list[int]:
    """Mails that wait too and answer what we wrote to the sender of this one: more of the same matter."""
    ours = {each.strip("<>") for each in OutgoingMail.objects.filter(kind=NATION_MAIL, subject_id=mail_id).values_list("message_id", flat=True)}
    waiting = IncomingMail.objects.filter(fate=Fate.UNROUTED, pk__gt=mail_id).select_related("original").order_by("pk")
    return [each.pk for each in waiting if ours & set(head_of(each).references)] if ours else []


def drop_mail(*, by: Actor, mail_id: int) -> None:
    """Nobody's matter: advertisements and the like. It stays among the mails set aside. Raises NotFound, NotAllowed, RuleBroken."""
    if not can_route(by):
        raise NotAllowed
    with _held(by, mail_id) as incoming:
        incoming.fate = Fate.DROPPED
        incoming.save(update_fields=["fate"])
        trail.record("mail.dropped", incoming, by=by)


def _make(by: Actor, mail_id: int, way: Way | None) -> Case:
    with _held(by, mail_id) as incoming:
        case = make_case(by=by, incoming=incoming, letter=_letter(incoming), way=way)
        with act_as(acting_at(by, case.door_principal)):  # whoever routes it does not read the case
            incoming.save(update_fields=["fate", "case", "refused"])
        trail.record("mail.made_case", incoming, by=by, region_id=case.region_id, case=case.pk)
        return case


@contextmanager
def _held(by: Actor, mail_id: int) -> Iterator[IncomingMail]:
    """The mail, until the commit nobody else's. Somebody who was quicker has taken it out of sight, or made a case of it."""
    with transaction.atomic():
        get_mail(by, mail_id)
        incoming = IncomingMail.objects.select_for_update(of=("self",)).select_related(*_RELATED).filter(pk=mail_id).first()
        if incoming is None or incoming.case_id is not None:
            raise RuleBroken(_("A matter has been made of this mail already."))
        yield incoming


def _letter(incoming: IncomingMail) -> Letter:
    """As it could be read when it came: what broke our reading then is left to people now too."""
    letter = read_letter(bytes_of(incoming))
    return letter if incoming.is_whole else Letter(letter.head, sender=letter.sender, subject=letter.subject, is_whole=False)
