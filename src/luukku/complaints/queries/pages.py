"""Complaints for screens: the list of those who see to them, one with what was said and done, and what was shared with a handler."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.utils import timezone

from luukku.complaints.access import RELATED, get_complaint, shared_with, visible_complaints
from luukku.complaints.enums import OPEN, ComplaintState
from luukku.complaints.models import Complaint, ComplaintTurn, Correction
from luukku.complaints.queries.rules import cause_words
from luukku.complaints.queries.unreached import unreached
from luukku.core.actor import Actor
from luukku.core.finnish import FinnishKey
from luukku.network.models import Person, Region, Seat

MOST = 200


@dataclass(frozen=True)
class Row:
    """A complaint in a line; `cause` in the region's words."""

    complaint: Complaint
    cause: str


@dataclass(frozen=True)
class Listed:
    open: list[Row]
    answered: list[Row]
    closed: list[Row]


def listed(actor: Actor) -> Listed:
    """Open ones by when they are due, the others last answered first. Two statements, and one for each region's causes."""
    rows = list(visible_complaints(actor).select_related(*RELATED).order_by(F("answered_at").desc(nulls_first=True), "due_at", "id")[:MOST])
    words = {region.pk: cause_words(region) for region in {row.region for row in rows}}
    lines = [Row(row, words[row.region_id].get(row.cause, row.cause)) for row in rows]
    return Listed(
        [each for each in lines if each.complaint.state in OPEN],
        [each for each in lines if each.complaint.state == ComplaintState.ANSWERED],
        [each for each in lines if each.complaint.state == ComplaintState.CLOSED],
    )


@dataclass(frozen=True)
class ComplaintPage:
    complaint: Complaint
    cause: str
    turns: Sequence[ComplaintTurn]
    corrections: Sequence[Correction]
    unreached: str  # why the last mail to whoever complained did not get through: a code; empty if it did


def complaint_page(actor: Actor, pk: int) -> ComplaintPage:
    """Four statements, a fifth for staff where there is an address. Raises NotFound."""
    complaint = get_complaint(actor, pk)
    turns = list(ComplaintTurn.objects.filter(complaint=complaint).select_related("person").order_by("created_at", "id"))
    corrections = list(Correction.objects.filter(complaint=complaint).select_related("person").order_by("by_day", "id")) if actor.is_staff else []
    lost = unreached(complaint) if actor.is_staff else ""
    return ComplaintPage(complaint, cause_words(complaint.region).get(complaint.cause, complaint.cause), turns, corrections, lost)


def shared_turns(actor: Actor) -> list[ComplaintTurn]:
    """What was shared with the actor and what she replied, newest first. One statement."""
    return list(shared_with(actor).select_related("person").order_by("-created_at", "-id")[:MOST])


def people_for(complaint: Complaint) -> "QuerySet[Person]":
    """Who may answer for a complaint or see to its correction: those with a seat in the region or the organisation, but not the one complained of."""
    seats = Seat.objects.on(timezone.localdate())
    people = seats.filter(region=complaint.region_id) | seats.filter(organisation=complaint.organisation_id)
    found = Person.objects.active().filter(pk__in=people.values("person_id"))
    return (
        found.exclude(pk=complaint.about_person_id).order_by(FinnishKey("name"), "id")
        if complaint.about_person_id
        else found.order_by(FinnishKey("name"), "id")
    )


def people_of_region(region: Region) -> "QuerySet[Person]":
    """Everybody with a seat in the region or in an organisation that has a desk there."""
    seats = Seat.objects.on(timezone.localdate())
    ids = (seats.filter(region=region) | seats.filter(organisation__desks__region=region)).values("person_id")
    return Person.objects.active().filter(pk__in=ids).order_by(FinnishKey("name"), "id")
