"""What the network learns from needs: answers that advisers confirmed, and searches that nothing fitted."""

from datetime import datetime, timedelta

from django.db import connection, models
from django.utils import timezone

from luukku.catalogue.actions.scrubbing import impersonal
from luukku.catalogue.models import ConfirmedAnswer, Service, UnmetNeed
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed
from luukku.core.trail import subject_kind
from luukku.network.models import Region

SHORTEST = 8  # letters: shorter searches tell a coordinator nothing
LONGEST = 300
UNMET_DAYS = 365  # of a search that nothing fitted


def confirm_answer(
    *, by: Actor, service: Service, text: str, language: str, source: models.Model, was_proposed: bool, at: datetime | None = None
) -> None:
    """Keep that an adviser set `service` for these words, without names, addresses and numbers. Readable by the house only, which trains on them.

    A later answer of the same source takes the place of the earlier in training. Raises NotAllowed for who is not staff.
    """
    if not by.is_staff:
        raise NotAllowed
    answer = ConfirmedAnswer(
        service=service,
        language=language,
        text=impersonal(text),
        source_kind=subject_kind(source),
        source_id=source.pk,
        was_proposed=was_proposed,
        created_at=at or timezone.now(),
    )
    # The wall lets the web add answers and never read them, so nothing may be returned by the insert.
    ConfirmedAnswer.objects.bulk_create([answer], ignore_conflicts=True)


def record_unmet(*, by: Actor, words: str, language: str, region: Region) -> None:
    """Count a search that nothing fitted, by day and scrubbed, for the region's coordinator. Who searched is not kept.

    Through a window: the wall shows these to the coordinator alone, and the searcher may not read what she adds to.
    """
    text = impersonal(words)[:LONGEST]
    if len(text) < SHORTEST:
        return
    with connection.cursor() as cursor:
        cursor.execute("select wall.catalogue_note_unmet(%s, %s, %s, %s)", [text, language, region.pk, timezone.localdate()])


def forget_old_needs(*, by: Actor) -> int:
    """Delete searches older than UNMET_DAYS; returns how many. For the house. Raises NotAllowed."""
    if by.kind != "house":
        raise NotAllowed
    return UnmetNeed.objects.filter(day__lt=timezone.localdate() - timedelta(days=UNMET_DAYS)).delete()[0]
