"""Where the demo's organisations serve, and when."""

from luukku.core.actor import act_as_house
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
HOURS = {
    "office": {"hours_text_fi": "ma–pe 9–15", "hours_text_sv": "må–fr 9–15", "hours_text_en": "Mon–Fri 9–15"},
    "mornings": {"hours_text_fi": "ma–to 9–12", "hours_text_sv": "må–to 9–12", "hours_text_en": "Mon–Thu 9–12"},
    "evening": {"hours_text_fi": "ma–pe 9–16, ti 9–19", "hours_text_sv": "må–fr 9–16, ti 9–19", "hours_text_en": "Mon–Fri 9–16, Tue until 19"},
    "saturday": {"hours_text_fi": "ma–pe 10–16, la 10–13", "hours_text_sv": "må–fr 10–16, lö 10–13", "hours_text_en": "Mon–Fri 10–16, Sat 10–13"},
}  # fmt: skip


def build_places() -> None:
    """A place of its own for most organisations; the shared houses come besides."""
    towns = {town.name_fi: town for town in Municipality.objects.filter(valid_until=None)}
    with act_as_house("open the sample organisations' own places") as by:
        for code, (name, street, postal_code, town, hours) in PLACES.items():
            details = PremisesDetails(name=name, street=street, postal_code=postal_code, municipality=towns[town], **HOURS[hours])
            add_premises(by=by, organisation=Organisation.objects.get(code=code), details=details)
