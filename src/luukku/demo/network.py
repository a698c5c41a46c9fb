"""The demo's two regions: real organisations, invented people with their seats, desks, hours, and who gives which service."""

import json
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from luukku.accounts.models import User
from luukku.catalogue.actions.providing import provide
from luukku.catalogue.models import Service
from luukku.core.actor import Actor
from luukku.core.worktime import CLOSED, Hours, parse_hours
from luukku.demo import clock
from luukku.demo.portraits import put_up_portrait
from luukku.network.actions.desks import make_front_desk, open_desk, set_hours
from luukku.network.actions.nation import NationDetails, edit_nation
from luukku.network.actions.organisations import OrganisationDetails, create_organisation, join_region
from luukku.network.actions.people import PersonDetails, add_person, allow_sign_in, publish_person
from luukku.network.actions.reference_files import OrganisationRow, organisations
from luukku.network.actions.regions import RegionDetails, edit_region, open_door
from luukku.network.actions.representing import name_representative
from luukku.network.actions.seats import give_seat
from luukku.network.enums import Role
from luukku.network.models import Area, Desk, Organisation, OrganisationType, Person, Region

DATA = Path(__file__).resolve().parent / "data"
PASSWORD = "luukku-demo"  # noqa: S105 - the demo's, printed on its sign-in page
REGIONS = {
    "suupohja": RegionDetails(
        publish_by_organisation=True,
        phone="06 555 0100", email="luukku@suupohja.example",
        intro_fi="Suupohjan yrittäjien yhteinen luukku: Kauhajoki, Kurikka, Isojoki, Karijoki ja Teuva.",
        intro_sv="En gemensam lucka för företagarna i Suupohja: Kauhajoki, Kurikka, Storå, Bötom och Östermark.",
        intro_en="One door for the entrepreneurs of Suupohja: Kauhajoki, Kurikka, Isojoki, Karijoki and Teuva.",
    ),
    "lansi-uusimaa": RegionDetails(
        publish_by_organisation=True,
        phone="019 555 0100", email="luukku@lansi-uusimaa.example",
        intro_fi="Länsi-Uudenmaan yrittäjien yhteinen luukku: Hanko, Inkoo, Lohja, Raasepori ja Siuntio.",
        intro_sv="En gemensam lucka för företagarna i Västra Nyland: Hangö, Ingå, Lojo, Raseborg och Sjundeå.",
        intro_en="One door for the entrepreneurs of Western Uusimaa: Hanko, Inkoo, Lohja, Raasepori and Siuntio.",
    ),
}  # fmt: skip


SAT = timedelta(days=800)  # since when the steering group's people sit there: they have been to its meetings
OWNERS = {"sek": ("kauhajoki", "kurikka", "isojoki", "karijoki", "teuva"), "novago": ("hanko", "inkoo", "raasepori", "siuntio")}


@cache
def people_data() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DATA / "people.json").read_text(encoding="utf-8"))
    return found


@dataclass(frozen=True)
class Built:
    """What the stories need: regions, desks and people by code."""

    regions: dict[str, Region]
    desks: dict[tuple[str, str], Desk]  # region code, organisation code
    people: dict[str, list[Person]]  # "region/organisation" → advisers
    logins: dict[str, Person]


def build_network(*, by: Actor) -> Built:
    """Organisations, desks, people and services of the two regions, through the network's own actions."""
    regions = {code: Region.objects.get(code=code) for code in REGIONS}
    edit_nation(by=by, details=NationDetails(phone="029 555 0100"))
    made = _organisations(by, regions)
    desks = {(d.region.code, d.organisation.code): d for d in Desk.objects.select_related("region", "organisation")}
    for code, region in regions.items():
        edit_region(by=by, region=region, details=REGIONS[code])
        set_hours(by=by, owner=region, week=_week(late_thursday=code == "suupohja"))
        open_door(by=by, region=region)
    _represent(by, made)
    people, logins = _people(by, regions, made)
    _others(by, regions, logins)
    return Built(regions, desks, people, logins)


def _week(*, late_thursday: bool) -> list[Hours]:
    office = parse_hours("8-16")
    thursday = parse_hours("8-18") if late_thursday else office
    return [office, office, office, thursday, office, CLOSED, CLOSED]


def _organisations(by: Actor, regions: dict[str, Region]) -> dict[str, Organisation]:
    types = {t.code: t for t in OrganisationType.objects.all()}
    made: dict[str, Organisation] = {}
    for row in organisations():
        first, *rest = [regions[code] for code in row.regions]
        organisation = create_organisation(by=by, details=_details(row, types, made), region=first, code=row.code, is_sample=row.is_sample)
        made[row.code] = organisation
        for region in rest:
            join_region(by=by, organisation=organisation, region=region)
        for region in (first, *rest):
            if row.has_desk:
                _desk(by, row, organisation, region)
    return made


