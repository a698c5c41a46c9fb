"""Companies that might come to the region, as their seller knows them. Read by the organisation that sells, and by those whom it names."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from luukku.core.walls import readers_field
from luukku.customers.models import Company
from luukku.desk.models import Case
from luukku.network.models import Organisation, Person, Region
from luukku.vitality.enums import OPEN_STAGES, Reason, Stage, Wish


class Prospect(models.Model):
    """`name` is what it is called, `company` its record when the register knows it; `home` says where it is from, a town or a country."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", help_text="that sells the region to it")
    shared_with = ArrayField(models.BigIntegerField(), default=list, help_text="keys of organisations that read it and write what they have heard")
    name = models.CharField(max_length=160)
    company = models.ForeignKey(Company, models.PROTECT, null=True, blank=True, related_name="+")
    home = models.CharField(max_length=120, blank=True)
    field = models.CharField(max_length=120, blank=True, help_text="what it does")
    words = models.TextField(blank=True, help_text="what it plans")
    wish = models.CharField(max_length=8, choices=Wish, default=Wish.NEITHER)
    area = models.PositiveIntegerField(null=True, blank=True, help_text="square metres that it needs")
    jobs = models.PositiveIntegerField(default=0, help_text="that it would bring")
    investment = models.PositiveBigIntegerField(null=True, blank=True, help_text="euros")
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.NEW)
    stage_at = models.DateTimeField(default=timezone.now)
    likely = models.PositiveSmallIntegerField(help_text="per cent")
    responsible = models.ForeignKey(Person, models.PROTECT, related_name="+")
    next_step = models.CharField(max_length=200, blank=True)
    next_on = models.DateField(help_text="the day of the next step; of one that has ended, the last")
    contact_name = models.CharField(max_length=120, blank=True)
    contact_role = models.CharField(max_length=80, blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    contact_email = models.EmailField(blank=True)
    reason = models.CharField(max_length=9, choices=Reason, blank=True)
    reason_words = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    came_on = models.DateField(null=True, blank=True, help_text="the day from which it is located here")
    jobs_came = models.PositiveIntegerField(null=True, blank=True, help_text="that it brought")
    case = models.ForeignKey(Case, models.SET_NULL, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    forgotten_at = models.DateTimeField(null=True, blank=True, help_text="its words and names are gone: their time was over")
    readers = readers_field()

    class Meta:
        ordering = ("next_on", "id")
        constraints = (
            models.CheckConstraint(name="prospect_likely_per_cent", condition=Q(likely__lte=100)),
            models.CheckConstraint(
                name="prospect_ended_has_time",
                condition=Q(stage__in=OPEN_STAGES, ended_at=None) | Q(stage__in=("won", "lost"), ended_at__isnull=False),
            ),
            models.CheckConstraint(name="prospect_ended_has_reason", condition=Q(stage__in=OPEN_STAGES) | ~Q(reason="")),
            models.CheckConstraint(name="prospect_won_has_day", condition=~Q(stage="won") | Q(came_on__isnull=False, jobs_came__isnull=False)),
            models.CheckConstraint(name="prospect_open_has_step", condition=~Q(stage__in=OPEN_STAGES) | ~Q(next_step="")),
        )  # fmt: skip
        indexes = (
            models.Index(fields=("next_on", "id"), name="prospect_open", condition=Q(ended_at=None)),
            models.Index(fields=("stage", "next_on", "id"), name="prospect_at_stage", condition=Q(ended_at=None)),
            models.Index(fields=("stage", "ended_at", "id"), name="prospect_over", condition=Q(ended_at__isnull=False)),
            models.Index(fields=("responsible", "next_on"), name="prospect_steps", condition=Q(ended_at=None)),
            models.Index(fields=("company",), name="prospect_company"),
        )

    def __str__(self) -> str:
        return f"prospect {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    @property
    def expected_jobs(self) -> float:
        """Jobs by how likely it is that they come."""
        return self.jobs * self.likely / 100

    @property
    def contact(self) -> tuple[str, str, str]:
        """Name, phone and e-mail, as far as they are known."""
        return self.contact_name, self.contact_phone, self.contact_email


class ProspectNote(models.Model):
    """What happened: a talk, a visit, a change of stage. `stage` is the one it stood at afterwards."""

    prospect = models.ForeignKey(Prospect, models.CASCADE, related_name="notes")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    stage = models.CharField(max_length=10, choices=Stage)
    words = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    readers = readers_field()

    class Meta:
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=("prospect", "-at", "-id"), name="prospectnote_list"),)

    def __str__(self) -> str:
        return f"{self.prospect_id} {self.pk}"
