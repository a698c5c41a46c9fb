"""What waits after the end of a case: low marks to follow up, and what customers said months later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.desk.access import visible_cases
from luukku.desk.enums import FIGURE_OF, OutcomeKind
from luukku.desk.models import Feedback, FollowUp, Leg, Outcome, OutcomeCheck
from luukku.network.models import Desk


@dataclass(frozen=True)
class OpenFollowUp:
    """A low mark that waits for somebody: the case's number and subject, the face, her words and whether she may be contacted."""

    pk: int
    number: str
    subject: str
    due_at: datetime
    face: int
    comment: str
    may_contact: bool


def open_follow_ups(actor: Actor, *organisations: int) -> list[OpenFollowUp]:
    """Those of the organisations' cases (keys), the first due first. One statement."""
    return _first_due(actor, Q(case__legs__desk__organisation__in=organisations))


def my_follow_ups(actor: Actor) -> list[OpenFollowUp]:
    """Those of cases of which the actor handles a part or has handled it, or answers for the whole; the first due first. One statement."""
    if actor.person_id is None:
        return []
    return _first_due(actor, Q(case__legs__handler=actor.person_id) | Q(case__sponsor=actor.person_id))


def _first_due(actor: Actor, whose: Q, most: int = 100) -> list[OpenFollowUp]:
    rows = FollowUp.objects.filter(whose, done_at=None, case__in=visible_cases(actor))
    facts = rows.order_by("due_at", "id").distinct().values_list(
        "id", "case__number", "case__subject", "due_at", "case__feedback__face", "case__feedback__comment", "case__feedback__may_contact"
    )  # fmt: skip
    return [OpenFollowUp(*row) for row in facts[:most]]


def get_follow_up(actor: Actor, number: str, pk: int) -> FollowUp:
    """Raises NotFound."""
    found = FollowUp.objects.select_related("case").filter(pk=pk, case__in=visible_cases(actor), case__number=number.upper()).first()
    if found is None:
        raise NotFound
    return found


def feedback_of(follow_up: FollowUp) -> Feedback:
    """The mark that is followed up."""
    return Feedback.objects.get(case=follow_up.case)


def latest_check(case_id: int) -> OutcomeCheck | None:
    """The last question asked months after its matter ended, answered or not. None while that is open again, and until it is asked of the new end."""
    return OutcomeCheck.objects.filter(case_id=case_id, ended_at=F("case__settled_at")).order_by("-asked_at", "-id").first()


def open_beside(leg: Leg) -> list[Desk]:
    """The desks at which other parts of its matter go on when this one has ended. One statement."""
    return [each.desk for each in Leg.objects.open().filter(case=leg.case_id).exclude(pk=leg.pk).select_related("desk")]


def outcomes_of(case_id: int) -> list[Outcome]:
    """What came of the case, as each organisation wrote it down when its part ended; what is the same as another's stands once."""
    return list(Outcome.objects.filter(case_id=case_id, same_as=None).order_by("id"))


def figure_key(outcome: Outcome) -> str:
    """By what the figure of a kind of outcome is kept months later: `jobs`, `finance`, `finance-loan`."""
    return f"{outcome.kind}-{outcome.finance}" if outcome.finance else outcome.kind


def figures_of(outcomes: Sequence[Outcome]) -> dict[str, tuple[Outcome, int | None]]:
    """By key: an outcome that has figures, and the sum of what was written down, None where nobody wrote any."""
    found: dict[str, tuple[Outcome, int | None]] = {}
    for each in outcomes:
        figure = FIGURE_OF.get(OutcomeKind(each.kind))
        if figure is not None:
            first, before = found.get(figure_key(each), (each, None))
            told = getattr(each, figure)
            found[figure_key(each)] = (first, before if told is None else (before or 0) + told)
    return found
