"""A shepherd asks on the customer's behalf how a late matter stands."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import mail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.customers.access import keeping
from luukku.customers.enums import Mandate
from luukku.desk.actions.work import work_on
from luukku.desk.enums import ENDED_STATES
from luukku.desk.models import Case, Chase, Leg
from luukku.desk.queries.leads import leads_of


def chase(*, by: Actor, case: Case, at: datetime | None = None) -> Chase:
    """The handlers and the desk leads of the late parts hear of it at once, and it is counted. Once a day for a matter.

    Raises NotAllowed without the customer's mandate, RuleBroken for a matter that is not late or has been chased today.
    """
    with work_on(case.pk, by=by, at=at) as work:
        keeper = keeping(by, work.case.customer_id, work.case.business_id, Mandate.CHASE)
        if keeper is None:
            raise NotAllowed
        late = [leg for leg in work.legs if is_late(leg, work.at)]
        if not late:
            raise RuleBroken(_("This matter is not late. You can chase it when a promise or an agreed day has passed."))
        today = timezone.localdate(work.at)
        if Chase.objects.filter(case=work.case, day=today).exists():
            raise RuleBroken(_("This matter has been chased today already. Its handler and the desk lead know of it."))
        made = Chase.objects.create(case=work.case, shepherd=keeper, day=today, at=work.at)
        for leg in late:
            leg.answer_awaited = True
        work.save(*late)
        work.record("case.chased", leg=late[0], chase=made.pk, shepherd=keeper.pk)
        for leg in late:
            for person_id in dict.fromkeys([*([leg.handler_id] if leg.handler_id else []), *leads_of(leg.desk.organisation_id)]):
                mail.queue("desk.chased", work.case, person=person_id, desk=leg.desk_id)
        return made


def is_late(leg: Leg, now: datetime) -> bool:
    """Whether a promise, an agreed day or the customer herself says so."""
    if leg.state in ENDED_STATES:
        return False
    return leg.not_contacted or any(each is not None and each < now for each in (leg.due_at, leg.next_step_at))
