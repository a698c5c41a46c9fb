"""The queue's rows, said in Python: a template takes three times as long over fifty of them. Its head is in desk/staff/queue.html."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from urllib.parse import quote

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.ui.filled import filled, joined
from luukku.core.ui.times import Teller, day_text
from luukku.desk.enums import CaseState
from luukku.desk.queries.addresses import case_url
from luukku.desk.queries.needed import misfits
from luukku.desk.queries.periods import end_of_today, end_of_week
from luukku.desk.queries.queue import Queue, QueueRow
from luukku.desk.queries.standing_in import standing_in_for
from luukku.desk.web.staff.phrases import CHANNELS, LANGUAGES, Clocks
from luukku.network.access import may
from luukku.network.enums import Right

_YELLOW = '<strong class="govuk-tag govuk-tag--yellow">{}</strong>'
_GREY = '<strong class="govuk-tag govuk-tag--grey">{}</strong>'
_ROW = """
<tr role="row" data-row{late}>
  <td role="cell">{clock}<small>{under}</small></td>
  <td role="cell"><a class="govuk-link" href="{url}" lang="{language}">{subject}</a> {tags}{part}<small>{small}</small></td>
  <td role="cell" data-number="{number}">{customer}{place}</td>
  {step}
  <td role="cell">{handler}{assign}</td>
</tr>"""
_PART = '<small class="lu-part">{about}</small>'
_PLACE = "<small>{place}</small>"
_STEP = '<td role="cell">{step}{at}</td>'
_STEP_AT = "<small>{at}</small>"
_NO_STEP = '<td role="cell" class="is-none"><span class="lu-soft">{}</span></td>'
_TAKE = '<button class="lu-do" form="ota" name="leg" value="{leg}" data-take>{words}<span class="govuk-visually-hidden">: {subject}</span></button>'
_NOBODY = '<span class="lu-soft">{}</span>'
_ASSIGN = ' <a class="lu-give" href="{url}{leg}/hoitaja?next={here}">{words}<span class="govuk-visually-hidden">: {subject}</span></a>'
LONGEST_PART = 70  # letters
_LATE = mark_safe(' class="is-late"')


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one urgency; `count` only where the whole queue is on the page."""

    label: str
    rows: SafeString
    count: int | None


class Liner:
    """Says rows for one actor at one moment in the language of the page; `here` is where the page stands, for the way back to it.

    `several`: numbers of the matters that stand here in more than one part.
    """

    def __init__(self, actor: Actor, now: datetime, here: str, *, several: Collection[str] = ()) -> None:
        self.actor, self.now, self.here, self.several = actor, now, quote(here), several
        self.language = (get_language() or "fi")[:2]
        self._away = standing_in_for(actor)
        self.nobody, self.no_step = format_html(_NOBODY, _("Nobody")), format_html(_NO_STEP, _("Not yet"))
        self._teller = Teller(now)
        self._clocks, self._take, self._assign_words, self._nameless = Clocks(now), _("Take up"), _("Assign"), _("Did not give a name")
        self._rights: dict[tuple[int, Right], bool] = {}
        self._channels: dict[str, str] = {}

    def may(self, right: Right, organisation_id: int) -> bool:
        key = (organisation_id, right)
        if key not in self._rights:
            self._rights[key] = may(self.actor, right, organisation_id=organisation_id)
        return self._rights[key]

    def line(self, row: QueueRow) -> SafeString:
        handles = self.may(Right.HANDLE_CASES, row.organisation_id)
        url = case_url(row.number)
        return filled(
            _ROW,
            late=_LATE if (owed := owed_at(row)) is not None and owed < self.now else "",
            clock=self._clocks.clock(row),
            under=self._clocks.under(row),
            url=url,
            language=row.language,
            subject=_("Call back %(phone)s") % {"phone": row.call_back} if row.call_back else row.subject,
            tags=self._tags(row),
            part=self._part(row),
            small=self._small(row, handles=handles),
            number=row.number,
            customer=row.customer or self._nameless,
            place=filled(_PLACE, place=row.municipality) if row.municipality else "",
            step=self._step(row),
            handler=self._handler(row, handles=handles),
            assign=self._assign(row, url),
        )

    def _step(self, row: QueueRow) -> SafeString | str:
        """What happens next, and when."""
        if not row.next_step:
            return self.no_step
        at = filled(_STEP_AT, at=self._teller.near(row.next_step_at)) if row.next_step_at is not None else ""
        return filled(_STEP, step=row.next_step, at=at)

    def _tags(self, row: QueueRow) -> SafeString:
        shown = [tags(row, self.actor)]
        if row.handler_id in self._away:
            shown.append(format_html(_GREY, _("You stand in")))
        if row.needed_by is not None:
            colour = _YELLOW if misfits(row.needed_by, row.due_at, row.ready, timezone.localdate(self.now)) else _GREY
            shown.append(format_html(colour, _("Needed by %(day)s") % {"day": day_text(row.needed_by)}))
        return mark_safe(" ".join(shown))  # noqa: S308

    def _small(self, row: QueueRow, *, handles: bool) -> str:
        if row.channel not in self._channels:
            self._channels[row.channel] = str(CHANNELS[row.channel])
        parts = [row.number, self._channels[row.channel]]
        if row.language != self.language:
            parts.append(str(LANGUAGES[row.language]))
        if not handles:
            parts.append(row.desk)
        return ", ".join(parts)

    def _part(self, row: QueueRow) -> SafeString | str:
        """Which part of its matter the row is, where there is more than one."""
        part = row.about or (row.service or _("the first part")) * (row.number in self.several)
        return filled(_PART, about=_("Part: %(about)s") % {"about": Truncator(part).chars(LONGEST_PART)}) if part else ""

    def _handler(self, row: QueueRow, *, handles: bool) -> SafeString | str:
        if handles and row.state == CaseState.NEW and row.handler_id in (None, self.actor.person_id, *self._away):
            return filled(_TAKE, leg=str(row.pk), words=self._take, subject=row.subject)
        return row.handler or self.nobody

    def _assign(self, row: QueueRow, url: str) -> SafeString | str:
        if not self.may(Right.LEAD_DESK, row.organisation_id):
            return ""
        return filled(_ASSIGN, url=url, leg=str(row.pk), here=self.here, words=self._assign_words, subject=row.subject)


