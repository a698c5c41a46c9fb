"""The house tries a reform out, carries it out on its day, and undoes it. Each move is one transaction: a house that is killed goes on after the
last one that was done, and half a move is never seen."""

from collections import Counter
from collections.abc import Sequence

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from luukku.core import mail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.trail import record
from luukku.core.translated import LANGUAGES
from luukku.network.actions.organisations import check_parent
from luukku.network.actions.reforms.moving import Mover, carry
from luukku.network.actions.reforms.undoing import take_back, touched_since
from luukku.network.actions.writing import writing
from luukku.network.models import Organisation, Reform, ReformMove
from luukku.network.models.reforms import ReformKind, ReformState
from luukku.network.queries.plans import keepers


def try_reform(*, by: Actor, reform_id: int) -> None:
    """Do it all, count, and take everything back; what was counted stays, and the sentence of a rule that was against it. For the house alone."""
    _require_house(by)
    reform = Reform.objects.get(pk=reform_id)
    figures: dict[int, dict[str, dict[str, int]]] = {}
    refusal = ""
    with transaction.atomic():
        try:
            with translation.override("fi"):
                for move in _moves(reform):
                    figures[move.pk] = _do(by, move).figures()
                with connection.cursor() as cursor:
                    cursor.execute("set constraints all immediate")
        except RuleBroken as broken:
            refusal = str(broken.message)[:500]
        transaction.set_rollback(True)
    for key, tried in figures.items():
        ReformMove.objects.filter(pk=key).update(tried=tried)
    Reform.objects.filter(pk=reform_id).update(counted_at=timezone.now(), refusal=refusal)


def due() -> list[int]:
    """Keys of what was decided for today or a day before and is not done, a killed worker's included."""
    waiting = Reform.objects.filter(state=ReformState.DECIDED, day__lte=timezone.localdate())
    return list(waiting.order_by("day", "pk").values_list("pk", flat=True))


def carry_on(*, by: Actor, reform_id: int) -> bool:
    """Carry out the next move of a decided reform, or finish it after the last; True while there is more to do. One transaction is enough.

    A rule that is against a move takes it back and stops the reform there, and the network's keepers hear. For the house alone.
    """
    _require_house(by)
    reform = Reform.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=reform_id, state=ReformState.DECIDED).first()
    if reform is None or reform.day > timezone.localdate():
        return False
    move = _moves(reform).first()
    if move is not None:
        return _carry_out_move(by, reform, move)
    reform.state, reform.done_at, reform.refusal = ReformState.DONE, timezone.now(), ""
    reform.save(update_fields=["state", "done_at", "refusal"])
    record("reform.done", reform, by=by, kind=reform.kind)
    return False


def undo_reform(*, by: Actor, reform_id: int) -> bool:
    """Take everything back at once, unless something that moved has been touched since: then nothing, and it says what. For the house alone."""
    _require_house(by)
    with transaction.atomic():
        reform = Reform.objects.select_for_update(of=("self",)).filter(pk=reform_id, state=ReformState.UNDOING).first()
        if reform is None:
            return False
        moves = list(reform.moves.exclude(done_at=None).order_by("-position", "-pk"))
        if touched := _touched(moves):
            reform.touched, reform.state = dict(touched), ReformState.DONE if reform.done_at else ReformState.STOPPED
            reform.save(update_fields=["touched", "state"])
            record("reform.not_undone", reform, by=by, touched=sum(touched.values()))
            return False
        with writing("reform.undo", by=by):
            for move in moves:
                take_back(move)
            reform.moves.update(done_at=None)
            reform.state, reform.undone_at = ReformState.UNDONE, timezone.now()
            reform.save(update_fields=["state", "undone_at"])
            record("reform.undone", reform, by=by, person=reform.undone_by_id)
    return True


def _require_house(by: Actor) -> None:
    if by.kind != "house":
        raise NotAllowed


def _moves(reform: Reform) -> "QuerySet[ReformMove]":
    return reform.moves.filter(done_at=None).select_related("source", "target", "reform").order_by("position", "pk")


def _do(by: Actor, move: ReformMove) -> Mover:
    mover, kind = Mover(move, by=by), ReformKind(move.reform.kind)
    if move.source.deactivated_at or mover.target.deactivated_at:
        gone = move.source if move.source.deactivated_at else mover.target
        raise RuleBroken(_("%(name)s has left the network.") % {"name": gone.name})
    this = Organisation.objects.filter(pk=move.source_id)
    if kind is ReformKind.RENAME:
        mover.change(this, what="network.renamed", **{f"name_{language}": move.names.get(language, "") for language in LANGUAGES})
    elif kind is ReformKind.PARENT:
        check_parent(move.source, mover.target)
        mover.change(this, what="network.parent", parent_id=move.target_id)
    else:
        carry(mover)
    return mover


def _carry_out_move(by: Actor, reform: Reform, move: ReformMove) -> bool:
    """Whether it was done; a rule against it takes back what it had begun and stops the reform."""
    try:
        with transaction.atomic(), translation.override("fi"), writing("reform.move", by=by):
            mover = _do(by, move)
            mover.keep()
            move.moved, move.done_at = mover.figures(), timezone.now()
            move.save(update_fields=["moved", "done_at"])
            record(
                "organisation.reformed", move.source, by=by, organisation_id=move.source_id, reform=reform.pk, kind=reform.kind,
                target=move.target_id, legal=move.is_legal, person=reform.decided_by_id,
            )  # fmt: skip
    except RuleBroken as broken:
        reform.state, reform.refusal = ReformState.STOPPED, str(broken.message)[:500]
        reform.save(update_fields=["state", "refusal"])
        record("reform.stopped", reform, by=by)
        for keeper in keepers():
            mail.queue("network.reform_stopped", reform, person=keeper.pk)
        return False
    return True


def _touched(moves: Sequence[ReformMove]) -> Counter[str]:
    found: Counter[str] = Counter()
    for move in moves:
        found += touched_since(move)
    return found
