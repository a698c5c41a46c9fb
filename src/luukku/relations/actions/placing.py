"""An employer is looked for on behalf of somebody who seeks work: a lead with what she can do, never who she is; what came of it is confirmed."""

import re
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.network.access import may
from luukku.network.enums import Right
from luukku.relations.access import acting_organisation, visible_leads
from luukku.relations.enums import LeadResult, LeadSource
from luukku.relations.models import Lead

MOST_PLACED = 500
# A personal identity code, an e-mail address, a telephone number: none of them belongs into a profile.
_OF_A_PERSON = re.compile(r"\b\d{6}[-+A-FU-Y]\d{3}\w\b|\S+@\S+\.\w+|(?:\+358[ -]?\d{1,2}|\b0\d{1,2})[ -]?\d{3}[ -]?\d{2,}")


def check_profile(words: str) -> None:
    """Raises RuleBroken for a profile that tells who somebody is by her identity code, address or number."""
    if _OF_A_PERSON.search(words):
        words = _("Write what they can do and what work they seek, not who they are: take the identity code, e-mail address or phone number out.")
        raise RuleBroken(words, field="words")


def checked_placed(lead: Lead, result: str, placed: int | None) -> int | None:
    """How many got work, for a result that says so; None for others. Raises RuleBroken."""
    if result != LeadResult.PLACED:
        return None
    if lead.source != LeadSource.PLACING:
        raise RuleBroken(_("No employer was looked for. Choose another result."), field="result")
    if placed is None or not 1 <= placed <= MOST_PLACED:
        raise RuleBroken(_("Write how many people got work."), field="placed")
    return placed


def waits_for_word(lead: Lead) -> bool:
    """Whether people are said to have got work, and whoever looked for them has not said so yet."""
    return lead.placed is not None and lead.placed_sure is None


def confirm_placed(*, by: Actor, lead: Lead, people: int, at: datetime | None = None) -> Lead:
    """The giver's word on how many got work; 0: nobody. Figures tell claimed and confirmed apart. Raises RuleBroken, NotAllowed, NotFound."""
    moment = at or timezone.now()
    with transaction.atomic():
        found = visible_leads(by).select_for_update(of=("self",)).filter(pk=lead.pk).first()
        if found is None:
            raise NotFound
        if not may(by, Right.HANDLE_CASES, organisation_id=found.from_organisation_id):
            raise NotAllowed
        if not waits_for_word(found):
            raise RuleBroken(_("Somebody has answered this already. Open the page again."))
        if not 0 <= people <= MOST_PLACED:
            raise RuleBroken(_("Write how many people got work."), field="people")
        found.placed_sure, found.placed_sure_at = people, moment
        found.save(update_fields=["placed_sure", "placed_sure_at"])
        trail.record(
            "lead.placed", found, by=by, region_id=found.region_id, organisation_id=acting_organisation(by), at=moment, claimed=found.placed,
            people=people,
        )  # fmt: skip
    return found
