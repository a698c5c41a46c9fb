"""Finnish days off.

Source of the rules: the acts that name the church holidays (Epiphany, Good Friday, Easter, Ascension Day, Midsummer Day, All
Saints' Day, Christmas), Independence Day and May Day; and the custom, written into the working-time rules of offices, that
Midsummer Eve and Christmas Eve are free. The dates are computed by the `holidays` package, which lists those two eves with
the public holidays; other eves (New Year's Eve, Maundy Thursday) are ordinary working days.
"""

from datetime import date
from functools import lru_cache
from types import MappingProxyType

from holidays import country_holidays

FIRST_YEAR = 1970
"""Before this the legal time of Helsinki had offsets that are not whole hours; no case is that old."""
LAST_YEAR = 2100
"""Last year whose holidays the package computes."""

_LANGUAGES = {"fi": "fi", "sv": "sv_FI", "en": "en_US"}


@lru_cache(maxsize=512)
def days_off(year: int, language: str = "en") -> MappingProxyType[date, str]:
    """Finnish holidays and free eves of a year with their names in fi, sv or en."""
    found = country_holidays("FI", years=year, expand=False, language=_LANGUAGES[language])
    return MappingProxyType({day: found[day] for day in sorted(found)})
