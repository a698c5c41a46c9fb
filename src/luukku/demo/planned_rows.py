"""The measures of the sample regions' plans. Suupohja's targets of a year are the real ones: seminars 2, joint visits 20, leads 10, actions 20, new
customers 8, plans carried out 80 %; how far they are is invented."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A measure with its target, what had come of it by now (this year) and by the end (last year)."""

    part: int
    goal: str
    words: str
    indicator: str
    target: int
    now: int
    before: int
    said: str
    seat: str = ""  # an organisation's adviser leads; else the coordinator
    points: tuple[tuple[int, int, str], ...] = ()
    due: tuple[int, int] = (12, 31)


SUUPOHJA = (
    Row(
        0,
        "Osapuolet tuntevat toistensa palvelut",
        "Aktivointikokous kerran kuussa",
        "Kokousta vuodessa",
        11,
        9,
        10,
        "Kokoukset on pidetty sovitusti.",
    ),
    Row(
        0,
        "Suunnitelma toteutuu",
        "Toimintasuunnitelman seuranta ohjausryhmässä",
        "Toteutunut, %",
        80,
        74,
        78,
        "Kaksi toimenpidettä on jäljessä.",
        points=((6, 30, "puolivälin katsaus"),),
    ),
    Row(
        0,
        "Asiakkaan tietoja ei kysytä kahdesti",
        "Yhteinen kartoituslomake käyttöön kaikilla osapuolilla",
        "",
        0,
        0,
        0,
        "Käytössä neljällä osapuolella.",
        "kurikka",
        points=((3, 31, "lomake sovittu"), (9, 30, "käytössä kunnissa")),
        due=(11, 30),
    ),
    Row(1, "Yritykset saavat tietoa ajoissa", "Yhteiset teemaseminaarit", "Seminaaria", 2, 2, 2, "Molemmat pidetty, 94 osallistujaa.", "sek"),
    Row(
        1,
        "Yritykset tunnetaan",
        "Yhteiset yrityskäynnit",
        "Käyntiä",
        20,
        14,
        19,
        "14 tehty, kolme sovittu.",
        "sek",
        points=((6, 30, "puolet käynneistä tehty"),),
    ),
    Row(
        1,
        "Vihje kulkee sille, joka voi auttaa",
        "Käynneiltä saadut vihjeet eteenpäin",
        "Vihjettä",
        10,
        7,
        11,
        "Seitsemän vihjettä annettu, viisi otettu hoitoon.",
        "sek",
    ),
    Row(
        1, "Käynnistä seuraa tekoja", "Käynneistä syntyneet toimenpiteet", "Toimenpidettä", 20, 9, 17, "Yhdeksän toimenpidettä kirjattu.", "finnvera"
    ),
    Row(1, "Palvelu tavoittaa uusia yrityksiä", "Uudet asiakkaat palvelun piiriin", "Uutta asiakasta", 8, 2, 9, "Kaksi uutta asiakasta.", "kurikka"),
)
WEST = (
    Row(
        0,
        "Jokainen asiakas saa saman palvelun",
        "Palvelutarpeen kartoitus samalla tavalla kaikissa toimipaikoissa",
        "",
        0,
        0,
        0,
        "Toimintatapa sovittu.",
    ),
    Row(0, "Kumppanuustiimi johtaa yhdessä", "Kumppanuustiimin kokous kerran kuussa", "Kokousta vuodessa", 11, 9, 11, "Kokoukset on pidetty."),
    Row(1, "Asiakkaat ovat tyytyväisiä", "Haastattelut prosessin päätteeksi", "Haastattelua", 30, 24, 28, "24 haastattelua, keskiarvo 3,4."),
    Row(1, "Osakeyhtiöt kasvavat", "Kasvuryhmä kahdeksalle yritykselle", "Yritystä", 8, 8, 6, "Ryhmä täynnä."),
)
