"""Groups, and who belongs to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.submissions import once
from luukku.desk.actions.work import checked_email
from luukku.governance.access import can_keep
from luukku.governance.actions.seats import seat_columns
from luukku.governance.enums import MemberRole
from luukku.governance.models import Group, GroupKind, Membership
from luukku.governance.models.whose import Whose
from luukku.network.access import require
from luukku.network.enums import LanguageCode
from luukku.network.models import Area, Organisation, Person, Region, Seat
from luukku.network.models.places import RegionArea


@dataclass(frozen=True)
class GroupForm:
    """What a group is here: its local names, what it is for, where it usually meets."""

    names: Mapping[str, str]
    purpose: str = ""
    place: str = ""
    video_link: str = ""
    kilometres: int | None = None  # one way, of members whose own are not known


@dataclass(frozen=True)
class MemberForm:
    """A person of the network, or somebody outside it by name and address."""

    person: Person | None = None
    outside_name: str = ""
    outside_email: str = ""
    outside_of: str = ""
    organisation: Organisation | None = None
    role: str = MemberRole.MEMBER
    deputy: Person | None = None
    language: str = LanguageCode.FI
    valid_from: date | None = None
    valid_until: date | None = None
    time_share: int | None = None
    mandate: str = ""
    mandate_limits: str = ""


def create_group(
    *, by: Actor, kind: GroupKind, form: GroupForm, region: Region | None = None, area: Area | None = None, submit_key: str | None = None,
    at: datetime | None = None,
) -> Group:  # fmt: skip
    """A group of a region, of an area or, with neither, of the nation; whoever holds a seat that its kind names is a member from the first.

    Raises NotAllowed, RuleBroken.
    """
    whose = Whose(region, area)
    require(can_keep(by, whose) and kind.region_id in (None, whose.region_id))
    if kind.level != whose.level:
        raise RuleBroken(_("Groups of this kind belong to another level. Choose another kind."), field="kind")
    _check(form)

    def make() -> int:
        group = Group.objects.create(region=region, area=area, kind=kind, created_at=at or timezone.now(), **_columns(form))
        trail.record("group.made", group, by=by, region_id=whose.region_id, at=at, kind=kind.code)
        take_seats(by=by, group=group)
        return group.pk

    with transaction.atomic():
        key = once(submit_key, make, "group", whose.code, kind.pk, form.names.get("fi"))
        return Group.objects.select_related("kind", "region", "area").get(pk=key)


def edit_group(*, by: Actor, group: Group, form: GroupForm) -> Group:
    """Raises NotAllowed, RuleBroken."""
    require(can_keep(by, group))
    _check(form)
    columns = _columns(form)
    with transaction.atomic():
        for name, value in columns.items():
            setattr(group, name, value)
        group.save(update_fields=list(columns))
        trail.record("group.edited", group, by=by, region_id=group.region_id)
    return group


def _check(form: GroupForm) -> None:
    if not any(name.strip() for name in form.names.values()):
        raise RuleBroken(_("Give the group the name it has with you."), field="name_fi")


def _columns(form: GroupForm) -> dict[str, object]:
    names = {f"name_{language}": form.names.get(language, "").strip() for language in ("fi", "sv", "en")}
    return names | {
        "purpose": form.purpose.strip(),
        "place": form.place.strip(),
        "video_link": form.video_link.strip(),
        "kilometres": form.kilometres,
    }


def take_seats(*, by: Actor, group: Group) -> int:
    """Whoever holds a seat that the kind names, and is no member yet, becomes one by it. Returns how many."""
    require(can_keep(by, group))
    kind, today = group.kind, timezone.localdate()
    roles = {kind.chair_seat: MemberRole.CHAIR, kind.member_seat: MemberRole.MEMBER}
    roles.pop("", None)
    terms = {each.person_id: each for each in Membership.objects.on(today).filter(group=group).select_related("seat")}
    seats = seats_of(group).filter(role__in=roles).order_by("id")
    added = 0
    for seat in sorted(seats, key=lambda seat: roles[seat.role] != MemberRole.CHAIR):  # who holds both sits as the chair
        if seat.person_id not in terms or _rises(terms[seat.person_id], seat, roles[seat.role]):
            end_stale(group, seat.person_id, today)
            terms[seat.person_id] = made = Membership.objects.create(
                group=group, person_id=seat.person_id, seat=seat, role=roles[seat.role], organisation_id=seat.organisation_id
            )
            trail.record("member.seated", made, by=by, region_id=group.region_id, group=group.pk)
            added += 1
    return added


def seats_of(group: Group) -> "QuerySet[Seat]":
    """Seats of today of which a group's members may come by its kind: of its region; of its area and the regions of that; all of the nation."""
    today = timezone.localdate()
    seats = Seat.objects.on(today).filter(person__deactivated_at=None)
    if group.region_id is not None:
        return seats.filter(region=group.region_id)
    if group.area_id is None:
        return seats
    return seats.filter(Q(area=group.area_id) | Q(region__in=RegionArea.objects.on(today).filter(area=group.area_id).values("region")))


