"""Who answers for a complaint, in how many working days, and which causes are offered. Read by whoever makes one."""

from dataclasses import dataclass

from django.utils import timezone

from luukku.complaints.enums import Cause
from luukku.complaints.models import ComplaintCause, ComplaintRule
from luukku.complaints.models.rules import DEFAULT_DAYS
from luukku.network.enums import Role
from luukku.network.models import Person, Region, Seat


@dataclass(frozen=True)
class Ruled:
    """The owner (None: nobody is there yet) and the working days to answer in."""

    owner: Person | None
    working_days: int


def ruled(region: Region, organisation_id: int, cause: str, about_person_id: int | None) -> Ruled:
    """By the organisation's rule of this kind of complaint, else its rule, else the region's likewise, else the coordinator; never who is
    complained of, or has left. Four statements at most.

    After the one who is named come the leads of the desk complained of, then the coordinator.
    """
    rules = {(rule.organisation_id, rule.cause): rule for rule in ComplaintRule.objects.filter(region=region).select_related("owner")}
    found = [rules[key] for key in ((organisation_id, cause), (organisation_id, ""), (None, cause), (None, "")) if key in rules]
    days = found[0].working_days if found else DEFAULT_DAYS
    named = [each.owner for each in found if each.owner is not None]
    owner = next((each for each in named if each.pk != about_person_id and each.deactivated_at is None), None)
    if owner is None and named:
        owner = _holder(Role.DESK_LEAD, about_person_id, organisation_id=organisation_id)
    return Ruled(
        owner
        or _holder(Role.COORDINATOR, about_person_id, region_id=region.pk)
        or _holder(Role.DESK_LEAD, about_person_id, organisation_id=organisation_id),
        days,
    )


def _holder(role: Role, but: int | None, **where: int) -> Person | None:
    seats = Seat.objects.on(timezone.localdate()).filter(role=role, person__deactivated_at=None, **where).select_related("person")
    seat = seats.exclude(person_id=but).order_by("id").first() if but is not None else seats.order_by("id").first()
    return seat.person if seat is not None else None


def causes_of(region: Region) -> list[tuple[str, str]]:
    """Codes and words of the causes that the region offers, its own last but for "something else". One statement."""
    own = {each.code: each for each in ComplaintCause.objects.filter(region=region)}
    words = {cause.value: str(cause.label) for cause in Cause}
    words |= {code: str(each.name) for code, each in own.items()}
    codes = [code for code in words if code != Cause.OTHER and not (code in own and own[code].is_hidden)]
    return [(code, words[code]) for code in (*codes, Cause.OTHER.value)]


def cause_words(region: Region) -> dict[str, str]:
    """Words of every cause that a complaint of the region may have, hidden ones too. One statement."""
    own = {each.code: str(each.name) for each in ComplaintCause.objects.filter(region=region)}
    return {cause.value: str(cause.label) for cause in Cause} | own
