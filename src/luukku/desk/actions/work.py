"""The frame of every change of a case: one transaction, the case locked first and its legs after it, the state derived at the end."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from luukku.core import files as file_store
from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.trail import Fact
from luukku.desk.access import can_handle_leg, visible_cases
from luukku.desk.actions.clocks import LegClocks
from luukku.desk.actions.news import must_call, tell_customer
from luukku.desk.enums import ENDED_STATES, CaseState, Channel, Direction, WaitingFor
from luukku.desk.models import Attachment, Case, Handover, Leg, Message, Note, Wait
from luukku.desk.queries.reaching import reach_annotation

MOST_WORDS = 20_000  # letters
_LEG_FIELDS = (
    "state", "handler", "service", "waiting_for", "waiting_until", "waits_for_leg", "next_step", "next_step_at", "due_at", "due_kind",
    "not_contacted", "answer_awaited", "mail_failed", "call_waits", "taken_up_at", "settled_at",
)  # fmt: skip


@dataclass
class Work:
    """A locked case with its locked legs, at one moment, in one actor's hands."""

    by: Actor
    case: Case
    legs: list[Leg]
    at: datetime
    waited: dict[int, str] = field(default_factory=dict)  # by leg: what it waited for when it was locked

    def leg(self, wanted: Leg | None = None) -> Leg:
        """The locked twin of `wanted`, or the open leg that is hers, or else the first that her desk handles. Raises NotAllowed for none."""
        ours = [leg for leg in self.legs if leg.state != CaseState.JOINED and can_handle_leg(self.by, leg)]
        if wanted is not None:
            ours = [leg for leg in ours if leg.pk == wanted.pk]
        if not ours:
            raise NotAllowed
        return min(ours, key=lambda leg: (leg.state in ENDED_STATES, leg.handler_id != self.by.person_id, leg.position))

    def clocks(self, leg: Leg) -> LegClocks:
        return LegClocks(leg, self.case.region, self.at)

    def save(self, *legs: Leg) -> None:
        """Write the legs, derive the case's state from all of them, write the case."""
        self.keep(*legs)
        state = state_of_case([CaseState(leg.state) for leg in self.legs if leg.state != CaseState.JOINED])
        ended = state in ENDED_STATES
        self.case.settled_at = (self.case.settled_at or self.at) if ended else None
        self.case.state = state
        self.case.save(update_fields=["state", "settled_at", "sponsor"])

    def keep(self, *legs: Leg) -> None:
        """Write the legs only; `save` follows for the case."""
        for leg in legs:
            leg.save(update_fields=_LEG_FIELDS)
            self._record_wait(leg)

    def _record_wait(self, leg: Leg) -> None:
        """A spell of waiting ends, another begins, when the cause has changed."""
        if self.waited.get(leg.pk, "") == leg.waiting_for:
            return
        if self.waited.get(leg.pk):
            Wait.objects.filter(leg=leg, ended_at=None).update(ended_at=Greatest("started_at", Value(self.at)))
        if leg.waiting_for:
            Wait.objects.create(leg=leg, cause=leg.waiting_for, started_at=self.at)
        self.waited[leg.pk] = leg.waiting_for

    def record(self, action: str, *, leg: Leg | None = None, **facts: Fact) -> None:
        """Leave an event about the case. The organisation is that of the leg's desk when somebody of the network acts."""
        organisation_id = leg.desk.organisation_id if leg is not None and self.by.is_staff and can_handle_leg(self.by, leg) else None
        if leg is not None:
            facts["leg"] = leg.pk
        trail.record(action, self.case, by=self.by, region_id=self.case.region_id, organisation_id=organisation_id, at=self.at, **facts)

    def say(self, leg: Leg, words: str, *, channel: str = Channel.WEB, hers: bool = False) -> Message:
        """Write a message on the case, to the customer or from her, as the actor is; `hers` when her shepherd writes for her."""
        return Message.objects.create(
            case=self.case,
            leg=leg,
            direction=Direction.OUT if self.by.is_staff and not hers else Direction.IN,
            channel=channel,
            author_id=self.by.person_id,
            guest_id=self.by.guest_id,
            body=words,
            created_at=self.at,
        )

    @property
    def must_call(self) -> bool:
        """Whether she hears of what is done here only when somebody calls her: until then no promise to her is kept."""
        return must_call(self.by, self.case)

    def tell(self, kind: str, **facts: int | str | None) -> None:
        """The customer is told: by mail, or by a call if she has asked for that."""
        tell_customer(kind, self.case, self.legs, by=self.by, at=self.at, **facts)


