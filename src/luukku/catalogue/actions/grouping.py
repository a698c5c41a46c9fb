"""The tree of service groups: added, renamed, moved, taken out of use. Two storeys, and never deleted: cards and figures name groups."""

from collections.abc import Mapping

from django.db import connection
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luukku.catalogue.access import can_edit_groups
from luukku.catalogue.models import Service, ServiceGroup
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.trail import record
from luukku.core.translated import LANGUAGES
from luukku.network.access import require
from luukku.network.actions.writing import writing

_LOCK = 7_302_612  # of the database: the order of the whole tree is written at once


def create_group(*, by: Actor, names: Mapping[str, str], parent: ServiceGroup | None = None) -> ServiceGroup:
    """A new group, last among those beside it; `names` by language. Raises NotAllowed, RuleBroken."""
    require(can_edit_groups(by))
    group = ServiceGroup(parent=parent, order=ServiceGroup.objects.count() + 1)
    _name(group, names)
    _check_parent(group, parent)
    with writing("service_group.create", by=by):
        _one_at_a_time()
        base = slugify(group.name_en or group.name_fi)[:35].strip("-") or "group"
        taken = set(ServiceGroup.objects.filter(code__startswith=base).values_list("code", flat=True))
        group.code = base if base not in taken else next(code for n in range(2, 10_000) if (code := f"{base}-{n}") not in taken)
        group.save()
        _put_in_order()
        record("service_group.created", group, by=by)
    return group


def edit_group(*, by: Actor, group: ServiceGroup, names: Mapping[str, str], parent: ServiceGroup | None) -> ServiceGroup:
    """Rename a group and put it under another one, or under none; its code stays. Raises NotAllowed, RuleBroken."""
    require(can_edit_groups(by))
    _name(group, names)
    moved = group.parent_id != (parent.pk if parent else None)
    if moved:
        _check_parent(group, parent)
    with writing("service_group.edit", by=by):
        _one_at_a_time()
        if moved:
            group.parent, group.order = parent, ServiceGroup.objects.count() + 1
        group.save()
        _put_in_order()
        record("service_group.edited", group, by=by, moved=moved)
    return group


def move_group(*, by: Actor, group: ServiceGroup, up: bool) -> None:
    """One place up or down among the groups beside it; at the end it stays. Raises NotAllowed."""
    require(can_edit_groups(by))
    with writing("service_group.move", by=by):
        _one_at_a_time()
        beside = list(ServiceGroup.objects.filter(parent=group.parent_id).order_by("order", "code"))
        at = next(place for place, each in enumerate(beside) if each.pk == group.pk)
        to = at - 1 if up else at + 1
        if not 0 <= to < len(beside):
            return
        group, other = beside[at], beside[to]
        group.order, other.order = other.order, group.order
        for each in (group, other):
            each.save(update_fields=["order"])
        _put_in_order()
        record("service_group.moved", group, by=by)


def take_group_out_of_use(*, by: Actor, group: ServiceGroup, out: bool = True) -> None:
    """Offer the group no more, or again. Raises NotAllowed, RuleBroken while it holds cards in use or groups."""
    require(can_edit_groups(by))
    with writing("service_group.use", by=by):
        _one_at_a_time()
        if out:
            _check_empty(group)
        elif group.parent is not None and group.parent.deactivated_at:
            raise RuleBroken(_("The group above it is out of use. Take that one into use first, or move this one."))
        group.deactivated_at = timezone.now() if out else None
        group.save(update_fields=["deactivated_at"])
        record("service_group.out_of_use" if out else "service_group.in_use", group, by=by)


def _check_empty(group: ServiceGroup) -> None:
    if group.children.filter(deactivated_at=None).exists():
        raise RuleBroken(_("There are groups under it. Move them or take them out of use first."))
    held = Service.objects.filter(group=group, deactivated_at=None).count()
    if held:
        words = ngettext("It holds %(n)s card. Move it to another group first.", "It holds %(n)s cards. Move them to another group first.", held)
        raise RuleBroken(words % {"n": held})


def _name(group: ServiceGroup, names: Mapping[str, str]) -> None:
    for lang in LANGUAGES:
        setattr(group, f"name_{lang}", names.get(lang, "").strip())
    if not group.name_fi:
        raise RuleBroken(_("Give the group a name in Finnish."), field="name_fi")


def _check_parent(group: ServiceGroup, parent: ServiceGroup | None) -> None:
    if parent is None:
        return
    if parent.pk == group.pk or parent.parent_id is not None or parent.deactivated_at:
        raise RuleBroken(_("Choose a main group."), field="parent")
    if not group._state.adding and group.children.exists():
        raise RuleBroken(_("There are groups under this one, so it stays a main group."), field="parent")


def _put_in_order() -> None:
    """Number the whole tree as it is read: a group, those under it, the next."""
    groups = list(ServiceGroup.objects.order_by("order", "code"))
    walked = [each for top in groups if top.parent_id is None for each in (top, *(g for g in groups if g.parent_id == top.pk))]
    for order, group in enumerate(walked, start=1):
        if group.order != order:
            group.order = order
            group.save(update_fields=["order"])


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
