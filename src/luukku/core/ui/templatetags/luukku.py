"""The parts of a page, as tags and filters. docs/ui.md shows each in use."""

import uuid
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.conf.locale import LANG_INFO
from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luukku.core.translated import LocalText
from luukku.core.ui import clocks, faces, fields, hyphens, icons, sizes, sought, times

register = template.Library()
register.filter(sought.sealed)
_OWN_NAMES = {
    "so": "soomaali",
    "se": "davvisámegiella",
    "ku": "kurdî",
    "ckb": "کوردی",
    "ti": "ትግርኛ",
    "prs": "دری",
    "rmn": "romani",
    "sq": "shqip",
    "fsl": "viittomakieli",
    "ru": "русский",
    "uk": "українська",
}


@register.simple_tag
def icon(name: str) -> SafeString:
    return icons.icon(name)


@register.simple_tag
def smile(value: int | str) -> SafeString:
    """One of the feedback's four faces: `{% smile 4 %}`."""
    return icons.smile(int(value))


@register.filter
def spoken(code: str) -> SafeString | str:
    """A language by its own name, marked as in that language: `sv` → svenska."""
    name = _OWN_NAMES.get(code) or LANG_INFO.get(code, {}).get("name_local", code)
    return format_html('<span lang="{}">{}</span>', code, name)


@register.simple_tag
def mark(size: int = 34) -> SafeString:
    return icons.mark(size)


@register.filter
def moment(value: datetime | None) -> str:
    """`to 26.11. klo 16.00`"""
    return times.moment_text(value) if value else ""


@register.filter
def near(value: datetime | None) -> str:
    """`Today klo 13.00`, else like `moment`"""
    return times.near_text(value) if value else ""


@register.filter
def day(value: date | None) -> str:
    """`to 26.11.`"""
    return times.day_text(value) if value else ""


@register.filter
def full_date(value: date | None) -> str:
    """`26.11.2026`"""
    return times.date_text(value, year=True) if value else ""


@register.filter
def short_date(value: date | None) -> str:
    """`26.11.`"""
    return times.date_text(value) if value else ""


@register.filter
def hour(value: datetime | None) -> str:
    return times.hour_text(value) if value else ""


@register.simple_tag
def clock(due: datetime | None, prefix: str = "") -> SafeString | str:
    """A running promise: `{% clock leg.due_at %}`; `prefix` before the phrase, e.g. what is to be done."""
    if due is None:
        return ""
    state = clocks.clock_state(due)
    phrase = clocks.clock_phrase(due)
    return clocks.clock_html(state, f"{prefix} {phrase}" if prefix else phrase)


@register.simple_tag
def clock_kept(phrase: str) -> SafeString:
    return clocks.clock_html("kept", phrase)


@register.simple_tag
def clock_waiting(phrase: str) -> SafeString:
    return clocks.clock_html("wait", phrase)


@register.simple_tag
def face(seed: Any, size: str = "") -> SafeString:
    """A portrait: `{% face person.pk 'l' %}`; sizes s, (plain), l."""
    return faces.framed(seed, size)


@register.simple_tag
def tag(words: str, colour: str = "") -> SafeString:
    """A short state: `{% tag case.get_state_display 'blue' %}`; colours grey, green, yellow, red, blue."""
    css = f"govuk-tag govuk-tag--{colour}" if colour else "govuk-tag"
    return format_html('<strong class="{}">{}</strong>', css, words)


@register.filter
def text(value: Any) -> SafeString | str:
    """A translated text; where another language stands in, it is marked as such for readers and screen readers."""
    if isinstance(value, LocalText) and value.is_fallback:
        names = {"fi": _("in Finnish"), "sv": _("in Swedish"), "en": _("in English")}
        return format_html('<span lang="{}">{}</span> <span class="lu-soft lu-lang">({})</span>', value.lang, str(value), names[value.lang])
    return str(value)


@register.filter
def size(value: int) -> str:
    """Of a file: `240 kB`, `1.2 MB`."""
    return sizes.size_text(value)


