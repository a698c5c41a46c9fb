"""The queue's rows, said in Python: the template only puts them in their places."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.desk.enums import CaseState
from luukku.desk.models import Case, Leg
from luukku.desk.queries.queue import Queue, QueueRow
from luukku.desk.web.staff.frame import case_url
from luukku.desk.web.staff.phrases import CHANNELS, LANGUAGES, leg_clock, under_clock
from luukku.network.access import may
from luukku.network.enums import Right

_YELLOW = '<strong class="govuk-tag govuk-tag--yellow">{}</strong>'
_GREY = '<strong class="govuk-tag govuk-tag--grey">{}</strong>'


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it is shown."""

    leg: int
    late: bool
    clock: SafeString | str
    under: str
    url: str
    subject: str
    language: str
    tags: SafeString
    number: str
    small: str
    customer: str
    place: str
    step: str
    handler: str
    can_take: bool
    assign_url: str


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one urgency; `count` only where the whole queue is on the page."""

    label: str
    lines: list[Line]
    count: int | None


class Liner:
    """Says rows for one actor at one moment in the language of the page."""

    def __init__(self, actor: Actor, now: datetime) -> None:
        self.actor, self.now = actor, now
        self.language = (get_language() or "fi")[:2]
        self._base = case_url("0").removesuffix("0/")  # to find an address anew for each row would cost more than the rest of it
        self._rights: dict[tuple[int, Right], bool] = {}

    def may(self, right: Right, organisation_id: int) -> bool:
        key = (organisation_id, right)
        if key not in self._rights:
            self._rights[key] = may(self.actor, right, organisation_id=organisation_id)
        return self._rights[key]

    def line(self, row: QueueRow) -> Line:
        leg, case = row.leg, row.case
        handles = self.may(Right.HANDLE_CASES, leg.desk.organisation_id)
        leads = self.may(Right.LEAD_DESK, leg.desk.organisation_id)
        url = f"{self._base}{case.number}/"
        return Line(
            leg=leg.pk,
            late=leg.due_at is not None and leg.due_at < self.now,
            clock=leg_clock(leg, self.now),
            under=under_clock(leg, self.now),
            url=url,
            subject=case.subject,
            language=case.language,
            tags=tags(leg, self.actor),
            number=case.number,
            small=self._small(leg, case, handles=handles),
            customer=row.customer or _("Did not give a name"),
            place=str(case.municipality.name) if case.municipality else "",
            step=leg.next_step,
            handler=leg.handler.name if leg.handler else "",
            can_take=handles and leg.state == CaseState.NEW and leg.handler_id in (None, self.actor.person_id),
            assign_url=f"{url}{leg.pk}/hoitaja" if leads else "",
        )

    def _small(self, leg: Leg, case: Case, *, handles: bool) -> str:
        parts = [case.number, str(CHANNELS[case.channel])]
        if case.language != self.language:
            parts.append(str(LANGUAGES[case.language]))
        if not handles:
            parts.append(str(leg.desk.name))
        return ", ".join(parts)


def tags(leg: Leg, actor: Actor) -> SafeString:
    """What is special about a leg: at most two."""
    shown = []
    if leg.not_contacted:
        shown.append(format_html(_YELLOW, _("”Nobody has contacted me”")))
    elif leg.answer_awaited:
        shown.append(format_html(_YELLOW, _("Waits for an answer")))
    if leg.state == CaseState.NEW and leg.handler_id is not None:
        words = _("Given to you") if leg.handler_id == actor.person_id else _("Not yet taken up")
        shown.append(format_html(_GREY, words))
    return mark_safe(" ".join(shown))  # noqa: S308


def groups(found: Queue, actor: Actor, now: datetime) -> list[Group]:
    """Rows by urgency when the promise sorts them, else in one group without a name."""
    liner = Liner(actor, now)
    if found.filters.sort != "due":
        return [Group("", [liner.line(row) for row in found.rows], None)] if found.rows else []
    names = (_("Late"), _("Today"), _("This week"), _("Later"), _("Waiting"))
    sorted_rows: list[list[Line]] = [[] for _name in names]
    limits = _limits(now)
    for row in found.rows:
        due = row.leg.due_at
        place = len(limits) + 1 if due is None else next((at for at, limit in enumerate(limits) if due < limit), len(limits))
        sorted_rows[place].append(liner.line(row))
    whole = found.next is None and found.previous is None
    return [Group(name, lines, len(lines) if whole else None) for name, lines in zip(names, sorted_rows, strict=True) if lines]


def _limits(now: datetime) -> list[datetime]:
    """Ends of late (now), today, and this week (Sunday), by the Finnish clock."""
    today = timezone.localdate(now)
    midnights = [today + timedelta(days=1), today + timedelta(days=7 - today.weekday())]
    return [now, *(timezone.make_aware(datetime.combine(day, time.min)) for day in midnights)]
