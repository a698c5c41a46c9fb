"""What of customers goes along when organisations merge: who keeps whom, and the contracts of it. A customer's word is not moved: what she allowed
one organisation holds for its legal successor, by the succession itself, and for nobody else."""

from datetime import timedelta
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luukku.core.reforms import ReformPart
from luukku.customers.enums import ShepherdEnd
from luukku.customers.models import Consent, Shepherd, ShepherdContract
from luukku.network.actions.reforms.moving import Mover


def carry_shepherds(mover: Mover) -> None:
    """Those who keep customers by a seat that went along keep them in the legal successor; in another they keep nobody until she says so again."""
    keeping = Shepherd.objects.to_come_or_in_force().filter(organisation=mover.source, seat__in=mover.seats)
    if not mover.is_legal:
        ended = mover.change(keeping, ended_at=mover.at, end=ShepherdEnd.US)
        mover.tell("customers.keeping_ends", len(ended))
        return
    for each in keeping.order_by("pk"):
        seat = mover.seats[each.seat_id]
        mover.change(Shepherd.objects.filter(pk=each.pk), what="customers.kept", seat_id=seat, organisation_id=mover.target.pk)


def carry_contracts(mover: Mover) -> None:
    """Running contracts go to the legal successor; one between the two ends, for nobody buys of itself."""
    last = mover.day - timedelta(days=1)
    running = ShepherdContract.objects.filter(Q(ended_on=None) | Q(ended_on__gte=mover.day), last_day__gte=mover.day)
    if not (mover.everything and mover.is_legal):
        return
    pair = {mover.source.pk, mover.target.pk}
    mover.change(running.filter(buyer__in=pair, provider__in=pair, first_day__lte=last), ended_on=last)
    running = running.exclude(buyer__in=pair, provider__in=pair)
    taken = ShepherdContract.objects.filter(buyer=mover.target).values("reference")
    mover.change(running.filter(provider=mover.source), what="customers.contracts", provider_id=mover.target.pk)
    mover.change(running.filter(buyer=mover.source).exclude(reference__in=taken), what="customers.contracts", buyer_id=mover.target.pk)


def tell_of_consents(mover: Mover) -> None:
    """How many customers have named the source in what they allow: whether it holds for the receiver is what was decided."""
    if mover.everything:
        named = Consent.objects.in_force().filter(organisations__contains=[mover.source.pk]).exclude(organisations__contains=[mover.target.pk])
        mover.tell("customers.consents_hold" if mover.is_legal else "customers.consents_end", named.count())


PARTS: Final = {
    "customers.shepherds": ReformPart(
        70,
        ("customers.Shepherd.organisation",),
        carry_shepherds,
        {"customers.kept": _("Customers who are kept")},
        {"customers.keeping_ends": _("Customers who are kept no more: the receiver is not the legal successor, so they are asked anew")},
    ),
    "customers.contracts": ReformPart(
        65,
        ("customers.ShepherdContract.buyer", "customers.ShepherdContract.provider"),
        carry_contracts,
        {"customers.contracts": _("Contracts of bought-in shepherds")},
    ),
    "customers.consents": ReformPart(
        80,
        ("customers.Circle.organisation",),
        tell_of_consents,
        {},
        {
            "customers.consents_hold": _("Customers who have allowed the old one to read: it holds for the legal successor"),
            "customers.consents_end": _("Customers who have allowed the old one to read: it does not hold for the receiver, who asks them anew"),
        },
    ),
}
STAYS: Final = {
    "customers.CompanyFact.organisation": "tells who said it",
    "customers.CompanyMark.organisation": "tells who said it",
    "customers.Establishment.organisation": "tells who added it",
    "customers.SegmentSaid.organisation": "tells who said it",
    "customers.KnownCheck.organisation": "tells who asked",
    "customers.Look.organisation": "tells who looked",
    "customers.Inquiry.organisation": "a question stands between those who were in it; a legal successor reads it",
    "customers.InquiryTurn.organisation": "a question stands between those who were in it; a legal successor reads it",
    "customers.InquiryTurn.asker_organisation": "a question stands between those who were in it; a legal successor reads it",
}
