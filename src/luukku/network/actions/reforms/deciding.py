"""A reform is put together, tried out, decided, or given up. Carrying it out is the house's work (`carrying_out`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.trail import record
from luukku.network import access
from luukku.network.actions.organisations import OrganisationDetails, create_organisation
from luukku.network.actions.writing import writing
from luukku.network.models import Organisation, Reform, ReformMove
from luukku.network.models.reforms import ReformKind, ReformState

FURTHEST = timedelta(days=5 * 366)
WAITING = (ReformState.DRAFT, ReformState.DECIDED, ReformState.STOPPED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What goes from one organisation to another: everything, or what was chosen (keys)."""

    source: Organisation
    target: Organisation | None = None
    everything: bool = True
    regions: Sequence[int] = ()
    people: Sequence[int] = ()
    services: Sequence[int] = ()
    is_legal: bool = False
    names: Mapping[str, str] | None = None


def prepare(*, by: Actor, kind: ReformKind, day: date, parts: Sequence[Part], why: str = "") -> Reform:
    """Put a reform together; nothing moves. It is tried out at once, as a job. Raises NotAllowed, RuleBroken."""
    access.require(access.can_edit_network(by))
    today = timezone.localdate()
    if not today <= day <= today + FURTHEST:
        raise RuleBroken(_("Give today or a day to come. What has moved cannot be moved in the past."), field="day")
    if not parts:
        raise RuleBroken(_("Choose the organisations."), field="sources")
    for part in parts:
        _check(part)
    with writing("reform.prepare", by=by):
        reform = Reform.objects.create(kind=kind, day=day, why=why.strip()[:300], made_by_id=by.person_id)
        for position, part in enumerate(parts, start=1):
            add(reform, part, position)
        record("reform.prepared", reform, by=by, kind=kind.value, day=day, moves=len(parts))
        try_out(reform)
    return reform


def receiver(*, by: Actor, source: Organisation, target: Organisation | None, new_name: str) -> Organisation:
    """Who receives: the one that was chosen, or a new one of the source's kind, which is in the network at once so that it can be made ready.

    Raises NotAllowed.
    """
    if target is not None:
        return target
    details = OrganisationDetails(type=source.type, name_fi=new_name.strip(), phone=source.phone, email=source.email, website=source.website)
    return create_organisation(by=by, details=details, is_sample=source.is_sample)


def add(reform: Reform, part: Part, position: int) -> ReformMove:
    """One move of it."""
    return ReformMove.objects.create(
        reform=reform, position=position, source=part.source, target=part.target, everything=part.everything, regions=list(part.regions),
        people=list(part.people), services=list(part.services), is_legal=part.is_legal, names=dict(part.names or {}),
    )  # fmt: skip


def add_part(*, by: Actor, reform: Reform, part: Part) -> ReformMove:
    """Another receiver of an organisation that is split. Raises NotAllowed, RuleBroken."""
    access.require(access.can_edit_network(by))
    if reform.state != ReformState.DRAFT:
        raise RuleBroken(_("This reform has been decided already."))
    _check(part)
    last = reform.moves.order_by("position").last()
    if reform.moves.filter(source=part.source, everything=True).exists():
        raise RuleBroken(_("The last part takes everything that is left. Take it away first."))
    with writing("reform.prepare", by=by):
        move = add(reform, part, last.position + 1 if last else 1)
        Reform.objects.filter(pk=reform.pk).update(counted_at=None)
        try_out(reform)
    return move


def drop_part(*, by: Actor, move: ReformMove) -> None:
    """This does not move after all. Raises NotAllowed, RuleBroken."""
    access.require(access.can_edit_network(by))
    if move.reform.state != ReformState.DRAFT:
        raise RuleBroken(_("This reform has been decided already."))
    with writing("reform.prepare", by=by):
        move.delete()
        Reform.objects.filter(pk=move.reform_id).update(counted_at=None)
        try_out(move.reform)


