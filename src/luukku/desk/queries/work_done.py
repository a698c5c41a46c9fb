"""What one person has done at the desk, drawn from what was logged anyway: contacts by channel, matters, meetings, handovers, what came of them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.models import Event
from luukku.core.moments import moment_at
from luukku.core.trail import subject_kind
from luukku.core.worked import WorkLine
from luukku.desk.access import visible_appointments, visible_cases, visible_handovers
from luukku.desk.enums import AppointmentState, Channel, ClaimWord, OutcomeKind
from luukku.desk.enums.outcomes import STANDING
from luukku.desk.models import Case, Outcome


def _detail(counts: "Counter[str]") -> str:
    """Phone 3, walk-in 2: the most first."""
    return ", ".join(f"{Channel(name).label} {count}" for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def contact_lines(actor: Actor, person_id: int, since: date, until: date) -> Sequence[WorkLine]:
    """Contacts logged by channel, calls and messages, matters taken up and settled. One statement."""
    seen = visible_cases(actor).values("pk")
    told = Event.objects.filter(at__gte=moment_at(since), at__lt=moment_at(until), person_id=person_id)
    told = told.filter(subject_kind=subject_kind(Case), subject_id__in=seen)
    actions: Counter[str] = Counter()
    channels: Counter[str] = Counter()
    wanted = ("case.received", "case.called", "case.message_out", "case.taken_up", "case.settled")
    rows = told.filter(action__in=wanted).values("action", "facts__channel").order_by().annotate(n=Count("id"))
    for row in rows:
        actions[row["action"]] += row["n"]
        if row["action"] == "case.received" and row["facts__channel"] in Channel.values:
            channels[row["facts__channel"]] += row["n"]
    labels = {
        "case.received": _("Contacts logged"), "case.called": _("Talks with customers"), "case.message_out": _("Messages to customers"),
        "case.taken_up": _("Matters taken up"), "case.settled": _("Matters settled"),
    }  # fmt: skip
    return [WorkLine(label, actions[name], _detail(channels) if name == "case.received" else "") for name, label in labels.items() if actions[name]]


def meeting_lines(actor: Actor, person_id: int, since: date, until: date) -> Sequence[WorkLine]:
    """Booked times that were kept, and handovers given and taken. Two statements."""
    kept = visible_appointments(actor).filter(
        people=person_id, state=AppointmentState.KEPT, starts_at__gte=moment_at(since), starts_at__lt=moment_at(until)
    )
    span = {"sent_at__gte": moment_at(since), "sent_at__lt": moment_at(until)}
    mine = visible_handovers(actor).filter(Q(from_person=person_id) | Q(accepted_by=person_id), **span)
    counts = mine.aggregate(given=Count("pk", filter=Q(from_person=person_id)), taken=Count("pk", filter=Q(accepted_by=person_id)))
    lines = (
        WorkLine(_("Booked meetings held"), kept.distinct().count()),
        WorkLine(_("Handovers given"), counts["given"]),
        WorkLine(_("Handovers taken"), counts["taken"]),
    )
    return [line for line in lines if line.count]


def outcome_lines(actor: Actor, person_id: int, since: date, until: date) -> Sequence[WorkLine]:
    """What came of parts that she handled, as claimed; what customers have confirmed, corrected or not answered yet apart. One statement."""
    seen = Outcome.objects.filter(case__in=visible_cases(actor).values("pk"), created_at__gte=moment_at(since), created_at__lt=moment_at(until))
    found = seen.filter(leg__handler=person_id, same_as=None).exclude(kind=OutcomeKind.NOTHING)
    rows = found.values("kind").order_by("kind").annotate(
        n=Count("pk"), people=Sum("count"), euros=Sum("amount"), confirmed=Count("pk", filter=Q(word__in=STANDING)),
        rejected=Count("pk", filter=Q(word=ClaimWord.REJECTED)), waits=Count("pk", filter=Q(word="")),
    )  # fmt: skip
    return [WorkLine(str(OutcomeKind(row["kind"]).label), row["n"], _said(row)) for row in rows]


def _said(row: Mapping[str, Any]) -> str:
    parts = [
        _("people %(n)s") % {"n": row["people"]} if row["people"] else "",
        _("%(n)s euros") % {"n": number_format(row["euros"], force_grouping=True)} if row["euros"] else "",
        _("confirmed by the customer %(n)s") % {"n": row["confirmed"]},
        _("not so, says the customer, %(n)s") % {"n": row["rejected"]} if row["rejected"] else "",
        _("not confirmed yet %(n)s") % {"n": row["waits"]} if row["waits"] else "",
    ]
    return ", ".join(filter(None, parts))
