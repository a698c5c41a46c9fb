"""Cases are made nameless: words, names, files and contact data go, what figures stand on stays. As the house: when their time is over, or when
their customer has asked for it.

The trail is whole as before, for it has only ids. Parts, clocks, handovers, faces, outcomes and their amounts are left, so that every figure of
the time before is the same afterwards.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from luukku.core import files as file_store
from luukku.core import trail
from luukku.core.actor import HOUSE, Actor
from luukku.core.errors import NotAllowed
from luukku.core.models import StoredFile
from luukku.core.registries import case_forgetters
from luukku.customers.actions.forgetting import forget_contacts
from luukku.desk.models import (
    Attachment,
    Case,
    CaseGuest,
    Feedback,
    Handover,
    HandoverPart,
    HandoverTurn,
    IncomingMail,
    ItemCase,
    ItemMinutes,
    Leg,
    MeetingStep,
    Message,
    Note,
    Outcome,
    OutcomeCheck,
    Proposal,
    StatusLink,
)

AT_ONCE = 200
REMOVED = {"fi": "Tiedot poistettu", "sv": "Uppgifterna raderade", "en": "Data removed"}
# By model: how it hangs on a case, and what stands in its words' place.
_WORDS: tuple[tuple[type[models.Model], str, dict[str, Any]], ...] = (
    (Message, "case", {"body": ""}),
    (Note, "case", {"body": ""}),
    (Leg, "case", {"need": "", "next_step": "", "customer_key": ""}),
    (Feedback, "case", {"comment": "", "may_contact": False, "answer": ""}),
    (Outcome, "case", {"text": "", "business_id": ""}),
    (OutcomeCheck, "case", {"words": ""}),
    (Proposal, "case", {"why_words": []}),
    (IncomingMail, "case", {"quoted": "", "refused": [], "sender_digest": "", "original": None}),
    (Handover, "case", {"need": "", "reason": "", "outside_person": "", "outside_phone": "", "next_words": "", "finished_words": ""}),
    (HandoverPart, "handover__case", {"title": "", "body": "", "message": None, "attachment": None}),
    (HandoverTurn, "handover__case", {"body": ""}),
    (ItemCase, "case", {"question": ""}),
)


def forget_cases(*, by: Actor, keys: Sequence[int], why: str, at: datetime | None = None) -> dict[str, int]:
    """Make ended cases nameless, and their customers when no other case needs them. Returns how many things of each kind went.

    `why` is a code: `time` or `asked`. Raises NotAllowed for others than the house.
    """
    if by.kind != "house":
        raise NotAllowed
    now, done = at or timezone.now(), {}
    with transaction.atomic():
        cases = list(Case.objects.select_for_update().filter(pk__in=keys, is_open=False, forgotten_at=None).order_by("pk"))
        pks = [case.pk for case in cases]
        kept = {attachment for forget in case_forgetters.all() for attachment in forget(pks)}
        originals = list(IncomingMail.objects.filter(case__in=pks, original__isnull=False).values_list("original_id", flat=True))
        for model, path, blank in _WORDS:
            done[model._meta.label_lower] = model._default_manager.filter(**{f"{path}__in": pks}).update(**blank)
        items = ItemCase.objects.filter(case__in=pks).values("item")
        done["desk.meetingitem"] = ItemMinutes.objects.filter(item__in=items).update(minutes="", decision="")
        MeetingStep.objects.filter(item__in=items).update(words="")
        CaseGuest.objects.filter(case__in=pks).delete()
        done["core.storedfile"] = _remove_files(pks, kept, originals)
        if why == "time":  # whoever asked for it reads the report by her link
            StatusLink.objects.filter(case__in=pks, revoked_at=None).update(revoked_at=now)
        for case in cases:
            case.subject, case.own_words = REMOVED[case.language], ""
            case.company_name = case.business_id = ""
            case.company_id, case.said_key, case.forgotten_at = None, None, now
            case.save(update_fields=["subject", "own_words", "company_name", "business_id", "company", "said_key", "forgotten_at"])
            trail.record("case.forgotten", case, by=by, region_id=case.region_id, at=now, cause=why)
        done["desk.case"] = len(cases)
        with connection.cursor() as cursor:
            cursor.execute("select wall.desk_forget_history(%s)", [pks])
        done["customers.contact"] = forget_contacts(by=by, keys=_without_cases({case.customer_id for case in cases if case.customer_id}))
    return done


def _remove_files(pks: Sequence[int], kept: set[int], originals: Sequence[Any]) -> int:
    """Files of the cases, and mails as they came."""
    attachments = Attachment.objects.filter(case__in=pks).exclude(pk__in=kept)
    files = [*attachments.values_list("file_id", flat=True), *originals]
    attachments.delete()
    return file_store.remove(StoredFile.objects.filter(pk__in=files))


def _without_cases(customers: set[int]) -> list[int]:
    """Those of whom no case is left that tells anything."""
    needed = set(Case.objects.filter(customer__in=customers, forgotten_at=None).values_list("customer", flat=True))
    return sorted(customers - needed)


def cases_due(before: datetime) -> "models.QuerySet[Case]":
    """Cases that ended before a moment and still tell who asked."""
    return Case.objects.filter(is_open=False, settled_at__lt=before, forgotten_at=None).order_by("pk")


def forget_due(before: datetime, most: int) -> int:
    """The oldest of them. As the house. Returns how many."""
    keys = list(cases_due(before).values_list("pk", flat=True)[:most])
    return forget_cases(by=HOUSE, keys=keys, why="time")["desk.case"] if keys else 0
