"""By when a mail to the nation's door must have found its region: the promise to its sender counts from when it came, whoever reads it first."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min

from luukku.core.actor import Actor
from luukku.core.worktime import due
from luukku.desk.models import IncomingMail
from luukku.desk.queries.mailed import unrouted
from luukku.network.models import Region
from luukku.network.queries.nation import nation_calendar, nation_rules


@dataclass(frozen=True)
class Waiting:
    """How many mails wait for their region, and by when somebody must have taken up the oldest; None for none."""

    many: int
    due_at: datetime | None


def promised_days() -> int:
    """The shortest promise of the regions whose doors are open: which of them it is, is not known yet. Without any, the nation's. One statement."""
    return Region.objects.filter(is_live=True).aggregate(days=Min("taken_up_days"))["days"] or nation_rules().taken_up_days


def take_up_by(mail: IncomingMail, days: int) -> datetime:
    """Reckoned in the hours of the nation's door, until her region's own hours are known."""
    return due(nation_calendar(), mail.arrived_at, working_days=days)


def waiting(actor: Actor) -> Waiting:
    """For the operator's first screen. Two statements, three when some wait."""
    mails = unrouted(actor)
    first = mails.first()
    return Waiting(mails.count(), take_up_by(first, promised_days())) if first is not None else Waiting(0, None)
