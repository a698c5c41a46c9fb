"""The list of kinds of organisation. A code never changes, since service cards name their providers by it."""

from collections.abc import Mapping

from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.trail import record
from luukku.core.translated import LANGUAGES
from luukku.network import access
from luukku.network.actions.writing import writing
from luukku.network.models import OrganisationType


def add_organisation_type(*, by: Actor, names: Mapping[str, str], is_private: bool = False) -> OrganisationType:
    """A new kind, the last of the list. Raises NotAllowed, RuleBroken."""
    access.require(access.can_edit_network(by))
    columns = _names(names)
    _check_free(columns["name_fi"], None)
    code = slugify(columns["name_en"] or columns["name_fi"])[:40].strip("-") or "kind"
    if OrganisationType.objects.filter(code=code).exists():
        raise RuleBroken(_("There is a kind of this name already, perhaps one that is no longer in use."), field="name_fi")
    with writing("organisation_type.add", by=by):
        last = OrganisationType.objects.aggregate(last=Max("order"))["last"] or 0
        kind = OrganisationType.objects.create(code=code, is_private=is_private, order=last + 1, **columns)
        record("organisation_type.added", kind, by=by)
    return kind


def edit_organisation_type(*, by: Actor, kind: OrganisationType, names: Mapping[str, str], is_private: bool, order: int) -> OrganisationType:
    """Its names, its place in lists, and whether it is private. Raises NotAllowed, RuleBroken."""
    access.require(access.can_edit_network(by))
    columns = {**_names(names), "is_private": is_private, "order": order}
    _check_free(str(columns["name_fi"]), kind)
    changed = [name for name, value in columns.items() if getattr(kind, name) != value]
    if changed:
        with writing("organisation_type.edit", by=by):
            for name in changed:
                setattr(kind, name, columns[name])
            kind.save(update_fields=changed)
            record("organisation_type.edited", kind, by=by, fields=len(changed))
    return kind


def use_organisation_type(*, by: Actor, kind: OrganisationType, used: bool) -> None:
    """Offer the kind for organisations, or no longer; those that are of the kind stay. Raises NotAllowed."""
    access.require(access.can_edit_network(by))
    if used == (kind.deactivated_at is None):
        return
    with writing("organisation_type.use", by=by):
        kind.deactivated_at = None if used else timezone.now()
        kind.save(update_fields=["deactivated_at"])
        record("organisation_type.reactivated" if used else "organisation_type.deactivated", kind, by=by)


def _names(names: Mapping[str, str]) -> dict[str, str]:
    columns = {f"name_{language}": names.get(language, "").strip() for language in LANGUAGES}
    if not columns["name_fi"]:
        raise RuleBroken(_("Give the name in Finnish."), field="name_fi")
    return columns


def _check_free(name: str, kind: OrganisationType | None) -> None:
    same = OrganisationType.objects.filter(name_fi__iexact=name, deactivated_at=None)
    if (same.exclude(pk=kind.pk) if kind else same).exists():
        raise RuleBroken(_("There is a kind of this name already."), field="name_fi")
