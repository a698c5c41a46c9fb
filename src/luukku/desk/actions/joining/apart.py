"""Two matters look alike and are not the same: who has seen it says so, and it is not shown again until somebody takes it back."""

from datetime import datetime

from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.desk.actions.work import work_on, work_on_all
from luukku.desk.models import Case, NotSame


def say_not_same(*, by: Actor, case: Case, other: Case, at: datetime | None = None) -> NotSame:
    """By whoever handles a part of `case` and sees both; saying it twice is saying it once. Raises RuleBroken, NotFound, NotAllowed."""
    if by.person_id is None:
        raise NotAllowed
    if case.pk == other.pk:
        raise RuleBroken(_("Choose another matter than this one."))
    with work_on_all([case.pk, other.pk], by=by, at=at) as (work, seen):
        leg = work.leg()
        first, second = sorted((work.case.pk, seen.case.pk))
        said, made = NotSame.objects.get_or_create(
            case_id=first, other_id=second, undone_at=None, defaults={"said_by_id": by.person_id, "said_at": work.at}
        )
        if made:
            work.record("case.not_same", leg=leg, other=seen.case.pk)
        return said


def may_be_same(*, by: Actor, case: Case, said: NotSame, at: datetime | None = None) -> NotSame:
    """Taken back: the two are shown to each other again. Raises NotFound, NotAllowed."""
    with work_on(case.pk, by=by, at=at) as work:
        leg = work.leg()
        locked = NotSame.objects.select_for_update().filter(pk=said.pk).first()
        if locked is None or case.pk not in (locked.case_id, locked.other_id):
            raise NotFound
        if locked.undone_at is None:
            locked.undone_at, locked.undone_by_id = work.at, by.person_id
            locked.save(update_fields=["undone_at", "undone_by"])
            work.record("case.maybe_same", leg=leg, other=locked.other_id if locked.case_id == case.pk else locked.case_id)
        return locked
