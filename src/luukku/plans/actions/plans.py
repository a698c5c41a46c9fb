"""A plan from its first draft to its approval."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import mail, trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.submissions import once
from luukku.core.translated import LANGUAGES
from luukku.desk.actions.work import check_length
from luukku.network.access import require
from luukku.network.models import Organisation, Person, Region
from luukku.plans.access import can_begin, can_begin_own, can_write, heads
from luukku.plans.enums import PlanState
from luukku.plans.models import Measure, Plan, PlanKind, PlanPart
from luukku.plans.queries.people import party_people

FIRST, LAST = 2000, 2099
WORDS = ("mission", "vision", "priorities", "budget_words")


@dataclass(frozen=True)
class BasicForm:
    """What people write on the basic page; the rest the system knows."""

    name: str = ""
    mission: str = ""
    vision: str = ""
    priorities: str = ""
    budget_words: str = ""
    is_public: bool = False


@dataclass(frozen=True)
class BeginForm:
    """Which plan is begun. `organisation`: whose programme it is; `parent`: the large measure of which it is a sub-plan."""

    kind: PlanKind
    year: int
    last_year: int | None = None
    name: str = ""
    organisation: Organisation | None = None
    person: Person | None = None
    parent: Measure | None = None


def begin_plan(*, by: Actor, region: Region, form: BeginForm, submit_key: str | None = None, at: datetime | None = None) -> Plan:
    """A draft; mission and vision come from the one before it. Raises NotAllowed, RuleBroken."""
    _may_begin(by, region, form)
    _check(form)
    own = {"kind": form.kind, "region": region, "organisation": form.organisation, "person": form.person}

    def make() -> int:
        if not form.name and form.parent is None and Plan.objects.filter(**own, year=form.year, name="", parent=None).exists():
            raise RuleBroken(_("There is such a plan for this year already. Open it, or give this one a name."), field="year")
        before = Plan.objects.filter(**own, year__lt=form.year, parent=None).order_by("-year", "id").first() if form.parent is None else None
        carried = {name: getattr(before, name) for name in ("mission", "vision", "share_rule", "is_public")} if before is not None else {}
        made = Plan.objects.create(
            **own, year=form.year, last_year=form.last_year or form.year, name=form.name.strip()[:160], parent=form.parent, previous=before,
            created_at=at or timezone.now(), **carried,
        )  # fmt: skip
        _same_parts(before, made)
        trail.record("plan.begun", made, by=by, region_id=region.pk, at=at, kind=form.kind.code, year=form.year)
        return made.pk

    with transaction.atomic():
        return fetched(once(submit_key, make, "plan", region.pk, form.kind.pk, form.year, form.name))


def _same_parts(before: Plan | None, made: Plan) -> None:
    """The focus areas of the one before it go on."""
    for part in PlanPart.objects.filter(plan=before, deactivated_at=None).order_by("position", "id") if before is not None else ():
        names = {f"name_{language}": getattr(part, f"name_{language}") for language in LANGUAGES}
        PlanPart.objects.create(kind=made.kind, plan=made, position=part.position, **names)


def fetched(pk: int) -> Plan:
    """With what rights and pages need."""
    return Plan.objects.select_related("kind", "region", "organisation", "person", "parent").get(pk=pk)


def locked(plan: Plan) -> Plan:
    """The plan, held until the transaction ends, so that two changes follow each other."""
    return Plan.objects.select_for_update(of=("self",)).select_related("kind", "region", "organisation", "person").get(pk=plan.pk)


def _may_begin(by: Actor, region: Region, form: BeginForm) -> None:
    if form.kind.is_personal:
        require(form.person is not None and form.person.pk == by.person_id and can_begin_own(by, region.pk))
    else:
        ours = form.organisation is not None and heads(by, form.organisation.pk) and can_begin_own(by, region.pk)
        require(form.person is None and (can_begin(by, region.pk) or ours))
    if form.parent is not None:
        require(form.parent.plan.region_id == region.pk and can_write(by, form.parent.plan))


def _check(form: BeginForm) -> None:
    if not FIRST <= form.year <= LAST or not form.year <= (form.last_year or form.year) <= LAST:
        raise RuleBroken(_("Write the year, such as 2027; a programme's last year comes after its first."), field="year")


def edit_plan(*, by: Actor, plan: Plan, form: BasicForm, based_on: int) -> Plan:
    """The basic page. `based_on`: the version that its writer had before her. Raises NotAllowed, RuleBroken when somebody else has saved since."""
    require(can_write(by, plan))
    for name in WORDS:
        check_length(getattr(form, name), field=name)
    with transaction.atomic():
        found = locked(plan)
        if found.state == PlanState.CLOSED:
            raise RuleBroken(_("The plan is closed."))
        if found.version != based_on:
            raise RuleBroken(_("Somebody else saved this while you wrote. Both texts are below: put them together and save."))
        for name in ("name", *WORDS):
            setattr(found, name, getattr(form, name).replace("\r\n", "\n").strip())
        found.is_public, found.version = form.is_public, found.version + 1
        found.save(update_fields=["name", *WORDS, "is_public", "version"])
        trail.record("plan.edited", found, by=by, region_id=found.region_id, version=found.version, public=form.is_public)
    return found


def send_for_comments(*, by: Actor, plan: Plan, until: date, at: datetime | None = None) -> Plan:
    """The region's parties are asked by mail to read the draft. Raises NotAllowed, RuleBroken."""
    require(can_write(by, plan))
    moment = at or timezone.now()
    if until < timezone.localdate(moment):
        raise RuleBroken(_("Choose a day that is still to come."), field="until")
    with transaction.atomic():
        found = locked(plan)
        if not found.is_open or found.person_id is not None:
            raise RuleBroken(_("Only a draft of the region is sent for comments."))
        if not Measure.objects.filter(plan=found).exists():
            raise RuleBroken(_("Write at least one measure first."))
        first = found.state == PlanState.DRAFT
        found.state, found.comments_until = PlanState.COMMENTS, until
        found.save(update_fields=["state", "comments_until"])
        people = party_people(found.region_id) if first else []
        trail.record("plan.sent_for_comments", found, by=by, region_id=found.region_id, at=at, until=until, people=len(people))
        for person in people:
            if person != by.person_id:
                mail.queue("plans.comments", found, person=person)
    return found


def remove_plan(*, by: Actor, plan: Plan) -> None:
    """A draft that nobody needs. Raises NotAllowed, RuleBroken."""
    require(can_write(by, plan))
    with transaction.atomic():
        found = locked(plan)
        if not found.is_open or found.snapshots.exists():
            raise RuleBroken(_("It has been approved, so it stays."))
        trail.record("plan.removed", found, by=by, region_id=found.region_id)
        found.delete()
