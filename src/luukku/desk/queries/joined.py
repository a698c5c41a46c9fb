"""What was joined to a case or split from it, for its page and its customer's, and what a joining would move."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.desk.access import can_handle_leg, get_case, visible_legs
from luukku.desk.models import Appointment, Attachment, Case, Handover, Joining, Leg, Message, Note, Split
from luukku.desk.queries.handovers import handovers_on, words_hidden
from luukku.desk.queries.package import words_withheld


@dataclass(frozen=True)
class JoinedCase:
    """A case that goes on in this one. `words` are None where they are kept from the reader."""

    pk: int
    number: str
    language: str
    contacted_at: datetime
    words: str | None


@dataclass(frozen=True)
class Ties:
    """`joined` here; `splits` and `joinings` that stand, by their keys: the other's number."""

    joined: list[JoinedCase]
    joinings: dict[int, str]  # joined to this one, by key of the joining
    split_off: dict[int, str]  # made out of this one, by key of the split
    split_from: tuple[int, str] | None  # out of which this one was made


def ties_of() -> dict[str, ArraySubquery]:
    """Annotations of a case, read by `ties`; the wall leaves out what the reader does not see."""
    here = Case.objects.filter(joined_into=OuterRef("pk")).order_by("contacted_at", "pk")
    splits = Split.objects.filter(Q(source=OuterRef("pk")) | Q(case=OuterRef("pk")), undone_at=None).order_by("pk")
    joinings = Joining.objects.filter(into=OuterRef("pk"), undone_at=None).order_by("pk")
    words = JSONObject(pk="pk", number="number", language="language", contacted_at="contacted_at", words="own_words")
    return {
        "joined_rows": ArraySubquery(here.values(row=words)),
        "split_rows": ArraySubquery(
            splits.values(row=JSONObject(pk="pk", made="case_id", number="case__number", source="source__number"))
        ),
        "joining_rows": ArraySubquery(joinings.values(row=JSONObject(pk="pk", number="case__number"))),
    }  # fmt: skip


def ties(case: Case, kept_words: Iterable[int] = ()) -> Ties:
    """Of a case with the annotations of `ties_of`; `kept_words`: joined cases whose words the reader does not read."""
    rows: Any = case
    splits = rows.split_rows
    return Ties(
        joined=joined_here(rows.joined_rows, kept_words),
        joinings={row["pk"]: row["number"] for row in rows.joining_rows},
        split_off={row["pk"]: row["number"] for row in splits if row["made"] != case.pk},
        split_from=next(((row["pk"], row["source"]) for row in splits if row["made"] == case.pk), None),
    )


def joined_here(rows: Iterable[dict[str, Any]], kept_words: Iterable[int] = ()) -> list[JoinedCase]:
    kept = set(kept_words)
    return [
        JoinedCase(
            row["pk"], row["number"], row["language"], datetime.fromisoformat(row["contacted_at"]), None if row["pk"] in kept else row["words"]
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Contents:
    """What hangs on a case, in numbers."""

    messages: int
    notes: int
    files: int
    handovers: int
    times: int
    organisations: list[str]


@dataclass(frozen=True)
class Side:
    """One of two cases that may be joined. `words` are None where they are kept from the reader's organisation."""

    case: Case
    legs: list[Leg]
    contents: Contents
    words: str | None


def side_of(actor: Actor, number: str) -> Side:
    """At most eight statements. Raises NotFound."""
    case = get_case(actor, number)
    legs = list(Leg.objects.filter(case=case).exclude(state="joined").select_related("desk__organisation", "handler").order_by("position"))
    for leg in legs:
        leg.case = case
    rows: tuple[QuerySet[Any], ...] = (
        Message.objects.filter(case=case), Note.objects.filter(case=case), Attachment.objects.filter(case=case),
        Handover.objects.filter(case=case), Appointment.objects.filter(case=case),
    )  # fmt: skip
    messages, notes, files, handovers, times = (each.count() for each in rows)
    names = list(dict.fromkeys(str(leg.desk.organisation.name) for leg in legs))
    mine = next((leg for leg in legs if can_handle_leg(actor, leg)), None)
    words = None if mine is not None and words_withheld(mine) else case.own_words
    return Side(case, legs, Contents(messages, notes, files, handovers, times, names), words)


def joining_of(actor: Actor, number: str) -> Joining:
    """The joining that stands of a joined case. Raises NotFound."""
    found = Joining.objects.select_related("case", "into", "joined_by").filter(case=get_case(actor, number), undone_at=None).first()
    if found is None:
        raise NotFound
    return found


def joinings_of(case: Case) -> list[Joining]:
    """The joining of a joined case that stands, if the reader sees in what it goes on. One statement."""
    seen = Case.objects.filter(pk=OuterRef("case__joined_into"))
    return list(Joining.objects.select_related("joined_by").filter(case=case, undone_at=None).annotate(goes_on_in=Subquery(seen.values("number"))))


def kept_words(actor: Actor, case: Case) -> bool:
    """Whether a joined case's first words are kept from the actor's organisation: its part there came without them. Three statements."""
    mine = {leg.pk for leg in visible_legs(actor).filter(origin=case).select_related("desk") if can_handle_leg(actor, leg)}
    return bool(mine) and case.joined_into is not None and words_hidden(handovers_on(actor, case.joined_into), mine)


def split_of(actor: Actor, number: str) -> Split:
    """The split by which a case was made. Raises NotFound."""
    found = Split.objects.select_related("case", "source").filter(case=get_case(actor, number), undone_at=None).first()
    if found is None:
        raise NotFound
    return found
