"""A prospect of the adviser's organisation, a plot of the partner's."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from luukku.core.actor import act_as
from luukku.vitality.actions.prospects import ProspectForm, begin_prospect
from luukku.vitality.actions.sites import SiteForm, tell_of_site
from luukku.vitality.models import Prospect, Site
from tests.cast import Cast, Member


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def form_of(cast: Cast, **fields: Any) -> ProspectForm:
    given: dict[str, Any] = {
        "name": "Nordlicht Batterien GmbH", "responsible": cast.adviser.someone, "next_step": "Soitetaan johtajalle", "next_on": in_days(7),
        "home": "Saksa", "field": "akkumateriaalit", "wish": "plot", "area": 30_000, "jobs": 120, "contact_name": "Hans Licht",
        "contact_email": "hans@nordlicht.example",
    }  # fmt: skip
    return ProspectForm(**given | fields)


@pytest.fixture
def begun(cast: Cast) -> Callable[..., Prospect]:
    """`begun()`: the adviser writes a prospect down; `by=…`: somebody else does, for her own desk."""

    def make(by: Member | None = None, **fields: Any) -> Prospect:
        member = by or cast.adviser
        desk = {"partner": cast.partner_desk, "outsider": cast.there.desk}.get(member.name, cast.here.desk)
        with act_as(member.actor) as actor:
            return begin_prospect(by=actor, desk=desk, form=form_of(cast, **{"responsible": member.someone} | fields))

    return make


@pytest.fixture
def site(cast: Cast) -> Site:
    """A plot that is the partner's to give."""
    with act_as(cast.partner.actor) as partner:
        form = SiteForm("plot", "Tehtaantie 4", cast.here.municipality, 32_000, 320_000)
        return tell_of_site(by=partner, desk=cast.partner_desk, form=form)
