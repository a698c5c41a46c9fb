"""Projects for screens: the list with its overview, and one with its parts and outputs."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Prefetch, Q, QuerySet, Sum
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.paging import Cursor, Page, paged
from luukku.development.access import RELATED, acts_for, can_change, can_join, get_project, own_organisations, visible_projects
from luukku.development.enums import NEXT, OPEN, ProjectState
from luukku.development.models import Output, Project, ProjectPart
from luukku.network.access import visible_regions
from luukku.network.models import Area, Organisation, Region

SIZE = 50
ALL = "kaikki"


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; `place` is `r-CODE` of a region or `a-CODE` of an area, `state` a ProjectState, empty for open ones, or ALL."""

    place: str = ""
    state: str = ""
    text: str = ""

    @property
    def are_set(self) -> bool:
        return bool(self.place or self.state or self.text)


@dataclass(frozen=True)
class Overview:
    """Of all that are narrowed to, by state: how many, and their euros as far as they are known."""

    state: str
    projects: int
    euros: int


@dataclass(frozen=True)
class Listed:
    page: Page[Project]
    overview: list[Overview]
    places: list[tuple[str, str]]


def listed(actor: Actor, wanted: Wanted, cursor: Cursor, *, size: int = SIZE) -> Listed:
    """Six statements at most: the next to end first."""
    found = narrowed(actor, wanted)
    return Listed(paged(found, "ends_on", cursor, size), _overview(found), places(actor))


def narrowed(actor: Actor, wanted: Wanted) -> "QuerySet[Project]":
    """With the sum of the parts' budgets and how many organisations take part."""
    found = visible_projects(actor)
    kind, _sign, code = wanted.place.partition("-")
    if kind == "r":
        found = found.filter(region__code=code)
    elif kind == "a":
        found = found.filter(region__in=Region.objects.filter(area_spells__area__code=code, area_spells__valid_until=None).values("pk"))
    if wanted.state in ProjectState.values:
        found = found.filter(state=wanted.state)
    elif wanted.state != ALL:
        found = found.filter(state__in=OPEN)
    for word in wanted.text.split():
        in_words = Q(name__icontains=word) | Q(goals__icontains=word) | Q(target_group__icontains=word) | Q(funder__icontains=word)
        found = found.filter(in_words | Q(pk__in=ProjectPart.objects.filter(what__icontains=word).values("project")))
    return found.select_related(*RELATED).annotate(euros=Sum("parts__budget"), organisations=Count("parts"))


def _overview(found: "QuerySet[Project]") -> list[Overview]:
    rows = ProjectPart.objects.filter(project__in=found.order_by().values("pk")).order_by()
    counted = rows.values(state=F("project__state")).annotate(projects=Count("project", distinct=True), euros=Sum("budget"))
    by_state = {row["state"]: Overview(row["state"], row["projects"], row["euros"] or 0) for row in counted}
    return [by_state[state] for state in ProjectState.values if state in by_state]


def places(actor: Actor) -> list[tuple[str, str]]:
    """Areas and regions to choose from. Two statements."""
    areas = [(f"a-{each.code}", str(each.name)) for each in Area.objects.order_by("code")]
    return areas + [(f"r-{each.code}", str(each.name)) for each in visible_regions(actor).filter(is_live=True).order_by("code")]


@dataclass(frozen=True)
class ProjectPage:
    project: Project
    parts: list[ProjectPart]
    outputs: list[Output]
    near: list[Project]  # open ones for the same people or with the same funder, so that nobody does the same twice
    can_change: bool
    can_join: list[Organisation]  # of the reader's own, which are not in it yet
    own: list[ProjectPart]  # parts that the reader may write
    next: list[ProjectState]
    is_over_time: bool

    @property
    def euros(self) -> int:
        return sum(each.budget or 0 for each in self.parts)

    @property
    def companies(self) -> int:
        return sum(each.companies or 0 for each in self.parts)

    @property
    def people(self) -> int:
        return sum(each.people or 0 for each in self.parts)


def project_page(actor: Actor, pk: int, *, today: date | None = None) -> ProjectPage:
    """Five statements. Raises NotFound."""
    project = get_project(actor, pk)
    parts = list(project.parts.select_related("organisation").order_by("id"))
    changes = can_change(actor, project)
    inside = {each.organisation_id for each in parts}
    joins = [each for each in own_organisations(actor) if each.pk not in inside] if can_join(project) else []
    own = [each for each in parts if acts_for(actor, each.organisation_id)] if project.state in OPEN else []
    state = ProjectState(project.state)
    return ProjectPage(
        project, parts, list(project.outputs.select_related("organisation")), _near(actor, project), changes, joins, own,
        list(NEXT[state]) if changes else [], state == ProjectState.RUNNING and project.ends_on < (today or timezone.localdate()),
    )  # fmt: skip


def _near(actor: Actor, project: Project) -> list[Project]:
    """One statement: those that run at the same time, for a like target group."""
    words = [word for word in project.target_group.split() if len(word) > 4][:5]
    alike = Q(pk__in=())
    for word in words:
        alike |= Q(target_group__icontains=word[:8])
    span = timedelta(days=90)
    found = visible_projects(actor).filter(alike, state__in=OPEN, starts_on__lte=project.ends_on + span, ends_on__gte=project.starts_on - span)
    return list(found.exclude(pk=project.pk).select_related("lead", "region").order_by("ends_on", "id")[:5])


def with_parts(found: "QuerySet[Project]") -> "QuerySet[Project]":
    """For a table of all. Two statements."""
    return found.prefetch_related(Prefetch("parts", ProjectPart.objects.select_related("organisation").order_by("id")))
