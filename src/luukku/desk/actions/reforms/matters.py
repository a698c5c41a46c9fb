"""Open matters go along when organisations merge or split: each part to the desk that goes on, with who handles it. Ended parts stay."""

from typing import Final

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from luukku.core import trail
from luukku.core.reforms import ReformPart
from luukku.core.trail import Happening
from luukku.customers.enums import ConsentKind, ConsentScope
from luukku.customers.models import Consent
from luukku.desk.actions.news import tell_customer
from luukku.desk.models import Attachment, Case, Leg, LegStay, Message, Note
from luukku.network.actions.reforms.moving import Mover
from luukku.network.enums import Right, Role, roles_with
from luukku.network.models import Desk, Participation, Seat

STAY = "desk.legs_stay"


def _wanted(mover: Mover) -> "QuerySet[Leg]":
    wanted = mover.within(region="desk__region", person="handler", service="service")
    return Leg.objects.open().filter(wanted, desk__organisation=mover.source)


def matters_that_stay(mover: Mover) -> None:
    """A customer told her matter to the source. To a target that is not its successor in law it goes only by her consent, or where the target
    works on the matter already."""
    if mover.is_legal:
        return
    regions = Participation.objects.filter(organisation=mover.target, valid_until=None).values("region")
    far = Q(scope=ConsentScope.NETWORK) | Q(scope=ConsentScope.MATTER, matter=OuterRef("case_id"))
    allowed = Consent.objects.in_force().filter(
        Q(scope=ConsentScope.NAMED, organisations__contains=[mover.target.pk]) | (far & Q(region__in=regions)),
        kind=ConsentKind.PASSING, customer=OuterRef("case__customer"), region=OuterRef("case__region"),
    )  # fmt: skip
    works = Leg.objects.filter(case=OuterRef("case_id"), desk__organisation=mover.target)
    staying = _wanted(mover).exclude(Exists(allowed)).exclude(Exists(works))
    mover.stay(STAY, dict(staying.order_by("pk").values_list("pk", "desk_id")))


def carry_matters(mover: Mover) -> None:
    """Open parts at the source's desks, and what hangs on who reads them."""
    legs = _wanted(mover).filter(desk__in=mover.desks).exclude(pk__in=mover.staying.get(STAY, ()))
    by_leg = dict(legs.values_list("pk", "case_id"))
    if not by_leg and not mover.everything:
        return
    cases = set(by_leg.values())
    knew = set(Leg.objects.filter(case__in=cases, desk__organisation=mover.target).values_list("case_id", flat=True))
    _withhold(mover, cases - knew)
    _stay(mover, legs)
    homes = dict(legs.values_list("pk", "desk_id"))
    moved = mover.change_by_desk(legs, "desk_id", what="desk.legs")
    _give_to_people(mover, moved)
    _logged(mover, cases)
    twice = Leg.objects.open().filter(case__in=cases, desk__organisation=mover.target).values("case").annotate(n=Count("pk")).filter(n__gt=1)
    mover.tell("desk.two_parts", twice.count())
    _record(mover, by_leg, homes)
    _tell(mover, moved)


def _stay(mover: Mover, legs: "QuerySet[Leg]") -> None:
    """What has been counted of them so far stays with the desk where they lay."""
    since = dict(LegStay.objects.filter(leg__in=legs).values("leg").annotate(last=Max("until")).values_list("leg", "last"))
    mover.make(*(LegStay(leg_id=leg, desk_id=desk, since=since.get(leg), until=mover.at) for leg, desk in legs.values_list("pk", "desk_id")))


def _give_to_people(mover: Mover, legs: list[int]) -> None:
    """Whose handler does not come along goes to the receiving desk's lead, or else to somebody there who handles matters."""
    seats = Seat.objects.on(mover.day).filter(organisation=mover.target, role__in=roles_with(Right.HANDLE_CASES), person__deactivated_at=None)
    there = set(seats.values_list("person_id", flat=True))
    left = Leg.objects.filter(pk__in=legs).exclude(handler=None).exclude(handler__in=there)
    for desk in {desk.pk: desk for desk in mover.desks.values()}.values():
        behind = left.filter(desk=desk)
        if not behind.exists():
            continue
        taker = _taker(seats, desk)
        mover.tell("desk.handler_stays", behind.count())
        if taker is not None:
            mover.change(behind, handler_id=taker)


def _taker(seats: "QuerySet[Seat]", desk: Desk) -> int | None:
    """The lead before others, of the region before those of the whole organisation."""
    found = sorted(seats.order_by("pk"), key=lambda seat: (seat.role != Role.DESK_LEAD, seat.region_id != desk.region_id, seat.pk))
    return found[0].person_id if found else None


def _logged(mover: Mover, cases: set[int]) -> None:
    """The source reads what it has logged; so does a legal successor, and else whoever got what went there whole."""
    logged = Case.objects.filter(logged_by=mover.source, is_open=True)
    if not (mover.everything and mover.is_legal):
        still = Leg.objects.filter(case__in=cases, desk__organisation=mover.source).values("case")
        logged = logged.filter(pk__in=cases).exclude(pk__in=still)
    mover.change(logged, logged_by_id=mover.target.pk)


def _withhold(mover: Mover, cases: set[int]) -> None:
    """What was said before the source came in was not shown to it, and so is not to the target."""
    source, target = mover.source.principal, mover.target.principal
    for model in (Message, Note, Attachment):
        rows = model._default_manager.filter(case__in=cases, withheld__contains=[source]).exclude(withheld__contains=[target])
        for value in [list(each) for each in rows.order_by().values_list("withheld", flat=True).distinct()]:
            mover.change(rows.filter(withheld=value), withheld=[*value, target])


def _record(mover: Mover, by_leg: dict[int, int], homes: dict[int, int]) -> None:
    happenings = (
        Happening(
            case, mover.at, mover.desks[homes[leg]].region_id, mover.target.pk, {"leg": leg, "from": homes[leg], "to": mover.desks[homes[leg]].pk}
        )
        for leg, case in sorted(by_leg.items())
    )
    trail.record_many("case.reformed", Case, by=mover.by, happenings=happenings)


def _tell(mover: Mover, legs: list[int]) -> None:
    """Each customer hears once who goes on with her matter, by mail or by a call of whoever has it now."""
    rows = Leg.objects.filter(pk__in=legs).select_related("case__customer__contact", "case__region", "desk").order_by("case", "position")
    told: set[int] = set()
    for leg in rows:
        if leg.case_id not in told:
            told.add(leg.case_id)
            tell_customer("desk.reformed", leg.case, [leg], by=mover.by, at=mover.at, leg=leg.pk, desk=leg.desk_id)


MATTERS: Final = ReformPart(
    100,
    ("desk.Leg.desk", "desk.Case.logged_by", "desk.LegStay.desk"),
    carry_matters,
    {"desk.legs": _("Open matters")},
    {
        "desk.two_parts": _("Matters in which both have an open part: the receiver has two parts of them"),
        "desk.handler_stays": _("Matters whose handler does not come along: the receiving desk's lead gets them"),
        STAY: _("Open matters that stay: the receiver is not the legal successor, and their customers have not allowed it"),
    },
    matters_that_stay,
)