def _rises(term: Membership, seat: Seat, role: MemberRole) -> bool:
    """Whether a member by a seat has now got the chair's: the term as a member ends, and begins anew when that seat has gone round."""
    return role == MemberRole.CHAIR and term.role == MemberRole.MEMBER and term.seat is not None and term.seat.role != seat.role


def end_stale(group: Group, person_id: int, today: date) -> None:
    """A term whose seat has ended is closed before the same person begins another one."""
    for old in Membership.objects.filter(group=group, person_id=person_id, valid_until=None).select_related("seat"):
        old.valid_until = max(today - timedelta(days=1), old.valid_from or date.min)
        old.save(update_fields=["valid_until"])


def add_member(*, by: Actor, group: Group, form: MemberForm) -> Membership:
    """Raises NotAllowed, RuleBroken with the field to mend."""
    require(can_keep(by, group))
    columns = _member_columns(form) | seat_columns(form.time_share, form.mandate, form.mandate_limits)
    today = timezone.localdate()
    current = Membership.objects.on(today).filter(group=group)
    if form.person is not None and current.filter(person=form.person).exists():
        raise RuleBroken(_("This person is a member already. Change the term instead."), field="person")
    most = group.kind.most_members
    if most is not None and current.count() >= most:
        raise RuleBroken(_("This kind of group has at most %(n)s members. End somebody's term first.") % {"n": most}, field="person")
    with transaction.atomic():
        if form.person is not None:
            end_stale(group, form.person.pk, today)
        made = Membership.objects.create(group=group, **columns)
        trail.record("member.added", made, by=by, region_id=group.region_id, group=group.pk, outside=form.person is None)
    return made


def edit_member(*, by: Actor, membership: Membership, form: MemberForm) -> Membership:
    """Role, deputy, organisation, term, and how to reach somebody outside; time and mandate are `answer_seat`. Raises NotAllowed, RuleBroken."""
    require(can_keep(by, membership.group))
    columns = _member_columns(form)
    if (form.person.pk if form.person is not None else None) != membership.person_id:
        raise RuleBroken(_("Another person is another member: end this term and add them."), field="person")
    with transaction.atomic():
        for name, value in columns.items():
            setattr(membership, name, value)
        membership.save(update_fields=list(columns))
        trail.record("member.edited", membership, by=by, region_id=membership.group.region_id, group=membership.group_id)
    return membership


def end_membership(*, by: Actor, membership: Membership) -> Membership:
    """Ends at once: yesterday was the last day. Links to meetings open nothing any more. Raises NotAllowed."""
    require(can_keep(by, membership.group))
    with transaction.atomic():
        last = timezone.localdate() - timedelta(days=1)
        membership.valid_until = last
        membership.valid_from = min(membership.valid_from, last) if membership.valid_from else None
        membership.save(update_fields=["valid_from", "valid_until"])
        for attendance in membership.attendances.exclude(link_digest=None):
            attendance.link_digest = None
            attendance.save(update_fields=["link_digest"])
        trail.record("member.ended", membership, by=by, region_id=membership.group.region_id, group=membership.group_id)
    return membership


def _member_columns(form: MemberForm) -> dict[str, object]:
    if form.person is None and not form.outside_name.strip():
        raise RuleBroken(_("Choose a person, or write the name of somebody outside the network."), field="person")
    if form.person is not None and (form.outside_name.strip() or form.outside_email.strip()):
        raise RuleBroken(_("Either a person of the network or somebody outside: leave the other empty."), field="outside_name")
    if form.valid_from and form.valid_until and form.valid_until < form.valid_from:
        raise RuleBroken(_("The term ends before it begins."), field="valid_until")
    if form.person is not None and form.deputy is not None and form.deputy.pk == form.person.pk:
        raise RuleBroken(_("Nobody is their own deputy."), field="deputy")
    email = checked_email(form.outside_email, field="outside_email") if form.person is None else ""
    return {
        "person": form.person, "outside_name": form.outside_name.strip(), "outside_email": email, "outside_of": form.outside_of.strip(),
        "organisation": form.organisation, "role": form.role, "deputy": form.deputy, "language": form.language,
        "valid_from": form.valid_from, "valid_until": form.valid_until,
    }  # fmt: skip


def end_group(*, by: Actor, group: Group, at: datetime | None = None) -> Group:
    """What it did stays readable. Raises NotAllowed, RuleBroken while a meeting of it is to come."""
    require(can_keep(by, group))
    moment = at or timezone.now()
    if group.meetings.standing().filter(starts_at__gt=moment).exists():
        raise RuleBroken(_("A meeting is still to come. Cancel it first."))
    with transaction.atomic():
        group.ended_at = moment
        group.save(update_fields=["ended_at"])
        trail.record("group.ended", group, by=by, region_id=group.region_id, at=moment)
    return group
