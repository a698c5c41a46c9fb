"""The coordinator says who answers for complaints, in how many days, and which causes are offered."""

import re
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.complaints.access import can_rule
from luukku.complaints.enums import Cause
from luukku.complaints.models import ComplaintCause, ComplaintRule
from luukku.complaints.models.rules import MOST_DAYS
from luukku.complaints.queries.rules import causes_of
from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.network.access import require
from luukku.network.models import Desk, Organisation, Person, Region, Seat

MOST_CAUSES = 20


def set_rule(
    *, by: Actor, region: Region, organisation: Organisation | None, owner: Person | None, working_days: int, cause: str = ""
) -> ComplaintRule:
    """Who answers for the complaints of a region, or of one organisation there, and in how many working days.

    `cause`: of this kind only, so that they go to whose process it is. By the coordinator, and of her own organisation by its head.
    Raises RuleBroken, NotAllowed.
    """
    require(can_rule(by, region.pk, organisation.pk if organisation else None))
    if organisation is not None and not Desk.objects.filter(region=region, organisation=organisation).exists():
        raise RuleBroken(_("Choose an organisation that serves this region."), field="organisation")
    if cause and cause not in dict(causes_of(region)):
        raise RuleBroken(_("Choose what was wrong."), field="cause")
    if cause and owner is None:
        raise RuleBroken(_("Choose who answers for complaints of this kind."), field="owner")
    if not 1 <= working_days <= MOST_DAYS:
        raise RuleBroken(_("Give 1 to %(most)s working days.") % {"most": MOST_DAYS}, field="working_days")
    if owner is not None and not _has_seat(owner, region, organisation):
        raise RuleBroken(_("Choose somebody of this region or organisation."), field="owner")
    with transaction.atomic():
        rule, _made = ComplaintRule.objects.update_or_create(
            region=region, organisation=organisation, cause=cause, defaults={"owner": owner, "working_days": working_days}
        )
        trail.record(
            "complaint_rule.set", rule, by=by, region_id=region.pk, organisation_id=organisation.pk if organisation else None, days=working_days,
            owner=owner.pk if owner else None, cause=cause or None,
        )  # fmt: skip
        return rule


def end_rule(*, by: Actor, rule: ComplaintRule) -> None:
    """The rule is no more: complaints go by the next one that fits. What has come already stays with its owner. Raises NotAllowed."""
    require(can_rule(by, rule.region_id, rule.organisation_id))
    with transaction.atomic():
        trail.record(
            "complaint_rule.ended", rule, by=by, region_id=rule.region_id, organisation_id=rule.organisation_id, cause=rule.cause or None
        )  # fmt: skip
        rule.delete()


def _has_seat(person: Person, region: Region, organisation: Organisation | None) -> bool:
    seats = Seat.objects.on(timezone.localdate()).filter(person=person, person__deactivated_at=None)
    if organisation is not None:
        return (seats.filter(organisation=organisation) | seats.filter(region=region)).exists()
    return (seats.filter(region=region) | seats.filter(organisation__desks__region=region)).exists()


def name_cause(*, by: Actor, region: Region, code: str, names: Mapping[str, str], is_hidden: bool = False) -> ComplaintCause:
    """The region's own words for a cause, or a new cause (empty `code`). Hidden ones are not offered any more; what was said by them stays."""
    require(can_rule(by, region.pk))
    finnish = names.get("fi", "").strip()
    if not finnish:
        raise RuleBroken(_("Write it in Finnish at least."), field="name_fi")
    if code == Cause.OTHER and is_hidden:
        raise RuleBroken(_("“Something else” is always offered."), field="is_hidden")
    with transaction.atomic():
        Region.objects.select_for_update(of=("self",), no_key=True).get(pk=region.pk)
        known = set(ComplaintCause.objects.filter(region=region).values_list("code", flat=True)) | set(Cause.values)
        if not code:
            if len(known) >= MOST_CAUSES:
                raise RuleBroken(_("There are %(most)s causes already. Hide one that is not needed.") % {"most": MOST_CAUSES})
            code = _new_code(finnish, known)
        elif code not in known:
            raise RuleBroken(_("Choose what was wrong."), field="code")
        cause, _made = ComplaintCause.objects.update_or_create(
            region=region, code=code,
            defaults={"is_hidden": is_hidden, **{f"name_{language}": names.get(language, "").strip()[:80] for language in ("fi", "sv", "en")}},
        )  # fmt: skip
        trail.record("complaint_cause.set", cause, by=by, region_id=region.pk, code=code, hidden=is_hidden)
        return cause


def _new_code(words: str, known: set[str]) -> str:
    stem = re.sub(r"[^a-z0-9]+", "-", words.lower().translate(str.maketrans("äöå", "aoa"))).strip("-")[:24] or "cause"
    return next(code for code in (stem, *(f"{stem}-{number}" for number in range(2, 100))) if code not in known)
