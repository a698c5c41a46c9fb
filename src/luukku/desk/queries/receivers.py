"""To whom a part can be handed over: whom the matching proposes, who else there is, and how busy each is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import connection

from luukku.catalogue.models import Service, ServiceProvider
from luukku.catalogue.queries.matching import Reason
from luukku.core.finnish import finnish_key
from luukku.desk.models import Leg, Proposal
from luukku.desk.queries.choices import colleagues
from luukku.desk.queries.routing import Need, Routed, route, rules_of
from luukku.network.models import Desk, Person, Premises
from luukku.network.queries.regions import municipalities_of

_MUNICIPALITY = "municipality"  # the kind of an organisation that is a municipality itself


@dataclass(frozen=True)
class Busy:
    """How long a desk's queue is: new matters and unanswered handovers, matters in hand, and the median of days from coming to being settled.

    `median_days` stands on the last year's `settled` matters of one service (of all, if none was named); None when they are too few to say.
    """

    waiting: int
    in_hand: int
    settled: int
    median_days: float | None


@dataclass(frozen=True)
class Receiver:
    """A desk that may be asked; `services` it gives that fit, the sentence why, and the person who gives them."""

    desk: Desk
    busy: Busy
    service: Service | None = None
    why: str = ""
    person: Person | None = None


@dataclass(frozen=True)
class Receivers:
    """`proposed` gives what the matter needs; `others` are the rest of the region; `elsewhere` the front desks of other regions.

    `ruled` is where the region's rules lead, if that is one of the region's other desks: it stands first among the proposed.
    """

    proposed: list[Receiver]
    others: list[Receiver]
    elsewhere: list[Desk]
    ruled: Routed | None = None


def how_busy(desk_ids: Sequence[int], service_id: int | None = None) -> dict[int, Busy]:
    """By desk, through a window that gives numbers only. One statement."""
    if not desk_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("select desk_id, waiting, in_hand, settled, median_days from wall.desk_queue_numbers(%s, %s)", [list(desk_ids), service_id])
        return {desk_id: Busy(waiting, in_hand, settled, median) for desk_id, waiting, in_hand, settled, median in cursor.fetchall()}


def receivers_for(leg: Leg, service: Service | None = None) -> Receivers:
    """Desks for a part: where the rules lead, then those that give its service (or what the matching proposed).

    What gives it for another municipality than the customer's is among the others. Eight statements, eleven with rules.
    """
    desks = [desk for desk in _desks() if desk.pk != leg.desk_id]
    here = [desk for desk in desks if desk.region_id == leg.case.region_id]
    wanted = _wanted(leg, service)
    givers = _givers(leg, wanted)
    apart = _of_other_places(leg, here)
    kinds = _kinds(set(wanted) - {giver.service_id for giver in givers.values()})
    busy = how_busy([desk.pk for desk in here], service.pk if service else leg.service_id)
    proposed, others = [], []
    for desk in here:
        giver = givers.get(desk.organisation_id)
        numbers = busy.get(desk.pk, Busy(0, 0, 0, None))
        if desk.organisation_id in apart:
            others.append(Receiver(desk, numbers))
            continue
        if giver is not None:
            person = giver.person if giver.person is not None and giver.person.deactivated_at is None else None
            proposed.append((list(wanted).index(giver.service_id), Receiver(desk, numbers, giver.service, wanted[giver.service_id], person)))
            continue
        fitting = next((kinds[key] for key in wanted if key in kinds and desk.organisation.type.code in kinds[key].provider_types), None)
        if fitting is not None:
            proposed.append((list(wanted).index(fitting.pk), Receiver(desk, numbers, fitting, wanted[fitting.pk])))
        else:
            others.append(Receiver(desk, numbers))
    proposed.sort(key=lambda pair: (pair[0], finnish_key(str(pair[1].desk.organisation.name))))
    others.sort(key=lambda each: (not each.desk.is_front, finnish_key(str(each.desk.organisation.name))))
    elsewhere = [desk for desk in desks if desk.is_front and desk.region_id != leg.case.region_id]
    return _by_rules(leg, next(iter(wanted), None), Receivers([each for _, each in proposed], others, elsewhere))


def _of_other_places(leg: Leg, desks: Sequence[Desk]) -> set[int]:
    """Organisations of these that are a municipality's own, but of another one than the customer's. Known by its premises, else by its name.

    Two statements; none while the customer's municipality is not known.
    """
    own = {desk.organisation_id: desk.organisation for desk in desks if desk.organisation.type.code == _MUNICIPALITY}
    if leg.case.municipality_id is None or not own:
        return set()
    places: dict[int, set[int]] = {key: set() for key in own}
    premises = Premises.objects.filter(organisation__in=own, municipality__isnull=False, deactivated_at=None)
    for key, municipality_id in premises.values_list("organisation_id", "municipality_id"):
        places[key].add(municipality_id)
    for municipality in municipalities_of(leg.case.region):
        names = {name.casefold() for name in (municipality.name_fi, municipality.name_sv, municipality.name_en) if name}
        for key, organisation in own.items():
            if names & set(f"{organisation.name_fi} {organisation.name_sv} {organisation.name_en}".casefold().split()):
                places[key].add(municipality.pk)
    return {key for key, found in places.items() if found and leg.case.municipality_id not in found}


def _by_rules(leg: Leg, service_id: int | None, found: Receivers) -> Receivers:
    """The same with the desk to which the region's rules lead on top."""
    need = Need(service_id, leg.case.municipality_id, leg.case.language, leg.case.segment)
    ruled = route(rules_of(leg.case.region_id), need)
    named = next((each for each in (*found.proposed, *found.others) if each.desk.pk == ruled.desk_id), None)
    if named is None:
        return found
    person = Person.objects.filter(pk=ruled.person_id).first() if ruled.person_id is not None else named.person
    first = replace(named, person=person)
    proposed = [first, *(each for each in found.proposed if each is not named)]
    return Receivers(proposed, [each for each in found.others if each is not named], found.elsewhere, ruled)


