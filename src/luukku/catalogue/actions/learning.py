"""What the network learns from needs: answers that advisers confirmed, and searches that nothing fitted."""

import re
from datetime import datetime

from django.db import connection, models
from django.utils import timezone

from luukku.catalogue.models import ConfirmedAnswer, Service
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed
from luukku.core.trail import subject_kind
from luukku.network.models import Region

_PERSONAL = re.compile(r"\S+@\S+|https?://\S+|\+?\d[\d\s().-]{4,}\d|\b\d{6}[-+A-FU-Y]\d{3}\w\b|\b\d{7}-\d\b")
SHORTEST = 8  # letters: shorter searches tell a coordinator nothing


def confirm_answer(
    *, by: Actor, service: Service, text: str, language: str, source: models.Model, was_proposed: bool, at: datetime | None = None
) -> None:
    """Keep that an adviser set `service` for these words, without addresses and numbers. Readable by the house only, which trains on them.

    A later answer of the same source takes the place of the earlier in training. Raises NotAllowed for who is not staff.
    """
    if not by.is_staff:
        raise NotAllowed
    answer = ConfirmedAnswer(
        service=service,
        language=language,
        text=_impersonal(text),
        source_kind=subject_kind(source),
        source_id=source.pk,
        was_proposed=was_proposed,
        created_at=at or timezone.now(),
    )
    # The wall lets the web add answers and never read them, so nothing may be returned by the insert.
    ConfirmedAnswer.objects.bulk_create([answer], ignore_conflicts=True)


def scrub(text: str) -> str:
    """The text without e-mail addresses, links, phone and identity numbers, business IDs; one line, at most 300 letters."""
    return _impersonal(text)[:300]


def _impersonal(text: str) -> str:
    return " ".join(_PERSONAL.sub("…", text).split())


def record_unmet(*, by: Actor, words: str, language: str, region: Region | None) -> None:
    """Count a search that nothing fitted, by day and scrubbed, for the region's coordinator. Who searched is not kept."""
    text = scrub(words)
    if len(text) < SHORTEST:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into catalogue_unmetneed (text, language, region_id, day, count) values (%s, %s, %s, %s, 1)"
            " on conflict (region_id, text, day) do update set count = catalogue_unmetneed.count + 1",
            [text, language, region.pk if region else None, timezone.localdate()],
        )
