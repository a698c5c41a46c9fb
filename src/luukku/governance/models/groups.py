"""Groups of a region, their kinds, and who belongs to them."""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.translated import Translated
from luukku.core.walls import readers_field
from luukku.governance.enums import Confidentiality, MemberRole, SeatMandate, Source
from luukku.governance.models.whose import Whose
from luukku.network.enums import LanguageCode, Level, Role
from luukku.network.models import Area, Organisation, Person, Region, Seat
from luukku.network.models.places import Dated, DatedQuerySet


class GroupKind(models.Model):
    """A kind of group: who reads what it does, whose seats make its members, and its usual year. Open: it is how the network works."""

    region = models.ForeignKey(Region, models.CASCADE, null=True, blank=True, related_name="+", help_text="None: the whole network's")
    level = models.CharField(max_length=12, choices=Level, default=Level.REGION, help_text="groups of which level are of this kind")
    code = models.SlugField(max_length=40)
    name_fi = models.CharField(max_length=120)
    name_sv = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    name = Translated("name")
    confidentiality = models.CharField(max_length=15, choices=Confidentiality, default=Confidentiality.MEMBERS)
    chair_seat = models.CharField(max_length=20, choices=Role, blank=True, help_text="the region's seats of this role are its chair")
    member_seat = models.CharField(max_length=20, choices=Role, blank=True, help_text="the region's seats of this role are its members")
    most_members = models.PositiveSmallIntegerField(null=True, blank=True)
    months = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True, help_text="of the year in which it usually meets")
    order = models.PositiveSmallIntegerField(default=0)
    deactivated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("order", "code")
        constraints = (models.UniqueConstraint(fields=("region", "code"), name="group_kind_once", nulls_distinct=False),)

    def __str__(self) -> str:
        return self.name


class TemplatePoint(models.Model):
    """A point that each meeting of a kind of group has."""

    kind = models.ForeignKey(GroupKind, models.CASCADE, related_name="points")
    position = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=10, choices=Source, default=Source.OTHER)
    title_fi = models.CharField(max_length=160)
    title_sv = models.CharField(max_length=160, blank=True)
    title_en = models.CharField(max_length=160, blank=True)
    title = Translated("title")

    class Meta:
        ordering = ("kind", "position", "id")

    def __str__(self) -> str:
        return self.title


class GroupQuerySet(models.QuerySet["Group"]):
    def active(self) -> Self:
        return self.filter(ended_at=None)


class Group(models.Model):
    """A group of a region, of an area or, with neither, of the nation; under the name it has there."""

    region = models.ForeignKey(Region, models.CASCADE, null=True, blank=True, related_name="groups")
    area = models.ForeignKey(Area, models.CASCADE, null=True, blank=True, related_name="groups")
    kind = models.ForeignKey(GroupKind, models.PROTECT, related_name="groups")
    name_fi = models.CharField(max_length=120)
    name_sv = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    name = Translated("name")
    purpose = models.TextField(blank=True)
    place = models.CharField(max_length=200, blank=True, help_text="where it usually meets")
    video_link = models.URLField(max_length=300, blank=True)
    kilometres = models.PositiveSmallIntegerField(null=True, blank=True, help_text="one way, to where it meets, of members whose own are not known")
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    readers = readers_field()

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = ("region", "kind__order", "id")
        constraints = (models.CheckConstraint(name="group_of_one", condition=Q(region=None) | Q(area=None)),)

    def __str__(self) -> str:
        return self.name

    @property
    def whose(self) -> Whose:
        """Fetch the region and the area with it."""
        return Whose(self.region, self.area)


class MembershipQuerySet(DatedQuerySet["Membership"]):
    def on(self, day: date) -> Self:
        """Those whose term includes the day; one that stands on a seat only while that seat does."""
        seated = Q(seat=None) | (
            (Q(seat__valid_from=None) | Q(seat__valid_from__lte=day)) & (Q(seat__valid_until=None) | Q(seat__valid_until__gte=day))
        )
        return super().on(day).filter(seated)


class Membership(Dated):
    """Somebody belongs to a group for a term: one of the network's people, on her seat where there is one, or somebody without a sign-in."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="memberships")
    seat = models.ForeignKey(Seat, models.SET_NULL, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+", help_text="whom she speaks for")
    role = models.CharField(max_length=10, choices=MemberRole, default=MemberRole.MEMBER)
    deputy = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    time_share = models.PositiveSmallIntegerField(null=True, blank=True, help_text="of her working time, per cent, as agreed with who pays it")
    mandate = models.CharField(max_length=10, choices=SeatMandate, blank=True, db_default="", default="")
    mandate_limits = models.CharField(max_length=200, blank=True, db_default="", default="", help_text="in words: up to which sum, in which matters")
    kilometres = models.PositiveSmallIntegerField(null=True, blank=True, help_text="one way, from where she works to where the group meets")
    asked_on = models.DateField(null=True, blank=True, help_text="when share, mandate and deputy were last asked and answered")
    outside_name = models.CharField(max_length=120, blank=True)
    outside_email = models.EmailField(blank=True)
    outside_of = models.CharField(max_length=120, blank=True, help_text="company or organisation outside the network")
    language = models.CharField(max_length=2, choices=LanguageCode, default=LanguageCode.FI)
    created_at = models.DateTimeField(default=timezone.now)
    readers = readers_field()

    objects = MembershipQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ("group", "id")
        constraints = (
            *Dated.Meta.constraints,
            models.CheckConstraint(name="membership_somebody", condition=Q(person__isnull=False, outside_email="") | Q(person=None)),
            models.CheckConstraint(name="membership_share", condition=Q(time_share=None) | Q(time_share__range=(1, 100))),
            models.UniqueConstraint(fields=("group", "person"), condition=Q(valid_until=None, person__isnull=False), name="membership_once"),
        )

    def __str__(self) -> str:
        return f"{self.person_id or 'outside'} in {self.group_id}"

    @property
    def who(self) -> str:
        """Her name; fetch `person` with her."""
        return self.person.name if self.person is not None else self.outside_name or _("Former member")
