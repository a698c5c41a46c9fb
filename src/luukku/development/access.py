"""The one door to development projects: the network's own people read them all; each organisation writes its own."""

from django.db.models import QuerySet

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.development.enums import JOINABLE
from luukku.development.models import Project
from luukku.network.access import is_inside, may
from luukku.network.enums import Right
from luukku.network.models import Organisation

RELATED = ("region", "lead", "contact")


def visible_projects(actor: Actor) -> "QuerySet[Project]":
    return Project.objects.all() if is_inside(actor) else Project.objects.none()


def get_project(actor: Actor, pk: int) -> Project:
    """Raises NotFound."""
    found = visible_projects(actor).select_related(*RELATED).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def acts_for(actor: Actor, organisation_id: int) -> bool:
    """Whether she may say what an organisation does in projects: who handles its cases, leads its desk or edits it."""
    return any(may(actor, right, organisation_id=organisation_id) for right in (Right.HANDLE_CASES, Right.LEAD_DESK, Right.EDIT_ORGANISATION))


def own_organisations(actor: Actor) -> list[Organisation]:
    """Those for which she may begin a project or take part in one. One statement."""
    keys = [pk for pk in actor.organisation_ids if acts_for(actor, pk)]
    return list(Organisation.objects.active().filter(pk__in=keys).order_by("code"))


def can_change(actor: Actor, project: Project) -> bool:
    """The lead's people, and the region's coordinator."""
    return acts_for(actor, project.lead_id) or may(actor, Right.EDIT_REGION, region_id=project.region_id)


def can_join(project: Project) -> bool:
    return project.state in JOINABLE
