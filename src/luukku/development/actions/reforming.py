"""Development projects that are not over go along when organisations merge or split."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from luukku.core.reforms import ReformPart
from luukku.development.enums import OPEN
from luukku.development.models import Project, ProjectPart
from luukku.network.actions.reforms.moving import Mover


def carry_projects(mover: Mover) -> None:
    """Who leads them, and parts in them; where both have a part, the receiver's goes on beside the old one."""
    led = Project.objects.filter(mover.within(region="region", person="contact"), lead=mover.source, state__in=OPEN)
    mover.change(led, what="development.led", lead_id=mover.target.pk)
    parts = ProjectPart.objects.filter(mover.within(region="project__region"), organisation=mover.source, project__state__in=OPEN)
    there = ProjectPart.objects.filter(organisation=mover.target).values("project")
    mover.change(parts.exclude(project__in=there), what="development.parts", organisation_id=mover.target.pk)


PARTS: Final = {
    "development.projects": ReformPart(
        280,
        ("development.Project.lead", "development.ProjectPart.organisation"),
        carry_projects,
        {"development.led": _("Development projects that it leads"), "development.parts": _("Parts in development projects")},
    ),
}
STAYS: Final = {"development.Output.organisation": "tells who made it"}
