"""Brings the reference network into the database: areas, regions, municipalities, kinds of organisation.

Running it again changes nothing. It keeps facts of the classifications up to date, and leaves alone what people in the network edit:
regions, kinds of organisation, which municipalities a region covers, and the areas and municipalities that they have changed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django.db import models

from luukku.core.actor import Actor
from luukku.core.trail import record
from luukku.network import access
from luukku.network.actions import reference_files as files
from luukku.network.actions.writing import KEPT, writing
from luukku.network.models import Area, Municipality, MunicipalityArea, OrganisationType, Region, RegionArea, RegionMunicipality

Values = dict[str, Any]

_FACTS = {"source": files.STATISTICS_FINLAND, "source_date": files.STATISTICS_DATE}
_LAST_OF_2025, _FIRST_OF_2026 = date(2025, 12, 31), date(2026, 1, 1)


@dataclass(slots=True)
class Count:
    """What happened to the rows of one kind."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """Counts by kind, in the order of loading."""

    kinds: dict[str, Count] = field(default_factory=dict)

    @property
    def changed(self) -> int:
        """Rows created or updated, all kinds together."""
        return sum(count.created + count.updated for count in self.kinds.values())

    def lines(self) -> list[str]:
        """One line a kind, for the command line."""
        return [f"{kind}: {c.created} created, {c.updated} updated, {c.unchanged} unchanged" for kind, c in self.kinds.items()]


def load_reference(*, by: Actor) -> Report:
    """Load or refresh the reference network. For the house and administrators; raises NotAllowed for others."""
    access.require(access.can_edit_network(by))
    report = Report()
    with writing("network.load", by=by):
        for kind, load in (
            ("organisation types", _types),
            ("areas", _areas),
            ("regions", _regions),
            ("areas of regions", _region_areas),
            ("municipalities", _municipalities),
            ("areas of municipalities", _municipality_areas),
            ("abolished municipalities", _abolished),
            ("municipalities of regions", _coverage),
        ):
            report.kinds[kind] = load()
        if report.changed:
            record("network.loaded", Area.objects.earliest("pk"), by=by, changed=report.changed)
    return report


def import_network(by: Actor) -> str:
    """For `luukku import network`: load, and say in one line what it did."""
    report = load_reference(by=by)
    return "; ".join(report.lines()) if report.changed else "nothing has changed"


def _types() -> Count:
    rows = {
        row.code: {**row.names.columns(), "is_private": row.is_private, "order": order} for order, row in enumerate(files.organisation_types(), 1)
    }
    return _merge(OrganisationType, rows, _by_code(OrganisationType.objects.all()), refresh=False)


def _areas() -> Count:
    rows = {
        row.code: {**row.names.columns(), "kind": row.kind, "valid_from": row.valid_from, "valid_until": row.valid_until, **_FACTS}
        for row in files.areas()
    }
    return _merge(Area, rows, _by_code(Area.objects.all()))


def _regions() -> Count:
    source = {"source": files.NETWORK_2014, "source_date": files.NETWORK_DATE}
    rows = {row.code: {**row.names.columns(), "prefix": row.prefix, **source} for row in files.regions()}
    return _merge(Region, rows, _by_code(Region.objects.all()), refresh=False)


def _region_areas() -> Count:
    areas, regions = _by_code(Area.objects.all()), _by_code(Region.objects.all())
    rows: dict[str, Values] = {}
    for row in files.regions():
        then, now = areas[row.area_2010], areas[row.area_2026]
        source = {"source": files.NETWORK_2014, "source_date": files.NETWORK_DATE}
        rows[f"{row.code} {then.code}"] = {"region": regions[row.code], "area": then, "valid_until": _LAST_OF_2025, **source}
        rows[f"{row.code} {now.code}"] = {"region": regions[row.code], "area": now, "valid_from": _FIRST_OF_2026, **_FACTS}
    spells = RegionArea.objects.select_related("region", "area")
    return _merge(RegionArea, rows, {f"{spell.region.code} {spell.area.code}": spell for spell in spells}, refresh=False)


def _municipalities() -> Count:
    rows = {
        row.code: {
            **row.names.columns(), "languages": row.languages, "county": row.county, "subregion": row.subregion,
            "employment_area": row.employment_area, **_FACTS,
        }
        for row in files.municipalities()
    }  # fmt: skip
    # One that people have ended is there too, so that it does not come back.
    there = Municipality.objects.filter(models.Q(valid_until=None) | models.Q(source=KEPT)).order_by(models.F("valid_until").asc(nulls_last=True))
    return _merge(Municipality, rows, _by_code(there))


def _municipality_areas() -> Count:
    """By the two classifications; Åland belonged to no office before 2026. A period that people have changed stays as they said."""
    areas, towns = _by_code(Area.objects.all()), _by_code(Municipality.objects.filter(valid_until=None))
    rows: dict[str, Values] = {}
    for row in files.municipalities():
        if (town := towns.get(row.code)) is None:
            continue
        for code in filter(None, (row.area_2010, row.area_2026)):
            area = areas[code]
            period = {"valid_from": area.valid_from, "valid_until": area.valid_until}
            rows[f"{row.code} {area.kind}"] = {"municipality": town, "area": area, **period, **_FACTS}
    spells = MunicipalityArea.objects.select_related("municipality", "area")
    return _merge(MunicipalityArea, rows, {f"{spell.municipality.code} {spell.area.kind}": spell for spell in spells}, refresh=False)


def _abolished() -> Count:
    """Year by year from the latest, so that a successor is there before what it took in."""
    total = Count()
    for year, group in groupby(files.abolished_municipalities(), key=lambda row: row.year):
        known = {each.code: each for each in Municipality.objects.order_by(models.F("valid_until").asc(nulls_last=True))}
        rows = {
            row.code: {
                "name_fi": row.name_fi, "name_sv": row.name_sv, "successor": known[row.successor],
                "valid_until": date(year - 1, 12, 31), **_FACTS,
            }
            for row in group
        }  # fmt: skip
        count = _merge(Municipality, rows, {code: each for code, each in known.items() if each.valid_until is not None})
        total = Count(total.created + count.created, total.updated + count.updated, total.unchanged + count.unchanged)
    return total


def _coverage() -> Count:
    """Only municipalities that no region has today and that this region has not had: what people decide stays decided."""
    regions, today = _by_code(Region.objects.filter(valid_until=None)), _by_code(Municipality.objects.filter(valid_until=None))
    had: set[tuple[str, str]] = set()
    taken: set[str] = set()
    for spell in RegionMunicipality.objects.select_related("region", "municipality"):
        had.add((spell.region.code, spell.municipality.code))
        if spell.valid_until is None:
            taken.add(spell.municipality.code)
    rows = files.coverage()
    free = today.keys() - taken
    new = [row for row in rows if (row.region, row.municipality) not in had and row.municipality in free and row.region in regions]
    RegionMunicipality.objects.bulk_create(
        RegionMunicipality(
            region=regions[row.region],
            municipality=today[row.municipality],
            assumed=row.basis != "known",
            source=files.REGION_DESCRIPTION if row.basis == "known" else files.PROPOSED.format(basis=row.basis),
            source_date=files.PROPOSED_DATE,
        )
        for row in new
    )
    return Count(created=len(new), unchanged=len(rows) - len(new))


def _by_code(things: Iterable[Any]) -> dict[str, Any]:
    return {thing.code: thing for thing in things}


def _merge(model: type[models.Model], rows: dict[str, Values], existing: dict[str, Any], *, refresh: bool = True) -> Count:
    """Create what is missing; where `refresh`, also bring changed columns up to date, but for what people keep. Keys are the rows' codes."""
    with_code = any(each.name == "code" for each in model._meta.get_fields())
    count, new = Count(), []
    for key, values in rows.items():
        thing = existing.get(key)
        if thing is None:
            new.append(model(**({"code": key} if with_code else {}), **values))
            continue
        is_ours = refresh and getattr(thing, "source", "") != KEPT
        changed = [name for name, value in values.items() if getattr(thing, name) != value] if is_ours else []
        for name in changed:
            setattr(thing, name, values[name])
        if changed:
            thing.save(update_fields=changed)
        count.updated += bool(changed)
        count.unchanged += not changed
    model._default_manager.bulk_create(new)
    count.created = len(new)
    return count