class Marked(Protocol):
    """What the tags need to know of a leg: a `Leg` has it, and so has a row of the queue."""

    @property
    def state(self) -> str: ...
    @property
    def handler_id(self) -> int | None: ...
    @property
    def look_at(self) -> datetime | None: ...
    @property
    def not_contacted(self) -> bool: ...
    @property
    def answer_awaited(self) -> bool: ...
    @property
    def mail_failed(self) -> bool: ...
    @property
    def call_waits(self) -> bool: ...


def owed_at(row: QueueRow) -> datetime | None:
    """When something is to be done: the promise, or the day said of it, whichever comes first."""
    return min((each for each in (row.due_at, row.look_at) if each is not None), default=None)


def tags(leg: Marked, actor: Actor) -> SafeString:
    """What is special about a leg: at most two."""
    shown = []
    if leg.not_contacted:
        shown.append(format_html(_YELLOW, _("”Nobody has contacted me”")))
    elif leg.answer_awaited:
        shown.append(format_html(_YELLOW, _("Message not answered")))
    elif leg.call_waits:
        shown.append(format_html(_YELLOW, _("Call the customer")))
    elif leg.mail_failed:
        shown.append(format_html(_YELLOW, _("Mail does not get through")))
    elif leg.look_at is not None and leg.look_at < timezone.now():
        shown.append(format_html(_YELLOW, _("The wait is over") if leg.state == CaseState.WAITING else _("The next step has passed")))
    if leg.state == CaseState.NEW and leg.handler_id is not None:
        words = _("Given to you") if leg.handler_id == actor.person_id else _("Not yet taken up")
        shown.append(format_html(_GREY, words))
    return mark_safe(" ".join(shown))  # noqa: S308


def groups(found: Queue, actor: Actor, now: datetime, here: str) -> list[Group]:
    """Rows by urgency when the promise sorts them, else in one group without a name."""
    numbers = Counter(row.number for row in found.rows)
    liner = Liner(actor, now, here, several={number for number, count in numbers.items() if count > 1})
    if found.filters.sort != "due":
        return [Group("", joined([liner.line(row) for row in found.rows]), None)] if found.rows else []
    names = (_("Late"), _("Today"), _("This week"), _("Later"), _("Waiting"))
    sorted_rows: list[list[SafeString]] = [[] for _name in names]
    limits = [now, end_of_today(now), end_of_week(now)]
    for row in found.rows:
        due = owed_at(row)
        place = len(limits) + 1 if due is None else next((at for at, limit in enumerate(limits) if due < limit), len(limits))
        sorted_rows[place].append(liner.line(row))
    whole = found.next is None and found.previous is None
    return [Group(name, joined(rows), len(rows) if whole else None) for name, rows in zip(names, sorted_rows, strict=True) if rows]
