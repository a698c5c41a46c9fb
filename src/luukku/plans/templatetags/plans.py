"""How a measure goes, as shape, word and colour say the same."""

from datetime import date
from decimal import Decimal

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from luukku.core.ui.clocks import clock_html
from luukku.core.ui.times import date_text
from luukku.plans.enums import IndicatorKind, Light
from luukku.plans.queries.pages import value_text

register = template.Library()


@register.filter
def frozen_day(value: str | None) -> str:
    """A day as a snapshot keeps it (`2025-01-31`), as people write it."""
    return date_text(date.fromisoformat(value), year=True) if value else ""


@register.simple_tag
def frozen_value(value: str, kind: str) -> str:
    """A figure as a snapshot keeps it, as people write it: `80 %`."""
    return value_text(Decimal(value), kind)


@register.simple_tag
def frozen_indicator(measure: dict[str, str]) -> str:
    """What shows that a measure of a snapshot is done."""
    return measure.get("indicator") or str(IndicatorKind(measure.get("indicator_kind", IndicatorKind.DONE)).label)


LOOKS = {
    Light.LATE: "late", Light.SILENT: "soon", Light.BEHIND: "soon", Light.GOOD: "kept", Light.WAITING: "wait", Light.DONE: "kept",
    Light.MISSED: "late", Light.DROPPED: "wait",
}  # fmt: skip


@register.simple_tag
def light(value: str, n: int | None = None) -> SafeString:
    """`{% light row.light %}`; with `n` how many are so: `2 late`."""
    words = str(Light(value).label)
    if n is not None:
        words = f"{n} {pgettext('how many measures', 'late') if value == Light.LATE else words.lower()}"
    return clock_html(LOOKS[Light(value)], words)
