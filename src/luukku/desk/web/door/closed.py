"""What was typed when the door or the time has gone meanwhile: given back, and with it where to send it."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.registries import helplines
from luukku.core.ui.kept import Target, give_back
from luukku.desk.queries.opening import door_of
from luukku.network.models import Municipality, MunicipalityArea, Region, RegionArea
from luukku.network.queries.nation import nation_rules
from luukku.network.queries.organisations import by_name


def words_of_a_closed_door(request: HttpRequest, region: Region, *, at: Region | None = None) -> HttpResponse:
    """No needs are taken in here any more: the region `at`, else other open doors of its area, else all of the nation's, take the same form."""
    doors = [at] if at else open_doors_near(region)
    targets = [Target(reverse("desk:need", args=[each.code]), _("Send it to %(name)s") % {"name": each.name}) for each in doors]
    text = _("No matters are taken in here at present, so nothing was sent.")
    note = _("These doors take it as it is.") if targets else ""
    return give_back(
        request,
        title=_("This door has closed meanwhile"),
        text=text,
        note=note,
        targets=targets,
        phone=region.phone or nation_rules().phone,
        status=409,
    )


def words_of_a_lost_time(request: HttpRequest, region: Region) -> HttpResponse:
    """The time is offered no more: the same words can be sent as a need, without a time."""
    targets = [Target(reverse("desk:need", args=[region.code]), _("Send it without a time"))]
    text = _("This time is no longer offered, so nothing was booked.")
    note = _("You can send the matter as it is: a person takes it up and agrees on a time with you.")
    phone = helpline({"region": region.code})
    return give_back(request, title=_("The time has gone meanwhile"), text=text, note=note, targets=targets, phone=phone, status=409)


def open_doors_near(region: Region) -> list[Region]:
    """Regions of today with an open door: those of the same area, or if there are none, all. Two statements."""
    return _open_doors(RegionArea.objects.on(timezone.localdate()).filter(region=region).values("area"))


def open_doors_around(place: Municipality) -> list[Region]:
    """The same for a municipality that belongs to no region. Two statements."""
    return _open_doors(MunicipalityArea.objects.on(timezone.localdate()).filter(municipality=place).values("area"))


def _open_doors(areas: "QuerySet[Any, Any]") -> list[Region]:
    today = timezone.localdate()
    live = Region.objects.on(today).filter(is_live=True).order_by(by_name())
    near = RegionArea.objects.on(today).filter(area__in=areas).values("region")
    return list(live.filter(pk__in=near)) or list(live)


def helpline(where: Mapping[str, Any]) -> str:
    """The telephone of the region that an address names: its front desk's, else its own; else the nation's."""
    region = Region.objects.on(timezone.localdate()).filter(code=where["region"]).first() if isinstance(where.get("region"), str) else None
    if region is None:
        return nation_rules().phone
    door = door_of(region)
    return (door.desk.phone if door else "") or region.phone or nation_rules().phone


def register_helpline() -> None:
    """Called once at start."""
    helplines.register("desk.region", helpline)
