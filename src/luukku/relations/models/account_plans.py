"""Plans for companies of weight: what is aimed at, what they need, who does what by when, for one to three years. Read by the team alone.

Kept so by triggers and policies (migration 0005): a person of the team, while she sits in the organisation for which she is on it.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from luukku.core.translated import Translated
from luukku.core.walls import readers_field
from luukku.customers.models import Company
from luukku.network.models import Organisation, Person, Region


class PlanCriterion(models.Model):
    """By what a region agrees that a company is of weight. Open: it names no company. What says something else is a new one."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    text_fi = models.CharField(max_length=160)
    text_sv = models.CharField(max_length=160, blank=True)
    text_en = models.CharField(max_length=160, blank=True)
    text = Translated("text")
    ended_at = models.DateTimeField(null=True, blank=True, help_text="no plan is begun by it any more")

    class Meta:
        ordering = ("region", "id")

    def __str__(self) -> str:
        return f"{self.region_id} {self.text_fi}"


class AccountPlan(models.Model):
    company = models.ForeignKey(Company, models.PROTECT, related_name="account_plans")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", help_text="for which the lead leads")
    lead = models.ForeignKey(Person, models.PROTECT, related_name="+", help_text="leads the team")
    criteria = ArrayField(models.BigIntegerField(), default=list, help_text="keys of the agreed criteria that the company meets")
    judged_on = models.DateField(null=True, blank=True, help_text="when the team looked last at which criteria it meets")
    why = models.TextField(blank=True, help_text="what the team says of its weight beside the criteria")
    aims = models.TextField()
    needs = models.TextField(blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    review_on = models.DateField(help_text="when the team looks at it next")
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, help_text="that the review is due")
    forgotten_at = models.DateTimeField(null=True, blank=True, help_text="its words are gone: their time was over")
    readers = readers_field()

    class Meta:
        ordering = ("review_on", "id")
        constraints = (
            models.CheckConstraint(name="account_plan_in_order", condition=Q(starts_on__lt=F("ends_on"))),
            models.UniqueConstraint(fields=("company", "organisation"), condition=Q(ended_at=None), name="account_plan_once"),
        )
        indexes = (models.Index(fields=("region", "review_on"), name="account_plan_review", condition=Q(ended_at=None)),)

    def __str__(self) -> str:
        return f"account plan {self.pk}"


class AccountMember(models.Model):
    """On the team beside the lead, for an organisation."""

    plan = models.ForeignKey(AccountPlan, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    readers = readers_field()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("plan", "person"), name="account_member_once"),)

    def __str__(self) -> str:
        return f"{self.plan_id} {self.person_id}"


class AccountAction(models.Model):
    plan = models.ForeignKey(AccountPlan, models.CASCADE, related_name="actions")
    what = models.TextField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", help_text="of the team, who sees to it")
    by_day = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    readers = readers_field()

    class Meta:
        ordering = ("by_day", "id")
        indexes = (models.Index(fields=("by_day",), name="account_action_due", condition=Q(done_at=None)),)

    def __str__(self) -> str:
        return f"{self.plan_id} {self.by_day}"


class AccountReview(models.Model):
    """What the team said when it looked at the plan."""

    plan = models.ForeignKey(AccountPlan, models.CASCADE, related_name="reviews")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    day = models.DateField()
    words = models.TextField()
    readers = readers_field()

    class Meta:
        ordering = ("-day", "-id")

    def __str__(self) -> str:
        return f"{self.plan_id} {self.day}"
