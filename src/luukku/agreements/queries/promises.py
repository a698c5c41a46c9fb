"""The promises of an agreement's parties with their yearly looks."""

from dataclasses import dataclass

from django.urls import reverse

from luukku.agreements.access import is_inside
from luukku.agreements.enums import PromiseState
from luukku.agreements.models import Agreement, Party, Promise, Review
from luukku.core.actor import Actor
from luukku.core.followed import Followed
from luukku.plans.enums import ENDED


@dataclass(frozen=True)
class PromiseRow:
    promise: Promise
    reviews: list[Review]

    @property
    def last(self) -> Review | None:
        return self.reviews[-1] if self.reviews else None


@dataclass(frozen=True)
class PromisePage:
    parties: list[tuple[Party, list[PromiseRow]]]
    counts: list[tuple[PromiseState, int]]
    measures: list[Review]

    @property
    def total(self) -> int:
        return sum(n for _state, n in self.counts)


def promise_rows(agreement: Agreement) -> PromisePage:
    """By party, with how many stand where and the measures that are not done. Two statements, however many there are."""
    promises = list(Promise.objects.filter(agreement=agreement, ended_at=None).select_related("party__organisation").order_by("party_id", "id"))
    reviews: dict[int, list[Review]] = {}
    for each in Review.objects.filter(agreement=agreement).select_related("promise__party__organisation", "row").order_by("year"):
        reviews.setdefault(each.promise_id, []).append(each)
    parties: dict[int, tuple[Party, list[PromiseRow]]] = {}
    for promise in promises:
        parties.setdefault(promise.party_id, (promise.party, []))[1].append(PromiseRow(promise, reviews.get(promise.pk, [])))
    counts = [(state, n) for state in PromiseState if (n := sum(each.state == state for each in promises))]
    made = [(each.row.due_on, each.pk, each) for rows in reviews.values() for each in rows if each.row is not None and each.row.state not in ENDED]
    return PromisePage(list(parties.values()), counts, [each for _day, _key, each in sorted(made)])


def origin(actor: Actor, key: int) -> Followed | None:
    """The promise of which a measure was made, by the key of the look that found it; None for whom the agreement is not open. Two statements."""
    found = Review.objects.filter(pk=key).select_related("agreement", "promise__party__organisation").first()
    if found is None or not is_inside(actor, found.agreement):
        return None
    words = f"{found.promise.party.organisation.name}: {found.promise.words}"
    return Followed(words, found.agreement.title, reverse("agreements:promises", kwargs={"pk": found.agreement_id}))
