"""What the network learns from needs: answers that advisers confirmed, and searches that nothing fitted."""

import re

from django.db import connection, models
from django.utils import timezone

from luukku.catalogue.models import ConfirmedAnswer, Service
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed
from luukku.core.trail import subject_kind
from luukku.network.models import Region

_PERSONAL = re.compile(r"\S+@\S+|https?://\S+|\+?\d[\d\s().-]{4,}\d|\b\d{6}[-+A-FU-Y]\d{3}\w\b|\b\d{7}-\d\b")
SHORTEST = 8  # letters: shorter searches tell a coordinator nothing


def confirm_answer(*, by: Actor, service: Service, text: str, language: str, source: models.Model, was_proposed: bool) -> None:
    """Keep that an adviser set `service` for these words. Readable by the house only, which trains on them."""
    if not by.is_staff:
        raise NotAllowed
    answer = ConfirmedAnswer(
        service=service, language=language, text=text, source_kind=subject_kind(source), source_id=source.pk, was_proposed=was_proposed
    )
    ConfirmedAnswer.objects.bulk_create([answer])  # no RETURNING: the web may add but not read


def scrub(text: str) -> str:
    """The text without e-mail addresses, links, phone and identity numbers, business IDs; one line, at most 300 letters."""
    return " ".join(_PERSONAL.sub("…", text).split())[:300]


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
