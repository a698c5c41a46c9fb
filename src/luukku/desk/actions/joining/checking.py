"""What cannot be joined, and why. The same sentences stand on the page that asks and refuse the act itself."""

from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.registries import case_watchers
from luukku.desk.access import can_handle_leg
from luukku.desk.actions.joining.folding import pairs
from luukku.desk.enums import ENDED_STATES, CaseState, WaitingFor
from luukku.desk.models import Case, FollowUp, Handover, ItemCase, Leg


def obstacles(by: Actor, gone: Case, gone_legs: list[Leg], stays: Case, stays_legs: list[Leg]) -> list[str]:
    """Sentences that say why `gone` cannot be joined to `stays`; empty when it can. The legs have their desks at hand."""
    if gone.pk == stays.pk:
        return [_("A matter cannot be joined to itself.")]
    found = [_("%(number)s has been joined to another matter already.") % {"number": each.number} for each in (gone, stays) if each.joined_into_id]
    if gone.region_id != stays.region_id:
        found.append(
            _("The matters are in different regions, each with a promise and figures of its own. Hand the matter over to the other region instead.")
        )
    for case, legs in ((gone, gone_legs), (stays, stays_legs)):
        if case.joined_into_id is None and not any(can_handle_leg(by, leg) for leg in legs if leg.state != CaseState.JOINED):
            found.append(_("Your organisation has no part in %(number)s. Ask those who handle it to join the two.") % {"number": case.number})
    return found or _not_now(gone, gone_legs, stays, stays_legs)


def _not_now(gone: Case, gone_legs: list[Leg], stays: Case, stays_legs: list[Leg]) -> list[str]:
    found = []
    if gone.state in ENDED_STATES:
        words = _("%(number)s has ended. Let it be the one that stays, or open it again first.")
        if stays.state in ENDED_STATES:
            words = _("Both matters have ended. Open one of them again first.")
        found.append(words % {"number": gone.number})
    numbers = {gone.pk: gone.number, stays.pk: stays.number}
    words = _("%(number)s is being handed over. Take the handover back, or wait until the customer has been contacted.")
    on_their_way = Handover.objects.open().filter(case__in=numbers).order_by("case_id").values_list("case_id", flat=True).distinct()
    found += [words % {"number": numbers[case_id]} for case_id in on_their_way]
    if pinned(gone):
        found.append(
            _("%(number)s is on the list of a case meeting, or has a plan for statements. Let it be the one that stays.") % {"number": gone.number}
        )
    if FollowUp.objects.filter(case=gone, done_at=None).exists():
        found.append(_("A low mark of %(number)s waits for an answer. Answer it first.") % {"number": gone.number})
    folded = {leg.pk for pair in pairs(gone_legs, stays_legs) for leg in pair}
    waits = [leg for leg in (*gone_legs, *stays_legs) if leg.waits_for_leg_id and {leg.pk, leg.waits_for_leg_id} & folded]
    if waits:
        found.append(_("A part waits for another part. Let it go on first."))
    if any(leg.waiting_for == WaitingFor.STATEMENT for leg in (*gone_legs, *stays_legs)):
        found.append(_("A statement is awaited. Wait until it is given, or withdraw the request with a reason first."))
    return found


def pinned(case: Case) -> bool:
    """Whether something that the actor sees hangs on this very case: it stands as it was agreed with the customer."""
    return ItemCase.objects.filter(case=case).exists() or any(watcher.pins(case.pk) for watcher in case_watchers.all())


def two_customers(gone: Case, stays: Case) -> bool:
    """Whether the matters came from two senders. An address that was typed proves nobody, so somebody of us must say that they are one."""
    return None not in (gone.customer_id, stays.customer_id) and gone.customer_id != stays.customer_id


def different_people(gone: Case, stays: Case) -> bool:
    """Whether two people would come to read one matter. Who wrote twice without signing in is one by her address, or by number and name."""
    if gone.customer is None or stays.customer is None or gone.customer_id == stays.customer_id:
        return False
    one, other = gone.customer.contact, stays.customer.contact
    same_address = one.email_key and one.email_key == other.email_key
    return not (same_address or (one.phone_key and (one.phone_key, one.name_key) == (other.phone_key, other.name_key)))
