"""Visiting desks and remote points are opened, changed and taken out of use."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pghistory
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.trail import record
from luukku.desk.actions.appointments.rooms import add_room
from luukku.desk.enums import MeetingPlace
from luukku.desk.models import BookableTimes, ServicePoint
from luukku.desk.models.points import KINDS
from luukku.desk.queries.points import can_keep_point
from luukku.network.access import require
from luukku.network.models import Municipality, Organisation, Region

LANGUAGES = ("fi", "sv", "en")


@dataclass(frozen=True)
class PointForm:
    """What is told of a point. `directions` by language: how to find there."""

    kind: str
    municipality: Municipality
    name: str
    address: str = ""
    directions: Mapping[str, str] = field(default_factory=dict)


def open_point(*, by: Actor, keeper: Organisation, region: Region, form: PointForm) -> ServicePoint:
    """A new place near customers. Advisers of the region's desks publish times there. Raises NotAllowed, RuleBroken."""
    require(can_keep_point(by, keeper.pk, region.pk))
    if not keeper.participations.filter(region=region, valid_until=None).exists():
        raise RuleBroken(_("The organisation does not take part in this region."))
    point = ServicePoint(keeper=keeper, region=region)
    _check(point, form)
    with transaction.atomic(), pghistory.context(verb="point.open", person=by.person_id):
        _fill(point, form)
        if form.kind == MeetingPlace.REMOTE_POINT:
            point.room = add_room(by=by, organisation=keeper, name=f"{point.name}, {form.municipality.name_fi}"[:80])
        point.save()
        record("point.opened", point, by=by, region_id=region.pk, organisation_id=keeper.pk, kind=form.kind)
    return point


def edit_point(*, by: Actor, point: ServicePoint, form: PointForm) -> ServicePoint:
    """Name, address and directions; its kind and municipality stay. Times that are published there tell the new place at once.

    Whoever has booked there is told by a job, for who keeps the place may not read their matters. Raises NotAllowed, RuleBroken.
    """
    require(can_keep_point(by, point.keeper_id, point.region_id))
    _check(point, form)
    with transaction.atomic(), pghistory.context(verb="point.edit", person=by.person_id):
        kind, municipality, before = point.kind, point.municipality, point.where
        _fill(point, form)
        point.kind, point.municipality = kind, municipality
        point.save()
        BookableTimes.objects.filter(point=point, withdrawn_at=None).update(address=point.where[:200])
        if point.where != before:
            app.configure_task("luukku.desk.tasks.follow_point").defer(point_id=point.pk)
        record("point.edited", point, by=by, region_id=point.region_id, organisation_id=point.keeper_id)
    return point


def close_point(*, by: Actor, point: ServicePoint) -> None:
    """Nobody serves there any more. Refused while times are published there. Raises NotAllowed, RuleBroken."""
    require(can_keep_point(by, point.keeper_id, point.region_id))
    if point.deactivated_at is not None:
        return
    if BookableTimes.objects.published(timezone.localdate()).filter(point=point).exists():
        raise RuleBroken(_("Times are still published here. Let them be taken back first."))
    with transaction.atomic(), pghistory.context(verb="point.close", person=by.person_id):
        point.deactivated_at = timezone.now()
        point.save(update_fields=["deactivated_at"])
        if point.room is not None:
            point.room.deactivated_at = point.deactivated_at
            point.room.save(update_fields=["deactivated_at"])
        record("point.closed", point, by=by, region_id=point.region_id, organisation_id=point.keeper_id)


def _check(point: ServicePoint, form: PointForm) -> None:
    if form.kind not in [kind.value for kind in KINDS]:
        raise RuleBroken(_("Choose what kind of place it is."), field="kind")
    if not form.name.strip():
        raise RuleBroken(_("Write the place's name, such as Town hall."), field="name")
    if not point.region.municipality_spells.filter(municipality=form.municipality, valid_until=None).exists():
        raise RuleBroken(_("Choose a municipality of the region."), field="municipality")
    same = ServicePoint.objects.filter(region=point.region, municipality=form.municipality, name__iexact=form.name.strip(), deactivated_at=None)
    if same.exclude(pk=point.pk).exists():
        raise RuleBroken(_("There is a place of this name already."), field="name")


def _fill(point: ServicePoint, form: PointForm) -> None:
    point.kind, point.municipality = form.kind, form.municipality
    point.name, point.address = " ".join(form.name.split())[:120], " ".join(form.address.split())[:160]
    for language in LANGUAGES:
        setattr(point, f"directions_{language}", form.directions.get(language, "").strip()[:200])