@register.filter
def soft(value: str) -> SafeString | str:
    """A Finnish heading's long words with places where a narrow screen may break them; browsers know the places of other languages."""
    return hyphens.soften(value) if get_language() == "fi" else value


@register.filter
def phone_href(number: str) -> str:
    """`06 555 0100` → `tel:+3586…`, Finnish numbers with the country code."""
    digits = "".join(c for c in number if c.isdigit() or c == "+")
    return "tel:" + ("+358" + digits[1:] if digits.startswith("0") else digits)


@register.simple_tag
def phone(number: str, css: str = "govuk-link") -> SafeString:
    return format_html('<a class="{}" href="{}">{}</a>', css, phone_href(number), number.replace(" ", times.NBSP))


@register.simple_tag
def field(bound: BoundField, size: str = "s", look: str = "") -> SafeString:
    return fields.field_html(bound, size, look)


@register.simple_tag
def error_summary(form: forms.BaseForm) -> SafeString | str:
    return fields.summary_html(form)


@register.simple_tag(takes_context=True)
def submit_key(context: template.Context) -> SafeString:
    """A hidden key that makes a form's second sending harmless. A bound form keeps the key it was sent with."""
    request = context.get("request")
    sent = request.POST.get("submit_key", "") if request is not None and request.method == "POST" else ""
    return format_html('<input type="hidden" name="submit_key" value="{}">', sent or uuid.uuid4())


@register.simple_tag
def kept(share: float | None, words: str) -> SafeString:
    """How a promise was kept: the share as a figure and a bar, with its n in words beside it."""
    if share is None:
        return format_html('<div class="lu-kept"><strong>–</strong><div>{}</div></div>', words)
    percent = round(share * 100)
    bar = '<rect class="lu-c-track" width="100" height="8"/><rect class="lu-c-bar" width="{}" height="8"/>'
    svg = format_html('<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">' + bar + "</svg>", percent)
    return format_html('<div class="lu-kept"><strong>{}{}%</strong><div>{}{}</div></div>', percent, times.NBSP, svg, words)


@register.simple_tag(takes_context=True)
def with_query(context: template.Context, **changes: Any) -> str:
    """This page's address with some of its query changed; an empty value drops the name."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = value
    encoded = query.urlencode()
    return f"?{encoded}" if encoded else "?"


@register.simple_tag(takes_context=True, name="sought")
def sought_words(context: template.Context, name: str) -> str:
    """What this page was asked to look for: `{% sought "q" %}`."""
    return sought.sought(context["request"], name)


@register.filter
def count(value: int, cap: int = 1000) -> str:
    """`1 204`; above `cap` counts are not taken to the end, so `over 1 000`."""
    if value > cap:
        return _("over %(n)s") % {"n": times.number_text(cap)}
    return times.number_text(value)


@register.simple_tag(takes_context=True)
def pages(context: template.Context, previous: int | None, following: int | None) -> SafeString | str:
    """Links to the page before and after by keys: `{% pages page.previous page.next %}`; nothing where there is one page only."""
    links = [("before", "after", previous, "prev", _("Previous page")), ("after", "before", following, "next", _("Next page"))]
    items = [(with_query(context, **{name: key, other: ""}), rel, words) for name, other, key, rel, words in links if key is not None]
    if not items:
        return ""
    inside = format_html_join(" ", '<a class="govuk-link" rel="{1}" href="{0}">{2}</a>', items)
    return format_html('<nav class="lu-pages" aria-label="{}">{}</nav>', _("Pages"), inside)


@register.filter
def lines(value: str) -> SafeString:
    """What somebody wrote: escaped, its paragraphs and line breaks kept, nothing else made of it."""
    paragraphs = [p for p in str(value).replace("\r\n", "\n").split("\n\n") if p.strip()]
    return mark_safe("".join(str(format_html("<p>{}</p>", _broken(p))) for p in paragraphs))  # noqa: S308


def _broken(paragraph: str) -> SafeString:
    return mark_safe("<br>".join(str(format_html("{}", line)) for line in paragraph.split("\n")))  # noqa: S308


@register.filter
def door_href(region: Any) -> str:
    """The address of a region's own page: its code at the root, whichever module serves it."""
    return f"/{region.code}/"
