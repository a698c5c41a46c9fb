"""Numbers of surveys as people read them."""

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from luukku.surveys.queries.results import Line

register = template.Library()


@register.filter
def mean(value: float | None) -> str:
    """`5,4`; a dash where nothing is shown."""
    return "–" if value is None else str(number_format(value, decimal_pos=1))


@register.filter
def times(value: int, by: int) -> int:
    return value * by


@register.filter
def in_words(line: Line) -> str:
    """What a picture of a distribution shows, for those who hear it."""
    told = ", ".join(_("%(n)s gave %(code)s") % {"n": bar.count, "code": bar.code} for bar in line.bars if bar.count)
    return _("%(what)s: %(told)s") % {"what": line.label, "told": told}
