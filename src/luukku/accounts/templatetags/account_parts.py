"""Parts of the sign-in pages: `{% load account_parts %}`."""

from django import template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from luukku.accounts.access import lacks_second_factor
from luukku.accounts.adapters.browsers import plain_browser
from luukku.core.registries import sign_in_panels
from luukku.core.ui.fields import field_html

register = template.Library()


@register.simple_tag
def account_field(bound: BoundField, label: str, hint: str = "", inputmode: str = "") -> SafeString:
    """A field of one of allauth's forms under our label and hint, without its placeholder."""
    attrs = bound.field.widget.attrs
    attrs.pop("placeholder", None)
    if inputmode:
        attrs["inputmode"] = inputmode
    bound.label, bound.help_text = label, hint
    return field_html(bound)


@register.simple_tag(takes_context=True)
def other_sign_ins(context: template.Context) -> SafeString:
    """What other modules show on the sign-in page (the demo's buttons)."""
    request = context["request"]
    panels = sorted(sign_in_panels.all(), key=lambda each: each.order)
    return mark_safe("".join(render_to_string(p.template, p.context(request), request) for p in panels))  # noqa: S308


@register.filter
def browser(told: str) -> str:
    """`Firefox, Windows`, however the browser named itself; what is plain already stays."""
    return plain_browser(told) if "/" in told else told


@register.simple_tag(takes_context=True)
def must_set_up(context: template.Context) -> bool:
    """Whether she may go nowhere else before she has a second step."""
    return lacks_second_factor(context["request"])
