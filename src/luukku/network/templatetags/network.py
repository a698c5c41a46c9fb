"""Filters and tags of the network's pages, and of all that show its people."""

from collections.abc import Iterable

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from luukku.core.ui import faces
from luukku.core.ui.forms import actor_of
from luukku.network.models import Person, Premises
from luukku.network.queries.labels import language_name
from luukku.network.queries.place_hours import PlaceHours, hours_of_place

register = template.Library()


@register.simple_tag
def place_hours(place: Premises) -> PlaceHours | None:
    """When premises are open: `{% place_hours place as kept %}`; None where no hours are set."""
    return hours_of_place(place)


@register.filter
def language_names(codes: Iterable[str]) -> str:
    """`["fi", "sv"]` → `Finnish, Swedish` in the reader's language."""
    return ", ".join(language_name(code) for code in codes)


@register.simple_tag(takes_context=True)
def portrait(context: Context, person: Person, size: str = "") -> SafeString:
    """Her photo where the reader may see it, else her drawn face: `{% portrait person 'l' %}`; sizes s, (plain), l."""
    request = getattr(context, "request", None)
    inside = request is not None and actor_of(request).is_staff
    if not person.photo or not (person.is_published or inside):
        return faces.framed(person.pk, size)
    where = reverse("network:photo", args=[person.pk, person.photo])
    picture = format_html('<img src="{}" alt="{}" width="320" height="320">', where, _("Photo of %(name)s") % {"name": person.name})
    return faces.frame(picture, size)
