"""Help with e-services for screens: of a case, and what owners have been told."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from luukku.catalogue.models import Service, ServiceProvider
from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.desk.enums import ReportState
from luukku.desk.models import Case, EServiceHelp, EServiceReport
from luukku.network.access import may
from luukku.network.enums import Right
from luukku.network.models import Organisation, Region

_RIGHTS = (Right.EDIT_CARDS, Right.HANDLE_CASES)


def can_mend(actor: Actor, organisation_id: int) -> bool:
    """Those who keep the owner's cards or serve its customers answer for its e-services."""
    return actor.is_staff and any(may(actor, right, organisation_id=organisation_id) for right in _RIGHTS)


def can_answer(actor: Actor, report: EServiceReport) -> bool:
    """Its owner; for one of whom nobody is in the network also those who reported it, to whom the owner answers."""
    theirs = report.owner_id is not None and can_mend(actor, report.owner_id)
    return theirs or (bool(report.owner_email) and can_mend(actor, report.reported_by_id))


def keeps_e_services(actor: Actor) -> bool:
    """Whether any of her organisations could be told of an e-service by her hands."""
    return any(can_mend(actor, pk) for pk in actor.organisation_ids)


def visible_reports(actor: Actor) -> "QuerySet[EServiceReport]":
    """Those to and from the actor's organisations."""
    mine = [pk for pk in actor.organisation_ids if can_mend(actor, pk)]
    return EServiceReport.objects.filter(Q(owner__in=mine) | Q(reported_by__in=mine)).select_related("owner", "service", "reported_by", "answered_by")


def get_report(actor: Actor, pk: int) -> EServiceReport:
    """Raises NotFound."""
    found = visible_reports(actor).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class Reports:
    """What the actor's organisations were told, and have told others; how many of each state were told to them, and of each e-service."""

    to_us: Sequence[EServiceReport]
    from_us: Sequence[EServiceReport]
    states: Sequence[tuple[str, int]]
    most: Sequence[tuple[str, int]]


def reports(actor: Actor) -> Reports:
    """The newest first, at most two hundred. One statement."""
    rows = list(visible_reports(actor)[:200])
    to_us = [row for row in rows if row.owner_id is not None and can_mend(actor, row.owner_id)]
    states = Counter(row.state for row in to_us)
    most = Counter(row.name for row in to_us).most_common(5)
    return Reports(to_us, [row for row in rows if row not in to_us], [(str(each.label), states[each.value]) for each in ReportState], most)


def owner_of(service: Service | None, region: Region) -> Organisation | None:
    """Whose e-service a card's is: its owner's, else of the first who gives it in the region."""
    if service is None:
        return None
    if service.owner is not None:
        return service.owner
    givers = ServiceProvider.objects.giving().filter(service=service, region=region).select_related("organisation")
    giver = givers.order_by("-is_primary", "id").first()
    return giver.organisation if giver else None


def helps_of(actor: Actor, case: Case) -> list[EServiceHelp]:
    """What was done with or for the customer. One statement."""
    found = EServiceHelp.objects.filter(case=case, readers__overlap=list(actor.principals))
    return list(found.select_related("person", "report__owner"))
