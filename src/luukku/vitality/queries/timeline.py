"""On a company's timeline: that it was a prospect, and that it came."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.gathering import TimelineEntry
from luukku.customers.models import Company
from luukku.vitality.access import visible_prospects
from luukku.vitality.enums import Stage


def prospect_entries(actor: Actor, company: Company, until: datetime, most: int) -> Sequence[TimelineEntry]:
    """Those of the actor's organisations. One statement."""
    found = []
    for each in (
        visible_prospects(actor).filter(company=company, made_at__lte=until).select_related("organisation").order_by("-made_at", "-pk")[:most]
    ):
        url, name = reverse("vitality:prospect", args=[each.pk]), str(each.organisation.name)
        found.append(TimelineEntry(each.made_at, f"p{each.pk}", _("Might come to the region"), name, url))
        if each.ended_at is not None and each.ended_at <= until:
            title = _("Located in the region") if each.stage == Stage.WON else _("Did not come to the region")
            found.append(TimelineEntry(each.ended_at, f"q{each.pk}", title, name, url))
    return sorted(found, key=lambda each: (each.at, each.key), reverse=True)[:most]
