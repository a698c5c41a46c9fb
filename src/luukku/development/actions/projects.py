"""Projects are begun, changed and moved on by their lead; each organisation writes its own part, and what others may use."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.submissions import once
from luukku.core.trail import Fact
from luukku.desk.actions.work import check_length, checked_words
from luukku.development.access import acts_for, can_change, can_join, visible_projects
from luukku.development.enums import NEXT, OPEN, ProjectState
from luukku.development.models import Output, Project, ProjectPart
from luukku.network.models import Organisation, Person, Region

LONGEST_YEARS = 15


@dataclass(frozen=True)
class ProjectForm:
    """What a project is. `contact` is whom others ask."""

    region: Region
    contact: Person
    name: str
    starts_on: date
    ends_on: date
    goals: str
    target_group: str
    funder: str = ""
    method: str = ""
    participants: str = ""
    wants: str = ""
    website: str = ""


@dataclass(frozen=True)
class PartForm:
    """What one organisation does in it: euros of its own budget; companies and people that have taken part by now."""

    what: str
    budget: int | None = None
    companies: int | None = None
    people: int | None = None


def begin_project(
    *, by: Actor, lead: Organisation, form: ProjectForm, part: PartForm, submit_key: str | None = None, at: datetime | None = None
) -> Project:
    """Known to the whole network from now on, as being planned. The same `submit_key` begins one. Raises RuleBroken, NotAllowed."""
    if not acts_for(by, lead.pk) or by.person_id is None:
        raise NotAllowed
    _check(form)
    _check_part(part)
    with transaction.atomic():
        moment = at or timezone.now()
        return Project.objects.get(pk=once(submit_key, lambda: _begin(by, lead, form, part, moment), "begin_project", lead.pk, form.name))


def _begin(by: Actor, lead: Organisation, form: ProjectForm, part: PartForm, at: datetime) -> int:
    project = Project.objects.create(lead=lead, made_by_id=by.person_id or 0, made_at=at, changed_at=at, **_fields(form))
    ProjectPart.objects.create(project=project, organisation=lead, written_at=at, **asdict(part))
    _record(by, project, "begun", lead.pk, at)
    return project.pk


def change_project(*, by: Actor, project: Project, form: ProjectForm, at: datetime | None = None) -> Project:
    """By the lead's people or the coordinator. Raises RuleBroken, NotAllowed, NotFound."""
    _check(form)
    with transaction.atomic():
        found = _locked(by, project)
        for name, value in _fields(form).items():
            setattr(found, name, value)
        found.changed_at = at or timezone.now()
        found.save()
        _record(by, found, "changed", found.lead_id, found.changed_at)
    return found


def move_on(*, by: Actor, project: Project, state: str, at: datetime | None = None) -> Project:
    """To another state: planned, applied for, running, ended, or come to nothing. Raises RuleBroken for one to which it cannot go."""
    with transaction.atomic():
        found = _locked(by, project)
        if state not in NEXT[ProjectState(found.state)]:
            raise RuleBroken(_("The project is in another state already. Open the page again."), field="state")
        before, found.state, found.changed_at = found.state, state, at or timezone.now()
        found.save(update_fields=["state", "changed_at"])
        _record(by, found, "moved", found.lead_id, found.changed_at, state=state, before=before)
    return found


def write_part(*, by: Actor, project: Project, organisation: Organisation, part: PartForm, at: datetime | None = None) -> ProjectPart:
    """An organisation comes along, or writes its own part anew. New ones come while it is planned or applied for. Raises RuleBroken, NotAllowed."""
    if not acts_for(by, organisation.pk):
        raise NotAllowed
    _check_part(part)
    with transaction.atomic():
        found = _seen(by, project)
        own = ProjectPart.objects.filter(project=found, organisation=organisation).first()
        if own is None and not can_join(found):
            raise RuleBroken(_("The project has begun: its lead can no longer take others along. Ask the lead."))
        if found.state not in OPEN:
            raise RuleBroken(_("The project is over. What was written stands."))
        moment = at or timezone.now()
        made, is_new = ProjectPart.objects.update_or_create(project=found, organisation=organisation, defaults={**asdict(part), "written_at": moment})
        _record(by, found, "joined" if is_new else "part_written", organisation.pk, moment)
    return made


def leave_project(*, by: Actor, project: Project, organisation: Organisation, at: datetime | None = None) -> None:
    """Before it runs an organisation may step back; the lead may not. Raises RuleBroken, NotAllowed, NotFound."""
    if not acts_for(by, organisation.pk):
        raise NotAllowed
    with transaction.atomic():
        found = _seen(by, project)
        if organisation.pk == found.lead_id or not can_join(found):
            raise RuleBroken(_("Only who is not the lead can step back, and before the project runs."))
        if not ProjectPart.objects.filter(project=found, organisation=organisation).delete()[0]:
            raise NotFound
        _record(by, found, "left", organisation.pk, at or timezone.now())


def add_output(
    *, by: Actor, project: Project, organisation: Organisation, title: str, words: str = "", url: str = "", at: datetime | None = None
) -> Output:
    """Something that others may use, by an organisation with a part in the project. Raises RuleBroken, NotAllowed."""
    named = checked_words(title, field="title")
    check_length(words, field="words")
    with transaction.atomic():
        found = _seen(by, project)
        if not acts_for(by, organisation.pk) or not found.parts.filter(organisation=organisation).exists():
            raise NotAllowed
        moment = at or timezone.now()
        made = Output.objects.create(project=found, organisation=organisation, title=named[:160], words=words.strip(), url=url, made_at=moment)
        _record(by, found, "output", organisation.pk, moment)
    return made


def _seen(by: Actor, project: Project) -> Project:
    found = visible_projects(by).select_for_update().filter(pk=project.pk).first()
    if found is None:
        raise NotFound
    return found


def _locked(by: Actor, project: Project) -> Project:
    found = _seen(by, project)
    if not can_change(by, found):
        raise NotAllowed
    return found


def _fields(form: ProjectForm) -> dict[str, object]:
    told = {name: getattr(form, name) for name in form.__dataclass_fields__}
    return {name: value.strip() if isinstance(value, str) else value for name, value in told.items()}


def _check(form: ProjectForm) -> None:
    for field in ("name", "goals", "target_group"):
        checked_words(getattr(form, field), field=field)
    for field in ("method", "wants"):
        check_length(getattr(form, field), field=field)
    if form.ends_on < form.starts_on:
        raise RuleBroken(_("The end comes before the beginning."), field="ends_on")
    if form.ends_on.year - form.starts_on.year > LONGEST_YEARS:
        raise RuleBroken(_("A project lasts fifteen years at most. Look at the years."), field="ends_on")


def _check_part(part: PartForm) -> None:
    checked_words(part.what, field="what")
    for field in ("budget", "companies", "people"):
        value = getattr(part, field)
        if value is not None and not 0 <= value <= 2_000_000_000:
            raise RuleBroken(_("Write a number that is not negative."), field=field)


def _record(by: Actor, project: Project, action: str, organisation_id: int, at: datetime, **facts: Fact) -> None:
    trail.record(f"project.{action}", project, by=by, region_id=project.region_id, organisation_id=organisation_id, at=at, **facts)
