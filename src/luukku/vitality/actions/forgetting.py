"""What was written of prospects and situations goes when its time is over, or because a person asks. That there was one, and how it ended, stays.

As the house.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from luukku.vitality.enums import Stage
from luukku.vitality.models import Prospect, ProspectNote, Situation, SituationCompany, SituationMeasure, SituationNote

_CONTACT = {"contact_name": "", "contact_role": "", "contact_phone": "", "contact_email": ""}


def _ended(before: datetime, stage: Stage) -> "QuerySet[Prospect]":
    return Prospect.objects.filter(stage=stage, ended_at__lt=before, forgotten_at=None)


def lost_due(before: datetime) -> int:
    return _ended(before, Stage.LOST).count()


def won_due(before: datetime) -> int:
    return _ended(before, Stage.WON).count()


def forget_lost(before: datetime, most: int) -> int:
    """Name, words and contact data of the oldest that did not come. Returns how many."""
    return _forget(_ended(before, Stage.LOST), most, name="", home="", field="")


def forget_won(before: datetime, most: int) -> int:
    """Words and contact data of the oldest that came; what the company is called stays. Returns how many."""
    return _forget(_ended(before, Stage.WON), most)


def _forget(rows: "QuerySet[Prospect]", most: int, **more: str) -> int:
    keys: Sequence[int] = list(rows.order_by("ended_at", "pk").values_list("pk", flat=True)[:most])
    ProspectNote.objects.filter(prospect__in=keys).update(words="")
    gone = {**_CONTACT, "words": "", "reason_words": "", **more}
    return Prospect.objects.filter(pk__in=keys).update(forgotten_at=timezone.now(), **gone)


def forget_contact(address: str) -> int:
    """Whom to contact, by her e-mail address. Returns in how many prospects she stood."""
    return Prospect.objects.filter(contact_email__iexact=address).update(**_CONTACT)


def forget_with_cases(keys: Sequence[int]) -> set[int]:
    """Whom to contact was handed to the matter. No file is kept by prospects."""
    Prospect.objects.filter(case__in=keys).update(**_CONTACT)
    return set()


def _closed(before: datetime) -> "QuerySet[Situation]":
    return Situation.objects.filter(closed_at__lt=before, forgotten_at=None)


def situations_due(before: datetime) -> int:
    return _closed(before).count()


def forget_situations(before: datetime, most: int) -> int:
    """All words of the oldest that are closed; counts of people, and which companies were touched, stay. Returns how many."""
    keys = list(_closed(before).order_by("closed_at", "pk").values_list("pk", flat=True)[:most])
    SituationNote.objects.filter(situation__in=keys).update(words="")
    SituationMeasure.objects.filter(situation__in=keys).update(words="", outcome="")
    SituationCompany.objects.filter(situation__in=keys).update(words="")
    return Situation.objects.filter(pk__in=keys).update(words="", summary="", forgotten_at=timezone.now())
