"""Sections of the industry classification by the first two digits of a code (TOL 2008 and 2025 divide these alike up to small moves)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Last division of each section.
SECTIONS: tuple[tuple[int, str, str | Promise], ...] = (
    (3, "A", _("Agriculture, forestry and fishing")),
    (9, "B", _("Mining and quarrying")),
    (33, "C", _("Manufacturing")),
    (35, "D", _("Electricity and heat")),
    (39, "E", _("Water and waste")),
    (43, "F", _("Construction")),
    (47, "G", _("Trade")),
    (53, "H", _("Transport and storage")),
    (56, "I", _("Accommodation and food")),
    (63, "J", _("Information and communication")),
    (66, "K", _("Finance and insurance")),
    (68, "L", _("Real estate")),
    (75, "M", _("Professional and technical services")),
    (82, "N", _("Administrative and support services")),
    (84, "O", _("Public administration")),
    (85, "P", _("Education")),
    (88, "Q", _("Health and social services")),
    (93, "R", _("Arts and recreation")),
    (96, "S", _("Other services")),
    (99, "T", _("Other activities")),
)
NAMES = {letter: name for _last, letter, name in SECTIONS}


def section_of(division: str) -> str:
    """The section's letter by the two digits; empty when there is none."""
    if not division.isdigit() or int(division) == 0:
        return ""
    return next((letter for last, letter, _name in SECTIONS if int(division) <= last), "")
