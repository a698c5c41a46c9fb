"""Training the matcher on the installation's own catalogue and confirmed answers."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from luukku.catalogue.matching.evaluate import better_or_equal
from luukku.catalogue.matching.store import clean, to_bytes
from luukku.catalogue.models import MatchModel
from luukku.catalogue.queries.matching import catalogue_texts, forget_model, model_folder, stored_model, trained_from
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


def clean_models() -> int:
    """Delete stored models that are not read any more, in the database and in the folder under var/; returns how many."""
    rows = [pk for pk in MatchModel.objects.values_list("pk", flat=True) if stored_model(pk) is None]
    MatchModel.objects.filter(pk__in=rows).delete()
    return len(rows) + clean(model_folder())


@transaction.atomic
def train_matcher(*, by: Actor) -> Trained:
    """Train, compare with the model in use on held-out texts, and take the new one into use unless it is worse."""
    if by.kind != "house" and not may(by, Right.ADMINISTER):
        raise NotAllowed
    clean_models()
    model = trained_from(catalogue_texts(with_confirmed=by.kind == "house"))
    present = MatchModel.objects.filter(in_use=True).order_by("-with_meaning").defer("blob").first()
    old = stored_model(present.pk) if present else None
    if present is not None and old is not None and present.version == model.version:
        return Trained(model.version, model.proof, True)
    take = better_or_equal(model, old)
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
    aged = MatchModel.objects.filter(in_use=False).order_by("-trained_at").values_list("pk", flat=True)[KEPT:]
    MatchModel.objects.filter(pk__in=list(aged)).delete()
    forget_model()
    return Trained(model.version, model.proof, take)
