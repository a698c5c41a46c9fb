"""What the pages of selling the region have in common."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.core.keys import key_of
from luukku.network.access import may
from luukku.network.enums import Right
from luukku.network.models import Desk
from luukku.relations.queries.choices import own_desks
from luukku.vitality.access import sells


def desk_of(request: HttpRequest, actor: Actor, *, organisation_id: int | None = None) -> tuple[Desk, list[Desk]]:
    """The desk for which one acts, that of the address or the form or else the first, and all that one may choose. Raises NotFound for none."""
    desks = [each for each in own_desks(actor) if organisation_id in (None, each.organisation_id)]
    key = key_of(request.POST.get("desk") or request.GET.get("desk"))
    found = next((each for each in desks if key is None or each.pk == key), None)
    if found is None:
        raise NotFound
    return found, desks


def tabs(actor: Actor, here: str) -> list[tuple[str, str, bool]]:
    """Address, word and whether one is there. No statement."""
    every = (
        ("prospects", _("Prospects"), sells(actor)), ("board", _("By stage"), sells(actor)), ("sites", _("Plots and premises"), True),
        ("targets", _("Targets"), sells(actor)), ("figures", _("In figures"), may(actor, Right.SEE_FIGURES)),
    )  # fmt: skip
    return [(reverse(f"vitality:{name}"), word, name == here) for name, word, shown in every if shown]
