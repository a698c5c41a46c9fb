"""Training the matcher on the installation's own catalogue and confirmed answers."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from luukku.catalogue.matching.evaluate import better_or_equal
from luukku.catalogue.matching.store import from_bytes, to_bytes
from luukku.catalogue.models import MatchModel
from luukku.catalogue.queries.matching import catalogue_texts, forget_model, trained_from
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed
from luukku.network.access import may
from luukku.network.enums import Right

KEPT = 5  # models kept for going back


@dataclass(frozen=True)
class Trained:
    """A training's end: the version, its figures on held-out texts, and whether it was taken into use."""

    version: str
    figures: dict[str, float]
    taken_into_use: bool


@transaction.atomic
def train_matcher(*, by: Actor) -> Trained:
    """Train, compare with the model in use on held-out texts, and take the new one into use unless it is worse."""
    if by.kind != "house" and not may(by, Right.ADMINISTER):
        raise NotAllowed
    model = trained_from(catalogue_texts(with_confirmed=by.kind == "house"))
    present = MatchModel.objects.filter(in_use=True).order_by("-with_meaning").first()
    if present is not None and present.version == model.version:
        return Trained(model.version, model.proof, True)
    take = present is None or better_or_equal(model, from_bytes(bytes(present.blob)))
    if take:
        MatchModel.objects.filter(in_use=True).update(in_use=False)
    MatchModel.objects.update_or_create(
        version=model.version,
        defaults={
            "with_meaning": model.meaning is not None,
            "figures": model.proof,
            "in_use": take,
            "blob": to_bytes(model),
            "trained_at": timezone.now(),
        },
    )
    old = MatchModel.objects.filter(in_use=False).order_by("-trained_at").values_list("pk", flat=True)[KEPT:]
    MatchModel.objects.filter(pk__in=list(old)).delete()
    forget_model()
    return Trained(model.version, model.proof, take)