class CaseJoined(RuleBroken):
    """The case has been joined to another one, maybe a moment ago."""

    def __init__(self) -> None:
        super().__init__(_("This matter has been joined to another one. Open the page again, and go on there."))


@contextmanager
def work_on(case_id: int, *, by: Actor, at: datetime | None) -> Iterator[Work]:
    """Lock a case that the actor may read, with its legs. Raises NotFound, CaseJoined. The caller checks what else she may do."""
    with work_on_all([case_id], by=by, at=at) as works:
        if works[0].case.joined_into_id is not None:
            raise CaseJoined
        yield works[0]


@contextmanager
def work_on_all(case_ids: Sequence[int], *, by: Actor, at: datetime | None) -> Iterator[list[Work]]:
    """Lock several cases in the order of their keys, as everybody does, and then their legs. The works come as asked for. Raises NotFound."""
    with transaction.atomic():
        readable = visible_cases(by).select_for_update(of=("self",)).select_related("region").annotate(reached_by=reach_annotation())
        cases = readable.filter(pk__in=case_ids).order_by("pk")
        locked = {case.pk: case for case in cases}
        if set(case_ids) - set(locked):
            raise NotFound
        rows = Leg.objects.select_for_update(of=("self",)).select_related("desk__organisation", "handler").filter(case__in=locked)
        legs: dict[int, list[Leg]] = {pk: [] for pk in locked}
        for leg in rows.order_by("case_id", "position"):
            leg.case = locked[leg.case_id]
            legs[leg.case_id].append(leg)
        now = at or timezone.now()
        yield [Work(by, locked[pk], legs[pk], now, {leg.pk: leg.waiting_for for leg in legs[pk]}) for pk in case_ids]


def state_of_case(states: list[CaseState]) -> CaseState:
    """A case stands where its legs stand: it is open as long as one is, and settled when the last one is and any was settled."""
    open_states = {state for state in states if state not in ENDED_STATES}
    if not open_states:
        for ended in (CaseState.SETTLED, CaseState.WITHDRAWN):
            if ended in states:
                return ended
        return CaseState.NOT_FOR_US
    if len(open_states) == 1:
        only = open_states.pop()
        return CaseState.IN_PROGRESS if only is CaseState.NEW and len(states) > states.count(CaseState.NEW) else only
    return CaseState.TAKEN_UP if open_states == {CaseState.NEW, CaseState.TAKEN_UP} else CaseState.IN_PROGRESS


def require_open(leg: Leg) -> None:
    if leg.state in ENDED_STATES:
        raise RuleBroken(_("This matter has ended. Reopen it first."))


def not_handed_over(*legs: Leg) -> None:
    """Raise RuleBroken when one of these is being handed over: the passer answers for it until the receiver has contacted the customer."""
    if Handover.objects.open().filter(leg__in=legs).exists():
        raise RuleBroken(_("This part is being handed over. Take the handover back first, or wait until the receiver has contacted the customer."))


def not_awaiting_statement(*legs: Leg) -> None:
    """Raise RuleBroken when one of these waits for a statement: it ends when that is given, declined or withdrawn with a reason."""
    if any(leg.waiting_for == WaitingFor.STATEMENT for leg in legs):
        raise RuleBroken(_("A statement is awaited. Wait until it is given, or withdraw the request with a reason first."))


def checked_words(text: str, *, field: str) -> str:
    """The words without spaces around them. Raises RuleBroken for none, or for too many."""
    words = text.strip()
    if not words:
        raise RuleBroken(_("Write something first."), field=field)
    check_length(words, field=field)
    return words


def checked_email(address: str, *, field: str) -> str:
    """The address without spaces around it. Raises RuleBroken for what can be none."""
    try:
        validate_email(address.strip())
    except ValidationError:
        raise RuleBroken(_("Write the e-mail address to which the link is sent."), field=field) from None
    return address.strip()


def check_length(words: str, *, field: str) -> None:
    """Raises RuleBroken for more than MOST_WORDS letters, with how many there are and may be."""
    if len(words) > MOST_WORDS:
        told = _("The text has %(length)s letters and at most %(most)s fit. Shorten it, or send it as a file.")
        lengths = {name: number_format(size, force_grouping=True) for name, size in (("length", len(words)), ("most", MOST_WORDS))}
        raise RuleBroken(told % lengths, field=field)


def attach(case: Case, uploads: "Iterable[UploadedFile[bytes]]", *, at: datetime, message: Message | None = None, note: Note | None = None) -> int:
    """Keep the files with the case. Returns how many. Raises RuleBroken for one that may not be kept."""
    count = 0
    for upload in uploads:
        stored = file_store.store(upload)
        Attachment.objects.create(case=case, message=message, note=note, file=stored, created_at=at)
        count += 1
    return count
