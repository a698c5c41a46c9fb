"""One organisation lets another act for it, for a period."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.trail import record
from luukku.network import access
from luukku.network.access.representing import can_name_representative, ending
from luukku.network.actions.periods import EARLIEST, FURTHEST
from luukku.network.actions.writing import writing
from luukku.network.models import Organisation, Representation


def name_representative(
    *, by: Actor, represented: Organisation, representative: Organisation, since: date, until: date | None = None
) -> Representation:
    """From `since`, and until `until` where it is known, `representative` acts for `represented`. Raises NotAllowed, RuleBroken."""
    access.require(can_name_representative(by, represented))
    _check_period(since, until)
    with writing("organisation.represent", by=by):
        _check_sides(represented, representative, since, until)
        try:
            with transaction.atomic():
                made = Representation.objects.create(
                    represented=represented, representative=representative, valid_from=since, valid_until=until
                )  # fmt: skip
        except IntegrityError as taken:
            raise RuleBroken(_("Somebody acts for it already in that time. End that first, or give another day."), field="since") from taken
        record("organisation.represented", represented, by=by, organisation_id=represented.pk, representative=representative.pk, since=since)
    return made


def end_representation(*, by: Actor, representation: Representation, last_day: date) -> None:
    """`last_day` is the last on which it acts for the other; one that has not begun by then never does. Raises NotAllowed, RuleBroken."""
    access.require(bool(ending(by, [representation])))
    today = timezone.localdate()
    if last_day < today - timedelta(days=1):
        raise RuleBroken(_("What has been done on its behalf stays. Give yesterday, today or a later day."), field="last_day")
    if last_day > today + FURTHEST:
        raise RuleBroken(_("The day lies too far ahead. Check the year."), field="last_day")
    with writing("organisation.represent", by=by):
        if representation.valid_from and representation.valid_from > last_day:
            representation.delete()
        else:
            _move_end(representation, last_day)
        represented = representation.represented
        record("organisation.representation_ended", represented, by=by, organisation_id=represented.pk, last_day=last_day)


def end_all_of(organisation: Organisation) -> None:
    """It leaves the network: nobody acts for it and it acts for nobody from today on. Part of an action; the caller has the right."""
    yesterday = timezone.localdate() - timedelta(days=1)
    spells = Representation.objects.filter(Q(represented=organisation) | Q(representative=organisation))
    spells.filter(valid_from__gt=yesterday).delete()
    spells.filter(Q(valid_until=None) | Q(valid_until__gt=yesterday)).update(valid_until=yesterday)


def _move_end(representation: Representation, last_day: date) -> None:
    representation.valid_until = last_day
    try:
        with transaction.atomic():
            representation.save(update_fields=["valid_until"])
    except IntegrityError as taken:
        raise RuleBroken(_("Another one acts for it from before that day. Give an earlier day."), field="last_day") from taken


def _check_period(since: date, until: date | None) -> None:
    if since < EARLIEST:
        raise RuleBroken(_("The day lies too far back. Check the year."), field="since")
    if since > timezone.localdate() + FURTHEST:
        raise RuleBroken(_("The day lies too far ahead. Check the year."), field="since")
    if until is not None and until < since:
        raise RuleBroken(_("The last day is before the first."), field="until")


def _check_sides(represented: Organisation, representative: Organisation, since: date, until: date | None) -> None:
    """Two different ones that are in the network, and no chains: who is represented represents nobody. Locks both, so that two at once see it."""
    if represented.pk == representative.pk:
        raise RuleBroken(_("Choose another organisation: each acts for itself anyway."), field="representative")
    locked = Organisation.objects.select_for_update().filter(pk__in=(represented.pk, representative.pk)).order_by("pk")
    if any(each.deactivated_at for each in locked):
        raise RuleBroken(_("The organisation has left the network."), field="representative")
    then = _overlapping(since, until)
    if then.filter(represented=representative).exists():
        raise RuleBroken(_("%(name)s is itself represented by another in that time.") % {"name": representative.name}, field="representative")
    if then.filter(representative=represented).exists():
        raise RuleBroken(_("%(name)s acts for others in that time, so nobody acts for it.") % {"name": represented.name}, field="representative")


def _overlapping(since: date, until: date | None) -> "QuerySet[Representation]":
    found = Representation.objects.filter(Q(valid_until=None) | Q(valid_until__gte=since))
    return found if until is None else found.filter(Q(valid_from=None) | Q(valid_from__lte=until))