def _represent(by: Actor, made: dict[str, Organisation]) -> None:
    """As in most of the country: the joint company acts for the municipalities that own it."""
    since = timezone.localdate().replace(month=1, day=1)
    for company, municipalities in OWNERS.items():
        for code in municipalities:
            name_representative(by=by, represented=made[code], representative=made[company], since=since)


def _desk(by: Actor, row: OrganisationRow, organisation: Organisation, region: Region) -> None:
    names = {"fi": row.names.fi, "sv": row.names.sv, "en": row.names.en}
    desk = open_desk(by=by, organisation=organisation, region=region, names=names, phone=row.phone, has_door=not row.is_front)
    if row.is_front:
        make_front_desk(by=by, desk=desk)


def _details(row: OrganisationRow, types: dict[str, OrganisationType], made: dict[str, Organisation]) -> OrganisationDetails:
    return OrganisationDetails(
        type=types[row.type], name_fi=row.names.fi, name_sv=row.names.sv, name_en=row.names.en, short_name=row.short_name,
        parent=made[row.parent] if row.parent else None,
        role_text_fi=row.role_texts.fi, role_text_sv=row.role_texts.sv, role_text_en=row.role_texts.en,
        phone=row.phone, email=row.email, website=row.website,
    )  # fmt: skip


def _people(by: Actor, regions: dict[str, Region], made: dict[str, Organisation]) -> tuple[dict[str, list[Person]], dict[str, Person]]:
    people: dict[str, list[Person]] = {}
    logins: dict[str, Person] = {}
    for number, entry in enumerate(people_data()["people"], start=1):
        region, organisation = regions[entry["region"]], made[entry["organisation"]]
        roles = [Role(role) for role in entry["roles"]]
        person = _person(by, entry, roles[0], organisation, region, number)
        for role in roles[1:]:
            give_seat(by=by, person=person, role=role, organisation=organisation, region=region)
        if entry["published"]:
            publish_person(by=by, person=person, published=True)
        if number % 2:  # every second has a picture, so that both ways of showing people are seen
            put_up_portrait(by=by, person=person)
        if Role.ADVISER in roles:
            people.setdefault(f"{region.code}/{organisation.code}", []).append(person)
        if entry["login"]:
            logins[entry["login"]] = _login(by, person, entry)
        for code in entry["services"]:
            provide(by=by, service=Service.objects.get(code=code), organisation=organisation, region=region, person=person)
    return people, logins


def _person(by: Actor, entry: dict[str, Any], role: Role, organisation: Organisation, region: Region, number: int) -> Person:
    title, words = entry["title"], entry["help"]
    stem = "06" if region.code == "suupohja" else "019"
    address = entry["login"] or f"{organisation.code}-{number}"
    details = PersonDetails(
        name=entry["name"], title_fi=title["fi"], title_sv=title["sv"], title_en=title["en"],
        help_text_fi=words["fi"], help_text_sv=words["sv"], help_text_en=words["en"],
        languages=tuple(entry["languages"]), phone=f"{stem} 555 02{number:02}", email=f"{address}@demo.example",
    )  # fmt: skip
    regional = role is Role.COORDINATOR
    return add_person(by=by, details=details, role=role, organisation=None if regional else organisation, region=region, is_sample=True)


def _login(by: Actor, person: Person, entry: dict[str, Any]) -> Person:
    user = allow_sign_in(by=by, person=person)
    set_demo_password(user, entry["language"])
    return person


def set_demo_password(user: User, language: str) -> None:
    """Give a demo user the demo's password; refuses outside demo mode."""
    if not settings.LUUKKU_DEMO:
        raise RuntimeError("demo passwords are for demo mode only")
    user.set_password(PASSWORD)
    user.language = language
    user.save(update_fields=["password", "language"])


def _others(by: Actor, regions: dict[str, Region], logins: dict[str, Person]) -> None:
    for number, entry in enumerate(people_data()["others"], start=80):
        title = entry["title"]
        details = PersonDetails(
            name=entry["name"], title_fi=title["fi"], title_sv=title["sv"], title_en=title["en"],
            languages=(entry["language"],), phone=f"029 555 02{number}", email=f"{entry['login']}@demo.example",
        )  # fmt: skip
        region = regions[entry["region"]] if "region" in entry else None
        area = Area.objects.get(code=entry["area"]) if "area" in entry else None
        since = clock.today() - SAT if region is not None else None
        person = add_person(by=by, details=details, role=Role(entry["role"]), region=region, area=area, since=since, is_sample=True)
        if area is not None:
            publish_person(by=by, person=person, published=True)
        logins[entry["login"]] = _login(by, person, entry)
