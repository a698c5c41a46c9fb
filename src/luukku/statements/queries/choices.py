"""What can be chosen when a statement is asked for: forms, and who is asked."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from luukku.core.finnish import FinnishKey
from luukku.core.translated import LocalText, best
from luukku.network.enums import Right, roles_with
from luukku.network.models import Desk, Person, Region, Seat
from luukku.statements.models import FormVersion, StatementForm
from luukku.statements.queries.questions import best_words
from luukku.statements.queries.ready_made import READY_MADE


@dataclass(frozen=True)
class FormChoice:
    """A form in use, or a ready-made one that the region has not used yet. `key` is a number, or the ready-made form's code."""

    key: str
    title: LocalText
    working_days: int
    keeper: LocalText | None
    version: FormVersion | None = None


def newest(form: StatementForm) -> FormVersion:
    """A form's version in use, as `with_newest` has fetched it."""
    return form.versions.all()[0]


def with_newest(forms: "QuerySet[StatementForm]") -> "QuerySet[StatementForm]":
    versions = FormVersion.objects.order_by("form_id", "-number").distinct("form_id")
    return forms.select_related("region", "organisation").prefetch_related(Prefetch("versions", versions))


def form_choices(region: Region, *, with_retired: bool = False) -> list[FormChoice]:
    """The region's, those of organisations of whom it is asked or who ask, then the ready-made ones that are not in use yet. Two statements."""
    forms = StatementForm.objects.filter(region=region) | StatementForm.objects.filter(organisation__desks__region=region)
    found = list(with_newest(forms.distinct()).order_by("id"))
    own = [each for each in found if each.retired_at is None or with_retired]
    choices = [
        FormChoice(str(each.pk), newest(each).title, newest(each).working_days, each.organisation.name if each.organisation else None, newest(each))
        for each in own
    ]  # fmt: skip
    used = {each.code for each in found if each.region_id == region.pk}
    ready = [FormChoice(each.code, best_words(each.title), each.working_days, None) for each in READY_MADE.values() if each.code not in used]
    return [*choices, *ready]


def giver_desks(region: Region, organisation_id: int) -> "QuerySet[Desk]":
    """The region's desks of other organisations, by their organisation's name."""
    desks = Desk.objects.filter(region=region, deactivated_at=None, organisation__deactivated_at=None).exclude(organisation=organisation_id)
    return desks.select_related("organisation").order_by(FinnishKey(best("organisation__name")), "id")


def giver_people(desks: "QuerySet[Desk]") -> list[tuple[Person, int]]:
    """Who handles matters at these desks today, with her organisation. One statement."""
    seats = (
        Seat.objects.on(timezone.localdate())
        .filter(role__in=roles_with(Right.HANDLE_CASES), organisation__in=desks.order_by().values("organisation"), person__deactivated_at=None)
        .select_related("person").order_by(FinnishKey("person__name"), "id")
    )  # fmt: skip
    found = {(seat.person_id, seat.organisation_id): (seat.person, seat.organisation_id or 0) for seat in seats}
    return list(found.values())
