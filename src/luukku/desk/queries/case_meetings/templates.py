"""The standing points that a series begins with, by its template, in three languages. The coordinator changes them as she likes."""

from dataclasses import dataclass

from luukku.desk.models.meeting_kinds import PointKind, Template


@dataclass(frozen=True)
class Point:
    kind: PointKind
    fi: str
    sv: str
    en: str


_CASES = Point(PointKind.CASES, "Yhteiset asiat", "Gemensamma ärenden", "Matters to discuss")
_OTHER = Point(PointKind.OTHER, "Muut asiat", "Övriga frågor", "Other matters")

POINTS: dict[Template, tuple[Point, ...]] = {
    Template.CASES: (_CASES, _OTHER),
    Template.ACTIVATION: (
        Point(PointKind.REGION, "Seudun tilanne nyt", "Läget i regionen", "The region now"),
        Point(PointKind.CHANGES, "Irtisanomiset ja kasvu", "Uppsägningar och tillväxt", "Lay-offs and growth"),
        Point(PointKind.CASES, "Yksittäiset yritykset", "Enskilda företag", "Single companies"),
        Point(PointKind.CUSTOMERS, "Asiakastiedot", "Kunduppgifter", "Customer data"),
        Point(PointKind.VISITS, "Seuraavat käynnit", "Följande besök", "Next visits"),
        _OTHER,
    ),
    Template.PARTNERS: (
        Point(PointKind.GUIDANCE, "Asiakkaiden ohjaaminen", "Hur kunderna vägleds vidare", "Guidance of customers"),
        Point(PointKind.GUIDE, "Palveluopas", "Serviceguiden", "Service guide"),
        Point(PointKind.FACES, "Tyytyväisyys", "Kundnöjdhet", "Satisfaction"),
        Point(PointKind.SITE, "Sivujen ajantasaisuus", "Är sidorna aktuella", "Freshness of the pages"),
        _CASES,
        _OTHER,
    ),
}
NAMES: dict[Template, tuple[str, str, str]] = {
    Template.CASES: ("Asiakasneuvottelu", "Ärendemöte", "Customer case meeting"),
    Template.ACTIVATION: ("Aktivointikokous", "Aktiveringsmöte", "Activation meeting"),
    Template.PARTNERS: ("Kumppanuustiimi", "Partnerskapsteam", "Partnership team"),
}
