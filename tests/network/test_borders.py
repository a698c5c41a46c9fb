"""Areas, regions and municipalities change: who may, from which day, and that what held before stays written down."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from luukku.core.actor import HOUSE
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.models import Event
from luukku.desk.enums import BookState
from luukku.desk.models import Rule, RuleBook
from luukku.network.actions.areas import create_area, end_area, rename_area, reopen_area
from luukku.network.actions.load_reference import load_reference
from luukku.network.actions.municipalities import (
    MunicipalityDetails,
    create_municipality,
    edit_municipality,
    merge_municipality,
    move_municipality,
    reopen_municipality,
)
from luukku.network.actions.region_life import create_region, end_region, move_region, rename_region, reopen_region
from luukku.network.models import Area, Municipality, Premises, Region, RegionArea, Seat
from luukku.network.models.places import AreaKind
from luukku.network.queries.history import area_history, municipality_history, region_history
from luukku.network.queries.places import area_of, municipality_today, region_on
from tests.cast import Cast
from tests.factories.network import AreaFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db

THEN, NOW = date(2013, 6, 1), date(2026, 3, 1)
VITALITY = AreaKind.VITALITY


def names(name: str) -> dict[str, str]:
    return {"fi": name, "sv": f"{name} sv", "en": f"{name} en"}


def test_a_new_area_is_made_by_the_nations_owner_and_by_nobody_below(cast: Cast) -> None:
    area = create_area(by=cast.national.actor, kind=VITALITY, names=names("Järvi-Suomi"), since=NOW)
    assert (area.code, area.valid_from, area.valid_until) == ("jarvi-suomi", NOW, None)
    assert Event.objects.filter(action="area.created").exists()
    for member in (cast.coordinator, cast.area, cast.adviser):
        with pytest.raises(NotAllowed):
            create_area(by=member.actor, kind=VITALITY, names=names("Toinen"), since=NOW)


def test_a_name_of_today_stays_out_of_the_years_before_it(cast: Cast) -> None:
    area = rename_area(by=cast.admin.actor, area=cast.here.area, names=names("Uusi alue"), since=NOW)
    (before,) = area.past_names.all()
    assert (area.name, before.name, before.until) == ("Uusi alue en", "Koskimaan alue", NOW)
    changes = [(each.kind, each.person) for each in area_history(area)]
    assert ("Earlier name", cast.admin.someone.name) in changes
    with pytest.raises(RuleBroken) as broken:
        rename_area(by=cast.admin.actor, area=area, names=names("Vielä uudempi"), since=NOW - timedelta(days=9))
    assert broken.value.field == "since"


def test_a_misspelt_name_is_mended_without_a_past_name(cast: Cast) -> None:
    rename_region(by=cast.national.actor, region=cast.here.region, names=names("Koski"))
    assert not cast.here.region.past_names.exists()
    assert Region.objects.get(code="koskimaa").name_fi == "Koski"


def test_a_day_to_come_is_refused(cast: Cast) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(RuleBroken) as broken:
        move_region(by=cast.national.actor, region=cast.here.region, area=cast.there.area, since=tomorrow)
    assert broken.value.field == "since"


def test_an_area_that_ends_hands_its_regions_and_municipalities_on_and_keeps_the_past(cast: Cast) -> None:
    old, new = cast.here.area, cast.there.area
    with pytest.raises(RuleBroken):
        end_area(by=cast.national.actor, area=old, since=NOW)
    end_area(by=cast.national.actor, area=old, since=NOW, successor=new)
    assert area_of(cast.here.municipality) == new
    assert area_of(cast.here.municipality, THEN) == old
    assert set(RegionArea.objects.filter(region=cast.here.region).values_list("area", "valid_from")) == {(old.pk, None), (new.pk, NOW)}
    assert not Seat.objects.filter(area=old, valid_until=None).exists()
    reopen_area(by=cast.national.actor, area=old)
    assert Area.objects.get(pk=old.pk).valid_until is None


def test_a_region_is_founded_moved_and_ended(cast: Cast) -> None:
    owner = cast.national.actor
    region = create_region(by=owner, names=names("Uusiseutu"), prefix="us", area=cast.here.area, since=THEN)
    assert (region.prefix, region.is_live, region.code) == ("US", False, "uusiseutu")
    assert move_region(by=owner, region=region, area=cast.there.area, since=NOW)
    assert [spell.area for spell in region.area_spells.on(THEN)] == [cast.here.area]
    end_region(by=owner, region=region, since=NOW + timedelta(days=30))
    assert Region.objects.on(NOW + timedelta(days=29)).filter(pk=region.pk).exists()
    assert not Region.objects.on(timezone.localdate()).filter(pk=region.pk).exists()
    reopen_region(by=owner, region=region, area=cast.there.area)
    assert Region.objects.on(timezone.localdate()).filter(pk=region.pk).exists()
    assert "Area of the region" in {each.kind for each in region_history(region)}


def test_letters_of_case_numbers_are_one_regions_only(cast: Cast) -> None:
    for prefix in (cast.here.region.prefix, "Ä1", "X"):
        with pytest.raises(RuleBroken) as broken:
            create_region(by=HOUSE, names=names("Uusi"), prefix=prefix, area=cast.here.area, since=NOW)
        assert broken.value.field == "letters"


def test_a_region_with_an_open_door_does_not_end(cast: Cast) -> None:
    with pytest.raises(RuleBroken):
        end_region(by=cast.national.actor, region=cast.here.region, since=NOW)
    Region.objects.filter(pk=cast.here.region.pk).update(is_live=False)
    region = Region.objects.get(pk=cast.here.region.pk)
    end_region(by=cast.national.actor, region=region, since=NOW, successor=cast.there.region)
    assert region_on(cast.here.municipality, NOW) == cast.there.region
    assert region_on(cast.here.municipality, THEN) == region
    assert not region.desks.filter(deactivated_at=None).exists()
    assert not Seat.objects.filter(region=region, valid_until=None).exists()


def test_a_merged_municipality_keeps_its_past_and_its_work_goes_on_in_the_other(cast: Cast) -> None:
    old, into, region = cast.here.municipality, MunicipalityFactory.create(code="981", name_fi="Suurkunta"), cast.here.region
    place = Premises.objects.create(organisation=cast.here.organisation, name="Kunnantalo", municipality=old)
    book = RuleBook.objects.create(region=region, number=1, state=BookState.USED)
    rule = Rule.objects.create(book=book, position=1, municipalities=[old.pk], to_desk=cast.here.desk)
    merge_municipality(by=cast.national.actor, municipality=old, into=into, since=NOW)
    assert Municipality.objects.on(NOW - timedelta(days=1)).filter(pk=old.pk).exists()
    assert not Municipality.objects.on(NOW).filter(pk=old.pk).exists()
    assert municipality_today(old.code) == into
    assert region_on(old, THEN) == region
    assert region_on(old, NOW) is None
    place.refresh_from_db()
    rule.refresh_from_db()
    assert place.municipality == into
    assert rule.municipalities == sorted([old.pk, into.pk])
    reopen_municipality(by=cast.national.actor, municipality=old, area=cast.here.area, region=region)
    assert region_on(old, timezone.localdate()) == region
    assert {"Municipality", "Area of the municipality"} <= {each.kind for each in municipality_history(old)}


def test_a_municipality_moves_with_both_its_borders(cast: Cast) -> None:
    town = cast.here.municipality
    assert move_municipality(by=cast.national.actor, municipality=town, area=cast.there.area, region=None, since=NOW)
    assert (area_of(town), region_on(town, NOW)) == (cast.there.area, None)
    assert (area_of(town, THEN), region_on(town, THEN)) == (cast.here.area, cast.here.region)
    assert not move_municipality(by=cast.national.actor, municipality=town, area=cast.there.area, region=None, since=NOW)
    with pytest.raises(NotAllowed):
        move_municipality(by=cast.coordinator.actor, municipality=town, area=cast.here.area, region=None, since=NOW)


def test_a_new_municipality_needs_a_free_number(cast: Cast) -> None:
    given: dict[str, Any] = {"names": names("Uusikunta"), "details": MunicipalityDetails(), "area": cast.here.area, "since": NOW}
    town = create_municipality(by=cast.admin.actor, code="982", region=cast.here.region, **given)
    assert (area_of(town), region_on(town, NOW)) == (cast.here.area, cast.here.region)
    for code in ("982", "9", "abc"):
        with pytest.raises(RuleBroken) as broken:
            create_municipality(by=cast.admin.actor, code=code, **given)
        assert broken.value.field == "code"


def test_reference_data_loaded_again_leave_what_people_changed() -> None:
    load_reference(by=HOUSE)
    iitti, kuopio = (Municipality.objects.get(name_fi=name, valid_until=None) for name in ("Iitti", "Kuopio"))
    teuva = Municipality.objects.get(name_fi="Teuva", valid_until=None)
    edit_municipality(by=HOUSE, municipality=iitti, names=names("Uusi-Iitti"), details=MunicipalityDetails(), since=NOW)
    merge_municipality(by=HOUSE, municipality=teuva, into=kuopio, since=NOW)
    area = Area.objects.get(code="evk-lappi")
    rename_area(by=HOUSE, area=area, names=names("Pohjoinen"), since=NOW)
    assert load_reference(by=HOUSE).changed == 0
    iitti.refresh_from_db()
    area.refresh_from_db()
    assert (iitti.name_fi, iitti.past_names.get().name_fi, area.name_fi) == ("Uusi-Iitti", "Iitti", "Pohjoinen")
    assert not Municipality.objects.filter(code=teuva.code, valid_until=None).exists()


def test_municipalities_lay_in_the_offices_of_2013() -> None:
    load_reference(by=HOUSE)
    kauhajoki = Municipality.objects.get(name_fi="Kauhajoki", valid_until=None)
    then, now = area_of(kauhajoki, THEN), area_of(kauhajoki, NOW)
    assert then is not None
    assert now is not None
    assert (then.code, now.code) == ("ely-etela-pohjanmaa", "evk-etela-pohjanmaa")
    maarianhamina = Municipality.objects.get(name_fi__startswith="Maarianhamina", valid_until=None)
    assert area_of(maarianhamina, THEN) is None


def test_an_area_with_a_later_border_does_not_end_before_it(cast: Cast) -> None:
    area = AreaFactory.create()
    move_region(by=HOUSE, region=cast.here.region, area=area, since=NOW)
    with pytest.raises(RuleBroken) as broken:
        end_area(by=HOUSE, area=area, since=NOW - timedelta(days=5), successor=cast.there.area)
    assert broken.value.field == "since"
