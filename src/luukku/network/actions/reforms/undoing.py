"""A move is taken back step by step, the last first, as long as nobody has touched what it moved."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models.deletion import Collector, ProtectedError, RestrictedError

from luukku.core.models import Event
from luukku.network.actions.reforms.marks import marks_of, model_of
from luukku.network.models import ReformMove, ReformStep

Row = tuple[str, int]  # table and key


def touched_since(move: ReformMove) -> Counter[str]:
    """How many rows are no longer as the move left them, have been acted on, or have got something that would be lost with them; by what they
    count as, and under `other` what counts as nothing."""
    touched: dict[str, set[Row]] = {}
    acted = _acted_on(move)
    own = {(step.table, int(key)) for step in ReformStep.objects.filter(move__reform=move.reform_id) for key in step.rows}
    for step in move.steps.order_by("position"):
        now = marks_of(step.table, [int(key) for key in step.rows])
        changed = {key for key, mark in step.marks.items() if now.get(key) != mark}
        if step.is_made:
            changed |= _in_use(step, own)
        changed |= {key for key in step.rows if (step.table, int(key)) in acted}
        touched.setdefault(step.what or "other", set()).update((step.table, int(key)) for key in changed)
    return +Counter({what: len(rows) for what, rows in touched.items()})


def take_back(move: ReformMove) -> None:
    """Put every row back as it was, and take away what was made; the steps are gone with it."""
    for step in move.steps.order_by("-position"):
        model = model_of(step.table)
        if step.is_made:
            model._base_manager.filter(pk__in=[int(key) for key in step.rows]).delete()
            continue
        fields = {field.attname: field for field in model._meta.concrete_fields}
        for columns, keys in _alike(step):
            values = {name: fields[name].to_python(value) for name, value in columns}
            model._base_manager.filter(pk__in=keys).update(**values)
    move.steps.all().delete()


def _alike(step: ReformStep) -> list[tuple[list[tuple[str, Any]], list[int]]]:
    """Rows that were alike in what was changed: most of a step's are, and go back by one statement."""
    groups: dict[str, tuple[list[tuple[str, Any]], list[int]]] = {}
    for key, columns in step.rows.items():
        found = groups.setdefault(repr(sorted(columns.items())), (sorted(columns.items()), []))
        found[1].append(int(key))
    return list(groups.values())


def _in_use(step: ReformStep, own: set[Row]) -> set[str]:
    """Those rows of a step that made them to which others point by now, besides what the reform itself has put there."""
    rows = list(model_of(step.table)._base_manager.filter(pk__in=[int(key) for key in step.rows]))
    if _hanging(rows) <= own:  # all at once: most steps have nothing, and then nobody asks of each row
        return set()
    return {str(row.pk) for row in rows if not _hanging([row]) <= own}


def _hanging(rows: Sequence[models.Model]) -> set[Row]:
    """What would be lost with these rows, or holds them, besides themselves."""
    if not rows:
        return set()
    collector = Collector(using="default", origin=rows[0])
    try:
        collector.collect(list(rows))
    except (ProtectedError, RestrictedError) as held:
        blocking: Any = held.protected_objects if isinstance(held, ProtectedError) else held.restricted_objects
        hanging = {_row(each) for each in blocking}
    else:
        hanging = {_row(each) for found in collector.data.values() for each in found}
        for query in collector.fast_deletes:
            hanging |= {(query.model._meta.label_lower, key) for key in query.values_list("pk", flat=True)}
    return hanging - {_row(row) for row in rows}


def _row(thing: models.Model) -> Row:
    return thing._meta.label_lower, thing.pk


def _acted_on(move: ReformMove) -> set[Row]:
    """What moved and has been acted on since, by the trail: a message written on a matter changes no column of it."""
    keys: dict[str, set[int]] = {}
    for step in move.steps.all():
        keys.setdefault(step.table, set()).update(int(key) for key in step.rows)
    events = models.Q(pk__in=[])
    for table, ids in keys.items():
        events |= models.Q(subject_kind=table, subject_id__in=ids)
    since = Event.objects.filter(events, at__gt=move.done_at).exclude(action__startswith="reform.").exclude(actor_kind="house")
    return set(since.values_list("subject_kind", "subject_id"))
