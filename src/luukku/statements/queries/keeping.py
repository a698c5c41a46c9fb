"""Forms for those who keep them."""

from dataclasses import dataclass

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.network.access import may
from luukku.network.enums import Right
from luukku.network.models import Organisation, Region
from luukku.statements.access import can_edit_form
from luukku.statements.models import FormVersion, StatementForm
from luukku.statements.queries.choices import FormChoice, form_choices, newest, with_newest


@dataclass(frozen=True)
class Keeper:
    """A region or an organisation whose forms the actor keeps, with those in use and, for a region, the ready-made ones that it has not used."""

    region: Region | None
    organisation: Organisation | None
    forms: list[StatementForm]
    ready: list[FormChoice]

    @property
    def key(self) -> str:
        return f"r{self.region.pk}" if self.region is not None else f"o{self.organisation.pk if self.organisation else 0}"

    @property
    def name(self) -> str:
        return str(self.region.name if self.region is not None else self.organisation.name if self.organisation else "")


def keepers(actor: Actor) -> list[Keeper]:
    """Whose forms the actor may change: her region's, her organisation's. At most a handful of each."""
    regions = {seat.region_id for seat in actor.seats if seat.region_id and not seat.organisation_id}
    organisations = {seat.organisation_id for seat in actor.seats if seat.organisation_id}
    mine = [each for each in Region.objects.filter(pk__in=regions).order_by("code") if may(actor, Right.EDIT_REGION, region_id=each.pk)]
    ours = [
        each
        for each in Organisation.objects.filter(pk__in=organisations).order_by("code")
        if may(actor, Right.EDIT_ORGANISATION, organisation_id=each.pk)
    ]
    found = list(
        with_newest(StatementForm.objects.in_use().filter(region__in=mine) | StatementForm.objects.in_use().filter(organisation__in=ours)).order_by(
            "id"
        )
    )
    return [
        *(Keeper(each, None, [f for f in found if f.region_id == each.pk], [c for c in form_choices(each) if c.version is None]) for each in mine),
        *(Keeper(None, each, [f for f in found if f.organisation_id == each.pk], []) for each in ours),
    ]


def form_to_keep(actor: Actor, pk: int) -> tuple[StatementForm, FormVersion]:
    """A form in use that the actor may change, with its version in use. Raises NotFound."""
    form = with_newest(StatementForm.objects.in_use().filter(pk=pk)).first()
    if form is None or not can_edit_form(actor, form):
        raise NotFound
    return form, newest(form)
