"""What has been changed in the network, by whom and from what to what: read from the field history that triggers keep."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luukku.network.models import (
    Area,
    ClosingDay,
    Desk,
    Municipality,
    MunicipalityArea,
    NationRules,
    OpeningDay,
    OpeningHours,
    Organisation,
    OrganisationType,
    Participation,
    PastName,
    Person,
    Premises,
    Region,
    RegionArea,
    RegionMunicipality,
    Representation,
    Seat,
    SeatRota,
    SeatTurn,
)
from luukku.network.queries.labels import FIELDS, shown

PER_KIND = 200  # newest events of each kind that are read

Source = tuple[type[models.Model], Q]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, as people read them; `before` is empty where the thing is new."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one thing."""

    at: datetime
    person: str  # empty: the house itself, or somebody from before names were kept
    kind: str
    how: str  # insert, update or delete
    fields: Sequence[FieldChange]


_KINDS: dict[type[models.Model], Any] = {
    Organisation: _("Organisation"),
    Participation: _("Part in a region"),
    Representation: _("Acting for another"),
    Premises: _("Premises"),
    Desk: _("Desk"),
    OpeningHours: _("Opening hours"),
    ClosingDay: _("Closing day"),
    OpeningDay: _("Hours of one day"),
    Person: _("Person"),
    Seat: _("Seat"),
    SeatRota: _("Seat that goes round"),
    SeatTurn: _("Turn at a seat"),
    Region: _("Region"),
    NationRules: _("Rules of the whole country"),
    RegionMunicipality: _("Municipality of the region"),
    RegionArea: _("Area of the region"),
    MunicipalityArea: _("Area of the municipality"),
    PastName: _("Earlier name"),
    Area: _("Area"),
    Municipality: _("Municipality"),
    OrganisationType: _("Kind of organisation"),
}


def organisation_history(organisation: Organisation) -> list[Change]:
    """The organisation, its parts in regions, for whom it acts and who for it, premises, desks with their hours, and seats; newest first."""
    pk = organisation.pk
    desks = list(Desk.objects.filter(organisation=organisation).values_list("pk", flat=True))
    theirs: list[Source] = [(model, Q(organisation_id=pk)) for model in (Participation, Premises, Desk, Seat)]
    places = list(Premises.objects.filter(organisation=organisation).values_list("pk", flat=True))
    hours: list[Source] = [(model, Q(desk_id__in=desks) | Q(premises_id__in=places)) for model in (OpeningHours, ClosingDay, OpeningDay)]
    acting: Source = (Representation, Q(represented_id=pk) | Q(representative_id=pk))
    return _history([(Organisation, Q(pgh_obj_id=pk)), *theirs, acting, *hours])


def person_history(person: Person) -> list[Change]:
    """The person and her seats; newest first."""
    return _history([(Person, Q(pgh_obj_id=person.pk)), (Seat, Q(person_id=person.pk))])


def region_history(region: Region) -> list[Change]:
    """The region, its areas, municipalities, earlier names, parties, hours and own seats; newest first."""
    pk = region.pk
    kinds = (RegionArea, RegionMunicipality, PastName, Participation, OpeningHours, ClosingDay, OpeningDay)
    theirs: list[Source] = [(model, Q(region_id=pk)) for model in kinds]
    return _history(
        [
            (Region, Q(pgh_obj_id=pk)),
            *theirs,
            (Seat, Q(region_id=pk, organisation_id=None)),
            (SeatRota, Q(region_id=pk)),
            (SeatTurn, Q(rota__region_id=pk)),
        ]
    )


def area_history(area: Area) -> list[Change]:
    """The area, what has lain in it, its earlier names and seats; newest first."""
    pk = area.pk
    theirs: list[Source] = [(model, Q(area_id=pk)) for model in (RegionArea, MunicipalityArea, PastName, Seat)]
    return _history([(Area, Q(pgh_obj_id=pk)), *theirs])


def municipality_history(municipality: Municipality) -> list[Change]:
    """The municipality, where it has lain and belonged, its earlier names; newest first."""
    pk = municipality.pk
    theirs: list[Source] = [(model, Q(municipality_id=pk)) for model in (MunicipalityArea, RegionMunicipality, PastName)]
    return _history([(Municipality, Q(pgh_obj_id=pk)), *theirs])


def nation_history() -> list[Change]:
    """What the nation has decided for its regions; newest first."""
    return _history([(NationRules, Q())])


def organisation_types_history() -> list[Change]:
    """What has been changed in the list of kinds; newest first."""
    return _history([(OrganisationType, Q())])


def _history(sources: Iterable[Source]) -> list[Change]:
    """One statement a kind, one for each kind of thing that fields point at, and one for the names of those who did it."""
    events = [(model, _events(model, only)) for model, only in sources]
    names = _Names()
    for model, found in events:
        names.collect(model, found)
    names.fetch()
    changes = [change for model, found in events for change in _changes(model, found, names)]
    return sorted(changes, key=lambda change: change.at, reverse=True)


def _events(model: type[models.Model], only: Q) -> list[Any]:
    kept = model.pgh_event_model.objects.filter(only).select_related("pgh_context")  # type: ignore[attr-defined]
    return list(kept.order_by("-pgh_id")[:PER_KIND])[::-1]


def _changes(model: type[models.Model], events: Iterable[Any], names: "_Names") -> Iterator[Change]:
    before: dict[int, Any] = {}
    for event in events:
        fields = list(_field_changes(model, before.get(event.pgh_obj_id), event, names))
        before[event.pgh_obj_id] = event
        if fields or event.pgh_label != "update":
            yield Change(event.pgh_created_at, names.doer(event), _KINDS[model], event.pgh_label, fields)


def _field_changes(model: type[models.Model], old: Any, new: Any, names: "_Names") -> Iterator[FieldChange]:
    if new.pgh_label == "update" and old is None:
        return  # what it was before lies further back than we read
    for name, label in FIELDS[model].items():
        field = model._meta.get_field(name)
        was = getattr(old, field.attname) if old is not None else None  # type: ignore[union-attr]
        now = getattr(new, field.attname)  # type: ignore[union-attr]
        if new.pgh_label == "delete":
            was = now
            now = None
        elif was == now or (old is None and now in (None, "", [], False)):
            continue
        yield FieldChange(str(label), names.text(field, was), names.text(field, now))


class _Names:
    """Texts for the ids in events, fetched together."""

    def __init__(self) -> None:
        self.wanted: dict[type[models.Model], set[int]] = {Person: set()}
        self.found: dict[type[models.Model], dict[int, models.Model]] = {}

    def collect(self, model: type[models.Model], events: Iterable[Any]) -> None:
        pointing = [field for name in FIELDS[model] if isinstance(field := model._meta.get_field(name), models.ForeignKey)]
        for event in events:
            if doer := self._doer_id(event):
                self.wanted[Person].add(doer)
            for field in pointing:
                if pk := getattr(event, field.attname):
                    self.wanted.setdefault(field.related_model, set()).add(pk)

    def fetch(self) -> None:
        self.found = {model: model._default_manager.in_bulk(ids) for model, ids in self.wanted.items()}

    def doer(self, event: Any) -> str:
        person = self.found[Person].get(self._doer_id(event) or 0)
        return str(person) if person else ""

    def text(self, field: Any, value: Any) -> str:
        if isinstance(field, models.ForeignKey) and value is not None:
            return str(self.found[field.related_model].get(value, "?"))
        return shown(field, value)

    @staticmethod
    def _doer_id(event: Any) -> int | None:
        return event.pgh_context.metadata.get("person") if event.pgh_context else None
