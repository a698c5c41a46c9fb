"""Which segment a company had on a day. Only the network's own people and the house read spells."""

from datetime import date

from django.db import connection
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from luukku.customers.models import CompanySegment

_EVER = date(9999, 12, 31)


def segment_on(company_id: int, day: date) -> str:
    """The company's segment on this day; empty when none is known. Also for what nobody in particular makes, such as a need from the street."""
    with connection.cursor() as cursor:
        cursor.execute("select wall.customers_segment_on(%s, %s)", [company_id, day])
        return str(cursor.fetchone()[0] or "")


def on_day(day: date) -> Q:
    """Spells that hold on a day, for a join or a subquery of figures."""
    return Q(first_day__lte=day) & (Q(end_day=None) | Q(end_day__gt=day))


def spells_of(company_id: int) -> list[CompanySegment]:
    """All that a company has had, the newest first. One statement."""
    spells = CompanySegment.objects.filter(company=company_id).select_related("rule__book", "said__person", "said__organisation")
    return list(spells.annotate(until=Coalesce(F("end_day"), Value(_EVER))).order_by("-first_day", "-until"))
