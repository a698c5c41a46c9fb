"""A customer asks that a matter of hers be forgotten; the house does it, and tells what went and what stayed."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.gathering import person_records
from luukku.customers.access import has_proven_address
from luukku.customers.models import Contact
from luukku.desk.access.links import require_customer
from luukku.desk.actions.forgetting import forget_cases
from luukku.desk.models import Case
from luukku.privacy.models import Erasure


def ask_erasure(*, by: Actor, case: Case, at: datetime | None = None) -> Erasure:
    """She wants her ended matter forgotten; asking twice does nothing more. Raises NotAllowed, RuleBroken for one that goes on."""
    require_customer(by, case)
    if case.customer_id is None:
        raise NotAllowed
    if case.is_open:
        raise RuleBroken(_("Your matter is still open. Tell first that you need no more help; then it can be forgotten."))
    with transaction.atomic():
        asked = Erasure.objects.filter(matter=case.pk).first()
        if asked is None:
            proven = has_proven_address(by)
            asked = Erasure.objects.create(customer_id=case.customer_id, matter=case.pk, asked_at=at or timezone.now(), proven=proven)
            trail.record("erasure.asked", asked, by=by, region_id=case.region_id, at=at, case=case.pk)
            app.configure_task("luukku.privacy.tasks.erase", lock=f"erase-{asked.pk}").defer(erasure_id=asked.pk)
    return asked


def erase(*, by: Actor, erasure_id: int, at: datetime | None = None) -> Erasure:
    """Do it, and write the report. Done once. As the house. Raises NotAllowed."""
    if by.kind != "house":
        raise NotAllowed
    with transaction.atomic():
        asked = Erasure.objects.select_for_update().get(pk=erasure_id)
        if asked.done_at is None:
            beside = _forget_beside(asked) if asked.proven else {}
            counts = beside | forget_cases(by=by, keys=[asked.matter], why="asked", at=at)
            asked.report, asked.done_at = {kind: count for kind, count in counts.items() if count}, at or timezone.now()
            asked.save(update_fields=["report", "done_at"])
    return asked


def _forget_beside(asked: Erasure) -> dict[str, int]:
    """Where the network's people wrote her down beside her matters. What matters she has left is hers to have forgotten one by one."""
    address = Contact.objects.filter(customer=asked.customer_id).values_list("email_key", flat=True).first()
    return {kind: records.forget(address) for kind, records in person_records.items()} if address else {}
