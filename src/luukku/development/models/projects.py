"""Development projects of the network's organisations. Open to the whole network from the first plan on, so that others join or leave room."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from luukku.development.enums import ProjectState
from luukku.network.models import Organisation, Person, Region


class Project(models.Model):
    """`region` is where it is led from; organisations of other regions may have parts in it."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    lead = models.ForeignKey(Organisation, models.PROTECT, related_name="+", help_text="answers for the whole")
    contact = models.ForeignKey(Person, models.PROTECT, related_name="+", help_text="whom to ask")
    name = models.CharField(max_length=160)
    funder = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    goals = models.TextField()
    target_group = models.CharField(max_length=200, help_text="whom it is for")
    method = models.TextField(blank=True, help_text="how it is done")
    participants = models.CharField(max_length=200, blank=True, help_text="companies and others who take part, in words or numbers")
    wants = models.TextField(blank=True, help_text="who could come along, and with what; empty: nobody more is sought")
    website = models.URLField(blank=True)
    state = models.CharField(max_length=8, choices=ProjectState, default=ProjectState.PLANNED)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("ends_on", "id")
        constraints = (models.CheckConstraint(name="project_in_order", condition=Q(starts_on__lte=F("ends_on"))),)
        indexes = (models.Index(fields=("state", "ends_on", "id"), name="project_list"), models.Index(fields=("region",), name="project_region"))

    def __str__(self) -> str:
        return f"project {self.pk}"


class ProjectPart(models.Model):
    """One organisation's part, with a budget of its own; the lead's own is one of them."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="parts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    what = models.TextField(help_text="what it does")
    budget = models.PositiveIntegerField(null=True, blank=True, help_text="euros; None: not known yet")
    companies = models.PositiveIntegerField(null=True, blank=True, help_text="that have taken part with it by now")
    people = models.PositiveIntegerField(null=True, blank=True)
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("project", "organisation"), name="project_part_once"),)

    def __str__(self) -> str:
        return f"{self.project_id} {self.organisation_id}"


class Output(models.Model):
    """Something that others may use: a guide, a model, a report, a tool."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="outputs")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    words = models.TextField(blank=True, help_text="how to use it")
    url = models.URLField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.project_id} {self.pk}"