def people_of(desk: Desk) -> list[Person]:
    """Who handles cases at a desk, by name. One statement."""
    return sorted(colleagues({desk.organisation_id}), key=lambda person: finnish_key(person.name))


def doors(leave_out: Sequence[int | None]) -> list[Desk]:
    """Every open desk but these, by region and name: next doors to try. One statement."""
    return [desk for desk in _desks() if desk.pk not in leave_out]


def _desks() -> list[Desk]:
    found = Desk.objects.filter(deactivated_at=None, region__is_live=True, organisation__deactivated_at=None)
    return list(found.select_related("organisation__type", "region").order_by("region__name_fi", "name_fi"))


def _wanted(leg: Leg, service: Service | None) -> dict[int, str]:
    """Services by key, the surest first, with the matching's reason."""
    if service is not None:
        return {service.pk: ""}
    first = {leg.service_id: ""} if leg.service_id is not None else {}
    proposals = Proposal.objects.filter(case_id=leg.case_id).order_by("rank").select_related("service")
    best: dict[int, str] = {}
    said: dict[int, str] = {}
    for each in proposals:
        why = Reason(each.why_kind, tuple(each.why_words))
        said[each.service_id] = why.said(str(each.service.name), best=best.setdefault(each.leg_id, str(each.service.name)))
    return first | {service_id: why for service_id, why in said.items() if service_id not in first}


def _kinds(service_ids: set[int]) -> dict[int, Service]:
    """Services that nobody is named for here: organisations of fitting types give them."""
    return Service.objects.in_bulk(list(service_ids)) if service_ids else {}


def _givers(leg: Leg, wanted: dict[int, str]) -> dict[int, ServiceProvider]:
    """By organisation, its row of the surest service."""
    rows = ServiceProvider.objects.filter(service__in=wanted, region=leg.case.region_id).select_related("service", "person")
    order = list(wanted)
    found: dict[int, ServiceProvider] = {}
    for row in sorted(rows, key=lambda row: (order.index(row.service_id), not row.is_primary, row.pk)):
        found.setdefault(row.organisation_id, row)
    return found
