"""Which organisations may read what of a customer, and why: as the database reckons it, in words that she can read."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.utils import timezone

from luukku.core.actor import Actor
from luukku.customers.access import grounds_today
from luukku.customers.enums import ConsentKind, ConsentScope, FieldGroup, Ground, Purpose
from luukku.customers.models import Consent
from luukku.desk.access import visible_handovers
from luukku.desk.enums import HandoverState
from luukku.desk.models import CaseSummary, Handover
from luukku.network.access import visible_organisations
from luukku.network.models import Organisation, Participation

_GONE = (HandoverState.PROPOSED, HandoverState.WITHDRAWN, HandoverState.DECLINED)


@dataclass
class Holder:
    """An organisation that has something: her matters by number, what was passed to it, and what it may read, by ground."""

    name: str
    handles: list[str] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)  # numbers of matters of which it got a package
    consent: list[str] = field(default_factory=list)  # labels of groups
    law: list[str] = field(default_factory=list)


def parties(region_id: int) -> list[Organisation]:
    """The organisations of the region's network today, by name. One statement."""
    today = timezone.localdate()
    joined = Participation.objects.on(today).filter(region=region_id).values("organisation")
    return sorted(Organisation.objects.active().filter(pk__in=joined).select_related("type"), key=lambda each: str(each.name))


def holders(actor: Actor, customer_id: int, consents: Iterable[Consent]) -> list[Holder]:
    """Those that have something of the customer, as far as the actor may know: who handles her matters first. Five statements, one more for
    each region."""
    found: dict[str, Holder] = {}
    summaries = list(CaseSummary.objects.filter(customer=customer_id, readers__overlap=list(actor.principals)).order_by("case_id"))
    names = _names(actor, {pk for each in summaries for pk in each.organisations})
    for summary in summaries:
        for pk in summary.organisations:
            _of(found, names[pk]).handles.append(summary.number)
    for handover in _handed(actor, summaries):
        name = str(handover.to_desk.organisation.name) if handover.to_desk is not None else handover.outside_name
        if handover.number not in _of(found, name).handles:
            _of(found, name).passed.append(handover.number)
    businesses = {summary.region_id for summary in summaries if summary.business_id}
    given = [each for each in consents if each.kind == ConsentKind.PASSING and each.withdrawn_at is None]
    _by_grounds(found, given, businesses)
    return sorted(found.values(), key=lambda each: (not each.handles, not each.passed, each.name))


def _of(found: dict[str, Holder], name: str) -> Holder:
    return found.setdefault(name, Holder(name))


def _names(actor: Actor, keys: Collection[int]) -> dict[int, str]:
    return {each.pk: str(each.name) for each in visible_organisations(actor).filter(pk__in=keys)}


def _handed(actor: Actor, summaries: list[CaseSummary]) -> Iterable[Handover]:
    sent = visible_handovers(actor).filter(case__in=[each.case_id for each in summaries], sent_at__isnull=False).exclude(state__in=_GONE)
    return sent.select_related("to_desk__organisation").order_by("id")


def _by_grounds(found: dict[str, Holder], given: list[Consent], businesses: set[int]) -> None:
    regions = {each.region_id for each in given} | businesses
    if not regions:
        return
    cells: dict[int, dict[str, str]] = defaultdict(dict)
    for cell in grounds_today().filter(purpose=Purpose.SERVICE).exclude(ground=Ground.NEVER):
        cells[cell.organisation_type_id][cell.group] = cell.ground
    for region in sorted(regions):
        for party in parties(region):
            allowed = cells.get(party.type_id, {})
            holder_law = [group for group, ground in allowed.items() if ground == Ground.LAW and region in businesses]
            consented = [each for each in given if each.region_id == region and _reaches(each, party.pk)]
            holder_consent = [group for group in allowed if consented and group not in holder_law]
            if holder_law or holder_consent:
                holder = _of(found, str(party.name))
                holder.law += [label for label in _labels(holder_law) if label not in holder.law]
                holder.consent += [label for label in _labels(holder_consent) if label not in holder.consent]


def reached_by(consent: Consent) -> list[str]:
    """The organisations that a consent reaches today: those of the network whose type may read something by consent. Two statements."""
    types = set(grounds_today().filter(purpose=Purpose.SERVICE).exclude(ground=Ground.NEVER).values_list("organisation_type_id", flat=True))
    return [str(each.name) for each in parties(consent.region_id) if each.type_id in types and _reaches(consent, each.pk)]


def _labels(groups: Collection[str]) -> list[str]:
    return [str(FieldGroup(group).label) for group in FieldGroup.values if group in groups]


def _reaches(consent: Consent, organisation_id: int) -> bool:
    return consent.scope != ConsentScope.NAMED or organisation_id in consent.organisations