def try_out(reform: Reform) -> None:
    """Queue a trial of it, in which everything is moved, counted, and taken back."""
    app.configure_task("luukku.network.tasks.try_reform").defer(reform_id=reform.pk)


def try_again(*, by: Actor, reform: Reform) -> None:
    """Count anew what would move. Raises NotAllowed."""
    access.require(access.can_edit_network(by))
    if reform.state in WAITING:
        Reform.objects.filter(pk=reform.pk).update(counted_at=None)
        try_out(reform)


def decide(*, by: Actor, reform: Reform) -> Reform:
    """It will be carried out on its day, or at once when that is today. Raises NotAllowed, and RuleBroken before it has been tried out."""
    access.require(access.can_edit_network(by))
    if reform.state not in (ReformState.DRAFT, ReformState.STOPPED):
        raise RuleBroken(_("This reform has been decided already."))
    if not reform.moves.exists():
        raise RuleBroken(_("Nothing would move. Say first what goes where."))
    if reform.counted_at is None:
        raise RuleBroken(_("What would move is still being counted. Look at it first."))
    if reform.refusal:
        raise RuleBroken(_("A rule is against it. Mend what it says and count again."))
    with writing("reform.decide", by=by):
        reform.state, reform.decided_by_id, reform.decided_at = ReformState.DECIDED, by.person_id, timezone.now()
        reform.day = max(reform.day, timezone.localdate())
        reform.save(update_fields=["state", "decided_by", "decided_at", "day"])
        record("reform.decided", reform, by=by, kind=reform.kind, day=reform.day)
        if reform.day <= timezone.localdate():
            app.configure_task("luukku.network.tasks.carry_out_reform").defer(reform_id=reform.pk)
    return reform


def cancel(*, by: Actor, reform: Reform) -> None:
    """It does not come. What has moved already is not given back by this: that is undoing. Raises NotAllowed, RuleBroken."""
    access.require(access.can_edit_network(by))
    if reform.state not in WAITING or reform.moves.exclude(done_at=None).exists():
        raise RuleBroken(_("Something of it has moved already. Undo it instead."))
    with writing("reform.cancel", by=by):
        Reform.objects.filter(pk=reform.pk).update(state=ReformState.CANCELLED)
        record("reform.cancelled", reform, by=by)


def undo(*, by: Actor, reform: Reform) -> None:
    """Ask for everything back. The house does it, unless something has been touched since; that is told then. Raises NotAllowed, RuleBroken."""
    access.require(access.can_edit_network(by))
    stopped_halfway = reform.state == ReformState.STOPPED and reform.moves.exclude(done_at=None).exists()
    if not reform.can_be_undone and not stopped_halfway:
        raise RuleBroken(_("It can no longer be undone."))
    with writing("reform.undo", by=by):
        Reform.objects.filter(pk=reform.pk).update(state=ReformState.UNDOING, undone_by=by.person_id, touched={})
        record("reform.undo_asked", reform, by=by)
        app.configure_task("luukku.network.tasks.undo_reform").defer(reform_id=reform.pk)


def _check(part: Part) -> None:
    for each, field in ((part.source, "sources"), (part.target, "target")):
        if each is not None and each.deactivated_at:
            raise RuleBroken(_("%(name)s has left the network.") % {"name": each.name}, field=field)
    if part.target is not None and part.target.pk == part.source.pk:
        raise RuleBroken(_("Choose another organisation than the one from which it moves."), field="target")
    if not part.everything and not (part.regions or part.people or part.services):
        raise RuleBroken(_("Choose what moves: regions, people or services."), field="regions")
    if part.names and all(getattr(part.source, f"name_{language}") == name.strip() for language, name in part.names.items()):
        raise RuleBroken(_("It has this name already. Write the new one."), field="name_fi")
    if part.is_legal and not part.everything:
        raise RuleBroken(_("Only who takes over everything that is left can be the legal successor."), field="is_legal")
