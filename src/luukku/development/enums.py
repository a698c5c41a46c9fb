"""States of development projects."""

from django.db import models
from django.utils.translation import pgettext_lazy


class ProjectState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("project", "Being planned")
    APPLIED = "applied", pgettext_lazy("project", "Finance applied for")
    RUNNING = "running", pgettext_lazy("project", "Running")
    ENDED = "ended", pgettext_lazy("project", "Ended")
    DROPPED = "dropped", pgettext_lazy("project", "Came to nothing")


OPEN = (ProjectState.PLANNED, ProjectState.APPLIED, ProjectState.RUNNING)
JOINABLE = (ProjectState.PLANNED, ProjectState.APPLIED)  # while these, others can still come along
NEXT = {
    ProjectState.PLANNED: (ProjectState.APPLIED, ProjectState.RUNNING, ProjectState.DROPPED),
    ProjectState.APPLIED: (ProjectState.PLANNED, ProjectState.RUNNING, ProjectState.DROPPED),
    ProjectState.RUNNING: (ProjectState.ENDED, ProjectState.DROPPED),
    ProjectState.ENDED: (ProjectState.RUNNING,),
    ProjectState.DROPPED: (ProjectState.PLANNED,),
}

TONES = {
    ProjectState.PLANNED: "yellow", ProjectState.APPLIED: "yellow", ProjectState.RUNNING: "blue", ProjectState.ENDED: "green",
    ProjectState.DROPPED: "grey",
}  # fmt: skip
