"""A matter is opened again whose desk has closed meanwhile: it goes to whoever came after, else to the region's front desk. Nobody loses it."""

from django.db import connection
from django.utils.translation import gettext as _

from luukku.core.errors import RuleBroken
from luukku.desk.actions.work import Work
from luukku.desk.enums import CaseState, ClockKind
from luukku.desk.models import Leg
from luukku.network.models import Desk, Succession


def is_closed(desk: Desk) -> bool:
    """Whether nobody takes matters at the desk any more."""
    return desk.deactivated_at is not None or desk.organisation.deactivated_at is not None


def part_elsewhere(work: Work, closed: Leg) -> Leg:
    """A new part instead of one at a closed desk, to be taken up by the first promise's limit. The old one stays in the history.

    A front desk that had no part in the matter does not read what was said before: the customer told it to others. Raises RuleBroken when the
    region has no open desk.
    """
    desk = _desk_after(closed.desk)
    if desk is None:
        raise RuleBroken(_("The desk of this matter has closed, and the region has no other. Send the matter anew."))
    if desk.organisation.principal not in work.case.readers and not _is_heir(desk, closed.desk):
        with connection.cursor() as cursor:
            cursor.execute("select wall.desk_keep_earlier(%s, %s)", [work.case.pk, desk.organisation.principal])
    made = Leg(
        case=work.case, position=1 + max(leg.position for leg in work.legs), desk=desk, need=closed.need, need_texts=closed.need_texts,
        service=closed.service, received_at=work.at, customer_key=closed.customer_key, routed={"by": "closed"},
        answer_awaited=not work.by.is_staff,
    )  # fmt: skip
    made.save()
    work.legs.append(made)
    if work.case.sponsor_id == closed.handler_id:
        work.case.sponsor_id = None
    work.clocks(made).start(ClockKind.TAKEN_UP)
    made.state = CaseState.NEW
    return made


def _desk_after(closed: Desk) -> Desk | None:
    """The organisation's own other desk of the region, else its legal successor's, else the region's front desk."""
    here = Desk.objects.filter(region=closed.region_id, deactivated_at=None, organisation__deactivated_at=None).select_related(
        "organisation", "region"
    )
    own = here.filter(organisation=closed.organisation_id).first()
    return own or here.filter(organisation__in=_heirs(closed.organisation_id)).order_by("pk").first() or here.filter(is_front=True).first()


def _is_heir(desk: Desk, closed: Desk) -> bool:
    return desk.organisation_id in {closed.organisation_id, *_heirs(closed.organisation_id)}


def _heirs(organisation_id: int) -> set[int]:
    """Legal successors, and theirs."""
    found: set[int] = set()
    new = {organisation_id}
    while new:
        rows = Succession.objects.filter(predecessor__in=new, is_legal=True).order_by().values_list("successor", flat=True)
        new = set(rows) - found
        found |= new
    return found
