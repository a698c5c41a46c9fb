"""Things are kept as long as the table of times says, and no longer: at night, by the house."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.moments import moment_at
from luukku.core.months import months_before
from luukku.core.registries import retention_rules
from luukku.network.access import can_edit_network, require
from luukku.privacy.models import RetentionTime
from luukku.privacy.queries.keeping import kept_times

MOST_MONTHS, MOST_WORDS, AT_ONCE = 600, 300, 200


@dataclass(frozen=True)
class Kept:
    """What a night did with one kind of things: those whose time was over at `before`, how many went."""

    key: str
    months: int
    before: datetime
    due: int
    gone: int


def set_time(*, by: Actor, key: str, months: int, basis: str, at: datetime | None = None) -> RetentionTime:
    """How long things of one kind are kept from now on, and on which ground. By the national owner. Raises NotAllowed, RuleBroken with the field."""
    require(can_edit_network(by))
    now, words = at or timezone.now(), " ".join(basis.split())
    if not 1 <= months <= MOST_MONTHS:
        raise RuleBroken(_("Write the time in months, from 1 to 600."), field="months")
    if not words or len(words) > MOST_WORDS:
        raise RuleBroken(_("Say in at most 300 letters on which ground things are kept so long."), field="basis")
    with transaction.atomic():
        RetentionTime.objects.select_for_update().filter(key=key, until=None).update(until=now)
        made = RetentionTime.objects.create(key=key, months=months, basis=words, set_by_id=by.person_id, since=now)
        trail.record("retention.set", made, by=by, at=now, kind=key, months=months)
    return made


def keep_to_times(*, by: Actor, dry_run: bool = False, at: datetime | None = None) -> list[Kept]:
    """Take away what has had its time, or only count it. By the house. Raises NotAllowed."""
    if by.kind != "house":
        raise NotAllowed
    now, done = at or timezone.now(), []
    for line in kept_times():
        rule, before = retention_rules[line.key], moment_at(months_before(timezone.localdate(now), line.months))
        due, gone = rule.due(before), 0
        while not dry_run and gone < due:
            with transaction.atomic():
                some = rule.take_away(before, AT_ONCE)
            if not some:
                break
            gone += some
        done.append(Kept(line.key, line.months, before, due, gone))
    return done
