"""The reference network: what is loaded, that loading again changes nothing, and that people's decisions stay."""

import pytest

from luukku.core.actor import HOUSE
from luukku.core.errors import NotAllowed
from luukku.core.models import Event
from luukku.network.actions import reference_files
from luukku.network.actions.load_reference import load_reference
from luukku.network.actions.regions import confirm_municipalities
from luukku.network.models import Area, Municipality, Region, RegionMunicipality
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def names_of(region: str) -> set[str]:
    spells = RegionMunicipality.objects.filter(region__code=region, valid_until=None)
    return set(spells.values_list("municipality__name_fi", flat=True))


def test_the_real_network_is_loaded() -> None:
    report = load_reference(by=HOUSE)
    assert report.changed == sum(count.created for count in report.kinds.values())
    assert Area.objects.filter(kind="ely").count() == 15
    assert Area.objects.filter(kind="vitality", valid_until=None).count() == 10
    assert Region.objects.count() == 68
    assert Municipality.objects.filter(valid_until=None).count() == 308
    assert names_of("suupohja") == {"Kauhajoki", "Kurikka", "Isojoki", "Karijoki", "Teuva"}
    assert names_of("lansi-uusimaa") == {"Hanko", "Inkoo", "Lohja", "Raasepori", "Siuntio"}
    assert not RegionMunicipality.objects.filter(region__code__in=("suupohja", "lansi-uusimaa"), assumed=True).exists()
    assert set(RegionMunicipality.objects.exclude(region__code__in=("suupohja", "lansi-uusimaa")).values_list("assumed", flat=True)) == {True}


def test_every_region_lies_in_one_area_then_and_in_one_now() -> None:
    load_reference(by=HOUSE)
    for region in Region.objects.prefetch_related("area_spells__area"):
        kinds = sorted((spell.area.kind, spell.valid_until is None) for spell in region.area_spells.all())
        assert kinds == [("ely", False), ("vitality", True)], region.code


def test_every_municipality_knows_its_area_source_and_date() -> None:
    load_reference(by=HOUSE)
    today = Municipality.objects.filter(valid_until=None)
    assert not today.filter(area_spells=None).exists()
    assert not Municipality.objects.filter(source="").exists()
    assert not Municipality.objects.filter(source_date=None).exists()


def test_a_merged_municipality_leads_to_todays() -> None:
    load_reference(by=HOUSE)
    old = Municipality.objects.get(name_fi="Suodenniemi")
    assert old.valid_until is not None
    assert old.valid_until.isoformat() == "2006-12-31"
    assert old.successor is not None
    assert old.successor.name_fi == "Vammala"
    assert old.successor.successor == Municipality.objects.get(name_fi="Sastamala", valid_until=None)


def test_loading_again_changes_nothing() -> None:
    load_reference(by=HOUSE)
    events = Event.objects.count()
    assert load_reference(by=HOUSE).changed == 0
    assert Event.objects.count() == events


def test_loading_again_mends_facts_and_keeps_what_people_decided() -> None:
    load_reference(by=HOUSE)
    Municipality.objects.filter(code="005").update(name_fi="Wrong")
    Region.objects.filter(code="salo").update(name_fi="Salon seutu")
    somero = Municipality.objects.get(name_fi="Somero")
    salo = Region.objects.get(code="salo")
    confirm_municipalities(by=HOUSE, region=salo, municipalities=[Municipality.objects.get(name_fi="Salo", valid_until=None)])
    report = load_reference(by=HOUSE)
    assert report.kinds["municipalities"].updated == 1
    assert report.changed == 1
    salo.refresh_from_db()
    assert salo.name_fi == "Salon seutu"
    assert not RegionMunicipality.objects.filter(municipality=somero, valid_until=None).exists()


def test_only_keepers_of_the_network_load_it(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        load_reference(by=cast.coordinator.actor)


def test_organisations_of_the_live_regions_have_a_known_kind_and_region() -> None:
    kinds = {row.code for row in reference_files.organisation_types()}
    regions = {row.code for row in reference_files.regions()}
    rows = reference_files.organisations()
    for row in rows:
        assert row.type in kinds
        assert kinds >= set(row.provides_as)
        assert regions >= set(row.regions)
        assert row.email.endswith(".example")
        assert " 555 01" in row.phone
        assert all((row.names.fi, row.names.sv, row.names.en, row.role_texts.fi, row.role_texts.sv, row.role_texts.en))
    assert len([row for row in rows if "lansi-uusimaa" in row.regions]) == 17
    fronts = [region for row in rows if row.is_front for region in row.regions]
    assert sorted(fronts) == ["lansi-uusimaa", "suupohja"]


def test_a_municipality_is_proposed_for_one_region_only() -> None:
    rows = reference_files.coverage()
    assert len({row.municipality for row in rows}) == len(rows) == 256
    assert len({row.region for row in rows}) == 60
