"""How it went, half a year at a time: what customers said of their matters, and what visitors touched on the tablets of a service point."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, IntegerField, Max, QuerySet
from django.db.models.functions import ExtractMonth, ExtractYear, TruncMonth

from luukku.core.actor import Actor
from luukku.desk.access import visible_cases, visible_kiosks
from luukku.desk.enums import Face
from luukku.desk.models import Feedback, Kiosk, KioskAnswer
from luukku.network.models import Organisation


@dataclass(frozen=True, order=True)
class HalfYear:
    """The first (1) or second (2) half of a year."""

    year: int
    half: int

    def __str__(self) -> str:
        return f"{self.year}/{self.half}"


@dataclass(frozen=True)
class Faces:
    """How many chose each face in half a year, of one source: `case` or `kiosk`."""

    half: HalfYear
    source: str
    of: dict[int, int]

    @property
    def answers(self) -> int:
        return sum(self.of.values())

    @property
    def mean(self) -> float | None:
        """1 to 4; None without answers."""
        return sum(face * n for face, n in self.of.items()) / self.answers if self.answers else None

    def share(self, face: int) -> float:
        return self.of.get(face, 0) / self.answers if self.answers else 0.0


def feedback_organisations(actor: Actor) -> list[Organisation]:
    """The organisations whose answers the actor reads, by name."""
    principals = [seat.organisation_id for seat in actor.seats if seat.organisation_principal in actor.principals and seat.organisation_id]
    return sorted(Organisation.objects.filter(pk__in=principals), key=lambda each: str(each.name))


def half_years(actor: Actor, organisation: Organisation) -> list[Faces]:
    """Newest first, matters before tablets. Two statements."""
    cases = Feedback.objects.filter(case__in=visible_cases(actor), case__legs__desk__organisation=organisation)
    touched = KioskAnswer.objects.filter(kiosk__in=visible_kiosks(actor), kiosk__desk__organisation=organisation)
    found = [*_summed("case", _counted(cases, "created_at", "case_id")), *_summed("kiosk", _counted(touched, "given_at", "id"))]
    return sorted(found, key=lambda each: (-each.half.year, -each.half.half, each.source))


def _counted(rows: "QuerySet[Feedback] | QuerySet[KioskAnswer]", moment: str, thing: str) -> Iterable[tuple[int, int, int, int]]:
    """Year, month, face and how many different things said so."""
    month = rows.order_by().annotate(month=TruncMonth(moment))
    of_month = month.annotate(y=ExtractYear("month", output_field=IntegerField()), m=ExtractMonth("month", output_field=IntegerField()))
    return of_month.values_list("y", "m", "face").annotate(n=Count(thing, distinct=True))


def _summed(source: str, counted: Iterable[tuple[int, int, int, int]]) -> list[Faces]:
    halves: dict[HalfYear, dict[int, int]] = defaultdict(dict)
    for year, month, face, n in counted:
        of = halves[HalfYear(year, 1 if month <= 6 else 2)]
        of[face] = of.get(face, 0) + n
    return [Faces(half, source, of) for half, of in halves.items()]


@dataclass(frozen=True)
class KioskLine:
    """A tablet with what it has gathered."""

    kiosk: Kiosk
    answers: int
    last: datetime | None


def kiosk_lines(actor: Actor, organisation: Organisation) -> Sequence[KioskLine]:
    """The organisation's tablets, those in use first. One statement."""
    kiosks = visible_kiosks(actor).filter(desk__organisation=organisation).annotate(n=Count("answers"), last=Max("answers__given_at"))
    return [KioskLine(each, each.n, each.last) for each in kiosks.order_by(F("ended_at").asc(nulls_first=True), "place", "id")]


FACES = tuple(sorted(Face.values, reverse=True))
