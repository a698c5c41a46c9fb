"""Where the demo's organisations serve, and when."""

from collections.abc import Sequence

from luukku.core.actor import act_as_house
from luukku.core.worktime import Hours, parse_hours
from luukku.network.actions.desks import set_hours
from luukku.network.actions.organisations import PremisesDetails, add_premises
from luukku.network.models import Municipality, Organisation

# Invented: what the place is called, street, postal code, municipality, and which hours.
PLACES = {
    "kauhajoki": ("Kaupungintalo", "Hallinaukio 9", "61800", "Kauhajoki", "office"),
    "kurikka": ("Kaupungintalo, 2. kerros", "Laurintie 31", "61300", "Kurikka", "office"),
    "isojoki": ("Kunnantalo", "Kylänraitti 4", "64900", "Isojoki", "mornings"),
    "karijoki": ("Kunnantalo", "Kirkkokatu 2", "64350", "Karijoki", "mornings"),
    "teuva": ("Kunnantalo", "Porvarinkuja 6", "64700", "Teuva", "office"),
    "evk-etela-pohjanmaa": ("Asiakaspalvelu", "Alvarin aukio 5", "60100", "Seinäjoki", "office"),
    "proagria-etela-pohjanmaa": ("ProAgrian toimisto", "Huhtalanraitti 8", "60220", "Seinäjoki", "office"),
    "sky": ("Kylätalo Rinki", "Kauppalantie 12", "61800", "Kauhajoki", "saturday"),
    "hanko": ("Kaupungintalo", "Bulevardinkulma 3", "10900", "Hanko", "office"),
    "raasepori": ("Elinkeinopalvelut", "Rantatori 7", "10600", "Raasepori", "evening"),
    "lohja": ("Monkolan neuvonta", "Karstunraitti 6", "08100", "Lohja", "office"),
    "tyollisyysalue-lohja-karkkila": ("Työllisyyspalvelut", "Laurinkulma 40", "08100", "Lohja", "evening"),
    "laurea": ("Kampuksen yrityspaja", "Nummentorni 6", "08100", "Lohja", "evening"),
    "luksia": ("Yrityspalvelupiste", "Toivonpolku 4", "08100", "Lohja", "saturday"),
    "kasvukumppani-esimerkki": ("Toimisto", "Satamaraitti 15", "10600", "Raasepori", "mornings"),
}
HOURS = {  # from Monday to Sunday
    "office": ("9-15",) * 5,
    "mornings": ("9-12",) * 4,
    "evening": ("9-16", "9-19", "9-16", "9-16", "9-16"),
    "saturday": (*("10-16",) * 5, "10-13"),
}
REMARKS = {
    "evening": {
        "hours_text_fi": "Iltaisin ajanvarauksella", "hours_text_sv": "Kvällar med tidsbokning", "hours_text_en": "By appointment in the evening",
    },
}  # fmt: skip


def build_places() -> None:
    """A place of its own for most organisations; the shared houses come besides."""
    towns = {town.name_fi: town for town in Municipality.objects.filter(valid_until=None)}
    with act_as_house("open the sample organisations' own places") as by:
        for code, (name, street, postal_code, town, hours) in PLACES.items():
            details = PremisesDetails(name=name, street=street, postal_code=postal_code, municipality=towns[town], **REMARKS.get(hours, {}))
            made = add_premises(by=by, organisation=Organisation.objects.get(code=code), details=details)
            set_hours(by=by, owner=made, week=week_from(HOURS[hours]))


def week_from(days: Sequence[str]) -> list[Hours]:
    """From Monday on; the days after the last given one are closed."""
    return [parse_hours(each) for each in (*days, *("",) * (7 - len(days)))]
