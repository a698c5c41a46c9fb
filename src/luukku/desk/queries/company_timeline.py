"""Matters of a company on its timeline: when each came and ended, its founder's too; of others' what was passed on."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.gathering import TimelineEntry
from luukku.customers.models import Company
from luukku.desk.models import CaseSummary
from luukku.desk.queries.addresses import case_url
from luukku.desk.queries.company_cases import matters_of


def case_entries(actor: Actor, company: Company, until: datetime, most: int) -> Sequence[TimelineEntry]:
    """Three statements."""
    if not actor.is_staff or not actor.principals:
        return []
    own = matters_of(actor, company).select_related("region").defer("search")
    found = []
    for case in own.filter(contacted_at__lte=until).order_by("-contacted_at", "-pk")[:most]:
        detail = f"{case.region.name}, {case.get_state_display()}"
        found.append(TimelineEntry(case.contacted_at, f"c{case.pk}", f"{case.number} {case.subject}", detail, case_url(case.number)))
    for case in own.filter(settled_at__lte=until).order_by("-settled_at", "-pk")[:most]:
        if case.settled_at is not None:
            title = _("Ended: %(what)s") % {"what": f"{case.number} {case.subject}"}
            found.append(TimelineEntry(case.settled_at, f"e{case.pk}", title, str(case.get_state_display()), case_url(case.number)))
    seen = {each.key for each in found}
    passed = CaseSummary.objects.filter(business_id=company.business_id, readers__overlap=list(actor.principals), contacted_at__lte=until)
    for each in passed.select_related("region").order_by("-contacted_at", "-case_id")[:most]:
        if f"c{each.case_id}" not in seen:
            detail = _("At others in %(region)s, as far as you may know: %(state)s") % {"region": each.region.name, "state": each.get_state_display()}
            found.append(TimelineEntry(each.contacted_at, f"s{each.case_id}", f"{each.number} {each.subject}", detail))
    return found
