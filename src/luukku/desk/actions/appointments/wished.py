"""The days and hours at which a customer wants to be reached bind meetings that staff agree on, as they bind calls."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.errors import RuleBroken
from luukku.customers.models import Contact
from luukku.desk.actions.appointments.plan import Plan
from luukku.desk.models import Case
from luukku.desk.queries.reaching import contact_of


def suits(contact: Contact, starts_at: datetime, ends_at: datetime) -> bool:
    """Whether a meeting lies within her days and hours; what she has not said binds nothing."""
    begins, ends = timezone.localtime(starts_at), timezone.localtime(ends_at)
    if contact.call_days and begins.weekday() not in contact.call_days:
        return False
    if contact.call_from and begins.time() < contact.call_from:
        return False
    return not (contact.call_until and (ends.date() > begins.date() or ends.time() > contact.call_until))


def require_wished(case: Case, plan: Plan) -> None:
    """Raises RuleBroken for a time outside her wishes, unless she has agreed to it herself. One statement."""
    if plan.anyway:
        return
    contact = contact_of(case)
    if contact is not None and not suits(contact, plan.starts_at, plan.ends_at):
        raise RuleBroken(
            _("This is outside the days and hours that the customer wishes. Choose another time, or tick that they have agreed to it."),
            field="anyway",
        )
