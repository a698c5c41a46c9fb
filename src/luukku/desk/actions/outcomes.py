"""What came of a case, written down by each organisation for its own part; nothing is overwritten by another, and nothing counted twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import NotFound, RuleBroken
from luukku.customers.actions.registering import check_business_id
from luukku.desk.actions.claims import word_after
from luukku.desk.actions.work import Work, work_on
from luukku.desk.enums import FIGURE_OF, FinanceKind, OutcomeKind
from luukku.desk.models import Leg, Outcome


@dataclass(frozen=True)
class OutcomeForm:
    """One thing that came of a case: euros for finance (by kind) and investment, people for jobs and recruitment, a business ID for a start.

    `same`: whether these euros or people are those that another organisation has written down; None lets equal figures say so.
    """

    kind: str
    amount: int | None = None
    count: int | None = None
    text: str = ""
    finance: str = ""
    business_id: str = ""
    same: bool | None = None


def check_outcomes(outcomes: Sequence[OutcomeForm]) -> None:
    """Raises RuleBroken for what cannot be written down."""
    kinds = [(each.kind, each.finance) for each in outcomes]
    if any(kind not in OutcomeKind.values for kind, _finance in kinds) or len(set(kinds)) != len(kinds):
        raise RuleBroken(_("Choose each outcome once."), field="outcomes")
    if not kinds:
        raise RuleBroken(_("Choose what came of it, even if it is nothing."), field="outcomes")
    if any(finance not in ("", *FinanceKind.values) or (finance and kind != OutcomeKind.FINANCE) for kind, finance in kinds):
        raise RuleBroken(_("Choose the kind of finance."), field="outcomes")
    if any((each.amount or 0) < 0 or (each.count or 0) < 0 for each in outcomes):
        raise RuleBroken(_("Amounts cannot be negative."), field="outcomes")
    for each in outcomes:
        if each.business_id and each.kind != OutcomeKind.STARTED:
            raise RuleBroken(_("A business ID belongs to a business that was started."), field="business_id")
        check_business_id(each.business_id)


def write_outcomes(work: Work, leg: Leg, outcomes: Sequence[OutcomeForm]) -> None:
    """What the part came to; written again it replaces what the part's own organisation wrote of these kinds, and nobody else's."""
    before = list(Outcome.objects.filter(case=work.case).order_by("id"))
    written = [(each.kind, each.finance) for each in outcomes]
    for old in before:
        if old.leg_id == leg.pk and old.kind in {kind for kind, _finance in written} and (old.kind, old.finance) not in written:
            old.delete()
    others = [each for each in before if each.leg_id != leg.pk and each.same_as_id is None]
    own = {(each.kind, each.finance): each for each in before if each.leg_id == leg.pk}
    for each in outcomes:
        mine, figure = own.get((each.kind, each.finance)), FIGURE_OF.get(OutcomeKind(each.kind))
        Outcome.objects.update_or_create(
            case=work.case, leg=leg, kind=each.kind, finance=each.finance,
            defaults={
                "amount": each.amount, "count": each.count, "text": each.text[:300], "created_at": work.at, "same_as": _same(each, others),
                "business_id": check_business_id(each.business_id) or "",
                **(word_after(mine, getattr(each, figure) if figure else None) if mine is not None else {}),
            },
        )  # fmt: skip


def _same(form: OutcomeForm, others: Sequence[Outcome]) -> Outcome | None:
    """The outcome of another part that this one is, too: as is said, else where there is no figure or the same figure."""
    alike = [
        each for each in others if each.kind == form.kind and (each.finance == form.finance or (form.same and "" in (each.finance, form.finance)))
    ]
    nearest = sorted(alike, key=lambda each: (each.finance != form.finance, each.pk))
    if form.same is not None:
        return nearest[0] if form.same and nearest else None
    figure = FIGURE_OF.get(OutcomeKind(form.kind))
    return next((each for each in nearest if figure is None or getattr(each, figure) == getattr(form, figure)), None)


def name_business(*, by: Actor, outcome: Outcome, business_id: str, at: datetime | None = None) -> Outcome:
    """The business ID of a business that was started, when it is known: by those who handle the part, or by another of the case's handlers.

    Raises RuleBroken for one that is none, NotFound, NotAllowed.
    """
    found = check_business_id(business_id)
    if found is None:
        raise RuleBroken(_("Write the business ID."), field="business_id")
    with work_on(outcome.case_id, by=by, at=at) as work:
        leg = work.leg()
        locked = Outcome.objects.select_for_update(of=("self",)).filter(pk=outcome.pk, case=work.case, kind=OutcomeKind.STARTED).first()
        if locked is None:
            raise NotFound
        locked.business_id = found
        locked.save(update_fields=["business_id"])
        work.record("case.business_named", leg=leg)
        return locked
