"""The network's own people and their seats."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from luukku.core.translated import Translated
from luukku.core.walls import PrincipalField
from luukku.network.enums import LanguageCode, Role
from luukku.network.models.organisations import Organisation
from luukku.network.models.places import Area, Dated, DatedQuerySet, Region

if TYPE_CHECKING:
    from luukku.network.models.absences import Absence


class PersonQuerySet(models.QuerySet["Person"]):
    def active(self) -> Self:
        return self.filter(deactivated_at=None)

    def at_work(self, day: date) -> Self:
        """Those who are not away on the day."""
        away = self.model._meta.apps.get_model("network", "Absence").objects.on(day).filter(person=OuterRef("pk"))
        return self.filter(~Exists(away))

    def published(self) -> Self:
        """Whom their organisation shows to the public."""
        return self.active().filter(is_published=True)

    def to_mail(self, key: Any) -> "Person | None":
        """Somebody who still works here, with all that a mail to her needs; None for who has left, and for no key. One statement."""
        return self.active().select_related("user").filter(pk=key).first()


@pghistory.track(exclude=["principal"])  # never changes, and a history repeats what must be unique here
class Person(models.Model):
    """Somebody who works in the network. A customer is customers.Customer."""

    principal = PrincipalField()
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="person")
    name = models.CharField(max_length=120)
    title_fi = models.CharField(max_length=120, blank=True)
    title_sv = models.CharField(max_length=120, blank=True)
    title_en = models.CharField(max_length=120, blank=True)
    title = Translated("title")
    help_text_fi = models.TextField(blank=True, help_text="what I can help you with, in plain words")
    help_text_sv = models.TextField(blank=True, help_text="what I can help you with, in plain words")
    help_text_en = models.TextField(blank=True, help_text="what I can help you with, in plain words")
    help_text = Translated("help_text")
    languages = ArrayField(models.CharField(max_length=8), default=list, help_text="ISO 639 codes, best first")
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    is_published = models.BooleanField(default=False)
    photo = models.CharField(max_length=16, blank=True, db_default="", default="", help_text="which version of her photo; empty: none")
    deputy = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="deputy_for", help_text="who usually stands in; an absence names its own"
    )
    is_sample = models.BooleanField(default=False)
    deactivated_at = models.DateTimeField(null=True, blank=True)
    left_with_sign_in = models.BooleanField(default=False, help_text="could sign in until leaving: who brings the person back may open it again")

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = (models.CheckConstraint(name="person_not_own_deputy", condition=~Q(deputy=models.F("id")) | Q(deputy=None)),)

    def __str__(self) -> str:
        return self.name

    @property
    def mail_address(self) -> str:
        """Where mail of the network reaches her; fetch `user` with her."""
        return self.email or (self.user.email if self.user else "")

    @property
    def mail_language(self) -> str:
        """In which language the network writes to her; fetch `user` with her."""
        return self.user.language if self.user else LanguageCode.FI.value

    @property
    def mail_reach(self) -> tuple[str, str]:
        """Address and language; empty once she has left. Fetch `user` with her."""
        return ("", "") if self.deactivated_at is not None else (self.mail_address, self.mail_language)

    @property
    def away(self) -> "Absence | None":
        """Her absence today; costs a statement unless it was fetched with her (`queries.absences.today_prefetch`)."""
        if not hasattr(self, "away_today"):
            self.away_today: list[Absence] = list(self.days_away.on(timezone.localdate()).select_related("deputy"))
        return self.away_today[0] if self.away_today else None


@pghistory.track()
class Seat(Dated):
    """A role of a person at a level: for an organisation (in a region), for a region, an area, or the nation (all empty)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="seats")
    role = models.CharField(max_length=20, choices=Role)
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="seats")
    region = models.ForeignKey(Region, models.CASCADE, null=True, blank=True, related_name="seats")
    area = models.ForeignKey(Area, models.CASCADE, null=True, blank=True, related_name="seats")

    objects = DatedQuerySet["Seat"].as_manager()

    class Meta(Dated.Meta):
        ordering = ("person", "id")
        constraints = (
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=("person", "role", "organisation", "region", "area"),
                condition=Q(valid_until=None),
                name="seat_once",
                nulls_distinct=False,
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.role}"
