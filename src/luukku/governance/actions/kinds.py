"""Kinds of groups and their agendas: the common ones are the network's keepers', a region adds its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.translated import LANGUAGES
from luukku.governance.access import can_edit_kind
from luukku.governance.enums import Confidentiality, Source, in_order
from luukku.governance.models import GroupKind, TemplatePoint
from luukku.network.access import require
from luukku.network.models import Region

Point = tuple[str, Mapping[str, str]]  # what fills it, and its title by language


@dataclass(frozen=True)
class KindForm:
    names: Mapping[str, str]
    confidentiality: str
    months: Sequence[int]
    points: Sequence[Point]
    most_members: int | None = None


def save_kind(*, by: Actor, form: KindForm, kind: GroupKind | None = None, region: Region | None = None) -> GroupKind:
    """A kind as it is from now on; meetings that are planned already keep their agendas. Raises NotAllowed, RuleBroken."""
    found = kind or GroupKind(region=region, order=100)
    require(can_edit_kind(by, found))
    _check(form)
    with transaction.atomic():
        for language in LANGUAGES:
            setattr(found, f"name_{language}", form.names.get(language, "").strip())
        found.confidentiality, found.months, found.most_members = form.confidentiality, sorted(set(form.months) - {7}), form.most_members
        if kind is None:
            found.code = _code(str(found.name), region)
        found.save()
        found.points.all().delete()
        points = in_order(
            TemplatePoint(kind=found, source=source, **{f"title_{code}": titles.get(code, "").strip() for code in LANGUAGES})
            for source, titles in form.points
        )
        for place, point in enumerate(points, start=1):
            point.position = place
        TemplatePoint.objects.bulk_create(points)
        trail.record("group_kind.saved", found, by=by, region_id=found.region_id, points=len(form.points), confidentiality=form.confidentiality)
    return found


def _check(form: KindForm) -> None:
    if not any(name.strip() for name in form.names.values()):
        raise RuleBroken(_("Give the kind a name."), field="name_fi")
    if form.confidentiality not in Confidentiality.values:
        raise RuleBroken(_("Choose who reads what such a group does."), field="confidentiality")
    if not form.points or any(source not in Source.values or not any(title.strip() for title in titles.values()) for source, titles in form.points):
        raise RuleBroken(_("Write at least one point of the agenda, each with a title."), field="points")


def _code(name: str, region: Region | None) -> str:
    stem = slugify(name)[:32] or "kind"
    taken = set(GroupKind.objects.filter(region=region, code__startswith=stem).values_list("code", flat=True))
    return next(code for code in (stem, *(f"{stem}-{number}" for number in range(2, 1000))) if code not in taken)
