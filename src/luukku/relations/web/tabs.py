"""The pages of the work with companies, as the tabs above each of them."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luukku.core.actor import Actor
from luukku.network.access import may
from luukku.network.enums import Right
from luukku.relations.access import keeps_maps, sees_contact_plan, works_with_companies


def tabs(actor: Actor, here: str) -> list[tuple[str, str, bool]]:
    """Address, word and whether one is there, of those that are for the actor. No statement."""
    works, sees, figures = works_with_companies(actor), sees_contact_plan(actor), may(actor, Right.SEE_FIGURES)
    every = (
        ("visits", _("Visits"), works), ("leads", pgettext("on companies", "Leads"), works), ("facts", _("From facts"), works),
        ("contact_plan", _("Whom to meet"), sees),
        ("targets", _("Targets"), sees), ("plans", _("Account plans"), works),
        ("maps", _("Questions"), works or keeps_maps(actor)), ("work", _("Report of work"), works), ("figures", _("In figures"), figures),
    )  # fmt: skip
    return [(reverse(f"relations:{name}"), word, name == here) for name, word, shown in every if shown]
